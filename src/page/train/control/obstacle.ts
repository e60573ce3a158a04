/** Why nothing can be trained as the page stands. */

import type { Side } from '../../../worker/api/texts.ts';
import { specOfPicker } from '../corpora/picker.ts';
import type { FieldId } from '../form/fields.ts';
import type { TrainState } from '../state.ts';

/** In words; or the field, or text, that has to be mended first, where the reason stands. */
export type Obstacle = { readonly words: string } | { readonly at: FieldId | Side };

export function obstacle(state: TrainState): Obstacle | undefined {
  const words = missing(state);
  if (words !== undefined) return { words };
  const { form } = state;
  const { problems, draft } = form.reading.value;
  const [at = form.refusal.value?.at] = problems.keys();
  if (at !== undefined) return { at };
  return draft ? undefined : { words: 'Add at least one recipe.' };
}

function missing(state: TrainState): string | undefined {
  const { app, texts } = state;
  if (app.unopened.value) return 'The lab could not start; see above.';
  if (app.adapter.value === null) return 'Looking for the GPU…';
  if (!app.adapter.value.ok) return 'Training needs WebGPU; see above.';
  if (texts.isReading.value) return 'A text is being read.';
  const [target, source] = [isAtHand(state, 'target'), isAtHand(state, 'source')];
  if (!target && !source) return 'Choose two texts, or use the built-in pair.';
  if (!target) return 'Choose a target text.';
  return source ? undefined : 'Choose a source text.';
}

/** Read, or of the built-in world, which is read when it is needed. */
function isAtHand({ texts }: TrainState, side: Side): boolean {
  if (texts.facts(side)) return true;
  if (texts.corpora[side].value.status === 'refused') return false;
  const { spec } = specOfPicker(texts.pickers[side].value, texts.catalogue.value);
  return spec?.startsWith('world:') ?? false;
}
