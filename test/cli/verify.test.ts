import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn } from '../../src/sweep/verify.ts';
import { Bench, jsonValue, run, shareDevice } from './commands.ts';

const bench = new Bench();
let records = '';
let lines: string[] = [];

beforeAll(async () => {
  await shareDevice();
  const configs = [1, 2].map((seed) =>
    bench.file(`run${seed}.json`, {
      version: 1,
      name: `run${seed}`,
      corpora: { target: 'world:id?bytes=40000', source: 'world:en?bytes=40000' },
      model: { layers: 1, width: 16, heads: 1, mlp: 44, context: 32 },
      recipe: { targetTokens: 4096, epochs: 0.25, ratio: 0.5 },
      optimizer: { batch: 2 },
      seed,
    }),
  );
  const { code, error } = await run(['train', ...configs, '--out', bench.path('runs')]);
  expect(code, error).toBe(0);
  lines = [1, 2].map((seed) => {
    const { record } = JSON.parse(readFileSync(bench.path(`runs/run${seed}/run.json`), 'utf8'));
    return JSON.stringify(record);
  });
  records = bench.file('records.jsonl', lines.join('\n'));
});

afterAll(() => bench.remove());

test('runs that are drawn and trained again come to the losses of their records', async () => {
  const { runs } = await jsonValue(['verify', records, '--draw', '1', '--seed', '5']);
  expect(runs).toHaveLength(1);
  for (const { recorded, again, difference } of runs as Record<string, unknown>[]) {
    expect(again).toEqual(recorded);
    expect(difference).toBe(0);
  }
});

test('a loss that is not what training gives is found, by its run', async () => {
  const changed = JSON.parse(lines[1]!);
  changed.final.targetLoss *= 1 + 1e-5;
  const file = bench.file('changed.jsonl', [lines[0], JSON.stringify(changed)].join('\n'));
  const { code, out, error } = await run(['verify', file, '--id', changed.id]);
  expect(code).toBe(1);
  expect(error).toMatch(/1 of 1 runs came to another loss/);
  expect(out).toMatch(new RegExp(`^${changed.id}.* different  run2$`, 'm'));
  const { code: allowed } = await run(['verify', file, '--id', changed.id, '--tolerance', '1e-4']);
  expect(allowed).toBe(0);
});

test('what cannot be verified is refused by name', async () => {
  await bench.refuses(['verify', bench.path('none.jsonl')], /RECORDS.*none\.jsonl/);
  await bench.refuses(['verify', records, '--id', 'abc'], /--id: none of the records has the id abc/);
  await bench.refuses(['verify', records, '--most-flops', '1'], /none of the 2 finished runs is left/);
  const stopped = { ...JSON.parse(lines[0]!), status: 'stopped' };
  await bench.refuses(['verify', bench.file('stopped.json', stopped)], /no record of a finished run in 1/);
  const record = JSON.parse(lines[0]!);
  const start = { name: 'first', fingerprint: 'ab'.repeat(32) };
  const begun = bench.file('begun.json', { ...record, config: { ...record.config, start } });
  await bench.refuses(
    ['verify', begun],
    /begun\.json: every run that finished began from another model, whose weights a record/,
  );
});

test('a draw takes each item once, by its seed, in the order of the list', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const first = drawn(items, 10, 1);
  expect(new Set(first).size).toBe(10);
  expect(first).toEqual([...first].sort((a, b) => a - b));
  expect(drawn(items, 10, 1)).toEqual(first);
  expect(drawn(items, 10, 2)).not.toEqual(first);
  expect(drawn(items, 99, 1)).toEqual(items);
});
