import { describe, expect, it } from 'vitest';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { M3, runAt } from '../certainty/synthetic.ts';
import { netRuns } from './net.ts';

/** A descent of 15 evaluations takes 1 ms on 288 runs; ten times as many would still be fast enough, and are too many. */
const MOST_EVALUATIONS = 100;
const SAME = 1e-7;

describe('refit', () => {
  it('comes to the bottom that a whole search comes to, in few evaluations', async () => {
    const runs = netRuns(1);
    const whole = await fitLaw(m3, runs.slice(0, -1), { descents: 10 });
    const after = await fitLaw(m3, runs, { descents: 10 });
    const warm = refit(m3, runs, [whole.theta]);
    expect(Math.abs(warm.objective / after.objective - 1)).toBeLessThan(SAME);
    expect(warm.evaluations).toBeLessThan(MOST_EVALUATIONS);
    expect(warm.status).toBe('converged');
  });

  it('comes there from wherever near it begins, for any weights', () => {
    const runs = netRuns(2);
    const truth = coordinatesOf(m3, M3);
    for (let shift = 1; shift <= 5; shift++) {
      const weights = Float64Array.from(runs, (_, index) => (index * shift) % 7);
      const near = refit(m3, runs, [truth], { weights });
      const far = refit(m3, runs, [truth.map((value, index) => value + 0.03 * Math.sin(shift * index))], {
        weights,
      });
      expect(Math.abs(far.objective / near.objective - 1), `shift ${shift}`).toBeLessThan(SAME);
    }
  });

  it('takes the best of its starts, and no other', () => {
    const runs = netRuns(1);
    const truth = coordinatesOf(m3, M3);
    const poor = Float64Array.from(m3.parameters, ({ lower }) => Math.max(lower, -20));
    const both = refit(m3, runs, [poor, truth]);
    expect(Math.abs(both.objective / refit(m3, runs, [truth]).objective - 1)).toBeLessThan(SAME);
    expect(both.objective).toBeLessThan(refit(m3, runs, [poor]).objective * (1 + SAME));
    expect(both.descents).toBe(2);
    expect(() => refit(m3, runs, [])).toThrow(RangeError);
  });

  it('is done at once where it begins at the bottom', () => {
    const runs = netRuns(1);
    const first = refit(m3, runs, [coordinatesOf(m3, M3)]);
    const again = refit(m3, runs, [first.theta]);
    expect(again.objective).toBeLessThanOrEqual(first.objective);
    expect(again.evaluations).toBeLessThan(MOST_EVALUATIONS);
  });

  it('leaves where they were what no run tells, and what is borrowed', () => {
    const runs = netRuns(1);
    const start = coordinatesOf(m3, M3);
    const mono = refit(
      m3,
      runs.filter(({ point }) => point.r === 1),
      [start],
    );
    expect([...mono.theta.slice(6)]).toEqual([M3.tau, M3.phi, M3.omega]);
    expect(mono.unknown).toEqual(['tau', 'phi', 'omega']);
    const cpt = lawNamed('cpt');
    const from = coordinatesOf(cpt, {
      E: 1.8,
      A: 480,
      alpha: 0.35,
      Bprime: 1000,
      betaprime: 0.3,
      gamma: 0.1,
    });
    const borrowed = refit(cpt, runs, [from]);
    expect([...borrowed.theta.slice(0, 3)]).toEqual([...from.slice(0, 3)]);
    expect(borrowed.frozen).toEqual(['E', 'A', 'alpha']);
    expect(borrowed.theta[3]).not.toBe(from[3]);
  });

  it('takes one run, and equal losses, as they come', () => {
    const one = refit(m3, [runAt({ N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 })], [coordinatesOf(m3, M3)]);
    expect(one.status).toBe('under-determined');
    expect(one.aicc).toBeNull();
    expect(one.rSquared).toBeNaN();
    expect(one.objective).toBeLessThan(1e-12);
  });

  it('is not begun when the signal is aborted', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    expect(() => refit(m3, netRuns(1), [coordinatesOf(m3, M3)], { signal })).toThrow('enough');
  });
});
