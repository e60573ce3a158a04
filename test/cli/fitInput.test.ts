import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bench, run } from './commands.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

/** Quick, where what is asked about needs neither resamples nor slices. */
const BARE = ['--bootstrap', '0', '--holdout', 'none'];

describe('what cannot be fitted ends with exit code 2, the reason, and nothing written:', () => {
  const rows = (...lines: string[]) => ['N,D,loss', ...lines, ''].join('\n');
  const four = ['1e6,1e8,3.5', '2e6,1e8,3.4', '1e6,2e8,3.3', '2e6,2e8,3.2'];
  test.each<[string, string, readonly string[], RegExp]>([
    ['no rows', rows(), [], /:1:1: there is a header and no run below it/],
    ['one row', rows('1e6,1e8,3'), [], /there is one run/],
    ['one loss', rows(...four.map((line) => line.replace(/[^,]*$/, '3'))), [], /4 runs have the same loss/],
    ['a loss below zero', rows(...four, '1e6,1e9,-1'), [], /:6:9: loss: -1 is negative.*--loss-scale log/],
    ['a loss of zero', rows(...four, '1e6,1e9,0'), [], /:6:9: loss: 0 is no loss/],
    ['losses of NaN alone', rows('1e6,1e8,nan', '2e6,1e8,nan'), [], /RUNS: no run is left to fit: 2 no loss/],
    ['r above 1', 'N,D,r,r_f,loss\n1,2,3,1,3\n', [], /:2:5: r: 3: a ratio/],
    ['D_T above D·r/k', 'N,D,D_T,k,loss\n1,10,20,1,3\n', [], /:2:3: D: 10 does not go with D_T = 20/],
    [
      'bits',
      'N,D,loss_bits\n1,2,3\n',
      ['--columns', 'loss=loss_bits'],
      /loss_bits: is this in bits\?.*--unit bits/,
    ],
    ['an unknown law', rows(...four), ['--law', 'm33'], /no law named “m33” \(did you mean m3\?\)/],
    [
      'an unknown column',
      rows(...four),
      ['--columns', 'loss=lose'],
      /no column lose to be loss; did you mean loss\?/,
    ],
    ['an unknown quantity', rows(...four), ['--columns', 'los=loss'], /no quantity los; did you mean loss\?/],
    [
      'an unknown parameter',
      rows(...four),
      ['--freeze', 'gama=1'],
      /--freeze: no law that is fitted has a parameter gama/,
    ],
    ['a value that is none', rows(...four), ['--freeze', 'E=high'], /E: high is not a number/],
    ['an unknown slice', rows(...four), ['--holdout', 'top'], /there is no top; did you mean top-N\?/],
    ['an unknown group', rows(...four), ['--where', 'pair=a'], /no column pair to choose by/],
    [
      'an unknown group to keep together',
      rows(...four),
      ['--group-by', 'seed'],
      /--group-by: the runs have no column seed/,
    ],
    [
      'a profile of nothing',
      rows(...four),
      ['--profile', 'x'],
      /--profile: no law that is fitted has a parameter x/,
    ],
    [
      'a profile of what is held',
      rows(...four),
      ['--profile', 'alpha,E', '--freeze', 'E=1'],
      /--profile: E is held by --freeze, so that it has no profile/,
    ],
    [
      'a profile of what is borrowed',
      rows(...four),
      ['--law', 'cpt', '--profile', 'alpha'],
      /--profile: .*cpt takes alpha from a fit of chinchilla to other runs/,
    ],
    [
      'an infinite floor',
      rows(...four),
      ['--freeze', 'E=Infinity'],
      /--freeze: chinchilla has no loss at E = Infinity/,
    ],
    ['a delta of nothing', rows(...four), ['--delta', '0'], /give a number above 0, e\.g\. 0\.001/],
    ['an unknown unit', rows(...four), ['--unit', 'bit'], /there is no bit; did you mean bits\?/],
  ])('%s', async (_, table, more, words) => {
    const runs = bench.file('bad.csv', table);
    const before = bench.list();
    const law = more.includes('--law') ? [] : ['--law', 'chinchilla'];
    const args = ['fit', runs, ...law, ...BARE, '--out', bench.path('bad.json'), ...more];
    const { code, out, error } = await run(args);
    expect(error).toMatch(words);
    expect([code, out]).toEqual([2, '']);
    expect(bench.list()).toEqual(before);
  });

  test('files that are not there, or hold no records', async () => {
    const missing = await run(['fit', bench.path('none.csv')]);
    expect([missing.code, missing.error]).toEqual([
      2,
      expect.stringMatching(/RUNS: there is no file .*none\.csv/),
    ]);
    const folder = await run(['fit', bench.cache]);
    expect([folder.code, folder.error]).toEqual([
      2,
      expect.stringMatching(/RUNS: no run\.json or runs\.jsonl lies in/),
    ]);
  });
});

test('few runs are fitted, and it is said that they say little', async () => {
  const runs = bench.file(
    'few.csv',
    'N,D,loss\n1e6,1e8,3.5\n2e6,1e8,3.4\n1e6,2e8,3.3\n1e6,2e8,3.3\n1e6,4e8,NaN\n',
  );
  const { code, out, error } = await run([
    'fit',
    runs,
    '--law',
    'chinchilla',
    '--bootstrap',
    '5',
    '--holdout',
    'none',
  ]);
  expect(code, error).toBe(0);
  expect(out).toContain('1 line: the same as another line in every column');
  expect(out).toContain('1 line: no loss: the cell is empty, NaN or infinite');
  expect(out).toContain('under-determined');
  expect(out).toContain('AICc none, there are too few runs');
  expect(out).toContain('so few recipes make intervals that mean little');
});
