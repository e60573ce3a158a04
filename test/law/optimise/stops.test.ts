import { describe, expect, it } from 'vitest';
import type { Objective } from '../../../src/law/optimise/box.ts';
import { Descent } from '../../../src/law/optimise/descent.ts';
import { descend, everywhere, expectNear, HESSIAN, quadratic, rosenbrock, TIGHT } from './problems.ts';

describe('the end of a descent', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('backs off from where the function is %d', (nowhere) => {
    // ln x has no value left of 0, and the first steps lead there.
    const objective: Objective = (x, gradient) => {
      gradient[0] = x[0]! > 0 ? 1 - 0.5 / x[0]! : Number.NaN;
      return x[0]! > 0 ? x[0]! - 0.5 * Math.log(x[0]!) : nowhere;
    };
    expectNear(descend(objective, [40], everywhere(1)).x, [0.5], 1e-5);
  });

  it('is stuck at once where it starts on no number', () => {
    const { state, evaluations } = descend(() => Number.NaN, [1, 2], everywhere(2));
    expect([state, evaluations]).toEqual(['stuck', 1]);
  });

  it('keeps to its budget, and says that it is spent', () => {
    for (const budget of [1, 2, 3, 7, 20]) {
      const { state, evaluations } = descend(rosenbrock, [-1.2, 1], everywhere(2), { ...TIGHT, budget });
      expect(state).toBe('out of budget');
      expect(evaluations).toBeLessThanOrEqual(budget);
    }
  });

  it('never rises', () => {
    const descent = new Descent(2);
    descent.begin(rosenbrock, Float64Array.of(-1.2, 1), everywhere(2), TIGHT);
    let before = descent.at.value;
    while (descent.step() === 'going') {
      expect(descent.at.value).toBeLessThanOrEqual(before * (1 + 1e-12));
      before = descent.at.value;
    }
  });

  it('stops by what is gained against the value, whatever the value’s size', () => {
    for (const size of [1, 1e-9, 1e9]) {
      const objective: Objective = (x, gradient) => {
        const value = rosenbrock(x, gradient);
        gradient.forEach((slope, index) => {
          gradient[index] = size * slope;
        });
        return size * (value + 1);
      };
      const { x, state } = descend(objective, [-1.2, 1], everywhere(2), { tolerance: 1e-14, budget: 500 });
      expect(state).toBe('flat');
      expectNear(x, [1, 1], 1e-5);
    }
  });

  it('gives the same bits whatever it was used for before', () => {
    const descent = new Descent(2);
    const run = () => {
      descent.begin(rosenbrock, Float64Array.of(-1.2, 1), everywhere(2), { ...TIGHT, budget: 30 });
      descent.run();
      return [...descent.at.x, descent.evaluations];
    };
    const first = run();
    descent.begin(
      quadratic(HESSIAN.selection([0, 1], [0, 1]), [1, 1]),
      Float64Array.of(9, 9),
      everywhere(2),
      TIGHT,
    );
    descent.run();
    expect(run()).toEqual(first);
  });
});
