import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bench, run } from './commands.ts';
import { bilingualTable } from './lawRuns.ts';

const BARE = ['--bootstrap', '0', '--holdout', 'none'];

let bench: Bench;
let fit: string;
beforeAll(async () => {
  bench = new Bench();
  fit = bench.path('fit.json');
  const both = bench.file('both.csv', bilingualTable());
  const made = await run(['fit', both, '--law', 'm3,chinchilla,cpt', ...BARE, '--out', fit]);
  expect(made.code, made.error).toBe(0);
});
afterAll(() => bench.remove());

test.each<[string, readonly string[], RegExp]>([
  [
    'a file that is not there',
    ['none.json', '--compute', '1e9', '--target-tokens', '1'],
    /FIT: there is no file none\.json/,
  ],
  ['no compute', ['FIT', '--target-tokens', '1'], /required option '--compute <flops>'/],
  [
    'compute of nothing',
    ['FIT', '--compute', '0', '--target-tokens', '1'],
    /give a number of at least 6, e\.g\. 1e18/,
  ],
  [
    'half a token',
    ['FIT', '--compute', '1e9', '--target-tokens', '0.5'],
    /give a number of at least 1, e\.g\. 5M/,
  ],
  [
    'more compute than anything',
    ['FIT', '--compute', '1e40', '--target-tokens', '1M'],
    /--compute: the runs of the fit have from .* FLOPs; of 1e40, .* it says nothing/,
  ],
  [
    'a recipe without N',
    ['FIT', '--compute', '1e12', '--target-tokens', '1M', '--at', 'k=4'],
    /N is missing; write N=…,k=…,r=…,r_f=…/,
  ],
  [
    'a recipe without its final ratio',
    ['FIT', '--compute', '1e12', '--target-tokens', '1M', '--at', 'N=1,k=4,r=0.5'],
    /r_f is missing: with one stage it is r, write r_f=0\.5/,
  ],
  [
    'a law that is not in it',
    ['FIT', '--compute', '1e9', '--target-tokens', '1e3', '--law', 'm4'],
    /--law: there is no fit of m4 in the file; there are m3, chinchilla, cpt/,
  ],
])('%s ends with exit code 2', async (_, args, words) => {
  const { code, out, error } = await run(['recommend', ...args.map((word) => (word === 'FIT' ? fit : word))]);
  expect(error).toMatch(words);
  expect([code, out]).toEqual([2, '']);
});

test('a file that is no fit names the field', async () => {
  const file = bench.file('wrong.json', { version: 1, law: 'm3' });
  const { code, error } = await run(['recommend', file, '--compute', '1e9', '--target-tokens', '1e3']);
  expect([code, error]).toEqual([2, expect.stringMatching(/wrong\.json: \w+: this field is missing/)]);
});

test('a fit to fewer recipes than it has parameters advises nothing', async () => {
  const few = bench.file('few.csv', 'N,D,loss\n1e6,1e8,3.5\n2e6,1e8,3.4\n1e6,2e8,3.3\n1e6,4e8,3.2\n');
  const file = bench.path('few.json');
  await run(['fit', few, '--law', 'chinchilla', ...BARE, '--out', file]);
  const { code, out, error } = await run(['recommend', file, '--compute', '1e16', '--target-tokens', '1e8']);
  expect([code, out]).toEqual([2, '']);
  expect(error).toMatch(
    /chinchilla has \d fitted parameters and its runs are of 4 recipes, .* nothing follows/,
  );
});

test('a law without a model scale advises nothing', async () => {
  const file = bench.path('bimix.json');
  await run(['fit', bench.file('both.csv', bilingualTable()), '--law', 'bimix', ...BARE, '--out', file]);
  const { code, error } = await run(['recommend', file, '--compute', '1e14', '--target-tokens', '1e6']);
  expect([code, error]).toEqual([
    2,
    expect.stringMatching(/bimix does not read N, so that it cannot choose a model/),
  ]);
});
