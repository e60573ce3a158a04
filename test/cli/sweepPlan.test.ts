import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordConfig, runId } from '../../src/formats/config.ts';
import { parseManifest } from '../../src/formats/manifest.ts';
import { parseSweepDesignsText } from '../../src/formats/sweepDesign.ts';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { Bench, jsonLines, run } from './commands.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
  bench.file('target.txt', TARGET_TEXT);
  bench.file('source.txt', SOURCE_TEXT);
});
afterAll(() => bench.remove());

const design = {
  version: 1,
  name: 'grid',
  corpora: { target: 'file:target.txt', source: 'file:source.txt' },
  model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
  optimizer: { batch: 2, learningRate: 0.02 },
  grid: { 'recipe.targetTokens': [209, 999_999], 'recipe.finalShare': [0.25, 1] },
  recipe: { firstRatio: 0.1, finalRatio: 0.5 },
  compute: [1e8, 1e5],
  seeds: [0, 1],
};

function plan(name: string, json: object, out: string, ...more: string[]) {
  return run(['sweep', 'plan', bench.file(name, json), '--out', bench.path(out), ...more]);
}

test('plan writes a manifest, and says what it holds, what was left out, and what it will take', async () => {
  const outcome = await plan('d.json', design, 'm.jsonl', '--tuning', 'off', '--json');
  expect(outcome.code, outcome.error).toBe(0);
  const runs = parseManifest(readFileSync(bench.path('m.jsonl'), 'utf8'), 'm.jsonl');
  expect(runs.map(({ nominal }) => nominal.kind)).toEqual([
    'multi-lingual two-stage',
    'multi-lingual two-stage',
    'multi-lingual single-stage',
    'multi-lingual single-stage',
  ]);
  for (const { id, config, nominal, flops } of runs) {
    expect(id).toBe(runId(recordConfig(config)));
    expect(nominal.C).toBeCloseTo(1e8, 0);
    // The engine counts attention, padding and the update as well.
    expect(flops).toBeGreaterThan(nominal.C);
  }
  const [summary] = jsonLines(outcome.out);
  expect(summary).toMatchObject({ runs: 4, merged: 0, dropped: 12, flopsBy: 'engine', software: true });
  // Under a cosine nothing is shared, and single-stage runs share nothing at all.
  expect(summary?.saved).toEqual({ forks: 0, steps: 0, flops: 0 });
  expect(summary?.flops).toBe(runs.reduce((sum, { flops }) => sum + flops, 0));
  expect(summary?.fleets).toMatchObject([{ runs: 4, size: 4, batch: 2 }]);
  expect(summary?.seconds).toBeGreaterThan(0);
  expect(outcome.error).toMatch(/multi-lingual two-stage +2 /);
  expect(outcome.error).toMatch(/8 × recipe.targetTokens: 999,999 tokens are more than the [\d,]+ training/);
  expect(outcome.error).toMatch(/4 × recipe.epochs: the run would read 0.031 of one target window/);
  expect(outcome.error).toContain(`${bench.path('m.jsonl')}: 4 runs\n`);
}, 120_000);

test('without a device FLOPs are 6·N·D; the same manifest may stay, another is not written over unasked', async () => {
  const first = await plan('d.json', design, 'kept.jsonl', '--no-measure');
  expect([first.code, first.out]).toEqual([0, '']);
  expect(first.error).toMatch(/as 6·N·D; .* no device was asked/);
  const written = readFileSync(bench.path('kept.jsonl'), 'utf8');
  for (const { nominal, flops } of parseManifest(written, 'm')) {
    // To half a batch of two windows of 16.
    expect(Math.abs(flops - nominal.C)).toBeLessThanOrEqual(6 * nominal.N * 16 * (1 + 1e-6));
  }
  expect((await plan('d.json', design, 'kept.jsonl', '--no-measure')).code).toBe(0);
  const other = { ...design, seeds: [7] };
  const refused = await plan('e.json', other, 'kept.jsonl', '--no-measure');
  expect([refused.code, refused.error]).toEqual([2, expect.stringMatching(/is there already.*--force/)]);
  expect(readFileSync(bench.path('kept.jsonl'), 'utf8')).toBe(written);
  expect((await plan('e.json', other, 'kept.jsonl', '--no-measure', '--force')).code).toBe(0);
  expect(readFileSync(bench.path('kept.jsonl'), 'utf8')).not.toBe(written);
});

test('texts are named from where the manifest lies, with their hash', async () => {
  mkdirSync(bench.path('plans'));
  expect((await plan('d.json', design, 'plans/m.jsonl', '--no-measure')).code).toBe(0);
  const [one] = parseManifest(readFileSync(bench.path('plans/m.jsonl'), 'utf8'), 'm');
  expect(one?.config.corpora.target).toMatch(/^file:\.\.\/target\.txt#sha256=[0-9a-f]{64}$/);
});

test('a BPE is trained for each D_T; a D_T that gives none of that size is left out', async () => {
  const grid = { 'recipe.targetTokens': [17, 8193, 999_999] };
  const corpora = { target: 'world:sw?bytes=40000' };
  const tokenizer = { kind: 'bpe', vocabulary: 512 };
  const json = { ...design, corpora, grid, tokenizer, recipe: { epochs: 2 }, compute: [1e12] };
  const outcome = await plan('b.json', json, 'b.jsonl', '--no-measure');
  expect(outcome.code, outcome.error).toBe(0);
  expect(outcome.error).toMatch(/2 × recipe.targetTokens: 999,999/);
  expect(outcome.error).toMatch(
    /2 × tokenizer.vocabulary: a vocabulary of 512 is more than these texts hold/,
  );
  const runs = parseManifest(readFileSync(bench.path('b.jsonl'), 'utf8'), 'b');
  expect(runs.map(({ nominal }) => nominal.D_T)).toEqual([8192, 8192]);
});

test('what forks save is said, in words and numbers', async () => {
  const pairs = {
    ...design,
    grid: { 'recipe.finalShare': [0.1, 0.2] },
    recipe: { targetTokens: 1601, firstRatio: 0.25, finalRatio: 1, epochs: 2 },
    compute: [1e9],
    optimizer: { ...design.optimizer, schedule: 'wsd', decay: 0.1 },
    warmupSteps: 4,
  };
  const outcome = await plan('f.json', pairs, 'f.jsonl', '--no-measure', '--json');
  expect(outcome.code, outcome.error).toBe(0);
  const [summary] = jsonLines(outcome.out) as [{ saved: Record<string, number>; flops: number }];
  const { forks, steps, flops } = summary.saved as { forks: number; steps: number; flops: number };
  expect(forks).toBe(2);
  expect(steps).toBeGreaterThan(2 * 8);
  // 6·N·D of steps of two windows of 16.
  const [one] = parseManifest(readFileSync(bench.path('f.jsonl'), 'utf8'), 'f');
  expect(flops / (6 * one!.nominal.N * 2 * 16)).toBeCloseTo(steps, 6);
  expect(flops).toBeLessThan(summary.flops);
  expect(outcome.error).toMatch(
    /2 runs begin as another does .*: [\d,]+ steps and .*FLOP \(\d+ %\) of these are not/,
  );
  const alone = await plan('f.json', pairs, 'f.jsonl', '--no-measure', '--fleet', '1');
  expect(alone.error).not.toContain('begin as another');
});

test('a text that is read again and again is told of', async () => {
  const recipe = { targetTokens: 1601, ratio: 0.05, epochs: 2 };
  const { grid: _, compute: __, ...rest } = design;
  const outcome = await plan('r.json', { ...rest, recipe }, 'r.jsonl', '--no-measure');
  expect([outcome.code, outcome.error]).toEqual([
    0,
    expect.stringMatching(/warning: 2 runs: .* source text is repeated .* times/),
  ]);
});

test('the example of the help is a design', async () => {
  const { out } = await run(['sweep', 'plan', '--help']);
  const example = out.slice(out.indexOf('Example: ') + 'Example: '.length);
  expect(parseSweepDesignsText(example, 'help')).toMatchObject([{ name: 'kinds', seeds: [0, 1] }]);
});

test('what cannot be planned ends with 2, and nothing is written', async () => {
  const refused = async (json: object | string, ...more: string[]) => {
    const outcome = await plan('bad.json', json as object, 'bad.jsonl', '--no-measure', ...more);
    expect([outcome.code, outcome.out]).toEqual([2, '']);
    expect(bench.list().filter((name) => name.includes('bad.jsonl'))).toEqual([]);
    return outcome.error;
  };
  expect(await refused('{"version": 1,')).toMatch(/bad\.json, line 1, column/);
  expect(await refused({ ...design, grid: { 'recipe.targetToken': [209] } })).toMatch(
    /bad\.json: grid\.recipe\.targetToken: .* did you mean recipe\.targetTokens\?/,
  );
  expect(await refused({ ...design, corpora: { target: 'file:none.txt' } })).toMatch(
    /bad\.json: corpora\.target: .*none\.txt/,
  );
  expect(
    await refused({ ...design, grid: { 'recipe.targetTokens': [999_999], 'recipe.ratio': [0.25] } }),
  ).toMatch(/bad\.json: no run of this design can be\n +4 × recipe\.targetTokens: 999,999 tokens are more/);
  writeFileSync(bench.path('folder.txt'), '');
  const nowhere = await plan('d.json', design, 'folder.txt/m.jsonl', '--no-measure');
  expect([nowhere.code, nowhere.error]).toEqual([2, expect.stringMatching(/--out: there is no folder/)]);
  const missing = await run(['sweep', 'plan', bench.path('nothing.json'), '--out', bench.path('x.jsonl')]);
  expect([missing.code, missing.error]).toEqual([2, expect.stringMatching(/design: there is no file/)]);
});
