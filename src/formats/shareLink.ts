/**
 * Links that carry the settings of a training: `#/train?preset=paper&targetTokens=4096&r2.ratio=0.25`. A link holds the name of a preset
 * and what differs from it. It may be written by hand: what cannot be read is refused field by field, and the rest is taken.
 */

import * as v from 'valibot';
import { nearest } from './nearest.ts';
import { PRESETS, type PresetName, presetNamed, presetOf, racePreset } from './share/presets.ts';
import {
  flagSchema,
  kindSchema,
  maybeNumberSchema,
  nameSchema,
  numberSchema,
  scheduleSchema,
  stagesIn,
  stagesSchema,
  stagesText,
  textSchema,
  tokenizerSchema,
} from './share/schema.ts';
import {
  FREE_FIELDS,
  MOST_RECIPES,
  OWN_FIELDS,
  plainNumber,
  RECIPE_RULES,
  type RecipeField,
  type RecipeSettings,
  recipeOf,
  SHARED_FIELDS,
  SHARED_RULES,
  type TrainSettings,
} from './share/settings.ts';

const FLAGS = ['rewarm', 'tied', 'dropNearDuplicates'] as const;
const SIDES = ['target', 'source'] as const;

/** The query of a link to these settings: what differs from the preset, and nothing that no other machine could use. */
export function shareQuery(settings: TrainSettings, preset: PresetName): URLSearchParams {
  const base = presetOf(preset).settings;
  const query = new URLSearchParams({ preset });
  const say = (key: string, value: string, before: string | undefined) => {
    if (value !== before) query.set(key, value);
  };
  for (const side of SIDES) say(side, settings.texts[side] ?? 'own', base.texts[side] ?? 'own');
  say('tokenizer', settings.tokenizer, base.tokenizer);
  say('schedule', settings.schedule, base.schedule);
  for (const flag of FLAGS) say(flag, flagWord(settings[flag]), flagWord(base[flag]));
  for (const field of SHARED_FIELDS) {
    const value = plainNumber(settings.text[field], SHARED_RULES[field]);
    if (isGood(numberSchema(SHARED_RULES[field]), value)) say(field, value, base.text[field]);
  }
  const here = new Map(settings.recipes.map((recipe) => [recipe.slot, recipe]));
  const there = new Map(base.recipes.map((recipe) => [recipe.slot, recipe]));
  for (let slot = 1; slot <= MOST_RECIPES; slot++) {
    const [recipe, before] = [here.get(slot), there.get(slot)];
    if (recipe) sayRecipe(recipe, before, say);
    else if (before) query.set(`r${slot}`, 'none');
  }
  return query;
}

type Say = (key: string, value: string, before: string | undefined) => void;

function sayRecipe(recipe: RecipeSettings, before: RecipeSettings | undefined, say: Say): void {
  const { slot, kind, name } = recipe;
  const key = (part: string) => `r${slot}.${part}`;
  // A kind brings its own numbers, so it is what the others are held against.
  const base = before?.kind === kind ? before : recipeOf(slot, before?.name ?? '', kind);
  say(key('kind'), kind, before?.kind);
  if (isGood(nameSchema, name)) say(key('name'), name.trim(), before?.name);
  for (const field of FREE_FIELDS[kind]) {
    const value = plainNumber(recipe.text[field], RECIPE_RULES[field]);
    if (isGood(recipeSchema(field), value)) say(key(field), value, base.text[field]);
  }
  if (kind === 'stages') say(key('stages'), stagesText(recipe.stages), stagesText(base.stages));
  for (const field of OWN_FIELDS) {
    const value = plainNumber(recipe.own[field] ?? '', SHARED_RULES[field]);
    if (isGood(maybeNumberSchema(SHARED_RULES[field]), value)) say(key(field), value, base.own[field] ?? '');
  }
}

export type SharedSettings = {
  readonly preset: PresetName;
  readonly settings: TrainSettings;
  /** Whether the training is to begin at once. */
  readonly start: boolean;
  /** What could not be taken, a sentence each. */
  readonly problems: readonly string[];
};

/** What a link says; null where it says nothing. `isSoftware`: whether a processor plays the GPU, for the preset `race`. */
export function readShare(query: URLSearchParams, isSoftware: boolean): SharedSettings | null {
  if ([...query.keys()].length === 0) return null;
  const problems: string[] = [];
  const named = query.get('preset') ?? 'race';
  const preset = presetNamed(named, isSoftware);
  if (!preset) {
    const known = ['race', ...PRESETS.map(({ name }) => name)];
    problems.push(`There is no preset “${named}”${hint(named, known)}; the race is taken.`);
  }
  const { name, settings: base } = preset ?? presetOf(racePreset(isSoftware));
  const reader = new Reader(query, problems);
  const texts = {
    target: reader.text('target', base.texts.target),
    source: reader.text('source', base.texts.source),
  };
  const settings: TrainSettings = {
    texts,
    tokenizer: reader.take('tokenizer', tokenizerSchema) ?? base.tokenizer,
    schedule: reader.take('schedule', scheduleSchema) ?? base.schedule,
    rewarm: reader.flag('rewarm', base.rewarm),
    tied: reader.flag('tied', base.tied),
    dropNearDuplicates: reader.flag('dropNearDuplicates', base.dropNearDuplicates),
    text: Object.fromEntries(
      SHARED_FIELDS.map((field) => [
        field,
        reader.take(field, numberSchema(SHARED_RULES[field])) ?? base.text[field],
      ]),
    ) as TrainSettings['text'],
    recipes: reader.recipes(base.recipes),
  };
  const start = query.get('start') === '1';
  reader.refuseUnknown(['preset', 'start']);
  return { preset: name, settings, start, problems };
}

class Reader {
  readonly #query: URLSearchParams;
  readonly #problems: string[];
  readonly #asked = new Set<string>();

  constructor(query: URLSearchParams, problems: string[]) {
    this.#query = query;
    this.#problems = problems;
  }

  /** The value of a key; undefined where it is not there, or is refused. */
  take<T>(key: string, schema: v.GenericSchema<unknown, T>): T | undefined {
    this.#asked.add(key);
    const value = this.#query.get(key);
    if (value === null) return undefined;
    const parsed = v.safeParse(schema, value);
    if (parsed.success) return parsed.output;
    this.#problems.push(`${key}: “${shown(value)}” ${parsed.issues[0].message}; it stays as in the preset.`);
    return undefined;
  }

  flag(key: string, before: boolean): boolean {
    const word = this.take(key, flagSchema);
    return word === undefined ? before : word === 'yes';
  }

  text(key: string, before: string | null): string | null {
    const spec = this.take(key, textSchema);
    if (spec === undefined) return before;
    return spec === 'own' ? null : spec;
  }

  recipes(before: readonly RecipeSettings[]): RecipeSettings[] {
    const there = new Map(before.map((recipe) => [recipe.slot, recipe]));
    const recipes: RecipeSettings[] = [];
    for (let slot = 1; slot <= MOST_RECIPES; slot++) {
      const recipe = this.#recipe(slot, there.get(slot));
      if (recipe) recipes.push(recipe);
    }
    return recipes;
  }

  #recipe(slot: number, before: RecipeSettings | undefined): RecipeSettings | null {
    const key = (part: string) => `r${slot}.${part}`;
    const isGone = this.take(`r${slot}`, v.literal('none', 'is not none')) === 'none';
    const kind = this.take(key('kind'), kindSchema) ?? before?.kind;
    const name = this.take(key('name'), nameSchema)?.trim() ?? before?.name ?? `Recipe ${slot}`;
    const base = before?.kind === kind ? before : kind && recipeOf(slot, name, kind);
    const text = FREE_FIELDS[kind ?? 'stages'].map(
      (field) => [field, this.take(key(field), recipeSchema(field))] as const,
    );
    const stages = this.take(key('stages'), stagesSchema);
    const own = OWN_FIELDS.map(
      (field) => [field, this.take(key(field), maybeNumberSchema(SHARED_RULES[field]))] as const,
    );
    if (isGone || !base) {
      const isSaid = [...text, ...own].some(([, value]) => value !== undefined) || stages !== undefined;
      if (!isGone && isSaid) {
        this.#problems.push(
          `r${slot}: the preset has no such recipe, and the link says no kind; it is left out.`,
        );
      }
      return null;
    }
    return {
      ...base,
      name,
      text: { ...base.text, ...said(text) },
      stages: stages === undefined ? base.stages : stagesIn(stages),
      own: Object.fromEntries(
        Object.entries({ ...base.own, ...said(own) }).filter(([, value]) => value !== ''),
      ),
    };
  }

  /** Says which keys nobody asked for; `others` are known and read elsewhere. */
  refuseUnknown(others: readonly string[]): void {
    const known = [...this.#asked, ...others];
    for (const key of new Set(this.#query.keys())) {
      if (!known.includes(key))
        this.#problems.push(`There is no setting “${shown(key)}”${hint(key, known)}.`);
    }
  }
}

function recipeSchema(field: RecipeField) {
  // An empty k follows from D.
  return field === 'epochs' ? maybeNumberSchema(RECIPE_RULES[field]) : numberSchema(RECIPE_RULES[field]);
}

function said<K extends string>(
  entries: readonly (readonly [K, string | undefined])[],
): Record<string, string> {
  return Object.fromEntries(entries.filter((entry): entry is readonly [K, string] => entry[1] !== undefined));
}

function isGood(schema: v.GenericSchema<unknown, unknown>, value: string): boolean {
  return v.is(schema, value);
}

function flagWord(flag: boolean): string {
  return flag ? 'yes' : 'no';
}

function hint(name: string, known: readonly string[]): string {
  const close = nearest(name, known);
  return close === null ? '' : `; did you mean ${close}?`;
}

const LONGEST_SHOWN = 40;

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
