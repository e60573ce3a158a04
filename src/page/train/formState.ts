/** The form: what stands in its fields, and what follows from it. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { type PresetName, presetOf } from '../../formats/share/presets.ts';
import {
  type Choices,
  type FleetSettings,
  MOST_RECIPES,
  MOST_STAGES,
  type OwnField,
  type RecipeField,
  type RecipeKind,
  type RecipeSettings,
  recipeOf,
  type SharedField,
  type Slot,
  type StageSettings,
} from '../../formats/share/settings.ts';
import type { FleetOutlook } from '../../worker/api/fleet.ts';
import type { Side } from '../../worker/api/texts.ts';
import type { StartChosen } from '../models/modelShelf.ts';
import type { FieldId } from './form/fields.ts';
import { fleetsOf } from './form/groups.ts';
import { type Reading, readForm, type TokenWish, tokenWish } from './form/reading.ts';
import { withStart } from './form/startFrom.ts';
import type { TextsState } from './textsState.ts';

export type Refusal = { readonly at: FieldId | Side; readonly problem: string };

const FIRST: PresetName = 'race-small';

export class FormState {
  readonly #texts: TextsState;
  /** The model that all runs start from. */
  readonly start: ReadonlySignal<StartChosen>;
  /** Where the settings began: a link says what differs from it. */
  readonly preset: Signal<PresetName> = signal(FIRST);
  readonly values: Signal<FleetSettings> = signal(presetOf(FIRST).settings);
  /** Whether the person has changed a field: then no default moves any more. */
  readonly touched = signal(false);
  /** What a person had made of a preset before they took another, until it is put back or they do so again. */
  readonly replaced: Signal<{ readonly preset: PresetName; readonly values: FleetSettings } | null> =
    signal(null);
  /** The recipe that was taken out last, as long as it can be put back. */
  readonly removed: Signal<RecipeSettings | null> = signal(null);
  /** What the worker says against the fleet as the form stands, by the form's field or the text at fault. */
  readonly refusal: Signal<Refusal | null> = signal(null);
  /** What the worker says the fleet would be; null where it was not asked yet, or refuses. */
  readonly outlook: Signal<readonly FleetOutlook[] | null> = signal(null);

  readonly reading: ReadonlySignal<Reading> = computed(() =>
    readForm(
      this.values.value,
      { target: this.#texts.facts('target'), source: this.#texts.facts('source') },
      this.start.value,
    ),
  );
  /** What stands in the fields, with what comes from the model that runs start from. */
  readonly shown: ReadonlySignal<FleetSettings> = computed(() =>
    withStart(this.values.value, this.start.value),
  );
  /** Names of runs, a list for each fleet, in the order in which they train. */
  readonly fleets: ReadonlySignal<readonly (readonly string[])[]> = computed(() =>
    fleetsOf(this.reading.value.draft ?? []),
  );

  /** The same as text, so that it changes only where something does. */
  readonly #referenceKey = computed(() => {
    const target = this.#texts.facts('target');
    const start = this.start.value;
    // Of word pieces that were made elsewhere no reference is computed.
    const isOther = start !== null && start !== 'gone' && start.tokenizer !== 'bytes';
    const wish = isOther ? null : tokenWish(this.shown.value);
    return target && wish
      ? JSON.stringify([wish, target.sha256, this.#texts.facts('source')?.sha256 ?? null])
      : null;
  });
  /** What a reference would be computed for; another object as soon as it would be for another text, D_T or tokenizer. */
  readonly referenceWish: ReadonlySignal<TokenWish | null> = computed(() => {
    const key = this.#referenceKey.value;
    return key === null ? null : (JSON.parse(key) as [TokenWish])[0];
  });

  constructor(texts: TextsState, start: ReadonlySignal<StartChosen> = signal(null)) {
    this.#texts = texts;
    this.start = start;
  }

  /** Why a field, or a text, cannot be: first what the form itself sees, then what the worker says. */
  problemAt(at: FieldId | Side): string | undefined {
    const seen = at === 'target' || at === 'source' ? undefined : this.reading.value.problems.get(at);
    const refusal = this.refusal.value;
    return seen ?? (refusal?.at === at ? refusal.problem : undefined);
  }

  recipe(slot: Slot): RecipeSettings | undefined {
    return this.values.value.recipes.find((recipe) => recipe.slot === slot);
  }

  setField(field: SharedField, text: string): void {
    this.setFields({ [field]: text });
  }

  setFields(texts: Partial<Record<SharedField, string>>): void {
    this.#change(({ text }) => ({ text: { ...text, ...texts } }));
  }

  choose(choice: Partial<Choices>): void {
    this.#change(() => choice);
  }

  /** Takes settings whole: a preset's, a link's, or those of a saved fleet. */
  take(preset: PresetName, values: FleetSettings, touched: boolean): void {
    this.preset.value = preset;
    this.values.value = values;
    this.removed.value = null;
    this.touched.value = touched;
  }

  /** Takes a preset's settings; a person's own can be put back. */
  takePreset(preset: PresetName, values: FleetSettings): void {
    if (this.touched.peek()) this.replaced.value = { preset: this.preset.peek(), values: this.values.peek() };
    this.take(preset, values, false);
  }

  putSettingsBack(): void {
    const { value: own } = this.replaced;
    this.replaced.value = null;
    if (own) this.take(own.preset, own.values, true);
  }

  get isFull(): boolean {
    return this.values.value.recipes.length >= MOST_RECIPES;
  }

  /** Gives its slot; undefined where there is no room. */
  addRecipe(kind: RecipeKind = 'two-stage'): Slot | undefined {
    return this.#insert((slot, recipes) => recipeOf(slot, freeName('Recipe', recipes, slot), kind));
  }

  duplicate(slot: Slot): Slot | undefined {
    const recipe = this.recipe(slot);
    if (!recipe) return undefined;
    return this.#insert((free, recipes) => ({
      ...recipe,
      slot: free,
      name: freeName(recipe.name.replace(/ \d+$/, ''), recipes, 2),
    }));
  }

  remove(slot: Slot): void {
    this.removed.value = this.recipe(slot) ?? null;
    this.#change(({ recipes }) => ({ recipes: recipes.filter((recipe) => recipe.slot !== slot) }));
  }

  putBack(): void {
    const { value: recipe } = this.removed;
    // Where there is no room it waits until there is.
    if (!recipe || this.isFull) return;
    this.removed.value = null;
    this.#insert((free) => ({ ...recipe, slot: this.recipe(recipe.slot) ? free : recipe.slot }));
  }

  changeRecipe(slot: Slot, change: Partial<Omit<RecipeSettings, 'slot'>>): void {
    this.#change(({ recipes }) => ({
      recipes: recipes.map((recipe) => (recipe.slot === slot ? { ...recipe, ...change } : recipe)),
    }));
  }

  /** Numbers that the new kind does not have stay as they were, for when it is changed back. */
  setKind(slot: Slot, kind: RecipeKind): void {
    const recipe = this.recipe(slot);
    if (!recipe) return;
    const hadRatios = recipe.kind !== 'monolingual' && recipe.kind !== 'stages';
    const text = hadRatios ? recipe.text : { ...recipeOf(slot, '', kind).text, epochs: recipe.text.epochs };
    this.changeRecipe(slot, { kind, text });
  }

  setRecipeField(slot: Slot, field: RecipeField, text: string): void {
    const recipe = this.recipe(slot);
    if (recipe) this.changeRecipe(slot, { text: { ...recipe.text, [field]: text } });
  }

  /** Gives a recipe a number of its own, or, undefined, the shared one again. */
  setOwn(slot: Slot, field: OwnField, text: string | undefined): void {
    const recipe = this.recipe(slot);
    if (!recipe) return;
    const { [field]: _, ...others } = recipe.own;
    this.changeRecipe(slot, { own: text === undefined ? others : { ...others, [field]: text } });
  }

  setStage(slot: Slot, index: number, change: Partial<StageSettings>): void {
    const recipe = this.recipe(slot);
    if (!recipe) return;
    const stages = recipe.stages.map((stage, at) => (at === index ? { ...stage, ...change } : stage));
    this.changeRecipe(slot, { stages });
  }

  addStage(slot: Slot): void {
    const recipe = this.recipe(slot);
    if (!recipe || recipe.stages.length >= MOST_STAGES) return;
    this.changeRecipe(slot, { stages: [...recipe.stages, { share: '0.25', ratio: '1' }] });
  }

  removeStage(slot: Slot, index: number): void {
    const recipe = this.recipe(slot);
    if (recipe) this.changeRecipe(slot, { stages: recipe.stages.filter((_, at) => at !== index) });
  }

  #insert(make: (slot: Slot, recipes: readonly RecipeSettings[]) => RecipeSettings): Slot | undefined {
    const { recipes } = this.values.value;
    const free = freeSlot(recipes);
    if (free === undefined) return undefined;
    const recipe = make(free, recipes);
    this.#change(() => ({ recipes: [...recipes, recipe].sort((a, b) => a.slot - b.slot) }));
    return recipe.slot;
  }

  #change(change: (values: FleetSettings) => Partial<FleetSettings>): void {
    this.touched.value = true;
    this.values.value = { ...this.values.value, ...change(this.values.value) };
  }
}

function freeSlot(recipes: readonly RecipeSettings[]): Slot | undefined {
  const taken = new Set(recipes.map(({ slot }) => slot));
  for (let slot = 1; slot <= MOST_RECIPES; slot++) if (!taken.has(slot)) return slot;
  return undefined;
}

/** `stem 2`, `stem 3` … whichever nobody has yet. */
function freeName(stem: string, recipes: readonly RecipeSettings[], from: number): string {
  const taken = new Set(recipes.map(({ name }) => name.trim()));
  let number = from;
  while (taken.has(`${stem} ${number}`)) number++;
  return `${stem} ${number}`;
}
