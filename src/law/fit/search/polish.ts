/** The last descents of a fit: on all rows and to the end. */

import type { Law } from '../../law.ts';
import type { Box } from '../../optimise/box.ts';
import type { DescentState } from '../../optimise/descent.ts';
import { NowhereFiniteError } from '../errors.ts';
import type { Rows } from '../rows.ts';
import { Fitter, TIGHT } from './fitter.ts';
import type { Start } from './grid.ts';
import { isSettled, settled } from './settle.ts';

export type Polished = Start & {
  readonly state: DescentState;
  /** Of all descents. */
  readonly evaluations: number;
};

type End = Start & { readonly state: DescentState; readonly slope: Float64Array };

/**
 * The best of the descents from `starts`, with what it does not depend on {@link settled}. `pause` is awaited after each step. Throws
 * {@link NowhereFiniteError} where no descent has a value.
 */
export async function polish(
  {
    law,
    rows,
    box,
    delta,
  }: { readonly law: Law; readonly rows: Rows; readonly box: Box; readonly delta: number },
  starts: readonly Start[],
  pause: () => Promise<void>,
): Promise<Polished> {
  const fitter = new Fitter(law, rows, delta, box);
  let evaluations = 0;
  const descend = async (theta: Float64Array): Promise<End> => {
    fitter.begin(theta, TIGHT);
    let state: DescentState = 'going';
    while (state === 'going') {
      state = fitter.step();
      await pause();
    }
    evaluations += fitter.evaluations;
    return { theta: fitter.theta, value: fitter.value, state, slope: fitter.slope.slice() };
  };
  let best: End | null = null;
  for (const { theta } of starts) {
    const end = await descend(theta);
    if (best === null || !(end.value >= best.value)) best = end;
  }
  if (best === null || !Number.isFinite(best.value)) throw new NowhereFiniteError(law, rows.points.length);
  const start = settled(law, rows, box, best.theta, best.slope);
  if (start !== null) {
    const end = await descend(start);
    if (isSettled(end.value, best.value)) best = end;
  }
  return { theta: best.theta, value: best.value, state: best.state, evaluations };
}
