import { describe, expect, it } from 'vitest';
import { profile } from '../../../src/law/certainty/profile.ts';
import { sensitivities } from '../../../src/law/certainty/sensitivities.ts';
import { huberScale } from '../../../src/law/fit/huberScale.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { CHINCHILLA, M3, makeRuns, monolingual, recipes } from './synthetic.ts';

const TRUTH = coordinatesOf(chinchilla, CHINCHILLA);
const RECIPES = monolingual([1e5, 4e5, 1.6e6, 6.4e6], [3e5, 1e6, 3e6, 1e7, 3e7]);

function fitted(seed: number, delta: number) {
  const runs = makeRuns(chinchilla, CHINCHILLA, RECIPES, { noise: 0.003, seed, copies: 2 });
  return { runs, fit: refit(chinchilla, runs, [TRUTH], { delta }) };
}

/** Descents stop when a step gains a small share of the objective. */
const SAME_OBJECTIVE = 1e-4;

describe('profile', () => {
  it.each([1, 1e-3])('is what refits from many starts come to, δ = %s', async (delta) => {
    const { runs, fit } = fitted(1, delta);
    const { points, low, high, critical } = await profile(fit, runs, 'beta');
    expect(points.length).toBeGreaterThan(8);
    for (const { value, objective } of points) {
      const starts = [
        fit.theta,
        TRUTH,
        fit.theta.with(0, 0.3).with(2, 0.45),
        fit.theta.with(1, 4).with(2, 0.2),
      ];
      const brute = refit(chinchilla, runs, starts, { delta, freeze: { beta: value } }).objective;
      expect(Math.abs(objective / brute - 1), `beta = ${value}`).toBeLessThan(SAME_OBJECTIVE);
    }

    expect(low.open || high.open).toBe(false);
    expect(low.value).toBeLessThan(CHINCHILLA.beta);
    expect(high.value).toBeGreaterThan(CHINCHILLA.beta);
    const { residuals } = sensitivities(chinchilla, runs, fit.theta);
    const { slope, square } = huberScale(residuals, new Float64Array(runs.length).fill(1), delta, 5);
    // Four halvings of a step.
    const AT_THE_END = 0.05;
    for (const { value } of [low, high]) {
      const { objective } = refit(chinchilla, runs, [fit.theta], { delta, freeze: { beta: value } });
      const statistic = (2 * slope * (objective - fit.objective)) / square;
      expect(Math.abs(statistic / critical - 1)).toBeLessThan(AT_THE_END);
    }
  });

  it('covers the truth as often as it says', async () => {
    const DATA_SETS = 60;
    let covered = 0;
    for (let seed = 1; seed <= DATA_SETS; seed++) {
      const { runs, fit } = fitted(seed, 1e-3);
      const { low, high } = await profile(fit, runs, 'alpha');
      if (low.value <= CHINCHILLA.alpha && CHINCHILLA.alpha <= high.value) covered++;
    }
    // 95 % of 60, less three standard errors.
    expect(covered).toBeGreaterThanOrEqual(51);
  });

  it('is open where no run tells the parameter', async () => {
    const runs = makeRuns(m3, M3, recipes([1e5, 1e6, 4e6], [3e5, 1e6, 3e6], [1, 4, 16], [[1, 1]]), {
      noise: 0.003,
      seed: 2,
    });
    const fit = refit(m3, runs, [coordinatesOf(m3, M3)]);
    const ofTau = await profile(fit, runs, 'tau');
    expect(ofTau.low).toEqual({ value: 0, open: true });
    expect(ofTau.high).toEqual({ value: 10, open: true });
    const ofRstar = await profile(fit, runs, 'Rstar');
    expect(ofRstar.low.open || ofRstar.high.open).toBe(false);
  });

  it('is open to the side where repetition is as good as new text', async () => {
    // At four passes a scale of hundreds of passes and an infinite one are the same.
    const values = { ...M3, Rstar: 500 };
    const runs = makeRuns(m3, values, recipes([1e5, 1e6, 4e6], [3e5, 1e6, 3e6], [1, 2, 4], [[1, 1]]), {
      noise: 0.003,
      seed: 3,
    });
    const fit = refit(m3, runs, [coordinatesOf(m3, values)]);
    const { low, high } = await profile(fit, runs, 'Rstar');
    expect(high.open).toBe(true);
    expect(low.open).toBe(false);
  });

  it('says when it met a better fit', async () => {
    const { runs, fit } = fitted(4, 1e-3);
    const poor = refit(chinchilla, runs, [TRUTH], { delta: 1e-3, freeze: { beta: 0.4 } });
    const { better } = await profile({ ...poor, frozen: [] }, runs, 'beta');
    expect(better).not.toBeNull();
    expect(better![4]).toBeLessThan(0.4);
    expect((await profile(fit, runs, 'beta')).better).toBeNull();
  });

  it('refuses parameters that there are not, and can be stopped', async () => {
    const { runs, fit } = fitted(5, 1e-3);
    await expect(profile(fit, runs, 'gamma')).rejects.toThrow(/no parameter gamma.*alpha/);
    await expect(profile({ ...fit, frozen: ['E'] }, runs, 'E')).rejects.toThrow(/frozen/);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(profile(fit, runs, 'E', { signal })).rejects.toThrow('enough');
  });
});
