import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRecommendation } from '../../src/formats/recommendation.ts';
import { Bench, run } from './commands.ts';
import { bilingualTable, monolingualTable, singleStageTable } from './lawRuns.ts';

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
      '6',
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

const BARE = ['--bootstrap', '0', '--holdout', 'none'];

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
  const { code, out, error } = await ask(fit, '100K', '--map');
  expect(code, error).toBe(0);
  expect(out).toMatch(
    /\nbest +multi-lingual two-stage\n +N = [\d.]+ k, k = [\d.]+( \(runs: 1 … 12\))?, r = 0\.\d+, r_f = /,
  );
  expect(out).toMatch(
    /predicted loss \d+\.\d{3} \(\d+\.\d{3} … \d+\.\d{3}\) nats per token, before the noise/,
  );
  expect(out).toMatch(
    /leads by more than the error of the fit, 0\.\d+ % of the loss, under 100 % of the\s+resamples/,
  );
  expect(out).toMatch(
    /\nthreshold +below D_T = [\d.]+ k \([\d.]+ k … [\d.]+ k\) tokens a second language pays/,
  );
  expect(out).toMatch(/to first order from k = [\d.]+ passes on, at D_T = [\d.]+ k \(x = 0\.0\d+\)/);
  expect(out).toMatch(/\nbeyond +.*D_T.* outside the runs of the fit: an extrapolation/);
  expect(out).toMatch(/\nkind +loss +worse by +N +k +r +r_f +leads under +tied under\n/);
  expect(out).toContain('The closed form of the paper was not available to us');
  expect(out).toMatch(/two stages against one: φ·ω = 0 .*: the runs speak\s+against it/);
  expect(out).toMatch(/fitted to 96 runs of\s+.*both\.csv/);
  expect(out).toMatch(/\n +1e14 .*2 .*m/);
  expect(out).toContain('D_T from 1 k to 10 M');
  expect(out).toMatch(/Best k by scarcity .*\n +x +k +95 % +kind\n/);
  expect(out).toContain('All budgets have the same best k at equal x.');
});

test('with a map the file has the threshold line and the best epochs, with intervals', async () => {
  const { out } = await ask(fit, '1e6', '--map', '--json');
  const found = parseRecommendation(JSON.parse(out), 'stdout');
  expect(found.map).toHaveLength(17 * 17);
  expect(found.thresholdLine).toHaveLength(9);
  for (const { state, interval, targetTokens } of found.thresholdLine ?? []) {
    expect(state).toBe('crossed');
    expect(interval?.[0]).toBeLessThan(targetTokens ?? 0);
  }
  expect(found.epochs?.points).toHaveLength(4 * 13);
  expect(found.epochs?.spread?.lnEpochs).toBeLessThan(1e-6);
  const scarcest = found.epochs?.points[0];
  expect(scarcest?.interval?.[0]).toBeLessThan(scarcest?.interval?.[1] ?? 0);
  expect(found.best.intervals?.N?.[0]).toBeLessThan(found.best.N * (1 + 1e-3));
  expect(found.threshold?.firstOrder?.x).toBeGreaterThan(0.01);
});

test('recipes that one has in mind, held against the best', async () => {
  const asked = ['--at', 'N=1M,k=4', '--at', 'N=500K,k=4,r=0.3,r_f=1'];
  const { out } = await ask(fit, '1e6', '--json', ...asked);
  const { given, best } = parseRecommendation(JSON.parse(out), 'stdout');
  expect(given).toMatchObject([
    { N: 1e6, k: 4, r: 1, r_f: 1, kind: 'monolingual single-stage', C: 2.4e13 },
    { N: 5e5, k: 4, r: 0.3, r_f: 1, kind: 'multi-lingual two-stage' },
  ]);
  for (const { loss, excess, interval } of given ?? []) {
    expect((loss ?? 0) - (excess ?? 0)).toBeCloseTo(best.loss, 6);
    expect(interval?.[0]).toBeLessThanOrEqual(loss ?? 0);
  }
  const words = await ask(fit, '1e6', ...asked);
  expect(words.out).toMatch(/\nasked about +N +k +r +r_f +C +loss \(95 %\) +worse than the best by\n/);
  const untold = parseRecommendation(JSON.parse((await ask(mono, '1e6', '--json', ...asked)).out), 'stdout');
  expect(untold.given?.map(({ loss }) => loss)).toEqual([null, null]);
  expect(untold.given?.[1]?.reason).toMatch(/a second language: no run of the fit reads one/);
});

test('of what no run tells nothing is advised: a fit to one language and one pass', async () => {
  const { code, out, error } = await ask(mono, '1e6', '--map');
  expect(code, error).toBe(0);
  expect(out).toMatch(/\nbest +monolingual single-stage\n +N = [\d.]+ \w+, k = 1\n/);
  expect(out).toMatch(
    /\nnot told +a second language: no run of the fit reads one, so that nothing is advised on it; runs/,
  );
  expect(out).toMatch(
    /\n +repetition: no run of the fit reads its text more than once|\nnot told +repetition: no run/,
  );
  expect(out).toMatch(/one of\s+them e\.g\.\s+N = /);
  expect(out).not.toMatch(/resample|multi-lingual|threshold|never pays/);
  const file = parseRecommendation(JSON.parse((await ask(mono, '1e6', '--map', '--json')).out), 'stdout');
  expect(file).toMatchObject({
    runnersUp: [],
    shares: null,
    threshold: null,
    map: null,
    thresholdLine: null,
  });
  expect(file.untold.map(({ what }) => what)).toEqual(['a second language', 'repetition']);
  expect(file.limits.maxEpochs).toBe(1);
  expect(file.best.k).toBeLessThanOrEqual(1 + 1e-9);
});

test('of kinds of which there are runs it is advised; of the other not', async () => {
  const file = bench.path('single.json');
  const made = await run(['fit', bench.file('single.csv', singleStageTable()), ...BARE, '--out', file]);
  expect(made.code, made.error).toBe(0);
  const found = parseRecommendation(JSON.parse((await ask(file, '1e5', '--json')).out), 'stdout');
  expect([found.best, ...found.runnersUp].map(({ kind }) => kind).sort()).toEqual([
    'monolingual single-stage',
    'multi-lingual single-stage',
  ]);
  expect(found.untold.map(({ what }) => what)).toEqual(['two stages']);
  expect(found.threshold?.state).toBe('crossed');
});

test('limits: passes, and the span of the runs', async () => {
  const at = async (D_T: string, ...more: string[]) =>
    parseRecommendation(JSON.parse((await ask(fit, D_T, '--json', ...more)).out), 'stdout');
  expect((await at('1e5', '--max-epochs', '4')).best.k).toBeLessThanOrEqual(4 + 1e-6);
  const inside = await at('3e5', '--within-runs');
  expect(inside.best.k).toBeLessThanOrEqual(12 * (1 + 1e-6));
  expect(inside.best.N).toBeLessThanOrEqual(3e6 * (1 + 1e-6));
  expect(inside.best.r).toBeGreaterThanOrEqual(0.1 * (1 - 1e-6));
  expect(inside.limits).toMatchObject({ maxN: 3e6, maxEpochs: 12, minRatio: 0.1 });
});

test('a lead that is asked for puts the threshold lower', async () => {
  const at = async (margin: string) =>
    parseRecommendation(JSON.parse((await ask(fit, '1e5', '--json', '--margin', margin)).out), 'stdout')
      .threshold;
  const [none, some] = [await at('0'), await at('0.05')];
  expect(some).toMatchObject({ margin: 0.05, state: 'crossed' });
  expect(some?.targetTokens).toBeLessThan(Number(none?.targetTokens));
});

test('another law of the file; Zheng’s comes with an allocation', async () => {
  const chinchilla = await ask(fit, '1e6', '--law', 'chinchilla');
  expect(chinchilla.out).toContain('chinchilla cannot tell kinds of recipe apart');
  expect(chinchilla.out).not.toMatch(/threshold|best under|leads|worse by/);
  const cpt = await ask(fit, '1e6', '--law', 'cpt');
  expect(cpt.code, cpt.error).toBe(0);
  expect(cpt.out).toMatch(/E, A, alpha come from a fit of chinchilla to other runs/);
  expect(cpt.out).toMatch(/compute-optimal continual pre-training.*N ∝ C\^\d\.\d+|no best allocation/s);
});

test('figures', async () => {
  const folder = bench.path('figures');
  const { code, error } = await ask(fit, '1e6', '--figures', folder, '--resamples', '2');
  expect(code, error).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['collapse.svg', 'phase-map.svg']);
  expect(readFileSync(`${folder}/phase-map.svg`, 'utf8')).toContain('multi-lingual two-stage');
});
