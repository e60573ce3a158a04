/** The valibot schemas of a train config: which fields there are, of which type, in which range. */

import * as v from 'valibot';
import { corpusSpecProblem } from './corpusSpec.ts';
import { START_FIELDS, startSchema } from './start.ts';

/** Every default of a train config, for `m3lab train --help` and the page's fields. */
export const TRAIN_CONFIG_DEFAULTS = {
  name: 'run',
  corpora: { source: null, parallel: false, nearDuplicates: 'report' },
  tokenizer: { kind: 'bytes' },
  model: { layers: 2, width: 64, heads: 4, mlp: 176, context: 64, tied: true },
  recipe: { epochs: 1, ratio: 1, firstRatio: 0 },
  optimizer: {
    learningRate: 4e-3,
    schedule: 'wsd',
    warmup: 0.02,
    decay: 0.3,
    finalLearningRate: 0.05,
    rewarm: false,
    betas: [0.9, 0.95],
    weightDecay: 0.1,
    clip: 1,
    batch: 8,
  },
  evaluation: { windows: 64 },
  seed: 0,
} as const;

/** Defaults that follow from other fields. */
export const TRAIN_CONFIG_DERIVED_DEFAULTS = {
  'tokenizer.sourceShare': '0.5, where a BPE is trained on a target and a source',
  'recipe.finalRatio': 'recipe.ratio, that is, one stage',
  'evaluation.every': 'a twentieth of the steps that the recipe gives',
} as const;

/** Distinct tokens of a BPE that is trained here: the 256 bytes, endOfDocument, and what is learnt. */
export const MIN_VOCABULARY = 512;
export const MAX_VOCABULARY = 32_768;

/** Weight of the source beside the target, where a BPE is trained and nothing else is said. */
export const SOURCE_SHARE = 0.5;

/** What becomes of training documents that are nearly a validation document. */
export const NEAR_DUPLICATE_WISHES = ['report', 'drop', 'ignore'] as const;

/** Random streams begin from 32 bits: seeds that differ by more would begin the same. */
export const MAX_SEED = 0xffff_ffff;

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const count = v.pipe(
  finite,
  v.safeInteger('is not a whole number'),
  v.minValue(1, 'is less than 1; give a whole number of 1 or more'),
);
const share = v.pipe(
  finite,
  v.minValue(0, 'is less than 0; give a share between 0 and 1'),
  v.maxValue(1, 'is more than 1; give a share between 0 and 1'),
);
const notNegative = v.pipe(finite, v.minValue(0, 'is less than 0'));
const positive = v.pipe(
  finite,
  v.check((value) => value > 0, 'is not above 0'),
);
const beta = v.pipe(
  finite,
  v.check((value) => value >= 0 && value < 1, 'is not at least 0 and below 1'),
);
const corpusSpec = v.pipe(
  v.string(),
  v.check(
    (spec) => corpusSpecProblem(spec) === null,
    ({ input }) => corpusSpecProblem(input) ?? '',
  ),
);

const corporaSchema = v.strictObject({
  target: corpusSpec,
  source: v.optional(v.nullable(corpusSpec), null),
  targetValidation: v.exactOptional(corpusSpec),
  sourceValidation: v.exactOptional(corpusSpec),
  parallel: v.exactOptional(v.boolean()),
  nearDuplicates: v.exactOptional(v.picklist(NEAR_DUPLICATE_WISHES)),
});

const VOCABULARY_RANGE = `give a whole number from ${MIN_VOCABULARY} to ${MAX_VOCABULARY}`;

const bytesSchema = v.strictObject({ kind: v.literal('bytes') });

const bpeSchema = v.strictObject({
  kind: v.literal('bpe'),
  vocabulary: v.pipe(
    finite,
    v.safeInteger('is not a whole number'),
    v.minValue(MIN_VOCABULARY, `is less than ${MIN_VOCABULARY}; ${VOCABULARY_RANGE}`),
    v.maxValue(MAX_VOCABULARY, `is more than ${MAX_VOCABULARY}; ${VOCABULARY_RANGE}`),
  ),
  sourceShare: v.optional(share, SOURCE_SHARE),
});

const fileTokenizerSchema = v.strictObject({
  kind: v.literal('file'),
  path: v.pipe(v.string(), v.nonEmpty('is empty; name a tokenizer.json')),
  fingerprint: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not 64 hexadecimal digits'))),
});

/** The kind decides which fields there are. */
const tokenizerSchema = v.variant('kind', [bytesSchema, bpeSchema, fileTokenizerSchema]);

const { model, optimizer, recipe, evaluation } = TRAIN_CONFIG_DEFAULTS;

const modelSchema = v.strictObject({
  layers: v.optional(count, model.layers),
  width: v.optional(count, model.width),
  heads: v.optional(count, model.heads),
  mlp: v.optional(count, model.mlp),
  context: v.optional(count, model.context),
  tied: v.optional(v.boolean(), model.tied),
});

// Ranges of a recipe are the recipe's own affair: here its numbers need only be numbers.
const ratioRecipeSchema = v.strictObject({
  targetTokens: finite,
  epochs: v.optional(finite, recipe.epochs),
  ratio: v.optional(finite, recipe.ratio),
  finalRatio: v.exactOptional(finite),
  firstRatio: v.optional(finite, recipe.firstRatio),
});

const stagesRecipeSchema = v.strictObject({
  targetTokens: finite,
  tokens: finite,
  stages: v.array(v.strictObject({ share: finite, ratio: finite })),
});

/** Errors of a union name neither form's fields, so the form is chosen by the fields that are there. */
const recipeSchema = v.lazy(
  (
    input,
  ): v.GenericSchema<
    unknown,
    v.InferOutput<typeof ratioRecipeSchema> | v.InferOutput<typeof stagesRecipeSchema>
  > =>
    (typeof input === 'object' && input !== null && ('stages' in input || 'tokens' in input)
      ? stagesRecipeSchema
      : ratioRecipeSchema) as v.GenericSchema<
      unknown,
      v.InferOutput<typeof ratioRecipeSchema> | v.InferOutput<typeof stagesRecipeSchema>
    >,
);

const optimizerSchema = v.strictObject({
  learningRate: v.optional(positive, optimizer.learningRate),
  schedule: v.optional(v.picklist(['cosine', 'wsd']), optimizer.schedule),
  warmup: v.optional(share, optimizer.warmup),
  decay: v.optional(share, optimizer.decay),
  finalLearningRate: v.optional(share, optimizer.finalLearningRate),
  rewarm: v.optional(v.boolean(), optimizer.rewarm),
  betas: v.optional(v.strictTuple([beta, beta]), [...optimizer.betas]),
  weightDecay: v.optional(notNegative, optimizer.weightDecay),
  clip: v.optional(notNegative, optimizer.clip),
  batch: v.optional(count, optimizer.batch),
});

const evaluationSchema = v.strictObject({
  every: v.exactOptional(count),
  windows: v.optional(count, evaluation.windows),
});

const SEED_RANGE = `give a whole number from 0 to ${MAX_SEED}`;

export const trainConfigSchema = v.strictObject({
  version: v.literal(1),
  name: v.optional(
    v.pipe(v.string(), v.nonEmpty('is empty; give the run a name')),
    TRAIN_CONFIG_DEFAULTS.name,
  ),
  corpora: corporaSchema,
  tokenizer: v.optional(tokenizerSchema, { ...TRAIN_CONFIG_DEFAULTS.tokenizer }),
  model: v.optional(modelSchema, {}),
  start: v.exactOptional(startSchema),
  recipe: recipeSchema,
  optimizer: v.optional(optimizerSchema, {}),
  evaluation: v.optional(evaluationSchema, {}),
  seed: v.optional(
    v.pipe(
      finite,
      v.safeInteger('is not a whole number'),
      v.minValue(0, `is less than 0; ${SEED_RANGE}`),
      v.maxValue(MAX_SEED, `is more than ${MAX_SEED}; ${SEED_RANGE}`),
    ),
    TRAIN_CONFIG_DEFAULTS.seed,
  ),
});

/** A config as a file may hold it, after the schema and before the defaults that follow from other fields. */
export type ParsedTrainConfig = v.InferOutput<typeof trainConfigSchema>;

/** The names a section of a config knows; sections are named by their path, the whole config by ''. */
export const CONFIG_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(trainConfigSchema.entries),
  corpora: Object.keys(corporaSchema.entries),
  tokenizer: Object.keys({ ...bpeSchema.entries, ...fileTokenizerSchema.entries }),
  model: Object.keys(modelSchema.entries),
  recipe: Object.keys({ ...ratioRecipeSchema.entries, ...stagesRecipeSchema.entries }),
  'recipe.stages': Object.keys(stagesRecipeSchema.entries.stages.item.entries),
  optimizer: Object.keys(optimizerSchema.entries),
  evaluation: Object.keys(evaluationSchema.entries),
  ...START_FIELDS,
};
