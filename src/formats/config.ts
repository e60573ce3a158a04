/** The train config: what one run is. The same JSON for the page, the worker, the command line and run records. */

import * as v from 'valibot';
import { ConfigError, configError, refuseLists } from './configError.ts';
import { CONFIG_FIELDS, type ParsedTrainConfig, trainConfigSchema } from './configSchema.ts';
import { recordedSpec } from './corpusSpec.ts';
import { hash64, hexOf } from './hash.ts';
import { canonicalJson, parseJson } from './json.ts';
import type { StartConfig } from './start.ts';

/** A config with every default filled in. */
export type TrainConfig = {
  readonly version: 1;
  readonly name: string;
  readonly corpora: CorporaConfig;
  readonly tokenizer: TokenizerConfig;
  readonly model: ModelConfig;
  /** The model whose weights the run begins with; drawn from the seed where there is none. */
  readonly start?: StartConfig;
  readonly recipe: RecipeConfig;
  readonly optimizer: OptimizerConfig;
  readonly evaluation: EvaluationConfig;
  /** Initial weights and data order follow from it, each by a stream of its own. */
  readonly seed: number;
};

export type TokenizerConfig =
  | { readonly kind: 'bytes' }
  | {
      /** A byte-level BPE, trained on the D_T target tokens that the run reads, and on source text. */
      readonly kind: 'bpe';
      /** Distinct tokens. */
      readonly vocabulary: number;
      /** Weight of the source, 0 to 1, whatever its size; without a source of no consequence. */
      readonly sourceShare: number;
    }
  | {
      /** A `tokenizer.json`. */
      readonly kind: 'file';
      /** In a record, the file's name alone. */
      readonly path: string;
      /** Which tokenizer it must be: see `Tokenizer.fingerprint`. */
      readonly fingerprint?: string;
    };

/** Specs of corpora; where a validation corpus is not named, 5 % of the documents are held out by hash. */
export type CorporaConfig = {
  readonly target: string;
  readonly source: string | null;
  readonly targetValidation?: string;
  readonly sourceValidation?: string;
  /** Documents of the same number in the two files translate each other; there only where that is so. */
  readonly parallel?: true;
  /** There only where it is not `report`. */
  readonly nearDuplicates?: 'drop' | 'ignore';
};

/** A Llama; the vocabulary comes from the tokenizer, and a head has width / heads features. */
export type ModelConfig = {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlp: number;
  /** Tokens. */
  readonly context: number;
  readonly tied: boolean;
};

export type RatioRecipeConfig = {
  /** D_T, tokens. */
  readonly targetTokens: number;
  /** k. */
  readonly epochs: number;
  /** r. */
  readonly ratio: number;
  /** r_f. */
  readonly finalRatio: number;
  /** r_1. */
  readonly firstRatio: number;
};

export type StagesRecipeConfig = {
  /** D_T, tokens. */
  readonly targetTokens: number;
  /** D, tokens. */
  readonly tokens: number;
  readonly stages: readonly { readonly share: number; readonly ratio: number }[];
};

export type RecipeConfig = RatioRecipeConfig | StagesRecipeConfig;

export type OptimizerConfig = {
  /** Peak of the schedule. */
  readonly learningRate: number;
  readonly schedule: 'cosine' | 'wsd';
  /** Share of the steps. */
  readonly warmup: number;
  /** Share of the steps, at most the last stage; `wsd` only. */
  readonly decay: number;
  /** Share of the peak. */
  readonly finalLearningRate: number;
  /** Whether each later stage warms the learning rate up again. */
  readonly rewarm: boolean;
  /** AdamW's. */
  readonly betas: readonly [number, number];
  readonly weightDecay: number;
  /** Largest global gradient norm; 0 leaves gradients alone. */
  readonly clip: number;
  /** Windows a step, accumulation included. */
  readonly batch: number;
};

export type EvaluationConfig = {
  /** Steps from one validation to the next. */
  readonly every: number;
  /** Validation windows per language. */
  readonly windows: number;
};

/** Validations a run gets when its config does not say how often. */
const EVALUATIONS = 20;

/**
 * Checks a config and fills in its defaults. `name` is the file or form it came from. Throws {@link ConfigError}
 * at the first field that is unknown, missing, of the wrong type or out of range; whether the recipe can be
 * carried out with the corpora, and the model be built, is for those who do it to say.
 */
export function parseTrainConfig(json: unknown, name: string): TrainConfig {
  refuseLists(json, name, CONFIG_FIELDS);
  const parsed = v.safeParse(trainConfigSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, CONFIG_FIELDS);
  checkAcrossFields(parsed.output, name);
  const { recipe: written, evaluation, corpora, ...rest } = parsed.output;
  const recipe: RecipeConfig =
    'stages' in written ? written : { ...written, finalRatio: written.finalRatio ?? written.ratio };
  return {
    ...rest,
    corpora: withoutDefaults(corpora),
    recipe,
    evaluation: {
      ...evaluation,
      every: evaluation.every ?? defaultEvery(recipe, rest.model, rest.optimizer),
    },
  };
}

/** What a text's preparation is by default goes unsaid, so that ids of runs stay what they were before it could be said. */
function withoutDefaults({
  parallel,
  nearDuplicates,
  ...specs
}: ParsedTrainConfig['corpora']): CorporaConfig {
  return {
    ...specs,
    ...(parallel === true && { parallel }),
    ...(nearDuplicates !== undefined && nearDuplicates !== 'report' && { nearDuplicates }),
  };
}

/** The same from text. Throws {@link ConfigError}, or `JsonError` with line and column. */
export function parseTrainConfigText(text: string, name: string): TrainConfig {
  return parseTrainConfig(parseJson(text, name), name);
}

function checkAcrossFields({ model, optimizer }: ParsedTrainConfig, name: string): void {
  if (model.width % model.heads !== 0) {
    throw new ConfigError(name, 'model.width', `${model.width} is not divisible by ${model.heads} heads`);
  }
  if (optimizer.schedule === 'wsd' && optimizer.warmup + optimizer.decay > 1) {
    throw new ConfigError(
      name,
      'optimizer.decay',
      `${optimizer.decay} and a warm-up of ${optimizer.warmup} are more than the whole run; lower one of them`,
    );
  }
}

/** A twentieth of the run's steps, at least 1; a recipe that cannot be gets 1 here and its error elsewhere. */
function defaultEvery(recipe: RecipeConfig, model: ModelConfig, optimizer: OptimizerConfig): number {
  const tokens = 'stages' in recipe ? recipe.tokens : (recipe.epochs * recipe.targetTokens) / recipe.ratio;
  const every = Math.round(tokens / (model.context * optimizer.batch) / EVALUATIONS);
  return Number.isSafeInteger(every) ? Math.max(1, every) : 1;
}

/** SHA-256 of the bytes of each corpus that a config names, 64 hexadecimal digits; null where there is none. */
export type CorpusHashes = {
  readonly target: string;
  readonly source: string | null;
  readonly targetValidation?: string | null | undefined;
  readonly sourceValidation?: string | null | undefined;
  /** Fingerprint of the tokenizer. */
  readonly tokenizer?: string | undefined;
};

/**
 * The config as a record keeps it: files by name and SHA-256 or fingerprint, no path of this machine. What `hashes` does not know stays
 * as the config says it.
 */
export function recordConfig(config: TrainConfig, hashes: Partial<CorpusHashes> = {}): TrainConfig {
  return {
    ...config,
    tokenizer: recordedTokenizer(config.tokenizer, hashes.tokenizer),
    corpora: hashedCorpora(config.corpora, hashes, recordedSpec),
  };
}

/** The corpora with each spec written anew, from the spec and the SHA-256 of its text; null where `hashes` does not know it. */
export function hashedCorpora(
  corpora: CorporaConfig,
  hashes: Partial<CorpusHashes>,
  specOf: (spec: string, sha256: string | null) => string,
): CorporaConfig {
  const { target, source, targetValidation, sourceValidation } = corpora;
  return {
    ...corpora,
    target: specOf(target, hashes.target ?? null),
    source: source === null ? null : specOf(source, hashes.source ?? null),
    ...(targetValidation !== undefined && {
      targetValidation: specOf(targetValidation, hashes.targetValidation ?? null),
    }),
    ...(sourceValidation !== undefined && {
      sourceValidation: specOf(sourceValidation, hashes.sourceValidation ?? null),
    }),
  };
}

function recordedTokenizer(tokenizer: TokenizerConfig, fingerprint: string | undefined): TokenizerConfig {
  if (tokenizer.kind !== 'file') return tokenizer;
  const path = tokenizer.path.split(/[/\\]/).at(-1) || tokenizer.path;
  const known = fingerprint ?? tokenizer.fingerprint;
  return { kind: 'file', path, ...(known !== undefined && { fingerprint: known }) };
}

const RUN_ID_DIGITS = 12;

/**
 * What a run is called everywhere: 12 hexadecimal digits of the hash of its recorded config, the same on every machine. The names of the config and of its start
 * are for people and do not count: whoever asks for the same run asks for the same id.
 */
export function runId(recorded: TrainConfig): string {
  return hexOf(hash64(canonicalJson(unnamed(recorded)))).slice(0, RUN_ID_DIGITS);
}

/** A config without what it and the model it begins from are called. */
function unnamed({ name: _, start, ...config }: TrainConfig): object {
  if (!start) return config;
  const { name: __, ...weights } = start;
  return { ...config, start: weights };
}
