import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordConfig } from '../../src/formats/config.ts';
import { formatManifest } from '../../src/formats/manifest.ts';
import { recordOf, seeds } from '../sweep/manifests.ts';
import { Bench, run } from './commands.ts';

const RUNS = seeds(4);
const [first, second, third, fourth] = RUNS;

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
  mkdirSync(bench.path('rounds/records'), { recursive: true });
  mkdirSync(bench.path('rounds/manifests'));
  // The second run is asked for in both rounds.
  writeFileSync(bench.path('rounds/manifests/made-up-small.rates.jsonl'), formatManifest([first!, second!]));
  writeFileSync(
    bench.path('rounds/manifests/made-up-small.seeds.jsonl'),
    formatManifest([second!, third!, fourth!]),
  );
  writeFileSync(bench.path('rounds/manifests/made-up-small.json'), '{}');
  for (const one of [first!, second!]) {
    const record = { ...recordOf(one), config: recordConfig(one.config) };
    writeFileSync(bench.path(`rounds/records/${one.id}.json`), JSON.stringify(record));
  }
});
afterAll(() => bench.remove());

const status = (...args: string[]) => run(['sweep', 'status', bench.path('rounds'), ...args]);

test('of a reproduction it says how far each round is, and counts each run once in all', async () => {
  const { code, out, error } = await status();
  expect(code, error).toBe(0);
  expect(out).toMatch(/^manifests\/made-up-small\.rates\.jsonl +2 of 2 runs finished$/m);
  expect(out).toMatch(/^manifests\/made-up-small\.seeds\.jsonl +1 of 3 runs finished$/m);
  expect(out).toMatch(/\n\nruns +4, .*\nfinished +2\n/);
  expect(out).toMatch(/\nopen +2\n/);
});

test('as JSON each run stands once, with the manifests that name it', async () => {
  const { out } = await status('--json');
  const states = JSON.parse(out) as { id: string; state: string; manifests: string[] }[];
  expect(states.map(({ id, state, manifests }) => [id, state, manifests.length])).toEqual([
    [first!.id, 'done', 1],
    [second!.id, 'done', 2],
    [third!.id, 'open', 1],
    [fourth!.id, 'open', 1],
  ]);
});

test('a folder of neither is refused', async () => {
  mkdirSync(bench.path('empty'));
  await bench.refuses(['sweep', 'status', bench.path('empty')], /no folder of a sweep; .* m3lab reproduce/);
});
