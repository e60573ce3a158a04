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

export type Preparing = {
  /** While kernels are measured: how many classes of them are done. */
  readonly tunedClasses: number | null;
  /** While a tokenizer is trained: for the how-manieth time, and how much of it is done. */
  readonly tokenizing: { readonly round: number; readonly share: number } | null;
};

/** While something is prepared that takes a while, the words move: nothing else on the page does. */
export function phaseWords(phase: Phase, { tunedClasses, tokenizing }: Preparing): string {
  if (tokenizing) {
    const again = tokenizing.round > 1 ? ', once more for its own count of tokens' : '';
    return `Training the tokenizer${again}: ${Math.floor(100 * tokenizing.share)} %…`;
  }
  if (tunedClasses === null) return PHASE_WORDS[phase];
  return `Choosing the fastest kernels for this device, once: ${tunedClasses} measured…`;
}
