import { describe, expect, it } from 'vitest';
import { threshold } from '../../../../src/law/advice/threshold/threshold.ts';
import { thresholdGradient } from '../../../../src/law/advice/threshold/thresholdGradient.ts';
import { m3 } from '../../../../src/law/laws/m3.ts';
import { draws, drawTheta, exampleTheta } from '../laws.ts';

/** A twentieth of a bit. */
const MARGIN = 0.05 * Math.LN2;
const COMPUTE = 1e16;

/** Central differences over this step of a coordinate, and what their curvature and the searches leave open. */
const STEP = 1e-3;
const TOLERANCE = 0.01;

function lnThreshold(theta: Float64Array): number {
  const found = threshold(m3, theta, COMPUTE, { margin: MARGIN });
  return found.state === 'crossed' ? Math.log(found.D_T) : Number.NaN;
}

describe('the gradient of the threshold', () => {
  it('is that of its own differences, in every coordinate', () => {
    const draw = draws(5);
    let told = 0;
    for (const theta of [exampleTheta, ...Array.from({ length: 4 }, () => drawTheta(m3, draw))]) {
      const slope = thresholdGradient(m3, theta, COMPUTE, { margin: MARGIN });
      if (slope === null || !('gradient' in slope)) continue;
      expect(slope.D_T).toBeCloseTo(Math.exp(lnThreshold(theta)), 6);
      const largest = Math.max(...slope.gradient.map(Math.abs));
      for (const [index, value] of slope.gradient.entries()) {
        const [low, high] = [-STEP, STEP].map((step) =>
          lnThreshold(theta.with(index, (theta[index] ?? 0) + step)),
        );
        const difference = ((high ?? 0) - (low ?? 0)) / (2 * STEP);
        if (Number.isNaN(difference)) continue;
        told++;
        const room = TOLERANCE * Math.max(Math.abs(difference), 0.02 * largest);
        expect(
          Math.abs(value - difference),
          `${m3.parameters[index]?.name}: ${value}, ${difference}`,
        ).toBeLessThan(room);
      }
    }
    expect(told).toBeGreaterThan(20);
  });

  it('is none where the kinds part bit by bit, and where there is no threshold the threshold says so', () => {
    expect(thresholdGradient(m3, exampleTheta, COMPUTE)).toBeNull();
    const useless = exampleTheta.with(6, 0);
    expect(thresholdGradient(m3, useless, COMPUTE, { margin: MARGIN })).toMatchObject({ state: 'never' });
  });
});
