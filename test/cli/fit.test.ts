import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFit, parseRankedFits } from '../../src/formats/fit.ts';
import { Bench, run } from './commands.ts';
import { bilingualTable, monolingualTable, TRUE_CHINCHILLA } from './lawRuns.ts';

let bench: Bench;
let mono: string;
let both: string;
beforeAll(() => {
  bench = new Bench();
  mono = bench.file('mono.csv', monolingualTable());
  both = bench.file('both.csv', bilingualTable());
});
afterAll(() => bench.remove());

/** Quick, where what is asked about needs neither resamples nor slices. */
const BARE = ['--bootstrap', '0', '--holdout', 'none'];
const json = (text: string): unknown => JSON.parse(text);

/** Estimates from 36 runs with 0.2 % noise are this near to the truth, relative; A and B, which trade off with exponents, less. */
const EXPONENT_TOLERANCE = 0.03;

test('one law: its fit as JSON and as a file, near to the law that made the runs', async () => {
  const out = bench.path('fit.json');
  const {
    code,
    out: text,
    error,
  } = await run(['fit', mono, '--law', 'chinchilla', '--bootstrap', '40', '--out', out, '--json']);
  expect(code, error).toBe(0);
  const fit = parseFit(json(text), 'stdout');
  expect(fit).toEqual(parseFit(json(readFileSync(out, 'utf8')), out));
  expect(fit).toMatchObject({ law: 'chinchilla', rows: 36, status: 'converged', dropped: [], unknown: [] });
  for (const name of ['alpha', 'beta'] as const) {
    const { value, interval } = fit.parameters[name] ?? { value: Number.NaN, interval: null };
    expect(Math.abs(value / TRUE_CHINCHILLA[name] - 1), name).toBeLessThan(EXPONENT_TOLERANCE);
    expect(interval?.[0], name).toBeLessThan(value);
    expect(interval?.[1], name).toBeGreaterThan(value);
  }
  expect(fit.bootstrap?.values).toHaveLength(40);
  expect(Object.keys(fit.heldOut)).toEqual([
    'top-compute',
    'top-N',
    'low-target',
    'high-epochs',
    'unseen-final-ratio',
    'pair',
    'cross-validation',
  ]);
  expect(fit.heldOut['top-N']).toMatchObject({ rows: 6 });
  expect(fit.heldOut.pair?.reason).toMatch(/pair/);
  expect(fit.extent).toMatchObject({ N: [1e5, 3e7], D_T: [1e6, 1e9], k: [1, 1] });
  expect(fit.nextRuns?.length).toBeGreaterThan(0);
  expect(error).toContain(`fit: written to ${out}`);
  expect(bench.list()).toEqual(['both.csv', 'fit.json', 'mono.csv']);
});

test('the same seed gives the same bytes, another one other resamples', async () => {
  const fittedWith = async (seed: string) =>
    (
      await run([
        'fit',
        mono,
        '--law',
        'chinchilla',
        '--bootstrap',
        '10',
        '--holdout',
        'none',
        '--seed',
        seed,
        '--json',
      ])
    ).out;
  const first = await fittedWith('3');
  expect(await fittedWith('3')).toBe(first);
  expect(await fittedWith('4')).not.toBe(first);
});

test('words: what was read, the laws ranked, parameters with intervals and units, what is not known', async () => {
  const args = [
    'fit',
    mono,
    '--law',
    'm3,chinchilla,chinchilla-unique,cpt',
    '--bootstrap',
    '20',
    '--holdout',
    'top-N,pair',
  ];
  const { code, out, error } = await run(args);
  expect(code, error).toBe(0);
  expect(out).toMatch(/^runs +36, all monolingual single-stage\nread +N, loss, D_T, k, r, r_f\n/);
  expect(out).toMatch(/\nspan +N 100 K … 30 M, D_T 1 M … 1 B, k 1, r 1, r_f 1,/);
  expect(out).toMatch(/\nlaw +fitted +AICc +R² +RMSE log +cross-val +top-N\n/);
  expect(out).toContain('not fitted: cpt cannot be fitted: of 36 runs none is of the kind that cpt speaks');
  expect(out).toMatch(/nothing held out as pair: /);
  expect(out).toContain('are one law on these runs');
  expect(out).toContain('no run tells Rstar, tau, phi, omega');
  expect(out).toMatch(/\n +tau +\? +no run tells +target tokens per source token/);
  expect(out).toMatch(/\n +E +1\.[67]\d+ +1\.[67]\d+ … 1\.[67]\d+ +nats per token/);
  expect(out).toContain('The closed form of the paper was not available to us');
  expect(out).toMatch(/\n +form +L = E \+ A·N\^−α \+ B·D\^−β\n/);
  expect(out).toContain('Runs that would help most');
  // Tables may be wider than text, but not than a wide terminal.
  for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(128);
  expect(error).toMatch(/^4 laws, 36 runs: /m);
});

test('several laws: a ranking, and the law that made the runs is first', async () => {
  const { code, out, error } = await run(['fit', both, '--law', 'chinchilla,m3,cpt', ...BARE, '--json']);
  expect(code, error).toBe(0);
  const { ranked, notRanked } = parseRankedFits(json(out), 'stdout');
  expect(ranked.map(({ law }) => law)).toEqual(['m3', 'chinchilla']);
  expect(ranked[0]?.status).toBe('converged');
  expect(ranked[1]?.nextRuns).toBeUndefined();
  expect(notRanked.map(({ law }) => law)).toEqual(['cpt']);
  expect(notRanked[0]?.reason).toMatch(/from a fit of chinchilla|needs|takes/);
});

test('columns by other names, rows chosen, parameters held', async () => {
  const table = monolingualTable('params,unique,epochs,r,r_f,val_loss')
    .replaceAll('\n', ',c4\n')
    .replace('val_loss,c4', 'val_loss,data');
  const more = `${table}1e6,1e6,1,1,1,9,other\n`;
  const runs = bench.file('other.csv', more);
  const args = [
    'fit',
    runs,
    '--law',
    'chinchilla',
    ...BARE,
    '--json',
    '--where',
    'data=c4',
    '--drop-top',
    '2',
  ];
  const refused = await run(args);
  expect([refused.code, refused.out]).toEqual([2, '']);
  expect(refused.error).toMatch(
    /no column is called N, nor D or D_T, nor loss; if it is as it looks, add --columns N=params,/,
  );
  const named = [
    ...args,
    '--columns',
    'N=params,D_T=unique',
    '--columns',
    'loss=val_loss,k=epochs',
    '--freeze',
    'E=1.7,alpha=0.34',
  ];
  const { code, out, error } = await run(named);
  expect(code, error).toBe(0);
  const fit = parseFit(json(out), 'stdout');
  expect(fit.columns).toMatchObject({ N: 'params', D_T: 'unique', loss: 'val_loss', k: 'epochs' });
  expect(fit.rows).toBe(34);
  expect(fit.dropped).toEqual([
    { reason: 'among the 2 largest losses (--drop-top)', rows: 2 },
    { reason: 'not data = c4 (--where)', rows: 1 },
  ]);
  expect([...fit.frozen].sort()).toEqual(['E', 'alpha']);
  expect(fit.parameters.E).toMatchObject({ value: expect.closeTo(1.7, 12), interval: null });
});

test('a law of one’s own, with its definition in the file', async () => {
  const law = bench.file('mine.json', {
    version: 1,
    name: 'mine',
    formula: 'E + A/N^alpha + B/D^beta',
    parameters: [
      { name: 'E', scale: 'log', lower: 0.1, upper: 10, starts: [1, 2] },
      { name: 'A', scale: 'log', starts: [100, 1000] },
      { name: 'alpha', lower: 0, upper: 2, starts: [0.3] },
      { name: 'B', scale: 'log', starts: [100, 1000] },
      { name: 'beta', lower: 0, upper: 2, starts: [0.3] },
    ],
  });
  const { code, out, error } = await run(['fit', mono, '--law', `${law},chinchilla`, ...BARE, '--json']);
  expect(code, error).toBe(0);
  const { ranked } = parseRankedFits(json(out), 'stdout');
  const mine = ranked.find((fit) => fit.law === 'mine');
  const theirs = ranked.find((fit) => fit.law === 'chinchilla');
  expect(mine?.own?.formula).toBe('E + A/N^alpha + B/D^beta');
  // Two searches of one surface; how near they come to its lowest place is theirs.
  expect(mine?.objective).toBeCloseTo(theirs?.objective ?? Number.NaN, 8);
  bench.file('mine.json', {
    version: 1,
    name: 'mine',
    formula: 'E + A/M',
    parameters: [{ name: 'E' }, { name: 'A' }],
  });
  const wrong = await run(['fit', mono, '--law', law]);
  expect(wrong.code).toBe(2);
  expect(wrong.error).toMatch(/mine\.json: formula, character 7: .*\n.*E \+ A\/M\n +\^\n$/);
});

test('a profile, and figures in a folder that is made', async () => {
  const figures = bench.path('figures');
  const args = [
    'fit',
    mono,
    '--law',
    'chinchilla,chinchilla-unique',
    '--bootstrap',
    '10',
    '--holdout',
    'top-N',
    '--profile',
    'beta',
    '--figures',
    figures,
  ];
  const { code, out, error } = await run(args);
  expect(code, error).toBe(0);
  expect(out).toMatch(/\nprofile of beta, 95 %: 0\.2\d+ … 0\.[23]\d+\n/);
  const files = readdirSync(figures).sort();
  for (const name of ['held-out', 'laws', 'parameters', 'predicted', 'profile-beta', 'residuals-C'])
    expect(files).toContain(`${name}.svg`);
  // All runs have one k and one r: there is nothing to see.
  expect(files).not.toContain('residuals-r.svg');
  for (const file of files)
    expect(readFileSync(`${figures}/${file}`, 'utf8')).toMatch(/^<\?xml [^>]*>\n<svg .*<\/svg>\n$/s);
  expect(error).toContain('predicted.svg');
});

test('an interrupt ends it, and leaves nothing behind', async () => {
  const abort = new AbortController();
  const reason = Object.assign(new Error('interrupted by a signal'), { name: 'AbortError', code: 130 });
  const before = bench.list();
  setTimeout(() => abort.abort(reason), 30);
  const args = [
    'fit',
    both,
    '--law',
    'all',
    '--out',
    bench.path('never.json'),
    '--figures',
    bench.path('never'),
  ];
  const { code, out, error } = await run(args, { signal: abort.signal });
  expect([code, out, error]).toEqual([130, '', 'm3lab: interrupted\n']);
  expect(bench.list()).toEqual(before);
});

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
    ['an unknown unit', rows(...four), ['--unit', 'bit'], /there is no bit; did you mean bits\?/],
  ])('%s', async (_, table, more, words) => {
    const runs = bench.file('bad.csv', table);
    const before = bench.list();
    const args = ['fit', runs, '--law', 'chinchilla', ...BARE, '--out', bench.path('bad.json'), ...more];
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
    expect([folder.code, folder.error]).toEqual([2, expect.stringMatching(/RUNS: no run\.json lies in/)]);
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
