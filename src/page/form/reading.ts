/** From what stands in the fields to the configs of a fleet, with every reason why not at its field. */

import type { TrainConfig } from '../../formats/config.ts';
import { parseTrainConfig } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import { windowsIn } from '../../recipe/outline.ts';
import type { CorpusFacts } from '../../worker/api.ts';
import { count, whole } from '../format.ts';
import { type DerivedRecipe, deriveRecipe, epochsOfTokens, isRefusal, type RecipeNumbers } from './derive.ts';
import {
  type FieldId,
  type FormValues,
  FREE_FIELDS,
  RECIPE_KINDS,
  RECIPE_RULES,
  type RecipeField,
  type RecipeKind,
  SHARED_RULES,
  type SharedField,
} from './fields.ts';
import { readNumber } from './numberField.ts';
import { BYTE_VOCABULARY, modelScale } from './scale.ts';

export type Corpora = { readonly target: CorpusFacts | null; readonly source: CorpusFacts | null };

export type Reading = {
  /** Why a field cannot be, in words; the first reason of each. */
  readonly problems: ReadonlyMap<FieldId, string>;
  /** What follows from each recipe; null where a field it needs holds no number. */
  readonly derived: Readonly<Record<RecipeKind, DerivedRecipe | null>>;
  /** N, the parameters that multiply each token; null while the model's fields make none. */
  readonly scale: number | null;
  /** One config an included recipe; null while anything is missing or refused. */
  readonly configs: readonly TrainConfig[] | null;
};

/** Which field of the form a config's field is typed in. */
const CONFIG_FIELDS: Record<string, SharedField | RecipeField> = {
  'recipe.targetTokens': 'targetTokens',
  'recipe.epochs': 'epochs',
  'recipe.ratio': 'ratio',
  'recipe.finalRatio': 'finalRatio',
  'recipe.firstRatio': 'firstRatio',
  'model.layers': 'layers',
  'model.width': 'width',
  'model.heads': 'heads',
  'model.mlp': 'mlp',
  'model.context': 'context',
  'optimizer.learningRate': 'learningRate',
  'optimizer.batch': 'batch',
  'evaluation.every': 'every',
  'evaluation.windows': 'windows',
  'tokenizer.vocabulary': 'vocabulary',
  'tokenizer.sourceShare': 'sourceShare',
  seed: 'seed',
};

/** The form's field for a config's field, or undefined when the form has none; a recipe's own field needs its kind. */
export function fieldFor(configField: string, kind: RecipeKind | undefined): FieldId | undefined {
  const field = CONFIG_FIELDS[configField];
  if (field === undefined) return undefined;
  if (!(field in RECIPE_RULES)) return field as SharedField;
  return kind && `${kind}.${field as RecipeField}`;
}

/** Fields that a tokenizer of bytes does not ask for. */
const BPE_FIELDS: ReadonlySet<SharedField> = new Set(['vocabulary', 'sourceShare']);

function readShared(
  { text, tokenizer }: FormValues,
  problems: Map<FieldId, string>,
): Record<SharedField, number> {
  const numbers = {} as Record<SharedField, number>;
  for (const [field, rule] of Object.entries(SHARED_RULES) as [
    SharedField,
    (typeof SHARED_RULES)[SharedField],
  ][]) {
    if (tokenizer === 'bytes' && BPE_FIELDS.has(field)) continue;
    const typed = readNumber(text[field], rule);
    numbers[field] = typed.ok ? typed.value : Number.NaN;
    if (!typed.ok) problems.set(field, typed.problem);
  }
  return numbers;
}

function readRecipe(
  kind: RecipeKind,
  text: FormValues['text'],
  shared: Record<SharedField, number>,
  problems: Map<FieldId, string>,
): RecipeNumbers {
  const read = (field: RecipeField) => {
    const typed = readNumber(text[`${kind}.${field}`], RECIPE_RULES[field]);
    if (!typed.ok) problems.set(`${kind}.${field}`, typed.problem);
    return typed.ok ? typed.value : Number.NaN;
  };
  const free = FREE_FIELDS[kind];
  const ratio = free.includes('ratio') ? read('ratio') : 1;
  const finalRatio = free.includes('finalRatio') ? read('finalRatio') : ratio;
  const firstRatio = free.includes('firstRatio') ? read('firstRatio') : 0;
  const chosen = text[`${kind}.epochs`].trim() !== '';
  const epochs = chosen
    ? read('epochs')
    : epochsOfTokens(shared.tokens, shared.targetTokens, ratio, shared.context);
  return { targetTokens: shared.targetTokens, epochs, ratio, finalRatio, firstRatio };
}

/** Reads the whole form. `corpora` holds the texts that have been read; a missing text is no field's fault. */
export function readForm(values: FormValues, corpora: Corpora): Reading {
  const problems = new Map<FieldId, string>();
  const shared = readShared(values, problems);
  const vocabulary = values.tokenizer === 'bytes' ? BYTE_VOCABULARY : shared.vocabulary;
  const scale = modelScale({ ...shared, vocabulary });
  const available = corpora.target?.trainTokens;
  if (available !== undefined && shared.targetTokens > available) {
    problems.set(
      'targetTokens',
      `The target text has only ${whole(available)} tokens to train on. Choose fewer, or a longer text.`,
    );
  }
  const derived = {} as Record<RecipeKind, DerivedRecipe | null>;
  const configs: TrainConfig[] = [];
  for (const kind of RECIPE_KINDS) {
    const wanted = values.included[kind];
    const own = new Map<FieldId, string>();
    const recipe = readRecipe(kind, values.text, shared, own);
    const outcome = deriveRecipe(recipe, { ...shared, scale });
    derived[kind] = isRefusal(outcome) ? null : outcome;
    if (!wanted) continue;
    if (isRefusal(outcome)) {
      const field = fieldFor(outcome.field, kind);
      if (field && !own.has(field)) own.set(field, outcome.problem);
    } else if (outcome && outcome.steps < 1 && windowsIn(shared.targetTokens, shared.context) > 0) {
      const { batch, context } = shared;
      own.set(
        'batch',
        `A step would read ${count(batch * context)} tokens (batch × context), and a whole run has ${count(Math.round(outcome.tokens))}. Lower it, or raise the tokens of a run.`,
      );
    }
    if (own.size === 0 && problems.size === 0) {
      try {
        configs.push(configOf(kind, recipe, shared, corpora, values));
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const field = fieldFor(error.field, kind);
        if (field === undefined) throw error;
        own.set(field, error.problem);
      }
    }
    for (const [field, problem] of own) if (!problems.has(field)) problems.set(field, problem);
  }
  const textsReady = corpora.target !== null && corpora.source !== null;
  const complete = problems.size === 0 && textsReady && configs.length > 0;
  return { problems, derived, scale, configs: complete ? configs : null };
}

/** D_T, and the tokenizer that counts it. */
export type TokenWish = {
  readonly targetTokens: number;
  readonly tokenizer: TrainConfig['tokenizer'];
};

/** As they are typed; null while one of their fields is refused. */
export function tokenWish(values: FormValues): TokenWish | null {
  const problems = new Map<FieldId, string>();
  const shared = readShared(values, problems);
  const isRefused = (['targetTokens', 'vocabulary', 'sourceShare'] as const).some((field) =>
    problems.has(field),
  );
  return isRefused ? null : { targetTokens: shared.targetTokens, tokenizer: tokenizerConfig(values, shared) };
}

function tokenizerConfig(
  { tokenizer }: FormValues,
  { vocabulary, sourceShare }: Record<SharedField, number>,
): TrainConfig['tokenizer'] {
  return tokenizer === 'bytes' ? { kind: 'bytes' } : { kind: 'bpe', vocabulary, sourceShare };
}

/** Stands where there is no text yet, so that the rest of the form can be checked. */
const NO_TEXT = 'file:text';

function configOf(
  kind: RecipeKind,
  recipe: RecipeNumbers,
  shared: Record<SharedField, number>,
  corpora: Corpora,
  values: FormValues,
): TrainConfig {
  const { layers, width, heads, mlp, context, batch, learningRate, every, windows, seed } = shared;
  const firstRatio = recipe.finalRatio === recipe.ratio ? {} : { firstRatio: recipe.firstRatio };
  const { targetTokens, epochs, ratio, finalRatio } = recipe;
  return parseTrainConfig(
    {
      version: 1,
      name: kind,
      corpora: {
        target: corpora.target?.spec ?? NO_TEXT,
        source: corpora.source?.spec ?? NO_TEXT,
        ...(values.dropNearDuplicates && { nearDuplicates: 'drop' }),
      },
      tokenizer: tokenizerConfig(values, shared),
      model: { layers, width, heads, mlp, context },
      recipe: { targetTokens, epochs, ratio, finalRatio, ...firstRatio },
      optimizer: { learningRate, batch },
      evaluation: { every, windows },
      seed,
    },
    kind,
  );
}
