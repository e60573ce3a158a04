/** What goes with a sweep that is taken out of the queue. */

import type { SweepFacts } from '../../../worker/api/sweep.ts';
import { counted } from '../words.ts';

/** In sentences, for a question; null where it has done nothing yet that anybody would miss. */
export function lossWords({ state, flopsDone, finished, adaptive }: SweepFacts): string | null {
  const isDone = state === 'done';
  if (!isDone && flopsDone === 0 && finished === 0) return null;
  const what = adaptive
    ? 'Its design, its manifest and why each round was chosen'
    : 'Its design and its manifest';
  return [
    ...(isDone ? [] : ['Runs that are not finished end here, and their checkpoints are deleted.']),
    `${what} are deleted; save the manifest first if you may want to repeat it.`,
    ...(finished > 0
      ? [`${counted(finished, 'finished run')} ${finished === 1 ? 'stays' : 'stay'} in the library.`]
      : []),
  ].join(' ');
}
