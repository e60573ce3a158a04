/** Which runs tell a parameter, found out by asking the law: a run tells it where the loss changes with it. */

import type { LawParameter, Teller } from '../law.ts';
import { type Point, pointOf } from '../point.ts';

/** From the most ordinary runs to the rarest; a parameter belongs to the first that tells it. */
const PROBES: readonly (readonly [Teller, readonly Point[]])[] = [
  ['any', probes([0.5, 1], [[1, 1]])],
  ['repeated', probes([3, 20], [[1, 1]])],
  ['bilingual', probes([0.5, 1, 3, 20], [[0.3, 0.3]])],
  [
    'two-stage',
    probes(
      [0.5, 1, 3, 20],
      [
        [0.1, 0.4],
        [0.3, 0.9],
      ],
    ),
  ],
];

/** Of the largest change that a parameter makes anywhere; less is rounding. */
const NO_CHANGE = 1e-9;
/** Choices of the parameters that are tried, spread over their starts and half a step off, where no term vanishes by chance. */
const CHOICES = 5;

type Slopes = (point: Point, theta: Float64Array, gradient: Float64Array) => number;

/** One {@link Teller} for each parameter; `any` where no probe tells, which is for the fit to say. */
export function tellers(parameters: readonly LawParameter[], logLoss: Slopes): Teller[] {
  const gradient = new Float64Array(parameters.length);
  const thetas = Array.from({ length: CHOICES }, (_, choice) => {
    return Float64Array.from(parameters, (parameter, index) =>
      between(parameter, (choice + index) % CHOICES),
    );
  });
  const largest = PROBES.map(([, points]) => {
    const most = new Float64Array(parameters.length);
    for (const point of points) {
      for (const theta of thetas) {
        if (!Number.isFinite(logLoss(point, theta, gradient))) continue;
        gradient.forEach((slope, index) => {
          const size = Math.abs(slope);
          if (size > (most[index] ?? 0)) most[index] = size;
        });
      }
    }
    return most;
  });
  return parameters.map((_, index) => {
    const most = Math.max(...largest.map((sizes) => sizes[index] ?? 0));
    const first = largest.findIndex((sizes) => (sizes[index] ?? 0) > NO_CHANGE * most);
    return PROBES[first]?.[0] ?? 'any';
  });
}

function between({ starts, lower, upper }: LawParameter, choice: number): number {
  const least = Math.min(...starts);
  const most = Math.max(...starts);
  const share = (choice + 0.5) / CHOICES;
  const width = most > least ? most - least : 0.2;
  return Math.min(upper, Math.max(lower, least + share * width));
}

function probes(epochs: readonly number[], ratios: readonly (readonly [number, number])[]): Point[] {
  return [1e5, 3e6].flatMap((N) =>
    [3e5, 1e7].flatMap((D_T) =>
      epochs.flatMap((k) => ratios.map(([r, r_f]) => pointOf({ N, D_T, k, r, r_f }))),
    ),
  );
}
