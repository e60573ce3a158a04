/** Numbers that one recipe has differently from the others. */

import { html } from 'lit';
import {
  APART_FIELDS,
  BESIDE_FIELDS,
  OWN_FIELDS,
  type OwnField,
  type RecipeSettings,
  SHARED_RULES,
} from '../../../formats/share/settings.ts';
import { numberField } from '../../parts/field/numberField.ts';
import { elementId, recipeFieldId, SHARED_LABELS } from '../form/fields.ts';
import type { Train } from '../trainElement.ts';
import { crossIcon } from './icons.ts';

export function ownFields(train: Train, recipe: RecipeSettings, disabled: boolean): unknown {
  const given = OWN_FIELDS.filter((field) => recipe.own[field] !== undefined);
  return given.map((field) => ownField(train, recipe, field, disabled));
}

/** Where a person chooses what a recipe is to have differently; it begins with the shared number. */
export function differsIn({ state: { form } }: Train, recipe: RecipeSettings): unknown {
  return chooser(recipe, (field) => form.setOwn(recipe.slot, field, form.values.value.text[field]));
}

function ownField(
  { state: { form } }: Train,
  { slot, own, name }: RecipeSettings,
  field: OwnField,
  disabled: boolean,
): unknown {
  const id = recipeFieldId(slot, field);
  const called = `${SHARED_LABELS[field].toLowerCase()} of ${name.trim() || `recipe ${slot}`}`;
  return html`
    <div class="given">
      ${numberField({
        id: elementId(id),
        label: html`Own ${SHARED_LABELS[field].toLowerCase()}`,
        text: own[field] ?? '',
        problem: form.problemAt(id),
        disabled,
        whole: SHARED_RULES[field].whole,
        onInput: (typed) => form.setOwn(slot, field, typed),
      })}
      <button
        type="button"
        class="icon"
        title="As the others"
        aria-label="Let the ${called} be as the others’"
        ?disabled=${disabled}
        @click=${() => form.setOwn(slot, field, undefined)}
      >
        ${crossIcon}
      </button>
    </div>
  `;
}

function chooser({ slot, name, own }: RecipeSettings, choose: (field: OwnField) => void): unknown {
  const options = (fields: readonly OwnField[]) =>
    fields
      .filter((field) => own[field] === undefined)
      .map((field) => html`<option value=${field}>${SHARED_LABELS[field]}</option>`);
  const take = (event: Event) => {
    const select = event.currentTarget as HTMLSelectElement;
    const field = OWN_FIELDS.find((one) => one === select.value);
    select.value = '';
    if (field) choose(field);
  };
  return html`
    <label class="differ soft">
      <span>differs in</span>
      <select aria-label="${name.trim() || `Recipe ${slot}`} differs in" @change=${take}>
        <option value="" .selected=${true}>–</option>
        <optgroup label="Trains side by side with the others">${options(BESIDE_FIELDS)}</optgroup>
        <optgroup label="Trains before or after them">${options(APART_FIELDS)}</optgroup>
      </select>
    </label>
  `;
}
