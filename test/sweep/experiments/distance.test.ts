import { describe, expect, test } from 'vitest';
import type { ManifestRun } from '../../../src/formats/manifest.ts';
import {
  DISTANCES,
  distanceDesigns,
  repeatedDesigns,
} from '../../../src/sweep/experiments/distance/design.ts';
import {
  distanceNoise,
  gainsOf,
  thresholdsOf,
  trendOf,
} from '../../../src/sweep/experiments/distance/gains.ts';
import { distance } from '../../../src/sweep/experiments/distance.ts';
import type { ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { settingOf } from '../../../src/sweep/experiments/settings.ts';
import { canvas } from '../../figures/examples.ts';
import { texts } from '../../figures/marks.ts';
import { normals } from '../../law/certainty/synthetic.ts';
import { madeUp, planned } from './madeUp.ts';
import { nominalCost } from './nominalCost.ts';

const SETTING = settingOf('small');
/** FLOPs that the experiment may cost at budget small. */
const MOST_FLOPS = 2.5e12;

/** Gain of two stages at a distance and D_T, bits per byte. */
type GainOf = (distance: number, targetTokens: number) => number;

const distanceOf = ({ config }: Pick<ManifestRun, 'config'>) =>
  Number(/distance=([\d.]+)/.exec(config.corpora.target)?.[1]);

/** Both rounds; where text is scarcest monolingual runs are best at 16 passes, two stages with the longer final one. */
async function resultsOf(gain: GainOf, noise: number, world = 7): Promise<ResultRun[]> {
  const normal = normals(world);
  const lossOf = (run: ManifestRun): [number, number] => {
    const { kind, D_T, k, s } = run.nominal;
    const bits = 2.5 + 3000 / D_T;
    const isScarce = D_T === 4096;
    const expected =
      kind === 'monolingual single-stage'
        ? bits + (isScarce ? 0.1 * Math.log(k / 16) ** 2 : 0)
        : bits - gain(distanceOf(run), D_T) + (isScarce && s < 0.1 ? 0.2 : 0);
    return [expected + noise * normal(), expected + noise * normal()];
  };
  const first = await madeUp(distanceDesigns([], SETTING), lossOf);
  return [...first, ...(await madeUp(repeatedDesigns(first, SETTING), lossOf))];
}

const FALLING: GainOf = (at, tokens) => (0.5 * Math.exp(-2 * at) * Math.log(32768 / tokens)) / Math.log(4);

function report(results: readonly ResultRun[]) {
  const made = distance.report(results, SETTING);
  if (made instanceof Promise) throw new Error('the report of distance is there at once');
  return made;
}

const verdicts = (results: readonly ResultRun[]) => report(results).findings.map(({ verdict }) => verdict);

describe('the runs', () => {
  test('cost no more than they may', async () => {
    const runs = await planned(distanceDesigns([], SETTING));
    const results = await resultsOf(FALLING, 0.01);
    const again = await planned(repeatedDesigns(results, SETTING));
    const costs = [runs, again].map(nominalCost);
    expect(costs.reduce((sum, { all, shared }) => sum + all - shared, 0)).toBeLessThan(MOST_FLOPS);
    // Wherever a recipe was chosen among several: two of three D_T, both kinds, two seeds.
    expect(again).toHaveLength(DISTANCES.length * 2 * 2 * 2);
  });

  test('are of the built-in world, whatever texts there are, and differ in distance alone', async () => {
    const own = settingOf('small', {
      target: 'file:a.txt',
      source: 'file:b.txt',
      control: null,
      noisy: null,
      targetValidation: 'file:c.txt',
    });
    const corpora = distanceDesigns([], own).map((design) => design.corpora);
    expect(corpora).toEqual(distanceDesigns([], SETTING).map((design) => design.corpora));
    expect(new Set(corpora.map((one) => one?.target))).toEqual(
      new Set(DISTANCES.map((at) => `world:en?distance=${at}`)),
    );
    expect(new Set(corpora.map((one) => one?.source))).toEqual(new Set(['world:en']));
  });

  test('have every kind at every distance and D_T, and fit into C', async () => {
    const runs = await planned(distanceDesigns([], SETTING));
    const places = new Map<string, Set<string>>();
    for (const run of runs) {
      const key = `${distanceOf(run)} ${run.nominal.D_T}`;
      places.set(key, (places.get(key) ?? new Set()).add(run.nominal.kind));
      expect(run.nominal.C).toBeLessThanOrEqual(3.7e10 * 1.001);
    }
    expect(places.size).toBe(DISTANCES.length * 3);
    for (const kinds of places.values()) expect(kinds.size).toBe(2);
  });
});

test('gains and thresholds are those of the world', async () => {
  const results = await resultsOf(FALLING, 0);
  const gains = gainsOf(results, distanceNoise(results));
  expect(gains).toHaveLength(DISTANCES.length * 3);
  const scarce = gains.filter(({ targetTokens }) => targetTokens === 4096);
  for (const { distance: at, gain, epochs } of scarce) {
    expect(epochs).toBe(16);
    expect(gain).toBeCloseTo(FALLING(at, 4096), 9);
  }
  const thresholds = thresholdsOf(gains, distanceNoise(results));
  expect(thresholds.map((one) => one.distance)).toEqual([...DISTANCES]);
  for (const { distance: at, low, high, crossing } of thresholds) {
    // Where the gain, which is linear in ln D_T, comes to 0.05.
    const truth = 32768 * 4 ** (-0.05 / (0.5 * Math.exp(-2 * at)));
    expect(crossing).toEqual({ kind: 'at', targetTokens: expect.closeTo(truth, 0) });
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
  }
});

test('what the seed that chose was lucky by is not reported', async () => {
  const results = await resultsOf(FALLING, 0);
  const lucky = results.map((run): ResultRun => {
    const isChosen = run.config.seed === 1 && run.nominal.k > 1.1 && run.nominal.s > 0.1 && run.nominal.s < 1;
    const { final } = run.record;
    if (!isChosen || !final || run.nominal.D_T === 32768) return run;
    const halves = (final.targetHalvesBitsPerByte ?? []).map((bits) => bits - 0.3) as [number, number];
    return { ...run, record: { ...run.record, final: { ...final, targetHalvesBitsPerByte: halves } } };
  });
  expect(lucky.filter((run, index) => run !== results[index]).length).toBeGreaterThan(4);
  const noise = distanceNoise(results);
  const gains = (of: readonly ResultRun[]) => gainsOf(of, noise).map(({ gain }) => gain);
  expect(gains(lucky)).toEqual(gains(results));
});

test('a slope is told to 0.08 bits per byte at the noise of these models, by a noise that was measured', async () => {
  const results = await resultsOf(() => 0.1, 0.03);
  const noise = distanceNoise(results);
  expect(noise.degrees).toBeGreaterThanOrEqual(16);
  expect(trendOf(gainsOf(results, noise), { ...noise, deviation: 0.03 })?.slope.half).toBeLessThan(0.08);
  const once = results.filter(({ config }) => config.seed === 1);
  expect(verdicts(once)).toEqual(['undecided', 'undecided']);
});

test('a flat world is seldom called a fall', async () => {
  let found = 0;
  for (let world = 0; world < 10; world++) {
    const [gain] = verdicts(await resultsOf(() => 0.1, 0.03, world));
    if (gain === 'reproduced') found++;
  }
  expect(found).toBeLessThanOrEqual(1);
});

describe('verdicts', () => {
  test('a gain that falls with distance', async () => {
    expect(verdicts(await resultsOf(FALLING, 0.01))).toEqual(['reproduced', 'reproduced']);
  });

  test('a gain that grows', async () => {
    const growing: GainOf = (at, tokens) => FALLING(1.5 * (1 - at), tokens);
    expect(verdicts(await resultsOf(growing, 0.01))).toEqual(['not reproduced', 'not reproduced']);
  });

  test('a gain that is the same everywhere does not fall', async () => {
    const same: GainOf = (_, tokens) => FALLING(0.3, tokens);
    expect(verdicts(await resultsOf(same, 0.01))).toEqual(['not reproduced', 'undecided']);
  });

  test('what noise hides is undecided', async () => {
    const weak: GainOf = (at, tokens) => 0.2 * FALLING(at, tokens);
    expect(verdicts(await resultsOf(weak, 0.5))).toEqual(['undecided', 'undecided']);
  });

  test('no gain at all has no threshold', async () => {
    const { findings } = report(await resultsOf(() => -0.3, 0.01));
    expect(findings[1]?.verdict).toBe('undecided');
    expect(findings[1]?.measured).toMatch(/below all D_T that were run/);
  });

  test('runs that are missing or diverged', async () => {
    for (const { verdict, measured } of report([]).findings) {
      expect(verdict).toBe('undecided');
      expect(measured).toMatch(/^No D_T has runs|^Thresholds at two distances are needed/);
    }
    const one = (await resultsOf(FALLING, 0.01)).filter((run) => distanceOf(run) === 0.3);
    expect(verdicts(one)).toEqual(['undecided', 'undecided']);
  });
});

test('figures have a line for every D_T', async () => {
  const { figures, tables } = report(await resultsOf(FALLING, 0.01));
  const [gain, threshold] = figures.map(({ draw }) => texts(draw(canvas())).join(' '));
  expect(gain).toMatch(/DT 4,096.*DT 8,192.*DT 32,768/s);
  expect(threshold).toMatch(/DT, tokens/);
  for (const { columns, rows } of tables)
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
});
