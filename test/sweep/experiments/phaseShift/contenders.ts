/** Places of a grid with losses that are given, so that it is known what must be concluded. */

import { normalStream } from '../../../../src/model/llama/initialise.ts';
import type { Contender } from '../../../../src/sweep/experiments/phaseShift/margins.ts';
import type { BudgetView, Place } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import { MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../../../../src/sweep/experiments/results.ts';
import type { Noise } from '../../../../src/sweep/experiments/spread.ts';

export const noiseOf = (deviation: number, degrees = 10): Noise => ({ deviation, degrees });

export const contender = (loss: number, noise: Noise, given: Partial<Contender> = {}): Contender =>
  ({ loss, chosen: loss, first: loss, seeds: 2, rivals: 0, tried: 3, noise, ...given }) as Contender;

/** True losses behind monolingual at each D_T, from 2^18 down by halves: of two-stage its lead, of single-stage by how much it leads the better of them. */
export type Leads = { readonly two: readonly number[]; readonly single?: readonly number[] };

/** Those losses as seeds have them: two reported seeds a kind, and a first that chose. */
export function drawnPlaces({ two, single }: Leads, noise: Noise, world: number): Place[] {
  const normal = normalStream(world, 11);
  const drawn = (loss: number, tried = 3) => {
    const seed = () => loss + noise.deviation * normal();
    const chosen = seed();
    return contender((seed() + seed()) / 2, noise, { chosen, tried });
  };
  return two.map((lead, i) => ({
    targetTokens: 2 ** (18 - i),
    best: {
      [MONOLINGUAL]: drawn(2),
      [TWO_STAGE]: drawn(2 - lead),
      [SINGLE_STAGE]: drawn(2 - Math.max(0, lead) - (single?.[i] ?? -0.5)),
    },
    noise: { [MONOLINGUAL]: noise, [TWO_STAGE]: noise, [SINGLE_STAGE]: noise },
  }));
}

export function viewOf(places: readonly Place[], noise: Noise): BudgetView {
  return { compute: 3.7e10, N: 1e4, D: 2 ** 18, optimum: '', places, noise, fragile: [] };
}
