import { describe, expect, it } from 'vitest';
import { recommend } from '../../../src/law/advice/recommend.ts';
import { bootstrap } from '../../../src/law/certainty/bootstrap.ts';
import { crossValidate } from '../../../src/law/comparison/folds.ts';
import { BorrowError, TooFewRunsError } from '../../../src/law/fit/errors.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { LAWS, lawNamed } from '../../../src/law/laws/catalogue.ts';
import { type Coordinates, pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';
import { normals } from '../../reference/random.ts';

const M3 = lawNamed('m3');
const TRUTH = coordinatesOf(M3, {
  ...{ E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37 },
  ...{ Rstar: 15, tau: 0.25, phi: 0.3, omega: 0.7 },
});
const NOISE = 0.003;
/** Kept small: what is asked about is that there is an answer. */
const EFFORT = { descents: 1 };
const RESAMPLES = 2;
const TASK = { compute: 1e14, targetTokens: 1e6, limits: {} };

function runsOf(points: readonly Coordinates[], scale = 1): Run[] {
  const noise = normals(3, points.length);
  return points.map((at, row) => ({
    point: pointOf(at),
    loss: scale * predictLoss(M3, pointOf(at), TRUTH) * Math.exp(NOISE * (noise[row] ?? 0)),
    weight: 1,
    r_1: null,
    s: null,
    groups: { seed: `${row}` },
    place: `runs.csv:${row + 2}`,
  }));
}

const ONE_LANGUAGE = [[1, 1]] as const;
const SINGLE_STAGE = [
  [0.5, 0.5],
  [0.2, 0.2],
] as const;
const TWO_STAGE = [
  [0.2, 0.6],
  [0.4, 1],
] as const;
const ALL = [...ONE_LANGUAGE, ...SINGLE_STAGE, ...TWO_STAGE];

function product(
  ratios: readonly (readonly [number, number])[],
  scales: readonly number[] = [1e5, 1e6],
  epochs: readonly number[] = [1, 10],
): Coordinates[] {
  return scales.flatMap((N) =>
    [3e5, 3e6].flatMap((D_T) => epochs.flatMap((k) => ratios.map(([r, r_f]) => ({ N, D_T, k, r, r_f })))),
  );
}

const ODD: Readonly<Record<string, readonly Run[]>> = {
  'five runs': runsOf(product(ONE_LANGUAGE).slice(0, 5)),
  'one model scale': runsOf(product(ALL, [1e6])),
  'all bilingual': runsOf(product(SINGLE_STAGE)),
  'all two-stage': runsOf(product(TWO_STAGE)),
  'less than one pass': runsOf(product(ALL, [1e5, 1e6], [0.05, 0.5])),
  'huge losses': runsOf(product(ALL), 1e6),
  'losses next to nothing': runsOf(product(ALL), 1e-9),
  'one recipe with many seeds': runsOf(Array(12).fill({ N: 1e6, D_T: 1e6, k: 4, r: 0.2, r_f: 0.5 })),
  'one monolingual recipe with many seeds': runsOf(Array(12).fill({ N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 })),
};

describe.each(Object.entries(ODD))('%s', (_, runs) => {
  it.each(LAWS.map((law) => [law.name, law] as const))('%s is fitted, or says why not', async (_, law) => {
    try {
      const fit = await fitLaw(law, runs, EFFORT);
      expect(Number.isFinite(fit.objective)).toBe(true);
      expect(fit.theta.some(Number.isNaN)).toBe(false);
      expect(fit.condition).not.toBeNaN();
      await crossValidate(fit, runs, { folds: 2 });
      for (const way of ['refitted', 'linearised'] as const) {
        const { thetas } = await bootstrap(fit, runs, { resamples: RESAMPLES, way });
        for (const theta of thetas) expect(theta.some(Number.isNaN)).toBe(false);
      }
      const { best } = await recommend(law, fit.theta, TASK);
      expect(best.recipe.loss).toBeGreaterThan(0);
      expect(best.recipe.loss).toBeLessThan(Infinity);
    } catch (error) {
      // Only laws that speak of some kinds of runs, or take parameters from others, have nothing to say.
      const isTyped = error instanceof TooFewRunsError || error instanceof BorrowError;
      if (!isTyped) throw error;
      expect(law.covers ?? law.borrows).toBeDefined();
    }
  });
});
