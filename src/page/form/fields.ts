/** The fields of the recipe form: what they are called, what they mean, and what they begin with. */

import { MAX_VOCABULARY, MIN_VOCABULARY, SOURCE_SHARE } from '../../formats/configSchema.ts';
import type { NumberRule } from './numberField.ts';

/** The three recipes that the page trains side by side; also the names of their runs. */
export const RECIPE_KINDS = ['monolingual', 'bilingual', 'two-stage'] as const;
export type RecipeKind = (typeof RECIPE_KINDS)[number];

export const KIND_TITLES: Record<RecipeKind, string> = {
  monolingual: 'Monolingual',
  bilingual: 'Bilingual',
  'two-stage': 'Two-stage',
};

export const KIND_WORDS: Record<RecipeKind, string> = {
  monolingual: 'target only',
  bilingual: 'one even mix',
  'two-stage': 'source first, then target',
};

export type SharedField =
  | 'targetTokens'
  | 'tokens'
  | 'layers'
  | 'width'
  | 'heads'
  | 'mlp'
  | 'context'
  | 'batch'
  | 'learningRate'
  | 'every'
  | 'windows'
  | 'vocabulary'
  | 'sourceShare'
  | 'seed';
export type RecipeField = 'epochs' | 'ratio' | 'finalRatio' | 'firstRatio';
export type FieldId = SharedField | `${RecipeKind}.${RecipeField}`;

export type FormValues = {
  /** What stands in each field, as typed. An empty `epochs` means: as many as the tokens D allow. */
  readonly text: Readonly<Record<FieldId, string>>;
  readonly included: Readonly<Record<RecipeKind, boolean>>;
  readonly tokenizer: 'bytes' | 'bpe';
  /** Whether training documents that nearly repeat a kept-back one are left out. */
  readonly dropNearDuplicates: boolean;
};

const COUNT: NumberRule = { whole: true, min: 1 };
const SHARE: NumberRule = { whole: false, min: 0, max: 1 };
const POSITIVE: NumberRule = { whole: false, min: 0, above: true };
const POSITIVE_SHARE: NumberRule = { ...POSITIVE, max: 1 };

export const SHARED_RULES: Record<SharedField, NumberRule> = {
  targetTokens: COUNT,
  tokens: COUNT,
  layers: COUNT,
  width: COUNT,
  heads: COUNT,
  mlp: COUNT,
  context: COUNT,
  batch: COUNT,
  learningRate: POSITIVE,
  every: COUNT,
  windows: COUNT,
  vocabulary: { whole: true, min: MIN_VOCABULARY, max: MAX_VOCABULARY },
  sourceShare: SHARE,
  seed: { whole: true, min: 0, max: 0xffff_ffff },
};

export const RECIPE_RULES: Record<RecipeField, NumberRule> = {
  epochs: POSITIVE,
  ratio: POSITIVE_SHARE,
  finalRatio: POSITIVE_SHARE,
  firstRatio: SHARE,
};

/** Which fields of a recipe are the person's to choose; the others follow from its kind. */
export const FREE_FIELDS: Record<RecipeKind, readonly RecipeField[]> = {
  monolingual: ['epochs'],
  bilingual: ['epochs', 'ratio'],
  'two-stage': ['epochs', 'ratio', 'finalRatio', 'firstRatio'],
};

export type ModelSize = {
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlp: number;
  readonly context: number;
};

const TINY: ModelSize = { name: 'Tiny', layers: 2, width: 32, heads: 2, mlp: 96, context: 64 };
const SMALL: ModelSize = { name: 'Small', layers: 2, width: 64, heads: 4, mlp: 176, context: 64 };
const MEDIUM: ModelSize = { name: 'Medium', layers: 4, width: 128, heads: 4, mlp: 352, context: 128 };
const LARGE: ModelSize = { name: 'Large', layers: 6, width: 256, heads: 8, mlp: 688, context: 256 };

export const MODEL_SIZES: readonly ModelSize[] = [TINY, SMALL, MEDIUM, LARGE];

/** The size whose numbers stand in the fields, or undefined when the person has made their own. */
export function sizeInFields(text: FormValues['text']): ModelSize | undefined {
  return MODEL_SIZES.find((size) =>
    (['layers', 'width', 'heads', 'mlp', 'context'] as const).every(
      (field) => text[field] === String(size[field]),
    ),
  );
}

const RECIPES = {
  'monolingual.epochs': '',
  'monolingual.ratio': '1',
  'monolingual.finalRatio': '1',
  'monolingual.firstRatio': '',
  'bilingual.epochs': '',
  'bilingual.ratio': '0.5',
  'bilingual.finalRatio': '0.5',
  'bilingual.firstRatio': '',
  'two-stage.epochs': '',
  'two-stage.ratio': '0.5',
  'two-stage.finalRatio': '0.9',
  'two-stage.firstRatio': '0.125',
};

type Budget = Record<'targetTokens' | 'tokens' | 'batch' | 'learningRate' | 'every' | 'windows', number>;

/** Distinct tokens of a BPE unless somebody says otherwise: small, for models are small and so may texts be. */
const VOCABULARY = 1024;

function preset(size: ModelSize, budget: Budget): FormValues['text'] {
  return {
    ...RECIPES,
    targetTokens: String(budget.targetTokens),
    tokens: String(budget.tokens),
    batch: String(budget.batch),
    learningRate: String(budget.learningRate),
    every: String(budget.every),
    windows: String(budget.windows),
    layers: String(size.layers),
    width: String(size.width),
    heads: String(size.heads),
    mlp: String(size.mlp),
    context: String(size.context),
    vocabulary: String(VOCABULARY),
    sourceShare: String(SOURCE_SHARE),
    seed: '1',
  };
}

/** Done in about a minute where two CPU cores play the GPU. */
const SOFTWARE = preset(TINY, {
  targetTokens: 8192,
  tokens: 65_536,
  batch: 8,
  learningRate: 0.004,
  every: 16,
  windows: 32,
});
/** Done in a few minutes on the GPU of a laptop. */
const HARDWARE = preset(MEDIUM, {
  targetTokens: 32_768,
  tokens: 4_194_304,
  batch: 16,
  learningRate: 0.002,
  every: 50,
  windows: 128,
});

const EVERY_KIND = { monolingual: true, bilingual: true, 'two-stage': true };

/** What the form begins with, by what kind of adapter will train it. */
export function beginning(software: boolean): FormValues {
  const text = software ? SOFTWARE : HARDWARE;
  return { text, included: EVERY_KIND, tokenizer: 'bytes', dropNearDuplicates: false };
}
