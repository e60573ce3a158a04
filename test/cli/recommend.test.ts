import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRecommendation } from '../../src/formats/recommendation.ts';
import { Bench, run } from './commands.ts';
import { bilingualTable, monolingualTable } from './lawRuns.ts';

let bench: Bench;
let fit: string;
let mono: string;
beforeAll(async () => {
  bench = new Bench();
  const both = bench.file('both.csv', bilingualTable());
  const one = bench.file('mono.csv', monolingualTable());
  fit = bench.path('fit.json');
  mono = bench.path('mono.json');
  const made = [
    await run([
      'fit',
      both,
      '--law',
      'm3,chinchilla,cpt',
      '--bootstrap',
      '12',
      '--holdout',
      'none',
      '--out',
      fit,
    ]),
    await run(['fit', one, '--law', 'm3', '--bootstrap', '0', '--holdout', 'none', '--out', mono]),
  ];
  for (const { code, error } of made) expect(code, error).toBe(0);
});
afterAll(() => bench.remove());

const ask = (file: string, D_T: string, ...more: string[]) =>
  run(['recommend', file, '--compute', '1e14', '--target-tokens', D_T, ...more]);

test('little text asks for two languages and two stages, much text for one', async () => {
  const scarce = await ask(fit, '1e5', '--json');
  expect(scarce.code, scarce.error).toBe(0);
  const first = parseRecommendation(JSON.parse(scarce.out), 'stdout');
  expect(first).toMatchObject({
    law: 'm3',
    compute: 1e14,
    targetTokens: 1e5,
    best: { kind: 'multi-lingual two-stage' },
  });
  expect(first.runnersUp.map(({ kind }) => kind).sort()).toEqual([
    'monolingual single-stage',
    'multi-lingual single-stage',
  ]);
  expect(first.runnersUp.every(({ excess }) => excess > 0)).toBe(true);
  expect(first.shares?.['multi-lingual two-stage']).toBe(1);
  expect(first.best.interval?.[0]).toBeLessThan(first.best.loss);
  const { best } = first;
  // The budget is a ceiling; the search meets it to rounding.
  expect(6 * best.N * best.D).toBeLessThanOrEqual(1e14 * (1 + 1e-6));
  expect(best.D).toBeCloseTo((best.k * 1e5) / best.r, 0);

  const plenty = parseRecommendation(JSON.parse((await ask(fit, '1e8', '--json')).out), 'stdout');
  expect(plenty.best.kind).toBe('monolingual single-stage');
  const threshold = first.threshold?.targetTokens ?? Number.NaN;
  expect(plenty.threshold?.targetTokens).toBeCloseTo(threshold, 0);
  expect(threshold).toBeGreaterThan(1e5);
  expect(threshold).toBeLessThan(1e8);
});

test('limits are kept', async () => {
  const { out } = await ask(fit, '1e5', '--json', '--max-N', '2e5', '--max-source-tokens', '1e6');
  const { best, limits } = parseRecommendation(JSON.parse(out), 'stdout');
  expect(limits).toEqual({ maxN: 2e5, maxSourceTokens: 1e6 });
  expect(best.N).toBeLessThanOrEqual(2e5 * (1 + 1e-9));
  expect(best.S).toBeLessThanOrEqual(1e6 * (1 + 1e-6));
});

test('words: the recipe, what others cost, the threshold, and how far it is from the runs; a map', async () => {
  const { code, out, error } = await ask(fit, '1e5', '--map');
  expect(code, error).toBe(0);
  expect(out).toMatch(/\nbest +multi-lingual two-stage\n +N = [\d.]+ K, k = [\d.]+, r = 0\.\d+, r_f = /);
  expect(out).toMatch(/predicted loss \d+\.\d{3} \(\d+\.\d{3} … \d+\.\d{3}\) nats per token/);
  expect(out).toContain('this kind is best under 100 % of the resamples');
  expect(out).toMatch(
    /\nthreshold +below D_T = [\d.]+ K \([\d.]+ K … [\d.]+ K\) tokens a second language pays/,
  );
  expect(out).toMatch(/\nbeyond +.*D_T.* outside the runs of the fit: an extrapolation/);
  expect(out).toMatch(/\nkind +loss +worse by +N +k +r +r_f +best under\n/);
  expect(out).toContain('The closed form of the paper was not available to us');
  expect(out).toMatch(/\n +1e14 .*2 .*m/);
  expect(out).toContain('D_T from 1 K to 10 M');
});

test('a fit to one language says that the rest is made up', async () => {
  const { code, out, error } = await ask(mono, '1e6');
  expect(code, error).toBe(0);
  expect(out).toMatch(/no run of the fit tells Rstar, tau, phi, omega/);
  expect(out).not.toContain('resample');
});

test('another law of the file; Zheng’s comes with an allocation', async () => {
  const chinchilla = await ask(fit, '1e6', '--law', 'chinchilla');
  expect(chinchilla.out).toContain('chinchilla cannot tell kinds of recipe apart');
  expect(chinchilla.out).toMatch(/\nthreshold +none: this law cannot tell kinds of recipe apart/);
  const cpt = await ask(fit, '1e6', '--law', 'cpt');
  expect(cpt.code, cpt.error).toBe(0);
  expect(cpt.out).toMatch(/compute-optimal continual pre-training.*N ∝ C\^\d\.\d+|no best allocation/s);
});

test('figures', async () => {
  const folder = bench.path('figures');
  const { code, error } = await ask(fit, '1e6', '--figures', folder, '--resamples', '2');
  expect(code, error).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['collapse.svg', 'phase-map.svg']);
  expect(readFileSync(`${folder}/phase-map.svg`, 'utf8')).toContain('multi-lingual two-stage');
});

test.each<[string, readonly string[], RegExp]>([
  [
    'a file that is not there',
    ['none.json', '--compute', '1', '--target-tokens', '1'],
    /FIT: there is no file none\.json/,
  ],
  ['no compute', ['FIT', '--target-tokens', '1'], /required option '--compute <flops>'/],
  ['compute of nothing', ['FIT', '--compute', '0', '--target-tokens', '1'], /give a number above 0/],
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
