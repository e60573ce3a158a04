/**
 * What a person sets to train a fleet: the fields of Train's form, of its presets, and of links that carry either. Numbers stand as
 * they are typed, so that a form can hold what is not a number yet.
 */

import { MAX_SEED, MAX_VOCABULARY, MIN_VOCABULARY } from '../configSchema.ts';

/** Which numbers a field takes. */
export type NumberRule = {
  /** Whether only whole numbers are meant. */
  readonly whole: boolean;
  readonly min: number;
  readonly max?: number;
  /** Whether `min` itself is refused. */
  readonly above?: boolean;
};

const COUNT: NumberRule = { whole: true, min: 1 };
const SHARE: NumberRule = { whole: false, min: 0, max: 1 };
const NOT_NEGATIVE: NumberRule = { whole: false, min: 0 };
const POSITIVE: NumberRule = { whole: false, min: 0, above: true };
const POSITIVE_SHARE: NumberRule = { ...POSITIVE, max: 1 };
/** AdamW's betas are below 1; a rule has no such end, and this is the nearest that anybody would type. */
const BETA: NumberRule = { whole: false, min: 0, max: 0.999_999 };

/** Numbers that all recipes of a fleet share, unless one has its own. */
export const SHARED_RULES = {
  /** D_T. */
  targetTokens: COUNT,
  /** D. */
  tokens: COUNT,
  layers: COUNT,
  width: COUNT,
  heads: COUNT,
  mlp: COUNT,
  /** Tokens. */
  context: COUNT,
  /** Windows a step. */
  batch: COUNT,
  learningRate: POSITIVE,
  warmup: SHARE,
  decay: SHARE,
  finalLearningRate: SHARE,
  beta1: BETA,
  beta2: BETA,
  weightDecay: NOT_NEGATIVE,
  clip: NOT_NEGATIVE,
  /** Steps from one validation to the next, and windows of one. */
  every: COUNT,
  windows: COUNT,
  vocabulary: { whole: true, min: MIN_VOCABULARY, max: MAX_VOCABULARY },
  sourceShare: SHARE,
  seed: { whole: true, min: 0, max: MAX_SEED },
} as const satisfies Record<string, NumberRule>;

export type SharedField = keyof typeof SHARED_RULES;
export const SHARED_FIELDS = Object.keys(SHARED_RULES) as readonly SharedField[];

/** What a recipe itself is made of. */
export const RECIPE_RULES = {
  /** k; left empty, as many as the tokens D allow. */
  epochs: POSITIVE,
  /** r, r_f and r_1. */
  ratio: POSITIVE_SHARE,
  finalRatio: POSITIVE_SHARE,
  firstRatio: SHARE,
} as const satisfies Record<string, NumberRule>;

export type RecipeField = keyof typeof RECIPE_RULES;

/** Shared numbers that one recipe may have differently. Runs that differ in these alone train side by side. */
export const BESIDE_FIELDS = [
  'targetTokens',
  'tokens',
  'learningRate',
  'warmup',
  'decay',
  'finalLearningRate',
  'weightDecay',
  'clip',
  'every',
  'seed',
] as const satisfies readonly SharedField[];

/** Those that make another fleet of a run: it trains before or after the others. */
export const APART_FIELDS = [
  'layers',
  'width',
  'heads',
  'mlp',
  'context',
  'batch',
  'windows',
] as const satisfies readonly SharedField[];

export const OWN_FIELDS = [...BESIDE_FIELDS, ...APART_FIELDS] as const;
export type OwnField = (typeof OWN_FIELDS)[number];

export const RECIPE_KINDS = ['monolingual', 'bilingual', 'two-stage', 'stages'] as const;
export type RecipeKind = (typeof RECIPE_KINDS)[number];

/** Which of a recipe's numbers are the person's to choose; the others follow from its kind. */
export const FREE_FIELDS: Readonly<Record<RecipeKind, readonly RecipeField[]>> = {
  monolingual: ['epochs'],
  bilingual: ['ratio', 'epochs'],
  'two-stage': ['ratio', 'finalRatio', 'firstRatio', 'epochs'],
  stages: [],
};

export const MOST_RECIPES = 8;
export const MOST_STAGES = 6;

/** 1 to {@link MOST_RECIPES}: a recipe's place in the list and in the palette. It keeps it when others go. */
export type Slot = number;

export type StageSettings = { readonly share: string; readonly ratio: string };

export type RecipeSettings = {
  readonly slot: Slot;
  /** Of the run, for people; no two of a fleet are alike. */
  readonly name: string;
  readonly kind: RecipeKind;
  readonly text: Readonly<Record<RecipeField, string>>;
  /** Used where the kind is `stages`. */
  readonly stages: readonly StageSettings[];
  /** Shared numbers that this recipe has differently. */
  readonly own: Readonly<Partial<Record<OwnField, string>>>;
};

export const SCHEDULES = ['wsd', 'cosine'] as const;
export const TOKENIZERS = ['bytes', 'bpe'] as const;

/** What is chosen and not typed. */
export type Choices = {
  readonly tokenizer: (typeof TOKENIZERS)[number];
  readonly schedule: (typeof SCHEDULES)[number];
  /** Whether each later stage warms the learning rate up again. */
  readonly rewarm: boolean;
  /** Whether input and output embeddings are one matrix. */
  readonly tied: boolean;
  /** Whether training documents that nearly repeat a kept-back one are left out. */
  readonly dropNearDuplicates: boolean;
};

export type FleetSettings = Choices & {
  readonly text: Readonly<Record<SharedField, string>>;
  /** By rising slots. */
  readonly recipes: readonly RecipeSettings[];
};

/** A corpus spec; null for a text of the person's own, which no link can carry. */
export type TextSettings = { readonly target: string | null; readonly source: string | null };

export type TrainSettings = FleetSettings & { readonly texts: TextSettings };

/** What the fields of a recipe hold before anybody has typed. */
const RECIPE_TEXT: Record<RecipeKind, Record<RecipeField, string>> = {
  monolingual: { epochs: '', ratio: '1', finalRatio: '1', firstRatio: '0' },
  bilingual: { epochs: '', ratio: '0.5', finalRatio: '0.5', firstRatio: '0' },
  'two-stage': { epochs: '', ratio: '0.5', finalRatio: '0.9', firstRatio: '0' },
  stages: { epochs: '', ratio: '0.5', finalRatio: '0.9', firstRatio: '0' },
};

const STAGES: readonly StageSettings[] = [
  { share: '0.5', ratio: '0' },
  { share: '0.25', ratio: '0.5' },
  { share: '0.25', ratio: '1' },
];

export function recipeOf(
  slot: Slot,
  name: string,
  kind: RecipeKind,
  text: Partial<Record<RecipeField, string>> = {},
  own: RecipeSettings['own'] = {},
): RecipeSettings {
  return { slot, name, kind, text: { ...RECIPE_TEXT[kind], ...text }, stages: STAGES, own };
}

/** Digits grouped by threes, as a form takes them where only whole numbers are meant. */
const GROUPED = /^[+-]?\d{1,3}([,_\s]\d{3})+$/;

/** A number as a link holds it, whatever way it was typed; the text itself where it is no number. */
export function plainNumber(text: string, { whole }: NumberRule): string {
  const trimmed = text.trim().replace('−', '-');
  const plain = whole && GROUPED.test(trimmed) ? trimmed.replace(/[,_\s]/g, '') : trimmed;
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? text.trim() : String(value);
}
