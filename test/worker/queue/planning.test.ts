import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/formats/manifest.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import type { SweepEvent } from '../../../src/worker/api/sweep.ts';
import { Planning } from '../../../src/worker/queue/planning.ts';
import { keepText } from '../../../src/worker/texts/corpusFiles.ts';
import { readText } from '../../../src/worker/texts/texts.ts';
import { picked, pickedFiles } from '../lab.ts';
import { designOf, SOURCE } from './design.ts';

const never = new AbortController().signal;

function open() {
  const events: SweepEvent[] = [];
  const planning = new Planning({ store: new MemoryStore(), tell: (event) => events.push(event) });
  return { planning, events };
}

test('a design comes to its runs, kinds and FLOPs, and what is left out has its reason', async () => {
  const { planning } = open();
  const facts = await planning.facts(
    designOf({ grid: { 'recipe.ratio': [1, 0.5], 'recipe.targetTokens': [513, 1e9] } }),
    never,
  );
  expect(facts).toMatchObject({ name: 'tiny', runs: 4, dropped: 4, merged: 0, adaptive: null });
  expect(facts.kinds.map(({ kind, runs }) => [kind, runs])).toEqual([
    ['monolingual single-stage', 2],
    ['multi-lingual single-stage', 2],
  ]);
  expect(facts.reasons).toHaveLength(1);
  expect(facts.reasons[0]).toMatchObject({ count: 4, field: 'recipe.targetTokens' });
  expect(facts.shown).toHaveLength(4);
  expect(facts.shown[0]).toMatchObject({ layers: 1, width: 32, D_T: 512 });
  expect(facts.flops).toBeCloseTo(facts.shown.reduce((sum, { flops }) => sum + flops, 0));
});

test('two-stage runs that begin alike are seen to share their first stage', async () => {
  const { planning, events } = open();
  const design = designOf({
    recipe: { targetTokens: 513, finalRatio: 1 },
    optimizer: { batch: 4, decay: 0.1, warmup: 0 },
    warmupSteps: undefined,
    grid: { 'recipe.ratio': [0.25, 0.5] },
    compute: [6 * 16_000 * 4096],
    seeds: [0],
  });
  const { saved } = await planning.facts(design, never);
  expect(saved.forks).toBe(1);
  expect(saved.steps).toBeGreaterThan(0);
  expect(events.some(({ event }) => event === 'planning')).toBe(true);
});

test('a manifest is one that the command line reads', async () => {
  const { planning } = open();
  const { text, runs, tasks, files } = await planning.manifest(designOf(), never);
  expect(parseManifest(text, 'tiny.jsonl')).toHaveLength(4);
  expect({ runs, tasks, files }).toEqual({ runs: 4, tasks: 1, files: [] });
});

test('what is wrong with a design names the field, or the line', async () => {
  const { planning } = open();
  await expect(planning.facts(designOf({ seeds: [] }), never)).rejects.toMatchObject({ field: 'seeds' });
  await expect(planning.facts('{\n"version": 1,\n}', never)).rejects.toMatchObject({ name: 'JsonError' });
  await expect(
    planning.facts(designOf({ corpora: { target: 'file:letters.txt' } }), never),
  ).rejects.toMatchObject({
    field: 'corpora.target',
    problem: expect.stringContaining('file:letters.txt is not here'),
  });
  await expect(planning.manifest(designOf({ recipe: { targetTokens: 1e9 } }), never)).rejects.toMatchObject({
    field: 'recipe.targetTokens',
    problem: expect.stringContaining('no run of this design can be'),
  });
});

test('a design that was planned is planned anew when a text of it is gone', async () => {
  const store = new MemoryStore();
  const planning = new Planning({ store, tell: () => {} });
  const { target } = await pickedFiles();
  await keepText(store, await readText(picked(target), { openers: { fetch, cache: null } }));
  const design = designOf({ corpora: { target: 'file:sw.txt', source: SOURCE } });
  expect((await planning.facts(design, never)).runs).toBe(4);
  await store.remove('corpora');
  await expect(planning.runs(design, never)).rejects.toMatchObject({ field: 'corpora.target' });
});

test('planning can be broken off', async () => {
  const { planning } = open();
  const broken = new AbortController();
  broken.abort();
  await expect(planning.facts(designOf(), broken.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
