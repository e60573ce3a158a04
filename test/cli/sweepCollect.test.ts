import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordConfig } from '../../src/formats/config.ts';
import { formatManifest, parseManifest } from '../../src/formats/manifest.ts';
import { parseRunRecord } from '../../src/formats/record.ts';
import { recordOf, seeds } from '../sweep/manifests.ts';
import { Bench, jsonLines, run } from './commands.ts';

const RUNS = seeds(3).map((one, index) => ({ ...one, tags: { cell: index } }));

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
  mkdirSync(bench.path('out/records'), { recursive: true });
  writeFileSync(bench.path('out/manifest.jsonl'), formatManifest(RUNS));
  for (const one of RUNS.slice(0, 2)) {
    const curve = Array.from({ length: 600 }, (_, index) => ({
      step: index + 1,
      tokens: 32 * (index + 1),
      loss: 5 - index / 200,
      ...((index + 1) % 100 === 0 && { targetLoss: 5 - index / 200 }),
    }));
    const record = { ...recordOf(one), config: recordConfig(one.config), curve };
    writeFileSync(bench.path(`out/records/${one.id}.json`), JSON.stringify(record));
  }
});
afterAll(() => bench.remove());

const collect = (...args: string[]) => run(['sweep', 'collect', bench.path('out'), ...args]);

const recordsIn = (name: string) =>
  readFileSync(bench.path(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => parseRunRecord(JSON.parse(line), name));

test('records, and what they were planned as, come out together', async () => {
  const { code, out, error } = await collect(
    ...['--out', bench.path('runs.jsonl'), '--manifest', bench.path('runs.manifest.jsonl'), '--json'],
  );
  expect(code, error).toBe(0);
  expect(jsonLines(out)).toEqual([
    {
      file: bench.path('runs.jsonl'),
      manifest: bench.path('runs.manifest.jsonl'),
      lines: 2,
      runs: 2,
      missing: 1,
      damaged: [],
      differing: [],
    },
  ]);
  const lines = parseManifest(readFileSync(bench.path('runs.manifest.jsonl'), 'utf8'), 'm');
  expect(lines).toEqual(RUNS.slice(0, 2));
  expect(recordsIn('runs.jsonl').map(({ id, curve }) => [id, curve.length])).toEqual(
    RUNS.slice(0, 2).map(({ id }) => [id, 600]),
  );
});

test('curves are thinned where it is asked for; all else stays', async () => {
  expect((await collect('--out', bench.path('whole.jsonl'))).code).toBe(0);
  expect((await collect('--out', bench.path('thin.jsonl'), '--curve-points', '20')).code).toBe(0);
  const whole = recordsIn('whole.jsonl');
  for (const [index, { curve, ...record }] of recordsIn('thin.jsonl').entries()) {
    expect({ ...record, curve: whole[index]?.curve }).toEqual(whole[index]);
    expect(curve).toHaveLength(20);
    expect(curve.filter(({ targetLoss }) => targetLoss !== undefined)).toHaveLength(6);
    expect([curve[0]?.step, curve.at(-1)?.step]).toEqual([1, 600]);
  }
  const [before, after] = ['whole.jsonl', 'thin.jsonl'].map((name) => readFileSync(bench.path(name)).length);
  expect(after!).toBeLessThan(before! / 5);
});

test('what cannot be is refused, and nothing is written', async () => {
  const args = ['sweep', 'collect', bench.path('out'), '--out'];
  const same = bench.path('x.jsonl');
  await bench.refuses([...args, same, '--manifest', same], /--manifest: .* is where the runs go/);
  await bench.refuses(
    [...args, bench.path('x.csv'), '--curve-points', '9'],
    /--curve-points: a table has no curves/,
  );
  await bench.refuses([...args, same, '--curve-points', '1'], /whole number of 2 or more/);
  await bench.refuses(
    [...args, same, '--manifest', bench.path('none/m.jsonl')],
    /--manifest: there is no folder/,
  );
});
