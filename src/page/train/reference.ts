/** Keeps the n-gram reference of the target text true to the form, a moment after the last change. */

import { effect } from '@preact/signals-core';
import type { TrainActions } from './actions.ts';
import type { TrainState } from './state.ts';

const QUIET_MS = 500;

/**
 * Of bytes it is computed unasked: it takes a fraction of a second for the sizes that people train. A BPE would have to be trained
 * first, which is worth waiting for only when somebody asks. Gives a stop.
 */
export function keepReference({ form, texts }: TrainState, actions: TrainActions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    const wish = form.referenceWish.value;
    clearTimeout(timer);
    if (texts.reference.peek().status === 'computing') actions.texts.cancel('reference');
    texts.reference.value = { status: 'unknown' };
    if (wish?.tokenizer.kind !== 'bytes') return;
    timer = setTimeout(() => void actions.texts.computeReference(), QUIET_MS);
  });
}
