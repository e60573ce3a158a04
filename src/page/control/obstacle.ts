/** Why nothing can be trained as the page stands. */

import type { Side } from '../../worker/api.ts';
import type { FieldId } from '../form/fields.ts';
import type { LabState } from '../state.ts';

/** In words; or the field, or text, that has to be mended first, where the reason stands. */
export type Obstacle = { readonly words: string } | { readonly at: FieldId | Side };

export function obstacle(state: LabState): Obstacle | undefined {
  const words = missing(state);
  if (words !== undefined) return { words };
  const { problems, configs } = state.reading.value;
  const [at = state.refusal.value?.at] = problems.keys();
  if (at !== undefined) return { at };
  return configs ? undefined : { words: 'Tick at least one recipe.' };
}

function missing(state: LabState): string | undefined {
  if (state.unopened.value) return 'The lab could not start; see above.';
  if (state.adapter.value === null) return 'Looking for the GPU…';
  if (!state.adapter.value.ok) return 'Training needs WebGPU; see above.';
  if (state.isReading.value) return 'A text is being read.';
  const [target, source] = [state.facts('target'), state.facts('source')];
  if (!target && !source) return 'Choose two texts, or use the built-in pair.';
  if (!target) return 'Choose a target text.';
  return source ? undefined : 'Choose a source text.';
}
