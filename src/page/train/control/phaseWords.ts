/** What the fleet is doing, in a word or two. */

import type { Phase } from '../../../worker/api/fleet.ts';

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
  /** While kernels are compiled: how many there are to be, and how many are there. */
  readonly compiling: { readonly compiled: number; readonly asked: number } | null;
  /** While a tokenizer is trained: for the how-manieth time, and how much of it is done. */
  readonly tokenizing: { readonly round: number; readonly share: number } | null;
};

/** Few and far between, for they are read out as they change: what moves is told by {@link phaseCount}. */
export function phaseWords(phase: Phase, { tunedClasses, compiling, tokenizing }: Preparing): string {
  if (tokenizing) {
    const again = tokenizing.round > 1 ? ', once more for its own count of tokens' : '';
    return `Training the tokenizer${again}…`;
  }
  if (tunedClasses !== null) return 'Choosing the fastest kernels for this device, once…';
  if (compiling) return 'Compiling the kernels…';
  return PHASE_WORDS[phase];
}

/** Something that moves while a person waits, where nothing else on the page does; null where nothing does. */
export function phaseCount({ tunedClasses, compiling, tokenizing }: Preparing): string | null {
  if (tokenizing) return `${Math.floor(100 * tokenizing.share)} %`;
  if (tunedClasses !== null) return `${tunedClasses} measured`;
  if (compiling && compiling.asked > 0) return `${compiling.compiled} of ${compiling.asked}`;
  return null;
}
