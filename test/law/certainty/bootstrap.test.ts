import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../src/law/certainty/bootstrap.ts';
import { predictionInterval } from '../../../src/law/certainty/intervals.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf } from '../../../src/law/point.ts';
import { CHINCHILLA, fitAt, M3, makeRuns, monolingual, recipes } from './synthetic.ts';

const TRUTH = coordinatesOf(chinchilla, CHINCHILLA);
const RECIPES = monolingual([1e5, 4e5, 1.6e6, 6.4e6], [3e5, 1e6, 3e6, 1e7, 3e7]);
const NOISE = 0.003;

function fitted(seed: number, copies = 1, delta = 1e-3) {
  const runs = makeRuns(chinchilla, CHINCHILLA, RECIPES, { noise: NOISE, seed, copies });
  return { runs, fit: refit(chinchilla, runs, [TRUTH], { delta }) };
}

describe('bootstrap', () => {
  it.each(['refitted', 'linearised'] as const)('covers the truth as often as it says (%s)', async (way) => {
    const inside = pointOf({ N: 8e5, D_T: 2e6, k: 1, r: 1, r_f: 1 });
    const truth = predictLoss(chinchilla, inside, TRUTH);
    const DATA_SETS = way === 'refitted' ? 40 : 150;
    const covered = { parameters: 0, predictions: 0 };
    for (let seed = 1; seed <= DATA_SETS; seed++) {
      const { runs, fit } = fitted(seed, 3);
      const { thetas, parameters, failed } = await bootstrap(fit, runs, { resamples: 100, seed, way });
      expect(failed).toBe(0);
      for (const { name } of chinchilla.parameters) {
        const { low, high } = parameters[name]!;
        const value = CHINCHILLA[name as keyof typeof CHINCHILLA];
        if (low <= value && value <= high) covered.parameters++;
      }
      const { low, high } = predictionInterval(chinchilla, thetas, inside)!;
      if (low <= truth && truth <= high) covered.predictions++;
    }
    // Percentile intervals from twenty recipes are somewhat narrow (a factor of about (1 − 5/20)^½ in width: 91 %), and the share of
    // forty data sets has a standard error of 4 %; the five parameters of one data set go together.
    const LEAST = way === 'refitted' ? 0.9 : 0.85;
    expect(covered.parameters / DATA_SETS / 5).toBeGreaterThan(LEAST);
    expect(covered.predictions / DATA_SETS).toBeGreaterThan(LEAST);
    // Intervals that always cover are no 95 % intervals.
    expect(covered.parameters / DATA_SETS / 5).toBeLessThan(0.995);
  });

  it('draws the seeds of a recipe together: a copy of every run changes nothing', async () => {
    const { runs, fit } = fitted(5);
    const copies = runs.flatMap((run) => [run, run, run, run]);
    const four = refit(chinchilla, copies, [fit.theta]);
    const once = await bootstrap(fit, runs, { resamples: 40, seed: 2 });
    const again = await bootstrap(four, copies, { resamples: 40, seed: 2 });
    expect(again.cells).toBe(20);
    // Where descents end; four independent copies would halve the interval.
    const RELATIVE = 0.02;
    const width = (name: string, { parameters }: typeof once) =>
      parameters[name]!.high - parameters[name]!.low;
    for (const { name } of chinchilla.parameters)
      expect(Math.abs(width(name, again) / width(name, once) - 1), name).toBeLessThan(RELATIVE);
  });

  it('gives the same bits for the same seed, and begins as a longer one does', async () => {
    const { runs, fit } = fitted(6);
    const long = await bootstrap(fit, runs, { resamples: 30, seed: 9 });
    const short = await bootstrap(fit, runs, { resamples: 10, seed: 9 });
    expect(short.thetas).toEqual(long.thetas.slice(0, 10));
    const other = await bootstrap(fit, runs, { resamples: 10, seed: 10 });
    expect(other.thetas).not.toEqual(short.thetas);
  });

  it('comes to the same intervals linearised as refitted, where the law is nearly linear', async () => {
    const { runs, fit } = fitted(7, 5, 1);
    const refitted = await bootstrap(fit, runs, { resamples: 200, seed: 1, way: 'refitted' });
    const linear = await bootstrap(fit, runs, { resamples: 200, seed: 1, way: 'linearised' });
    expect(linear.way).toBe('linearised');
    // The same draws; what is left is curvature.
    const RELATIVE = 0.25;
    const point = pointOf({ N: 4e5, D_T: 1e6, k: 1, r: 1, r_f: 1 });
    const [a, b] = [refitted, linear].map(({ thetas }) => predictionInterval(chinchilla, thetas, point)!);
    expect(Math.abs((b!.high - b!.low) / (a!.high - a!.low) - 1)).toBeLessThan(RELATIVE);
  });

  it('has no interval for what was frozen or is unknown', async () => {
    const runs = makeRuns(m3, M3, recipes([1e5, 1e6, 4e6], [3e5, 1e6, 3e6], [1, 4, 16], [[1, 1]]), {
      noise: NOISE,
      seed: 1,
    });
    const fit = refit(m3, runs, [coordinatesOf(m3, M3)], { freeze: { E: 1.8 } });
    expect(fit.unknown).toEqual(['tau', 'phi', 'omega']);
    const { parameters, thetas, underDetermined } = await bootstrap(fit, runs, { resamples: 10 });
    for (const name of ['E', 'tau', 'phi', 'omega']) expect(parameters[name]).toBeNull();
    for (const name of ['A', 'alpha', 'B', 'beta', 'Rstar']) expect(parameters[name]).not.toBeNull();
    for (const theta of thetas) expect(theta[0]).toBeCloseTo(Math.log(1.8), 12);
    // It was so before.
    expect(underDetermined).toBe(0);
  });

  it('says when there are too few recipes, and which way it went', async () => {
    const runs = makeRuns(chinchilla, CHINCHILLA, RECIPES.slice(0, 9), {
      noise: NOISE,
      seed: 1,
      copies: 700,
    });
    const fit = fitAt(chinchilla, runs, TRUTH);
    const { tooFewCells, cells, way } = await bootstrap(fit, runs, { resamples: 3 });
    expect({ tooFewCells, cells, way }).toEqual({ tooFewCells: true, cells: 9, way: 'linearised' });
  });

  it('tells its progress, can be stopped, and refuses other runs', async () => {
    const { runs, fit } = fitted(8);
    const shares: number[] = [];
    await bootstrap(fit, runs, { resamples: 20, onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));

    const controller = new AbortController();
    const stopped = bootstrap(fit, runs, {
      resamples: 1_000_000,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    await expect(bootstrap(fit, runs.slice(1))).rejects.toThrow(RangeError);
  });
});

it('counts resamples that leave more open than all runs do', async () => {
  // One repeated recipe among nine: without it, in a third of the resamples, no run tells R*.
  const once = recipes([1e5, 1e6, 4e6], [3e5, 1e6, 3e6], [1], [[1, 1]]);
  const runs = makeRuns(m3, M3, [...once, { N: 1e6, D_T: 1e6, k: 16, r: 1, r_f: 1 }], {
    noise: NOISE,
    seed: 1,
  });
  const freeze = { tau: 0, phi: 0, omega: 0 };
  const fit = refit(m3, runs, [coordinatesOf(m3, { ...M3, ...freeze })], { freeze });
  expect(fit.unknown).toEqual([]);
  const { underDetermined } = await bootstrap(fit, runs, { resamples: 60, seed: 1 });
  expect(underDetermined).toBeGreaterThan(10);
  expect(underDetermined).toBeLessThan(60);
});
