/** Designs whose runs have losses by a known law, with noise, so that what a sweep finds can be held against the truth. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { threshold } from '../../../src/law/advice/threshold/threshold.ts';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf, recipeKind } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';
import { MARGIN_NATS, type Planned } from '../../../src/sweep/adaptive/nextRound.ts';
import { normals } from '../../law/certainty/synthetic.ts';

/** C of the largest runs. */
export const COMPUTE = 1e14;

/** Three models, five corpora, passes by 4, and ratios of each kind, as far as the compute goes. */
export const DESIGN: readonly Planned[] = [2e5, 8e5, 3.2e6].flatMap((N) =>
  [1e4, 1e5, 4e5, 1.6e6, 6.4e6].flatMap((D_T) =>
    [1, 4, 16, 64].flatMap((k) =>
      (
        [
          [1, 1],
          [0.5, 0.5],
          [0.1, 0.1],
          [0.5, 1],
          [0.1, 1],
          [0.02, 1],
          [0.1, 0.5],
        ] as const
      ).flatMap(([r, r_f]) => {
        const point = pointOf({ N, D_T, k, r, r_f });
        if (point.C > COMPUTE) return [];
        const { D, S, C } = point;
        const kind = recipeKind(point);
        const nominal = { kind, N, D_T, k, r, r_f, r_1: 0, s: 1, D, S, C };
        return [{ id: [N, D_T, k, r, r_f].join(' '), nominal }];
      }),
    ),
  ),
);

export type World = {
  /** ln D_T^c of the law itself. */
  readonly truth: number;
  /** The runs of these ids, each with a loss that is always the same. */
  readonly made: (ids: readonly string[]) => Run[];
};

/** World `seed`: parameters drawn around those of small models, and the noise of its runs. */
export function world(seed: number, noise: number): World {
  const generator = xoroshiro128plus(seed);
  const between = (low: number, high: number) => low + (high - low) * uniformFloat64(generator);
  for (let tries = 0; tries < 100; tries++) {
    const theta = coordinatesOf(m3, {
      E: between(1, 1.6),
      A: between(60, 200),
      alpha: between(0.3, 0.4),
      B: between(200, 800),
      beta: between(0.3, 0.42),
      Rstar: between(6, 25),
      tau: between(0.1, 0.4),
      phi: between(0.1, 0.5),
      omega: between(0.4, 0.8),
    });
    const found = threshold(m3, theta, COMPUTE, { margin: MARGIN_NATS });
    if (found.state !== 'crossed' || found.D_T < 3e4 || found.D_T > 3e6) continue;
    const normal = normals(seed + 1000);
    const losses = new Map(
      DESIGN.map(({ id, nominal }) => {
        return [id, predictLoss(m3, pointOf(nominal), theta) * Math.exp(noise * normal())] as const;
      }),
    );
    const made = (ids: readonly string[]): Run[] =>
      ids.map((id) => {
        const run = DESIGN.find((one) => one.id === id);
        if (!run) throw new RangeError(id);
        const point = pointOf(run.nominal);
        return { point, loss: losses.get(id)!, weight: 1, r_1: null, s: null, groups: {}, place: id };
      });
    return { truth: Math.log(found.D_T), made };
  }
  throw new RangeError(`world ${seed} has no threshold`);
}

/** So many ids of the design at random, every kind there. */
export function drawn(count: number, seed: number): string[] {
  const generator = xoroshiro128plus(seed);
  const left = [...DESIGN];
  return Array.from({ length: count }, () => {
    const [one] = left.splice(Math.floor(uniformFloat64(generator) * left.length), 1);
    return one!.id;
  });
}
