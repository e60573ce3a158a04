/** Stages of one's own: how much of the run each is, and how much of it is target. */

import { html } from 'lit';
import { MOST_STAGES, type RecipeSettings } from '../../../formats/share/settings.ts';
import { numberField } from '../../parts/field/numberField.ts';
import { elementId, type RecipePart, recipeFieldId } from '../form/fields.ts';
import type { Train } from '../trainElement.ts';
import { crossIcon } from './icons.ts';

export function stageFields(
  { state: { form } }: Train,
  { slot, stages }: RecipeSettings,
  disabled: boolean,
): unknown {
  const typed = (part: RecipePart, label: string, text: string, onInput: (text: string) => void) => {
    const id = recipeFieldId(slot, part);
    return numberField({
      id: elementId(id),
      label,
      text,
      problem: form.problemAt(id),
      disabled,
      whole: false,
      onInput,
    });
  };
  const problem = form.problemAt(recipeFieldId(slot, 'stages'));
  return html`
    <ol class="stages" id=${elementId(recipeFieldId(slot, 'stages'))} tabindex="-1">
      ${stages.map(
        ({ share, ratio }, index) => html`
          <li>
            ${typed(`share${index}`, `Share of stage ${index + 1}`, share, (text) => form.setStage(slot, index, { share: text }))}
            ${typed(`ratio${index}`, `Ratio of stage ${index + 1}`, ratio, (text) => form.setStage(slot, index, { ratio: text }))}
            <button
              type="button"
              class="icon"
              title="Remove"
              aria-label="Remove stage ${index + 1}"
              ?disabled=${disabled || stages.length < 2}
              @click=${() => form.removeStage(slot, index)}
            >
              ${crossIcon}
            </button>
          </li>
        `,
      )}
    </ol>
    <p class="problem" aria-live="polite">${problem ?? ''}</p>
    <button
      type="button"
      class="quiet"
      ?disabled=${disabled || stages.length >= MOST_STAGES}
      @click=${() => form.addStage(slot)}
    >
      Add a stage
    </button>
  `;
}
