/** What a sweep's design holds, and the fields that it gives to one of its runs. */

import type {
  CorporaConfig,
  EvaluationConfig,
  ModelConfig,
  OptimizerConfig,
  RatioRecipeConfig,
  StagesRecipeConfig,
} from './config.ts';
import { isObject } from './json.ts';
import type { Tags } from './manifest.ts';

/** A recipe as a design writes it: what is left out follows from the rest, or is as in a train config. */
export type DesignRecipe = Partial<RatioRecipeConfig> &
  Partial<StagesRecipeConfig> & {
    /** s, the final stage's share of the tokens, instead of r: r = r_1·(1 − s) + r_f·s; r_f is then 1 where it is not given. */
    readonly finalShare?: number;
  };

/** The fields of a train config, as far as they are given, and those that only designs have. */
export type DesignFields = {
  readonly corpora?: Partial<CorporaConfig>;
  /** As in a train config; what is left out of it is as there. */
  readonly tokenizer?: Readonly<Record<string, unknown>>;
  readonly model?: Partial<ModelConfig>;
  readonly recipe?: DesignRecipe;
  readonly optimizer?: Partial<OptimizerConfig>;
  readonly evaluation?: Partial<EvaluationConfig>;
  readonly seed?: number;
  /** Steps of warm-up, instead of `optimizer.warmup`, a share: runs of different length then begin alike. */
  readonly warmupSteps?: number;
};

export type SweepDesign = DesignFields & {
  readonly version: 1;
  /** Runs are named after it. */
  readonly name: string;
  /**
   * Field, such as `recipe.ratio`, → its values. A section, such as `model`, has objects as values: each sets the fields that it names
   * (a `tokenizer`, all of it).
   */
  readonly grid?: Readonly<Record<string, readonly unknown[]>>;
  /**
   * C, in FLOPs, 6·N·D. Where `recipe.epochs` (or, with stages, `recipe.tokens`) is not given, every run is as long as each C allows;
   * where it is, runs that take more than C are left out.
   */
  readonly compute?: readonly number[];
  readonly seeds?: readonly number[];
  /** Leaves runs out that read source text more than once; without it they are planned, and told of. */
  readonly dropRepeatedSource?: boolean;
  /** Words that every run of the design carries in the manifest. */
  readonly tags?: Tags;
  /** Of the design's runs only some are made, a round at a time, each round chosen by what the rounds before told. */
  readonly adaptive?: AdaptiveDesign;
};

/** Laws that can be asked which run tells most about the threshold. */
export const ADAPTIVE_LAWS = ['m3'] as const;

export type AdaptiveDesign = {
  /** Runs a round. */
  readonly runs: number;
  /** Fitted to the results; the first of {@link ADAPTIVE_LAWS} where nothing is said. */
  readonly law?: (typeof ADAPTIVE_LAWS)[number];
  /** C of the threshold in FLOPs; the largest of the design where nothing is said. */
  readonly compute?: number;
};

/** One run's value of each list of the grid. */
export type GridChoice = Readonly<Record<string, unknown>>;

/** What says the same thing in two ways; null where nothing does. */
export function givenTwice({
  recipe = {},
  optimizer = {},
  warmupSteps,
}: DesignFields): { readonly field: string; readonly problem: string } | null {
  if (recipe.finalShare !== undefined) {
    for (const name of ['ratio', 'stages', 'tokens'] as const) {
      if (recipe[name] === undefined) continue;
      const problem = `recipe.${name} is given too, and one follows from the other; leave one of them out`;
      return { field: 'recipe.finalShare', problem };
    }
  }
  if (warmupSteps !== undefined && optimizer.warmup !== undefined) {
    return { field: 'warmupSteps', problem: 'optimizer.warmup is given too; leave one of them out' };
  }
  return null;
}

/** The fields of one run: those of all runs, and over them its values of the grid's lists. */
export function mergedFields(design: SweepDesign, choice: GridChoice): DesignFields {
  const { corpora, tokenizer, model, recipe, optimizer, evaluation, seed, warmupSteps } = design;
  const all: Record<string, unknown> = {
    corpora,
    tokenizer,
    model,
    recipe,
    optimizer,
    evaluation,
    seed,
    warmupSteps,
  };
  for (const [key, value] of Object.entries(choice)) {
    const [name = '', field] = key.split('.');
    const before = isObject(all[name]) ? all[name] : {};
    if (field !== undefined) all[name] = { ...before, [field]: value };
    else all[name] = isObject(value) && name !== 'tokenizer' ? { ...before, ...value } : value;
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
