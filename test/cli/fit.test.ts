import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  expect(out).toMatch(/\nspan +N 100 k … 30 M, D_T 1 M … 1 B, k 1, r 1, r_f 1,/);
  expect(out).toMatch(/\nlaw +parameters +AICc +R² +RMSE log +cross-val +top-N\n/);
  expect(out).toContain('not fitted: cpt cannot be fitted: of 36 runs none is of the kind that cpt speaks');
  expect(out).toMatch(/nothing held out as pair: /);
  expect(out).toContain('are one law on these runs');
  expect(out).toMatch(/\nruns +36 +6\n/);
  expect(out).toMatch(/\nR² of raw loss, not seen.*\nlaw +cross-val +top-N\n/);
  // The others in short.
  expect(out).toMatch(/\n +chinchilla-unique +E +1\.[67]\d+ +1\.[67]\d+ … 1\.[67]\d+ +converged\n/);
  expect((await run([...args, '--full'])).out).toMatch(/\nchinchilla-unique: .*\n +form /);
  expect(out).toContain('no run tells Rstar, tau, phi, omega');
  expect(out).toMatch(/\n +tau +\? +no run tells it +target tokens per source token/);
  expect(out).toMatch(/\n +E +1\.[67]\d+ +1\.[67]\d+ … 1\.[67]\d+ +nats per token/);
  expect(out).toContain('The closed form of the paper was not available to us');
  expect(out).toMatch(/\n +form +L = E \+ A·/);
  expect(out).toContain('The run of each kind that would help most');
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
