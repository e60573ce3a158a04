import { expect, test } from 'vitest';
import { cutTasks, flopsOf, shardOf, type Task } from '../../../src/sweep/run/tasks.ts';
import { manifestRun, seeds, tinyConfig } from '../manifests.ts';

const idsOf = (tasks: readonly Task[]) => tasks.map(({ runs }) => runs.map(({ id }) => id));

test('a task is a stretch of runs that can share a fleet, of so many at most', () => {
  const wide = seeds(2, { model: { width: 32 } });
  const runs = [...seeds(5), ...wide];
  const ids = runs.map(({ id }) => id);
  const tasks = cutTasks(runs, 3);
  expect(idsOf(tasks)).toEqual([ids.slice(0, 3), ids.slice(3, 5), ids.slice(5)]);
  expect(tasks.map(({ index, flops }) => [index, flops])).toEqual([
    [0, 3e6],
    [1, 2e6],
    [2, 2e6],
  ]);
  expect(idsOf(cutTasks(runs))).toEqual([ids.slice(0, 5), ids.slice(5)]);
  expect(() => cutTasks(runs, 0)).toThrow(RangeError);
});

test.each<[string, boolean, Record<string, unknown>]>([
  ['recipe, learning rate and seed', true, { seed: 9, optimizer: { learningRate: 0.1 } }],
  ['no source', true, { corpora: { source: null }, recipe: { targetTokens: 209, epochs: 1, ratio: 1 } }],
  ['another source', false, { corpora: { source: 'world:id?bytes=60000' } }],
  ['another target', false, { corpora: { target: 'world:id?bytes=60000' } }],
  ['another model', false, { model: { layers: 2 } }],
  ['another batch', false, { optimizer: { batch: 4 } }],
  ['other validation windows', false, { evaluation: { windows: 8 } }],
  ['parallel texts', false, { corpora: { parallel: true } }],
  ['another tokenizer', false, { tokenizer: { kind: 'bpe', vocabulary: 600 } }],
])('%s: together %s', (_, together, changes) => {
  const tasks = cutTasks([manifestRun(tinyConfig()), manifestRun(tinyConfig(changes))]);
  expect(tasks).toHaveLength(together ? 1 : 2);
});

test('a run without a source shares with either source, and brings the two no nearer', () => {
  const mono = { corpora: { source: null }, recipe: { targetTokens: 209, epochs: 1, ratio: 1 } };
  const other = { corpora: { source: 'world:id?bytes=60000' } };
  const runs = [mono, {}, other].map((changes) => manifestRun(tinyConfig(changes)));
  expect(idsOf(cutTasks(runs)).map((ids) => ids.length)).toEqual([2, 1]);
});

test('a BPE that sees more target tokens is another tokenizer', () => {
  const bpe = (targetTokens: number) =>
    manifestRun(
      tinyConfig({
        tokenizer: { kind: 'bpe', vocabulary: 600, sourceShare: 0.5 },
        recipe: { targetTokens, epochs: 1, ratio: 0.5 },
      }),
    );
  expect(cutTasks([bpe(200), bpe(400)])).toHaveLength(2);
});

test('shards part the tasks, and their FLOPs about evenly', () => {
  const weights = [9e9, 1e9, 1e9, 5e9, 4e9, 3e9, 2e9, 0, 8e9];
  const tasks = weights.map((flops, index): Task => ({ index, runs: [], flops }));
  const shards = [1, 2, 3].map((shard) => shardOf(tasks, shard, 3));
  expect(
    shards
      .flat()
      .map(({ index }) => index)
      .sort(),
  ).toEqual(tasks.map(({ index }) => index));
  for (const shard of shards) {
    expect(shard.map(({ index }) => index)).toEqual(shard.map(({ index }) => index).sort());
    // 33e9 in all: no greedy share is further from a third than the smallest tasks that were left to give.
    expect(Math.abs(flopsOf(shard as unknown as { flops: number }[]) - 11e9)).toBeLessThanOrEqual(1e9);
  }
  expect(shardOf(tasks.slice(0, 2), 3, 3)).toEqual([]);
});

test('tasks without FLOPs are spread as well', () => {
  const tasks = Array.from({ length: 4 }, (_, index): Task => ({ index, runs: [], flops: 0 }));
  expect([1, 2].map((shard) => shardOf(tasks, shard, 2).length)).toEqual([2, 2]);
});
