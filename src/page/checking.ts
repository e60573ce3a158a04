/** Has the worker check the fleet as the form stands, a moment after the last change. */

import { effect } from '@preact/signals-core';
import type { Failure } from '../worker/api.ts';
import type { LabClient } from '../worker/client.ts';
import { isRecipeKind } from './colours.ts';
import { fieldFor } from './form/reading.ts';
import type { LabState, Refusal } from './state.ts';

const QUIET_MS = 250;

/** Where on the page a failure belongs, or null when it is no field's and no text's. */
export function refusalOf(failure: Failure): Refusal | null {
  const { field, problem, run } = failure;
  if (field === undefined || problem === undefined) return null;
  if (field.startsWith('corpora.target')) return { at: 'target', problem };
  if (field.startsWith('corpora.source')) return { at: 'source', problem };
  const at = fieldFor(field, run !== undefined && isRecipeKind(run) ? run : undefined);
  return at === undefined ? null : { at, problem };
}

/** Keeps `state.refusal` true to the form; what the form refuses by itself is not asked. Gives a stop. */
export function keepChecking(state: LabState, client: LabClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    const { configs } = state.reading.value;
    const busy = state.busy.value;
    clearTimeout(timer);
    state.refusal.value = null;
    if (!configs || busy) return;
    timer = setTimeout(async () => {
      const outcome = await client.send({ command: 'check', configs });
      // A slow answer may come when the form already says something else.
      if (state.reading.peek().configs !== configs) return;
      state.refusal.value = outcome.ok ? null : refusalOf(outcome.failure);
    }, QUIET_MS);
  });
}
