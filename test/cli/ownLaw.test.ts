import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFit, parseRankedFits } from '../../src/formats/fit.ts';
import { Bench, run } from './commands.ts';
import { bilingualTable, monolingualTable } from './lawRuns.ts';

let bench: Bench;
let mono: string;
let both: string;
beforeAll(() => {
  bench = new Bench();
  mono = bench.file('mono.csv', everyThird(monolingualTable()));
  both = bench.file('both.csv', everyThird(bilingualTable()));
});
afterAll(() => bench.remove());

/** Few runs are enough to see whether a law is fitted at all. */
function everyThird(table: string): string {
  return `${table
    .trim()
    .split('\n')
    .filter((_, line) => line === 0 || line % 3 === 1)
    .join('\n')}\n`;
}

const BARE = ['--bootstrap', '0', '--holdout', 'none'];
const json = (text: string): unknown => JSON.parse(text);

/** As a person begins: names alone. The exponent's starts hold 0, where 0^0 = 1 hides a division by zero. */
function ownLaw(formula: string, names: readonly string[] = ['E', 'A', 'alpha'], more: object = {}): string {
  const parameters = names.map((name) => ({ name }));
  return bench.file('own.json', { version: 1, name: 'mine', formula, parameters, ...more });
}

describe('a formula that has a pole at the runs ends with exit code 2 and the place:', () => {
  test.each([
    ['E + A/(N - N)^alpha', /both\.csv:2/],
    ['E + A/(k - 1)^alpha', /k − 1 = 0/],
    ['E + A*log(S)^alpha', /S = 0/],
  ])('%s', async (formula, words) => {
    const { code, out, error } = await run(['fit', both, '--law', ownLaw(formula), ...BARE]);
    expect(error).toMatch(/mine gives no loss that can be fitted: .*Mend the formula/);
    expect(error).toMatch(words);
    expect(error).not.toContain('should not have happened');
    expect([code, out]).toEqual([2, '']);
  });
});

test('a pole at some starts, or no loss at most of them, is no hindrance', async () => {
  for (const formula of ['E + A*abs(r - 0.5)^alpha/N', 'E - A*N^alpha']) {
    const { code, out, error } = await run(['fit', both, '--law', ownLaw(formula), ...BARE, '--json']);
    expect(code, error).toBe(0);
    expect(parseFit(json(out), 'stdout')).toMatchObject({ law: 'mine', rows: 32 });
  }
});

test('a law that cannot be fitted does not take the others with it', async () => {
  const own = ownLaw('E + A/(k - 1)^alpha');
  const { code, out, error } = await run(['fit', both, '--law', `chinchilla,${own}`, ...BARE, '--json']);
  expect(code, error).toBe(0);
  const { ranked, notRanked } = parseRankedFits(json(out), 'stdout');
  expect(ranked.map(({ law }) => law)).toEqual(['chinchilla']);
  expect(notRanked).toEqual([{ law: 'mine', fit: null, reason: expect.stringMatching(/k − 1 = 0/) }]);
  const words = await run(['fit', both, '--law', `${own},chinchilla`, ...BARE]);
  expect(words.code, words.error).toBe(0);
  expect(words.out).toMatch(/mine/);
});

test('nor does one in which a parameter cannot be frozen where it is asked for', async () => {
  const tight = bench.file('tight.json', {
    version: 1,
    name: 'tight',
    formula: 'E + A/N^alpha',
    parameters: [{ name: 'E' }, { name: 'A' }, { name: 'alpha', upper: 1 }],
  });
  const { code, out, error } = await run([
    ...['fit', mono, '--law', `chinchilla,${tight}`],
    ...['--freeze', 'alpha=2.5', ...BARE, '--json'],
  ]);
  expect(code, error).toBe(0);
  const { ranked, notRanked } = parseRankedFits(json(out), 'stdout');
  expect(ranked.map(({ law }) => law)).toEqual(['chinchilla']);
  expect(notRanked).toEqual([
    { law: 'tight', fit: null, reason: expect.stringMatching(/alpha cannot be frozen at 2\.5/) },
  ]);
});

test('a formula without a limit says so where it is frozen at infinity', async () => {
  const own = ownLaw('E + A/N^alpha + R*(1 - exp(-k/R))', ['E', 'A', 'alpha', 'R'], {
    parameters: [
      { name: 'E' },
      { name: 'A' },
      { name: 'alpha' },
      { name: 'R', scale: 'log', lower: 0.1, upper: 100 },
    ],
  });
  const { code, error } = await run(['fit', both, '--law', own, '--freeze', 'R=Infinity', ...BARE]);
  expect(error).toMatch(/R is frozen at infinity.*freeze a large number instead/);
  expect(code).toBe(2);
});

test('the name of a law of the lab is refused, with what to do', async () => {
  const own = ownLaw('E + A/N^alpha', undefined, { name: 'm3' });
  const { code, error } = await run(['fit', mono, '--law', own]);
  expect(error).toMatch(/own\.json: name: m3 is a law of the lab .*as in my-m3/);
  expect(code).toBe(2);
});

test('names that the lab knows bring its bounds and starts', async () => {
  const own = ownLaw('E + A/N^alpha + B/D^beta', ['E', 'A', 'alpha', 'B', 'beta']);
  const { code, out, error } = await run(['fit', mono, '--law', `${own},chinchilla`, ...BARE, '--json']);
  expect(code, error).toBe(0);
  const { ranked } = parseRankedFits(json(out), 'stdout');
  const [mine, theirs] = ['mine', 'chinchilla'].map((name) => ranked.find(({ law }) => law === name));
  // One surface, one grid of starts: the same descents but for the order of rounding.
  expect(mine?.objective).toBeCloseTo(theirs?.objective ?? Number.NaN, 8);
  expect(mine?.parameters.A?.unit).toBe(theirs?.parameters.A?.unit);
  expect(mine?.own?.parameters[0]).toEqual({ name: 'E' });
});
