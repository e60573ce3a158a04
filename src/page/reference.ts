/** Keeps the n-gram reference of the target text true to the form, a moment after the last change. */

import { effect } from '@preact/signals-core';
import type { LabActions } from './actions.ts';
import type { LabState } from './state.ts';

const QUIET_MS = 500;

/**
 * Of bytes it is computed unasked: it takes a fraction of a second for the sizes that people train. A BPE would have to be trained
 * first, which is worth waiting for only when somebody asks. Gives a stop.
 */
export function keepReference(state: LabState, actions: LabActions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    const wish = state.referenceWish.value;
    clearTimeout(timer);
    if (state.reference.peek().status === 'computing') actions.cancel('reference');
    state.reference.value = { status: 'unknown' };
    if (wish?.tokenizer.kind !== 'bytes') return;
    timer = setTimeout(() => void actions.computeReference(), QUIET_MS);
  });
}
