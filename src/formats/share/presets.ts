/** Settings to begin with, each of which trains as it stands. */

import { SOURCE_SHARE, TRAIN_CONFIG_DEFAULTS } from '../configSchema.ts';
import { formatCorpusSpec, type WorldLanguage } from '../corpusSpec.ts';
import { type RecipeSettings, recipeOf, type SharedField, type TrainSettings } from './settings.ts';

export const PRESET_NAMES = ['race-small', 'race-large', 'classroom', 'paper', 'own'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export type ModelSize = {
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlp: number;
  /** Tokens. */
  readonly context: number;
};

const TINY: ModelSize = { name: 'Tiny', layers: 2, width: 32, heads: 2, mlp: 96, context: 64 };
const SMALL: ModelSize = { name: 'Small', layers: 2, width: 64, heads: 4, mlp: 176, context: 64 };
const MEDIUM: ModelSize = { name: 'Medium', layers: 4, width: 128, heads: 4, mlp: 352, context: 128 };
const LARGE: ModelSize = { name: 'Large', layers: 6, width: 256, heads: 8, mlp: 688, context: 256 };

export const MODEL_SIZES: readonly ModelSize[] = [TINY, SMALL, MEDIUM, LARGE];

/** The smaller model of the measured runs that ship with the lab. */
const MEASURED: ModelSize = { ...TINY, name: 'Measured', mlp: 88 };

/** Text of the built-in pair, in bytes: a poor language beside a rich one, told within a second or two. */
const PAIR_BYTES = { target: 400_000, source: 2_000_000 } as const;

/** A language of the built-in world. */
export function worldSpec(language: WorldLanguage, bytes: number): string {
  return formatCorpusSpec({
    scheme: 'world',
    language,
    distance: 0,
    noise: 0,
    seed: 1,
    stories: 'own',
    bytes,
  });
}

/** The built-in pair: Swahili as the poor language, English as the rich one. */
export const PAIR = {
  target: worldSpec('sw', PAIR_BYTES.target),
  source: worldSpec('en', PAIR_BYTES.source),
} as const;

/** Distinct tokens of a BPE unless somebody says otherwise: small, for models are small and so may texts be. */
const VOCABULARY = 1024;

type Budget = Record<'targetTokens' | 'tokens' | 'batch' | 'learningRate' | 'every' | 'windows', number>;

function numbers(size: ModelSize, budget: Budget): Record<SharedField, string> {
  const { warmup, decay, finalLearningRate, betas, weightDecay, clip } = TRAIN_CONFIG_DEFAULTS.optimizer;
  const { layers, width, heads, mlp, context } = size;
  const all: Record<SharedField, number> = {
    ...budget,
    ...{ layers, width, heads, mlp, context },
    ...{ warmup, decay, finalLearningRate, beta1: betas[0], beta2: betas[1], weightDecay, clip },
    vocabulary: VOCABULARY,
    sourceShare: SOURCE_SHARE,
    seed: 1,
  };
  return Object.fromEntries(Object.entries(all).map(([field, value]) => [field, String(value)])) as Record<
    SharedField,
    string
  >;
}

function settings(
  text: Record<SharedField, string>,
  recipes: readonly RecipeSettings[],
  texts: TrainSettings['texts'] = PAIR,
): TrainSettings {
  return {
    text,
    recipes,
    texts,
    tokenizer: 'bytes',
    schedule: 'wsd',
    rewarm: false,
    tied: true,
    dropNearDuplicates: false,
  };
}

const FOUR: readonly RecipeSettings[] = [
  recipeOf(1, 'Monolingual', 'monolingual'),
  recipeOf(2, 'Bilingual', 'bilingual'),
  recipeOf(3, 'Two-stage', 'two-stage'),
  recipeOf(4, 'Two-stage, mixed start', 'two-stage', { firstRatio: '0.125' }),
];

export type Preset = {
  readonly name: PresetName;
  readonly title: string;
  /** What it shows, and what it takes, in a sentence or two. */
  readonly words: string;
  readonly settings: TrainSettings;
};

export const PRESETS: readonly Preset[] = [
  {
    name: 'race-small',
    title: 'Race, small',
    words:
      'Four recipes race on the built-in pair: little Swahili beside much English. A minute or two, even where a processor plays the graphics card.',
    settings: settings(
      numbers(TINY, {
        // Small batches learn most from so little compute, and from so little text two stages learn more than one language alone.
        targetTokens: 4096,
        tokens: 65_536,
        batch: 2,
        learningRate: 0.004,
        every: 8,
        windows: 8,
      }),
      FOUR,
    ),
  },
  {
    name: 'race-large',
    title: 'Race',
    words:
      'The same four recipes with a larger model and more text. A few minutes on the graphics card of a laptop.',
    settings: settings(
      numbers(MEDIUM, {
        targetTokens: 32_768,
        tokens: 4_194_304,
        batch: 16,
        learningRate: 0.002,
        every: 50,
        windows: 128,
      }),
      FOUR,
    ),
  },
  {
    name: 'classroom',
    title: 'Class-room',
    words:
      'Three runs to talk about: a language with little text; the same after a start in English; and the same with sixteen times the text, which is what borrowing tries to make up for.',
    settings: settings(
      numbers(SMALL, {
        targetTokens: 16_384,
        tokens: 524_288,
        batch: 4,
        learningRate: 0.004,
        every: 32,
        windows: 32,
      }),
      [
        recipeOf(1, 'Little text', 'monolingual'),
        recipeOf(2, 'English first', 'two-stage', { ratio: '0.4', finalRatio: '1' }),
        recipeOf(3, 'Plenty of text', 'monolingual', {}, { targetTokens: '262144' }),
      ],
    ),
  },
  {
    name: 'paper',
    title: 'As in the paper',
    words:
      'The three kinds that the paper compares, at the size of the measured runs of this lab: Indonesian beside English, C = 1.5 × 10¹¹ FLOP a run. Ten minutes or more on a processor, seconds on a graphics card.',
    settings: settings(
      {
        ...numbers(MEASURED, {
          targetTokens: 16_385,
          tokens: 746_752,
          batch: 2,
          learningRate: 0.004,
          every: 146,
          windows: 64,
        }),
        // 40 steps, and the second beta, as in the measured runs.
        warmup: '0.0069',
        beta2: '0.98',
      },
      [
        recipeOf(1, 'Monolingual', 'monolingual'),
        recipeOf(2, 'Bilingual', 'bilingual', { ratio: '0.25' }),
        recipeOf(3, 'Two-stage', 'two-stage', { ratio: '0.25', finalRatio: '0.9' }),
      ],
      { target: worldSpec('id', 1_000_000), source: worldSpec('en', 4_000_000) },
    ),
  },
  {
    name: 'own',
    title: 'My own texts',
    words:
      'Two files of yours, a small model, and two recipes to begin with: the target alone, and the source first. Add and change what you like.',
    settings: settings(
      numbers(SMALL, {
        targetTokens: 32_768,
        tokens: 524_288,
        batch: 8,
        learningRate: 0.004,
        every: 32,
        windows: 32,
      }),
      [recipeOf(1, 'Monolingual', 'monolingual'), recipeOf(2, 'Two-stage', 'two-stage')],
      { target: null, source: null },
    ),
  },
];

const BY_NAME = new Map(PRESETS.map((preset) => [preset.name as string, preset]));

/** By what a link calls it: `race` is the one that suits the adapter. Undefined where there is none of that name. */
export function presetNamed(name: string, isSoftware: boolean): Preset | undefined {
  return BY_NAME.get(name === 'race' ? racePreset(isSoftware) : name);
}

/** What the form begins with, by what kind of adapter will train it. */
export function racePreset(isSoftware: boolean): PresetName {
  return isSoftware ? 'race-small' : 'race-large';
}

export function presetOf(name: PresetName): Preset {
  const preset = BY_NAME.get(name);
  if (!preset) throw new RangeError(`there is no preset ${name}`);
  return preset;
}
