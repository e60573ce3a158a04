/** What the fleet is doing, in a word or two. */

import type { Phase } from '../../worker/api.ts';

const PHASE_WORDS: Record<Phase, string> = {
  idle: 'Not started',
  preparing: 'Preparing the fleet…',
  training: 'Training',
  pausing: 'Pausing…',
  paused: 'Paused',
  ending: 'Measuring and saving…',
  stopped: 'Stopped',
  done: 'Finished',
};

/** While kernels are measured, so many classes of them done, the words move: nothing else on the page does. */
export function phaseWords(phase: Phase, tunedClasses: number | null): string {
  if (tunedClasses === null) return PHASE_WORDS[phase];
  return `Choosing the fastest kernels for this device, once: ${tunedClasses} measured…`;
}
