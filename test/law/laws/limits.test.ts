import { describe, expect, test } from 'vitest';
import { coordinateOf } from '../../../src/law/law.ts';
import { LAWS, lawNamed } from '../../../src/law/laws/catalogue.ts';
import { drawPoint, drawTheta, uniformFrom } from './draws.ts';

/** A law at its limit is the other one up to the rounding of a few operations. */
const SAME = 1e-10;
const DRAWS = 400;
/** At least so many of them must lie where the limit holds. */
const POINTS = 20;

const limits = LAWS.flatMap((law) =>
  law.limits.map((limit, index) => ({ law, limit, title: `${law.name} → ${limit.becomes} (${index})` })),
);

describe('at its limits a law is another', () => {
  test.each(limits)('$title: $limit.words', ({ law, limit }) => {
    const other = lawNamed(limit.becomes);
    const place = new Map(law.parameters.map(({ name }, index) => [name, index]));
    const uniform = uniformFrom(13);
    const theta = new Float64Array(law.parameters.length);
    const gradient = new Float64Array(theta.length);
    const otherGradient = new Float64Array(other.parameters.length);
    let points = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      const point = drawPoint(draw, uniform);
      theta.set(drawTheta(law, uniform));
      for (const [name, value] of Object.entries(limit.at)) {
        const index = place.get(name)!;
        theta[index] = coordinateOf(law.parameters[index]!, value);
      }
      if (limit.where && !limit.where(point)) continue;
      points++;
      const otherTheta = Float64Array.from(other.parameters, ({ name }) => theta[place.get(name)!]!);
      const lnL = law.logLoss(point, theta, gradient);
      const otherLnL = other.logLoss(point, otherTheta, otherGradient);
      const at = JSON.stringify({ point, theta: [...theta] });
      expect(Math.abs(lnL - otherLnL), `${lnL} is not ${otherLnL} at ${at}`).toBeLessThan(SAME);
      for (const [index, { name }] of other.parameters.entries()) {
        const [mine, theirs] = [gradient[place.get(name)!]!, otherGradient[index]!];
        expect(Math.abs(mine - theirs), `by ${name}: ${mine} is not ${theirs} at ${at}`).toBeLessThan(
          SAME * (1 + Math.abs(theirs)),
        );
      }
      expect(gradient.every(Number.isFinite), `gradient ${gradient.join(', ')} at ${at}`).toBe(true);
    }
    expect(points).toBeGreaterThanOrEqual(POINTS);
  });

  test('names of parameters and laws in limits exist', () => {
    for (const { law, limit } of limits) {
      const names = law.parameters.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(Object.keys(limit.at)));
      const other = lawNamed(limit.becomes).parameters.map(({ name }) => name);
      expect(names, `${law.name} → ${limit.becomes}`).toEqual(expect.arrayContaining(other));
      expect(Object.keys(limit.at).filter((name) => other.includes(name))).toEqual([]);
    }
  });
});
