/** One recipe: its schedule as a picture, its fields, and what follows from them. */

import { html, nothing } from 'lit';
import type { DerivedRecipe } from '../form/derive.ts';
import {
  type FieldId,
  FREE_FIELDS,
  KIND_TITLES,
  KIND_WORDS,
  type RecipeField,
  type RecipeKind,
} from '../form/fields.ts';
import { RECIPE_LABELS } from '../form/names.ts';
import { brief, count, flops } from '../format.ts';
import type { Lab } from '../labElement.ts';
import { swatch } from '../swatch.ts';
import { numberField, symbol } from './field.ts';
import { strip } from './strip.ts';

const SYMBOLS: Record<RecipeField, unknown> = {
  epochs: symbol('k'),
  ratio: symbol('r'),
  finalRatio: symbol('r', 'f'),
  firstRatio: symbol('r', '1'),
};

/** What stands where a kind leaves no choice. */
function fixedText(kind: RecipeKind, field: RecipeField): string {
  if (kind === 'monolingual') return field === 'firstRatio' ? '–' : '1';
  return field === 'finalRatio' ? 'as above' : '–';
}

export function recipeCard(lab: Lab, kind: RecipeKind, longest: number): unknown {
  const { state } = lab;
  const { value } = state.values;
  const recipe = state.reading.value.derived[kind];
  const include = (event: Event) => {
    const { checked } = event.currentTarget as HTMLInputElement;
    state.values.value = { ...value, included: { ...value.included, [kind]: checked } };
  };
  return html`
    <div class="card" role="group" aria-labelledby="title-${kind}" ?data-off=${!value.included[kind]}>
      <h3>
        <label class="title">
          <input
            type="checkbox"
            .checked=${value.included[kind]}
            ?disabled=${state.busy.value}
            @change=${include}
          />
          <span id="title-${kind}">${KIND_TITLES[kind]}</span>
          ${swatch(kind)}
        </label>
      </h3>
      <p class="soft words">${KIND_WORDS[kind]}</p>
      <div class="picture">${recipe ? strip(recipe, longest) : nothing}</div>
      <div class="own">
        ${(['epochs', 'ratio', 'finalRatio', 'firstRatio'] as const).map((field) => recipeField(lab, kind, field))}
      </div>
      ${numbers(lab, recipe)}
    </div>
  `;
}

function recipeField({ state }: Lab, kind: RecipeKind, field: RecipeField): unknown {
  if (!FREE_FIELDS[kind].includes(field)) {
    return html`
      <div class="field fixed">
        <span class="label"><span>${RECIPE_LABELS[field]}</span>${SYMBOLS[field]}</span>
        <span class="value">${fixedText(kind, field)}</span>
      </div>
    `;
  }
  const id: FieldId = `${kind}.${field}`;
  const { derived } = state.reading.value;
  const recipe = derived[kind];
  return numberField({
    id,
    label: RECIPE_LABELS[field],
    mark: SYMBOLS[field],
    text: state.values.value.text[id],
    placeholder: field === 'epochs' && recipe ? brief(recipe.epochs) : '',
    problem: state.problemAt(id),
    disabled: state.busy.value || !state.values.value.included[kind],
    whole: false,
    onInput: (text) => state.setField(id, text),
  });
}

function numbers({ state }: Lab, recipe: DerivedRecipe | null): unknown {
  const source = state.facts('source');
  const passes = recipe && source && source.trainTokens > 0 ? recipe.sourceTokens / source.trainTokens : 0;
  const row = (label: string, mark: unknown, text: string) =>
    html`<div><dt>${label} ${mark}</dt><dd>${text}</dd></div>`;
  return html`
    <dl class="number">
      ${row('Tokens', symbol('D'), recipe ? count(Math.round(recipe.tokens)) : '–')}
      ${row('Source', symbol('S'), recipe ? count(Math.round(recipe.sourceTokens)) : '–')}
      ${row('Final stage', symbol('s'), recipe ? brief(recipe.finalShare) : '–')}
      ${row('Steps', nothing, recipe && recipe.steps >= 1 && Number.isFinite(recipe.steps) ? count(recipe.steps) : '–')}
      ${row('Compute', symbol('C'), recipe?.compute ? flops(recipe.compute) : '–')}
    </dl>
    <p class="repeats soft">
      ${passes > 1 ? `The source text is read ${brief(passes)} times over.` : nothing}
    </p>
  `;
}
