/** The 288 runs that recovery is measured on: four scales, three corpora, four numbers of epochs, six pairs of ratios. */

import { m3 } from '../../../src/law/laws/m3.ts';
import type { Run } from '../../../src/law/run.ts';
import { M3, makeRuns, recipes } from '../certainty/synthetic.ts';

export const RATIOS = [
  [1, 1],
  [0.5, 0.5],
  [0.2, 0.2],
  [0.5, 0.9],
  [0.2, 0.5],
  [0.2, 1],
] as const;

export const NET = recipes([1e5, 3e5, 1e6, 3e6], [3e5, 1e6, 3e6], [1, 3, 10, 30], RATIOS);

/** Of log loss. */
export const NOISE = 0.003;

export function netRuns(seed: number, values: Readonly<Record<string, number>> = M3): Run[] {
  return makeRuns(m3, values, NET, { noise: NOISE, seed });
}
