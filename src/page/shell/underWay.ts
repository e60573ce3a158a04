/** Says in the header what the queue of sweeps does, whether its view was shown yet or not. */

import type { QueueFacts } from '../../worker/api/sweep.ts';
import type { AppState } from '../appState.ts';
import { whole } from '../parts/format.ts';
import { hrefOf } from './router.ts';

const SWEEP = hrefOf('sweep');

/** In a few words; null while the queue does nothing that a person would wait for. */
export function queueWords({ state, sweeps, current }: QueueFacts): string | null {
  if (state === 'blocked') return 'Sweep stopped';
  if (!['preparing', 'choosing', 'training', 'saving'].includes(state)) return null;
  const sweep = sweeps.find(({ id }) => id === current?.sweep);
  if (!sweep) return 'Sweep';
  return `Sweep, ${whole(sweep.finished)} of ${whole(sweep.runs)} runs`;
}

/** What a fleet of Train says stands before it: the queue stands aside for one. */
export function tellQueue(app: AppState, queue: QueueFacts): void {
  const told = app.underWay.peek();
  if (told !== null && told.href !== SWEEP) return;
  const words = queueWords(queue);
  if (words !== (told?.words ?? null)) app.underWay.value = words === null ? null : { words, href: SWEEP };
}
