import { describe, expect, test } from 'vitest';
import { type Law, valuesOf } from '../../../src/law/law.ts';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import type { Point } from '../../../src/law/point.ts';
import { drawPoint, drawTheta, uniformFrom } from './draws.ts';

/** What is asked of every gradient. */
const RELATIVE = 1e-7;
/** ln L is good to some 1e−15, which differences over the finer step blow up to this. It counts only for derivatives below 1e−4. */
const ROUNDING = 1e-11;
/** A step is fine enough for the steepest coordinate of one law and coarse enough for the rounding of another. */
const STEPS = [1e-2, 2e-3, 4e-4];
const DRAWS = 240;
/** A derivative that a wrong sign or factor in would show. */
const VISIBLE = 1e-4;
const VISIBLE_DRAWS = 25;

/** Central differences of eighth order: weights of f(x + i·h) − f(x − i·h). */
const WEIGHTS = [4 / 5, -1 / 5, 4 / 105, -1 / 280];

function difference(law: Law, point: Point, theta: Float64Array, index: number, step: number): number {
  const scratch = new Float64Array(theta.length);
  const moved = Float64Array.from(theta);
  let sum = 0;
  WEIGHTS.forEach((weight, i) => {
    moved[index] = theta[index]! + (i + 1) * step;
    const above = law.logLoss(point, moved, scratch);
    moved[index] = theta[index]! - (i + 1) * step;
    sum += weight * (above - law.logLoss(point, moved, scratch));
  });
  return sum / step;
}

/**
 * Muennighoff's U_N = min(N, …): the gradient has no jump there, but its slope has, and differences across it are of the first order.
 * Here every stencil stays on one side.
 */
function isNearKink(law: Law, point: Point, theta: Float64Array): boolean {
  if (law.name !== 'muennighoff') return false;
  const { A, alpha, B, beta } = valuesOf(law, theta) as Record<'A' | 'alpha' | 'B' | 'beta', number>;
  const tokens = point.D_T * Math.min(point.k, 1);
  const lnG = Math.log((alpha * A) / (beta * B)) / (alpha + beta);
  const lnU_N = lnG + (beta / alpha) * (lnG + Math.log(tokens));
  return Math.abs(point.lnN - lnU_N) < 0.5;
}

describe('analytic gradients are those of central differences', () => {
  test.each(LAWS)('$name', (law) => {
    const uniform = uniformFrom(11);
    const visible = law.parameters.map(() => 0);
    let checked = 0;
    for (let draw = 0; checked < DRAWS; draw++) {
      const theta = drawTheta(law, uniform);
      const point = drawPoint(draw, uniform);
      if (isNearKink(law, point, theta)) continue;
      checked++;
      // What is not written shows as NaN.
      const gradient = new Float64Array(theta.length).fill(Number.NaN);
      law.logLoss(point, theta, gradient);
      law.parameters.forEach(({ name }, index) => {
        const analytic = gradient[index]!;
        const allowed = RELATIVE * Math.abs(analytic) + ROUNDING;
        const numeric = STEPS.map((step) => difference(law, point, theta, index, step));
        const off = Math.min(...numeric.map((value) => Math.abs(value - analytic)));
        expect(
          off,
          `${law.name} by ${name}: ${analytic} against ${numeric.join(', ')} at ${JSON.stringify({ point, values: valuesOf(law, theta) })}`,
        ).toBeLessThanOrEqual(allowed);
        if (Math.abs(analytic) > VISIBLE) visible[index]!++;
      });
    }
    law.parameters.forEach(({ name }, index) => {
      expect(visible[index], `draws in which ${law.name}.${name} shows`).toBeGreaterThanOrEqual(
        VISIBLE_DRAWS,
      );
    });
  });
});
