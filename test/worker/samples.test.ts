/** What a fleet tells beside its losses: what its runs write, what it will take, and what its runs are called. */

import { beforeAll, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import { pathParts } from '../../src/store/store.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import type { Side } from '../../src/worker/api/texts.ts';
import { runFolder } from '../../src/worker/runFolder.ts';
import { promptOf } from '../../src/worker/sampler.ts';
import { corpusOf } from '../train/fixtures.ts';
import { config, openLabWithTexts, pickedFiles, STEPS, sharedGpu } from './lab.ts';

const NAMES = ['Zwei Stufen: r₁ > 0?', 'two/stage.*'];

describe('a fleet with names of people’s own', () => {
  let gpu: GPU;
  let files: Record<Side, File>;
  let lab: Awaited<ReturnType<typeof openLabWithTexts>>;

  beforeAll(async () => {
    gpu = await sharedGpu();
    files = await pickedFiles();
    lab = await openLabWithTexts(gpu, new MemoryStore(), files);
    const configs = NAMES.map((name, index) => config(name, index === 0 ? 1 : 0.5));
    await lab.must({ command: 'train', configs, slots: [3, 8] });
    await lab.until('done');
  });

  test('lets its runs write, the last time with what they have become', () => {
    const told = lab.events.flatMap((event) => (event.event === 'samples' ? [event] : []));
    const last = told.flatMap(({ samples }) => samples).filter(({ step }) => step === STEPS);
    expect(last.map(({ run }) => run)).toEqual(NAMES);
    for (const { text } of last) expect(text.length).toBeGreaterThan(0);
    expect(new Set(told.map(({ prompt }) => prompt)).size).toBe(1);
    expect(told[0]?.prompt.length).toBeGreaterThanOrEqual(6);
  });

  test('is found by the next visit under the same names and in the same colours', async () => {
    const { saved } = await lab.must({ command: 'open' });
    expect(saved?.runs.map(({ run, slot, damage }) => [run, slot, damage])).toEqual([
      [NAMES[0], 3, null],
      [NAMES[1], 8, null],
    ]);
    expect(saved?.runs.every(({ record }) => record?.status === 'done')).toBe(true);
  });

  test('says beforehand what it takes', async () => {
    const wide = { ...config('wide', 1), model: { ...config('wide', 1).model, width: 64 } };
    const outlook = await lab.must({ command: 'check', configs: [config('a', 1), wide, config('b', 0.5)] });
    expect(outlook.map(({ runs }) => runs)).toEqual([['a', 'b'], ['wide']]);
    for (const { bytes, flopsPerStep } of outlook) {
      expect(bytes).toBeGreaterThan(10_000);
      expect(flopsPerStep).toBeGreaterThan(10_000);
    }
  });
});

test('without a GPU a fleet is still checked, and its cost is not known', async () => {
  const lab = await openLabWithTexts(undefined, new MemoryStore(), await pickedFiles());
  const outlook = await lab.must({ command: 'check', configs: [config('a', 1)] });
  expect(outlook).toEqual([{ runs: ['a'], bytes: null, flopsPerStep: null }]);
});

test('a folder for every name, and another for every other', () => {
  expect(runFolder('fleets/1', 'two-stage')).toBe('fleets/1/two-stage');
  const names = [
    'a/b',
    'a%2Fb',
    '..',
    '.',
    'con*',
    'ä',
    '\u{1f600}'.repeat(60),
    `${'\u{1f600}'.repeat(59)}x`,
  ];
  const folders = names.map((name) => runFolder('fleets/1', name));
  expect(new Set(folders).size).toBe(names.length);
  for (const folder of folders) {
    expect(pathParts(folder)).toHaveLength(3);
    expect(folder.length).toBeLessThan(180);
  }
});

test('the prompt is whole words of a held-out document', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `nyumba ya samaki namba ${index} iko mbali sana`);
  const target = await corpusOf('t', `${lines.join('\n')}\n`);
  const prompt = promptOf({ target, tokenizer: byteTokenizer });
  expect(prompt).toBe('nyumba ya samaki');
  const short = await corpusOf('t', `${Array.from({ length: 40 }, (_, index) => `a${index}`).join('\n')}\n`);
  expect(promptOf({ target: short, tokenizer: byteTokenizer })).toBe('');
});
