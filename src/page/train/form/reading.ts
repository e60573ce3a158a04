/** From what stands in the fields to the configs of a fleet, with every reason why not at its field. */

import type { TrainConfig } from '../../../formats/config.ts';
import { parseTrainConfig } from '../../../formats/config.ts';
import { ConfigError } from '../../../formats/configError.ts';
import {
  type FleetSettings,
  FREE_FIELDS,
  OWN_FIELDS,
  RECIPE_RULES,
  type RecipeField,
  type RecipeSettings,
  SHARED_FIELDS,
  SHARED_RULES,
  type SharedField,
  type Slot,
} from '../../../formats/share/settings.ts';
import { windowsIn } from '../../../recipe/outline.ts';
import type { CorpusFacts } from '../../../worker/api/texts.ts';
import type { StartChosen } from '../../models/modelShelf.ts';
import { readNumber } from '../../parts/field/readNumber.ts';
import { count, whole } from '../../parts/format.ts';
import { fieldFor } from './configFields.ts';
import { type DerivedRecipe, deriveRecipe, epochsOfTokens, isRefusal, type RecipeNumbers } from './derive.ts';
import { type FieldId, type RecipePart, recipeFieldId } from './fields.ts';
import { BYTE_VOCABULARY, modelScale } from './scale.ts';
import { SHAPE_FIELDS, startProblem, withStart } from './startFrom.ts';

export type Corpora = { readonly target: CorpusFacts | null; readonly source: CorpusFacts | null };

type Problems = Map<FieldId, string>;
type Numbers = Record<SharedField, number>;

export type Reading = {
  /** Why a field cannot be, in words; the first reason of each. */
  readonly problems: ReadonlyMap<FieldId, string>;
  /** What follows from each recipe; null where a field it needs holds no number. */
  readonly derived: ReadonlyMap<Slot, DerivedRecipe | null>;
  /** N of the shared model, the parameters that multiply each token; null while the model's fields make none. */
  readonly scale: number | null;
  /** One config a recipe, whether the texts are there or not; null while anything is missing or refused. */
  readonly draft: readonly TrainConfig[] | null;
  /** The same once both texts have been read. */
  readonly configs: readonly TrainConfig[] | null;
};

/** Fields that a tokenizer of bytes does not ask for. */
const BPE_FIELDS: ReadonlySet<SharedField> = new Set(['vocabulary', 'sourceShare']);

function readShared({ text, tokenizer }: FleetSettings, problems: Problems): Numbers {
  const numbers = {} as Numbers;
  for (const field of SHARED_FIELDS) {
    if (tokenizer === 'bytes' && BPE_FIELDS.has(field)) continue;
    const typed = readNumber(text[field], SHARED_RULES[field]);
    numbers[field] = typed.ok ? typed.value : Number.NaN;
    if (!typed.ok) problems.set(field, typed.problem);
  }
  return numbers;
}

/** The shared numbers with those that a recipe has differently. */
function withOwn(shared: Numbers, { own, slot }: RecipeSettings, problems: Problems): Numbers {
  const numbers = { ...shared };
  for (const field of OWN_FIELDS) {
    const text = own[field];
    if (text === undefined) continue;
    const typed = readNumber(text, SHARED_RULES[field]);
    numbers[field] = typed.ok ? typed.value : Number.NaN;
    if (!typed.ok) problems.set(recipeFieldId(slot, field), typed.problem);
  }
  return numbers;
}

function readRecipe(recipe: RecipeSettings, numbers: Numbers, problems: Problems): RecipeNumbers {
  const { kind, text, slot } = recipe;
  const { targetTokens, tokens, context } = numbers;
  const read = (part: RecipePart, typed: string, rule: (typeof RECIPE_RULES)[RecipeField]) => {
    const number = readNumber(typed, rule);
    if (!number.ok) problems.set(recipeFieldId(slot, part), number.problem);
    return number.ok ? number.value : Number.NaN;
  };
  if (kind === 'stages') {
    const stages = recipe.stages.map(({ share, ratio }, index) => ({
      share: read(`share${index}`, share, RECIPE_RULES.ratio),
      ratio: read(`ratio${index}`, ratio, RECIPE_RULES.firstRatio),
    }));
    return { targetTokens, tokens, stages };
  }
  const free = FREE_FIELDS[kind];
  const typed = (field: RecipeField) => read(field, text[field], RECIPE_RULES[field]);
  const ratio = free.includes('ratio') ? typed('ratio') : 1;
  const finalRatio = free.includes('finalRatio') ? typed('finalRatio') : ratio;
  const firstRatio = free.includes('firstRatio') ? typed('firstRatio') : 0;
  const epochs =
    text.epochs.trim() === '' ? epochsOfTokens(tokens, targetTokens, ratio, context) : typed('epochs');
  return { targetTokens, epochs, ratio, finalRatio, firstRatio };
}

/**
 * Reads the whole form. `corpora` holds the texts that have been read; a missing text is no field's fault. With a `start` its shape and
 * tokenizer count, whatever stands in their fields.
 */
export function readForm(typed: FleetSettings, corpora: Corpora, start: StartChosen = null): Reading {
  const problems: Problems = new Map();
  const values = withStart(typed, start);
  const gone = startProblem(start);
  if (gone !== undefined) problems.set('start', gone);
  const shared = readShared(values, problems);
  const derived = new Map<Slot, DerivedRecipe | null>();
  const configs: TrainConfig[] = [];
  const names = new Set<string>();
  for (const recipe of values.recipes) {
    const found: Problems = new Map();
    const name = recipe.name.trim();
    if (name === '') found.set(recipeFieldId(recipe.slot, 'name'), 'Give the recipe a name.');
    if (names.has(name)) {
      found.set(recipeFieldId(recipe.slot, 'name'), 'Another recipe has this name; give each its own.');
    }
    names.add(name);
    if (start) refuseOwnShape(recipe, found);
    const { config, derived: follows } = readOne(recipe, { values, start }, shared, corpora, found);
    derived.set(recipe.slot, follows);
    if (config) configs.push(config);
    for (const [field, problem] of found) if (!problems.has(field)) problems.set(field, problem);
  }
  const draft = problems.size === 0 && configs.length > 0 ? configs : null;
  const textsReady = corpora.target !== null && corpora.source !== null;
  return {
    problems,
    derived,
    scale: scaleOf(shared, values, start),
    draft,
    configs: textsReady ? draft : null,
  };
}

/** Weights fit one shape. */
function refuseOwnShape({ own, slot }: RecipeSettings, problems: Problems): void {
  for (const field of SHAPE_FIELDS) {
    if (own[field] !== undefined)
      problems.set(
        recipeFieldId(slot, field),
        'All runs have the shape of the model that they start from: take this number back.',
      );
  }
}

function readOne(
  recipe: RecipeSettings,
  { values, start }: { readonly values: FleetSettings; readonly start: StartChosen },
  shared: Numbers,
  corpora: Corpora,
  problems: Problems,
): { readonly config: TrainConfig | null; readonly derived: DerivedRecipe | null } {
  const numbers = withOwn(shared, recipe, problems);
  const { batch, context, targetTokens } = numbers;
  checkTargetTokens(recipe, targetTokens, values, corpora, problems);
  const wanted = readRecipe(recipe, numbers, problems);
  const outcome = deriveRecipe(wanted, { batch, context, scale: scaleOf(numbers, values, start) });
  const derived = isRefusal(outcome) ? null : outcome;
  const refuse = (configField: string, problem: string) => {
    const field = fieldFor(configField, recipe);
    if (field && !problems.has(field)) problems.set(field, problem);
    return field !== undefined;
  };
  if (isRefusal(outcome)) refuse(outcome.field, outcome.problem);
  else if (outcome && outcome.steps < 1 && windowsIn(targetTokens, context) > 0) {
    refuse(
      'optimizer.batch',
      `A step would read ${count(batch * context)} tokens (batch × context), and a whole run has ${count(Math.round(outcome.tokens))}. Lower it, or raise the tokens of a run.`,
    );
  }
  if (problems.size > 0 || !derived || SHARED_FIELDS.some((field) => Number.isNaN(numbers[field]))) {
    return { config: null, derived };
  }
  try {
    return { config: configOf(recipe, wanted, numbers, corpora, values), derived };
  } catch (error) {
    if (!(error instanceof ConfigError) || !refuse(error.field, error.problem)) throw error;
    return { config: null, derived };
  }
}

function checkTargetTokens(
  recipe: RecipeSettings,
  targetTokens: number,
  { tokenizer }: FleetSettings,
  corpora: Corpora,
  problems: Problems,
): void {
  const available = corpora.target?.trainTokens;
  const isOwn = recipe.own.targetTokens !== undefined;
  const field = isOwn ? recipeFieldId(recipe.slot, 'targetTokens') : 'targetTokens';
  if (isOwn && tokenizer === 'bpe') {
    problems.set(
      field,
      'With word pieces all recipes have the same target tokens, for the tokenizer is trained on them.',
    );
  } else if (available !== undefined && targetTokens > available) {
    problems.set(
      field,
      `The target text has only ${whole(available)} tokens to train on. Choose fewer, or a longer text.`,
    );
  }
}

function scaleOf(numbers: Numbers, { tokenizer }: FleetSettings, start: StartChosen): number | null {
  const own = tokenizer === 'bytes' ? BYTE_VOCABULARY : numbers.vocabulary;
  const vocabulary = start === null || start === 'gone' ? own : start.vocabulary;
  return modelScale({ ...numbers, vocabulary });
}

/** D_T, and the tokenizer that counts it. */
export type TokenWish = {
  readonly targetTokens: number;
  readonly tokenizer: TrainConfig['tokenizer'];
};

/** As they are typed; null while one of their fields is refused. */
export function tokenWish(values: FleetSettings): TokenWish | null {
  const problems: Problems = new Map();
  const shared = readShared(values, problems);
  const isRefused = (['targetTokens', 'vocabulary', 'sourceShare'] as const).some((field) =>
    problems.has(field),
  );
  return isRefused ? null : { targetTokens: shared.targetTokens, tokenizer: tokenizerConfig(values, shared) };
}

function tokenizerConfig(
  { tokenizer }: FleetSettings,
  { vocabulary, sourceShare }: Numbers,
): TrainConfig['tokenizer'] {
  return tokenizer === 'bytes' ? { kind: 'bytes' } : { kind: 'bpe', vocabulary, sourceShare };
}

/** Stands where there is no text yet, so that the rest of the form can be checked. */
const NO_TEXT = 'file:text';

function configOf(
  { name }: RecipeSettings,
  recipe: RecipeNumbers,
  numbers: Numbers,
  corpora: Corpora,
  values: FleetSettings,
): TrainConfig {
  const { layers, width, heads, mlp, context, every, windows, seed } = numbers;
  const { learningRate, warmup, decay, finalLearningRate, beta1, beta2, weightDecay, clip, batch } = numbers;
  return parseTrainConfig(
    {
      version: 1,
      name: name.trim(),
      corpora: {
        target: corpora.target?.spec ?? NO_TEXT,
        source: corpora.source?.spec ?? NO_TEXT,
        ...(values.dropNearDuplicates && { nearDuplicates: 'drop' }),
      },
      tokenizer: tokenizerConfig(values, numbers),
      model: { layers, width, heads, mlp, context, tied: values.tied },
      recipe: writtenRecipe(recipe),
      optimizer: {
        ...{ learningRate, warmup, decay, finalLearningRate, weightDecay, clip, batch },
        betas: [beta1, beta2],
        schedule: values.schedule,
        rewarm: values.rewarm,
      },
      evaluation: { every, windows },
      seed,
    },
    name,
  );
}

/** r_1 is said only where there are two stages. */
function writtenRecipe(recipe: RecipeNumbers): unknown {
  if ('stages' in recipe || recipe.finalRatio !== recipe.ratio) return recipe;
  const { targetTokens, epochs, ratio, finalRatio } = recipe;
  return { targetTokens, epochs, ratio, finalRatio };
}
