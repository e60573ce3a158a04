/** One recipe: its name and kind, its schedule as a picture, its fields, and what follows from them. */

import { html, nothing } from 'lit';
import {
  FREE_FIELDS,
  MOST_RECIPES,
  RECIPE_KINDS,
  type RecipeField,
  type RecipeKind,
  type RecipeSettings,
} from '../../../formats/share/settings.ts';
import type { ScheduleOptions } from '../../../recipe/schedule.ts';
import { numberField, symbol } from '../../parts/field/numberField.ts';
import { brief, count, duration, flops } from '../../parts/format.ts';
import type { DerivedRecipe } from '../form/derive.ts';
import { elementId, KIND_TITLES, KIND_WORDS, RECIPE_LABELS, recipeFieldId } from '../form/fields.ts';
import { swatch } from '../swatch.ts';
import type { Train } from '../trainElement.ts';
import { copyIcon, crossIcon } from './icons.ts';
import { differsIn, ownFields } from './own.ts';
import { stageFields } from './stages.ts';
import { strip } from './strip.ts';

const SYMBOLS: Record<RecipeField, unknown> = {
  epochs: symbol('k'),
  ratio: symbol('r'),
  finalRatio: symbol('r', 'f'),
  firstRatio: symbol('r', '1'),
};

export type RecipeCard = {
  readonly recipe: RecipeSettings;
  /** D of the longest run of the fleet. */
  readonly longest: number;
  readonly schedule: ScheduleOptions;
  /** When it trains, where not all train side by side. */
  readonly turn: string | null;
};

export function recipeCard(train: Train, { recipe, longest, schedule, turn }: RecipeCard): unknown {
  const { form, fleet } = train.state;
  const { slot, kind } = recipe;
  const derived = form.reading.value.derived.get(slot) ?? null;
  const disabled = fleet.busy.value;
  return html`
    <div class="card" role="group" aria-label=${recipe.name.trim() || `Recipe ${slot}`} data-slot=${slot}>
      ${head(train, recipe, disabled)}
      <div class="picture">${derived ? strip(derived, longest, schedule) : nothing}</div>
      ${numbers(train, derived)}
      <div class="words">
        <p class="soft">${KIND_WORDS[kind]}${turn === null ? '' : `; ${turn}`}</p>
        ${disabled ? nothing : differsIn(train, recipe)}
      </div>
      ${kind === 'stages' ? stageFields(train, recipe, disabled) : nothing}
      <div class="own">
        ${FREE_FIELDS[kind].map((field) => recipeField(train, recipe, field, derived, disabled))}
        ${ownFields(train, recipe, disabled)}
      </div>
      ${repeats(train, derived)}
    </div>
  `;
}

function head({ state: { form } }: Train, recipe: RecipeSettings, disabled: boolean): unknown {
  const { slot, name, kind } = recipe;
  const at = recipeFieldId(slot, 'name');
  const id = elementId(at);
  const problem = form.problemAt(at);
  const called = name.trim() || `recipe ${slot}`;
  return html`
    <div class="head">
      ${swatch(slot)}
      <input
        id=${id}
        class="name"
        type="text"
        maxlength="60"
        autocomplete="off"
        spellcheck="false"
        aria-label="Name of recipe ${slot}"
        .value=${name}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? `${id}-problem` : nothing}
        ?disabled=${disabled}
        @input=${(event: Event) => form.changeRecipe(slot, { name: (event.currentTarget as HTMLInputElement).value })}
      />
      <select
        aria-label="Kind of ${called}"
        ?disabled=${disabled}
        @change=${(event: Event) => form.setKind(slot, (event.currentTarget as HTMLSelectElement).value as RecipeKind)}
      >
        ${RECIPE_KINDS.map((one) => html`<option value=${one} .selected=${one === kind}>${KIND_TITLES[one]}</option>`)}
      </select>
      <span class="acts">
        <button
          type="button"
          class="icon"
          title="Duplicate"
          aria-label="Duplicate ${called}"
          ?disabled=${disabled || form.values.value.recipes.length >= MOST_RECIPES}
          @click=${() => form.duplicate(slot)}
        >
          ${copyIcon}
        </button>
        <button
          type="button"
          class="icon"
          title="Remove"
          aria-label="Remove ${called}"
          ?disabled=${disabled}
          @click=${() => form.remove(slot)}
        >
          ${crossIcon}
        </button>
      </span>
    </div>
    <p class="problem" id="${id}-problem" aria-live="polite">${problem ?? nothing}</p>
  `;
}

function recipeField(
  { state: { form } }: Train,
  { slot, text }: RecipeSettings,
  field: RecipeField,
  derived: DerivedRecipe | null,
  disabled: boolean,
): unknown {
  const id = recipeFieldId(slot, field);
  return numberField({
    id: elementId(id),
    label: RECIPE_LABELS[field],
    mark: SYMBOLS[field],
    text: text[field],
    placeholder: field === 'epochs' && derived ? brief(derived.epochs) : undefined,
    problem: form.problemAt(id),
    disabled,
    whole: false,
    onInput: (typed) => form.setRecipeField(slot, field, typed),
  });
}

/** What follows, in one line: the symbols are read out by their words. */
function numbers({ state: { device } }: Train, recipe: DerivedRecipe | null): unknown {
  const fact = (label: string, mark: unknown, text: string) =>
    html`<div><dt><span class="unseen">${label}</span>${mark}</dt><dd>${text}</dd></div>`;
  const word = (text: string) => html`<span aria-hidden="true">${text}</span>`;
  const { flopsPerSecond } = device.facts.value;
  const seconds = recipe?.compute && flopsPerSecond ? recipe.compute / flopsPerSecond : null;
  return html`
    <dl class="number">
      ${fact('Tokens, D', symbol('D'), recipe ? count(Math.round(recipe.tokens)) : '–')}
      ${fact('Source tokens, S', symbol('S'), recipe ? count(Math.round(recipe.sourceTokens)) : '–')}
      ${fact('Epochs, k', symbol('k'), recipe ? brief(recipe.epochs) : '–')}
      ${fact('Share of the final stage, s', symbol('s'), recipe ? brief(recipe.finalShare) : '–')}
      ${fact('Compute, C', symbol('C'), recipe?.compute ? flops(recipe.compute) : '–')}
      ${fact('Steps', word('steps'), recipe && recipe.steps >= 1 && Number.isFinite(recipe.steps) ? count(recipe.steps) : '–')}
      ${seconds === null ? nothing : fact('Time of its own, about', word('alone'), `≈ ${duration(seconds)}`)}
    </dl>
  `;
}

function repeats({ state: { texts } }: Train, recipe: DerivedRecipe | null): unknown {
  const source = texts.facts('source');
  const passes = recipe && source && source.trainTokens > 0 ? recipe.sourceTokens / source.trainTokens : 0;
  return passes > 1
    ? html`<p class="repeats soft">The source text is read ${brief(passes)} times over.</p>`
    : nothing;
}
