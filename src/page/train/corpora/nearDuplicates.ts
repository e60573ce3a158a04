/** Documents to train on that nearly repeat one that is kept back: how many, which for example, and whether they stay. */

import { html, nothing } from 'lit';
import type { CorpusFacts } from '../../../worker/api/texts.ts';
import { whole } from '../../parts/format.ts';
import type { Train } from '../trainElement.ts';

export function nearDuplicates(
  { state }: Train,
  { nearDuplicates: near, side, language }: CorpusFacts,
): unknown {
  if (!near || near.trainingDocuments === 0) return nothing;
  const lang = language ?? nothing;
  const drop = ({ currentTarget }: Event) =>
    state.form.choose({ dropNearDuplicates: (currentTarget as HTMLInputElement).checked });
  return html`
    <div class="near">
      <p class="soft">
        ${whole(near.validationDocuments)} documents that are kept back are nearly repeated by
        ${whole(near.trainingDocuments)} to train on, which makes losses look better than they are.
      </p>
      <label class="tick">
        <input
          type="checkbox"
          .checked=${state.form.values.value.dropNearDuplicates}
          ?disabled=${state.fleet.busy.value}
          @change=${drop}
        />
        <span>Do not train on them${side === 'target' ? '' : ', in either text'}</span>
      </label>
      <details>
        <summary>Examples</summary>
        ${near.examples.map(
          ({ validation, training, similarity }) => html`
            <blockquote lang=${lang} dir="auto">${validation}</blockquote>
            <blockquote lang=${lang} dir="auto">${training}</blockquote>
            <p class="soft">Alike to ${Math.round(100 * similarity)} %.</p>
          `,
        )}
      </details>
    </div>
  `;
}
