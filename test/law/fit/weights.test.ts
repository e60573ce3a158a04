import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../src/law/certainty/bootstrap.ts';
import { helpfulRuns } from '../../../src/law/certainty/nextRun.ts';
import { profile } from '../../../src/law/certainty/profile.ts';
import { rankFits } from '../../../src/law/comparison/rank.ts';
import { covariance } from '../../../src/law/fit/covariance.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { precisionsOf } from '../../../src/law/fit/weights.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';
import { CHINCHILLA, makeRuns, monolingual } from '../certainty/synthetic.ts';

const RUNS = makeRuns(chinchilla, CHINCHILLA, monolingual([1e5, 4e5, 1.6e6, 6.4e6], [3e5, 1e6, 3e6, 1e7]), {
  noise: 0.003,
  seed: 3,
});

/** Descents of sums that were rounded otherwise. */
const SAME = 1e-5;

async function outcome(runs: readonly Run[]) {
  const fits = [];
  for (const name of ['chinchilla', 'muennighoff', 'd-cpt'])
    fits.push(await fitLaw(lawNamed(name), runs, { descents: 15 }));
  const fit = fits[0]!;
  const { low, high } = await profile(fit, runs, 'beta');
  const { parameters } = await bootstrap(fit, runs, { resamples: 40 });
  const linear = await bootstrap(fit, runs, { resamples: 40, way: 'linearised' });
  const { ranked } = rankFits(fits, runs);
  const candidates = monolingual([2e5, 2e7], [1e6, 3e7]).map(pointOf);
  return {
    order: ranked.map((one) => one.fit.law.name),
    numbers: [
      ...fit.theta,
      fit.objective,
      fit.aicc!,
      fit.rSquared,
      fit.rmseLog,
      low.value,
      high.value,
      parameters.alpha!.low,
      parameters.alpha!.high,
      linear.parameters.alpha!.low,
      linear.parameters.alpha!.high,
      covariance(fit, runs).sigma,
      ...helpfulRuns(fit, runs, candidates).map(({ reduction }) => reduction),
    ],
  };
}

describe('weights', () => {
  it.each([
    ['equal ones', (): number => 1],
    ['unequal ones', (row: number): number => [0.5, 1, 3][row % 3]!],
  ])('mean the same in any unit: %s', async (_, weightOf) => {
    const weigh = (factor: number) => RUNS.map((run, row) => ({ ...run, weight: factor * weightOf(row) }));
    const one = await outcome(weigh(1));
    for (const factor of [111_111, 1e-6]) {
      const other = await outcome(weigh(factor));
      expect(other.order).toEqual(one.order);
      other.numbers.forEach((value, index) => {
        expect(Math.abs(value / one.numbers[index]! - 1), `number ${index}, × ${factor}`).toBeLessThan(SAME);
      });
    }
  });

  it('count no runs: AICc knows how many there are', async () => {
    const weighted = RUNS.map((run, row) => ({ ...run, weight: row % 2 ? 1 : 100 }));
    const none = RUNS.slice(0, 7).map((run, row) => ({ ...run, weight: row === 0 ? 0 : 50 }));
    expect((await fitLaw(chinchilla, weighted, { descents: 5 })).aicc).not.toBeNull();
    // Six runs that count, whatever their weight, for five parameters.
    expect((await fitLaw(chinchilla, none, { descents: 5 })).aicc).toBeNull();
  });

  it('come to a mean of 1 over the runs that have one, and to 1 exactly where they are equal', () => {
    const precisions = (weights: readonly number[]) => [
      ...precisionsOf(weights.map((weight, row) => ({ ...RUNS[row]!, weight }))),
    ];
    expect(precisions([3, 0, 9])).toEqual([0.5, 0, 1.5]);
    expect(precisions([0.1, 0.1, 0.1])).toEqual([1, 1, 1]);
    expect(precisions([0, 0])).toEqual([0, 0]);
  });
});
