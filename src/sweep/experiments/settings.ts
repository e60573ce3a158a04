/** What all experiments have in common, so that they share runs: texts, models, budgets, optimiser, and how a recipe is asked for. */

import type { ModelConfig, OptimizerConfig } from '../../formats/config.ts';
import type { Tags } from '../../formats/manifest.ts';
import type { DesignRecipe, SweepDesign } from '../../formats/sweepDesignFields.ts';

export const BUDGETS = ['small', 'laptop', 'gpu'] as const;
export type BudgetName = (typeof BUDGETS)[number];

/** The texts of an experiment, as corpus specs. */
export type Texts = {
  readonly target: string;
  readonly source: string;
  /** A source in an unrelated language, for the control; in the target's script, so that script does not pass for language. Null where there is none. */
  readonly control: string | null;
  /** A second one in another script; null where there is none. */
  readonly otherScript?: string | null;
  /** The target with noise in it; null where nobody can make it. */
  readonly noisy: string | null;
  readonly targetValidation?: string;
  readonly sourceValidation?: string;
  readonly controlValidation?: string;
};

export type Model = Pick<ModelConfig, 'layers' | 'width' | 'heads' | 'mlp'>;

export type Setting = {
  readonly budget: BudgetName;
  readonly texts: Texts;
  /** C, in FLOPs, from the lowest. */
  readonly computes: readonly number[];
  /**
   * Models to choose from, from the smallest; at each C three of them or more are such as may be best (`sizesAt`). The smaller ones are all
   * of two layers, so that N* of neighbouring budgets differs in width alone. The engine takes heads of 16, 32 and 64 features, hence the
   * gap between widths 16 and 32.
   */
  readonly models: readonly Model[];
  /**
   * Windows a step. The less compute, the fewer: at 3.7e10 FLOP a model of 20,864 parameters came to 2.83 bits per byte with 8, to 2.51
   * with 4 and to 2.28 with 2 (means of two seeds at the best rate that was tried; docs/log.md).
   */
  readonly batch: number;
  /** Peak learning rates that tuning begins with, one a model. */
  readonly rates: readonly number[];
  /** Seeds beside the first that the neighbourhood of a threshold is repeated with. */
  readonly moreSeeds: readonly number[];
};

export const FIRST_SEED = 1;
export const CONTEXT = 64;
export const WARMUP_STEPS = 40;

const OPTIMIZER: Partial<OptimizerConfig> = {
  schedule: 'wsd',
  decay: 0.3,
  betas: [0.9, 0.98],
  weightDecay: 0.1,
  clip: 1,
};

const L2_W16: Model = { layers: 2, width: 16, heads: 1, mlp: 44 };
const L2_W32: Model = { layers: 2, width: 32, heads: 2, mlp: 88 };
const L2_W48: Model = { layers: 2, width: 48, heads: 3, mlp: 132 };
const L2_W64: Model = { layers: 2, width: 64, heads: 4, mlp: 176 };
const L3_W80: Model = { layers: 3, width: 80, heads: 5, mlp: 216 };
const L3_W96: Model = { layers: 3, width: 96, heads: 6, mlp: 256 };
const L4_W128: Model = { layers: 4, width: 128, heads: 8, mlp: 344 };
const L5_W160: Model = { layers: 5, width: 160, heads: 10, mlp: 432 };

/**
 * The built-in pair: enough text that no source is read twice, and that the smallest model which may be best at the highest C can read the
 * target once: 2.4, 4.4 and 18.7 million tokens, a byte each. A twentieth of a text is held out.
 */
const WORLDS: Readonly<Record<BudgetName, Texts>> = {
  small: {
    target: 'world:id',
    source: 'world:en',
    control: 'world:sw',
    otherScript: 'world:ja',
    noisy: 'world:id?noise=0.1',
  },
  laptop: worldOf(8_000_000),
  gpu: worldOf(32_000_000),
};

function worldOf(bytes: number): Texts {
  return {
    target: `world:id?bytes=${bytes}`,
    source: `world:en?bytes=${bytes}`,
    control: `world:sw?bytes=${bytes}`,
    otherScript: `world:ja?bytes=${bytes}`,
    noisy: `world:id?bytes=${bytes}&noise=0.1`,
  };
}

type Scale = Pick<Setting, 'computes' | 'models' | 'batch' | 'rates' | 'moreSeeds'>;

const SCALES: Readonly<Record<BudgetName, Scale>> = {
  small: {
    computes: [3.7e10, 1.5e11],
    models: [L2_W16, L2_W32, L2_W48],
    batch: 2,
    rates: [1.2e-2, 4e-3, 3e-3],
    moreSeeds: [2, 3],
  },
  laptop: {
    computes: [3.7e10, 1.5e11, 6.6e11, 1.8e12],
    models: [L2_W16, L2_W32, L2_W48, L2_W64, L3_W80],
    batch: 4,
    rates: [1.2e-2, 4e-3, 3e-3, 2e-3, 2e-3],
    moreSeeds: [2, 3],
  },
  gpu: {
    computes: [1.5e11, 6.6e11, 2.2e12, 1e13, 4e13],
    models: [L2_W16, L2_W32, L2_W48, L2_W64, L3_W96, L4_W128, L5_W160],
    batch: 8,
    rates: [1.2e-2, 4e-3, 4e-3, 4e-3, 3e-3, 2e-3, 2e-3],
    moreSeeds: [2, 3, 4, 5],
  },
};

/** `texts` are the built-in pair where nothing is said. */
export function settingOf(budget: BudgetName, texts: Texts = WORLDS[budget]): Setting {
  return { budget, texts, ...SCALES[budget] };
}

/** What makes one run of an experiment; what is left out is as in all of them. */
export type Asked = {
  /** Names the run for people; unique within a round. */
  readonly name: string;
  /** Who asks, and in which of its rounds: the tag {@link ASKED}. */
  readonly experiment: string;
  readonly round: string;
  /** Words of the experiment’s own. */
  readonly tags?: Tags;
  readonly model: Model;
  /** D_T and the rest of a recipe. Without `epochs`, k is as large as `compute` allows. */
  readonly recipe: DesignRecipe & { readonly targetTokens: number };
  /** C, in FLOPs: a ceiling where `recipe.epochs` is given. */
  readonly compute: number;
  readonly learningRate: number;
  readonly optimizer?: Partial<OptimizerConfig>;
  readonly seed?: number;
  /** Texts other than the setting's target and source. */
  readonly texts?: { readonly target?: string; readonly source?: string; readonly sourceValidation?: string };
};

/**
 * Tag: experiment and round that asked for a run, in one value each. Where several did, the tag has a value for each, and it stays known
 * whose round was called what.
 */
export const ASKED = 'asked';

export function askedValue(experiment: string, round: string): string {
  return `${experiment}/${round}`;
}

/** The design of one run. Monolingual runs name the source as well, so that they share a fleet with the others. */
export function designOf({ texts, batch }: Setting, asked: Asked): SweepDesign {
  const { name, experiment, round, model, recipe, compute, learningRate } = asked;
  const { optimizer = {}, seed = FIRST_SEED } = asked;
  return {
    version: 1,
    name,
    corpora: {
      target: asked.texts?.target ?? texts.target,
      source: asked.texts?.source ?? texts.source,
      ...(texts.targetValidation !== undefined && { targetValidation: texts.targetValidation }),
      ...sourceValidationOf(texts, asked),
    },
    model: { ...model, context: CONTEXT },
    recipe,
    optimizer: { ...OPTIMIZER, batch, ...optimizer, learningRate },
    warmupSteps: WARMUP_STEPS,
    compute: [compute],
    seeds: [seed],
    tags: { [ASKED]: askedValue(experiment, round), ...asked.tags },
  };
}

function sourceValidationOf(texts: Texts, { texts: other = {} }: Asked): { sourceValidation?: string } {
  const validation = other.source === undefined ? texts.sourceValidation : other.sourceValidation;
  return validation === undefined ? {} : { sourceValidation: validation };
}
