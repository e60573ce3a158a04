/** From a recommended recipe to the settings that train it here, scaled down to what a laptop does in minutes. */

import { MODEL_SIZES, type PresetName, presetOf, worldSpec } from './presets.ts';
import { type RecipeSettings, recipeOf, type TrainSettings } from './settings.ts';

/** A recipe in the laws' symbols. */
export type RecommendedRecipe = {
  /** Unique target tokens. */
  readonly D_T: number;
  /** C = 6·N·D, in FLOPs. */
  readonly C: number;
  /** Parameters that multiply each token. */
  readonly N: number;
  readonly k: number;
  readonly r: number;
  readonly r_f: number;
  /** 0 where nothing is said. */
  readonly r_1?: number;
};

export type ScaledRecipe = {
  /** The preset that a link to them is shortest from. */
  readonly preset: PresetName;
  readonly settings: TrainSettings;
  /** By how much compute was divided; 1 where the recipe is trained as it is. */
  readonly scaledBy: number;
  /** 6·N·D of all its recipes together, in FLOPs. */
  readonly compute: number;
};

/** What a laptop's graphics card trains in a few minutes, in FLOPs a run. */
const MOST_FLOPS = 2e12;
const LEAST_TARGET_TOKENS = 1024;
/** Text that is made for D_T tokens: a twentieth is held out, and documents end where they end. */
const TEXT_RESERVE = 1.25;
const LEAST_TEXT_BYTES = 400_000;
const MOST_TEXT_BYTES = 32_000_000;
const EVALUATIONS = 40;
const MOST_STEPS = 4096;
const BATCHES = [2, 4, 8, 16];
const LARGEST_BATCH = 32;
const FLOPS_PER_PARAMETER_TOKEN = 6;
/** Of the byte models of this lab: what a size of its catalogue has. */
const VOCABULARY = 257;

/**
 * Settings that train the recipe beside a monolingual run of the same compute, on the built-in pair. Where it takes more compute than a
 * laptop has, N and D shrink alike and D_T with D, so that k, r, r_f and D_T/D stay what they are.
 */
export function scaledSettings({ D_T, C, N, k, r, r_f, r_1 = 0 }: RecommendedRecipe): ScaledRecipe {
  const scaledBy = Math.max(1, C / MOST_FLOPS);
  const shrink = Math.sqrt(scaledBy);
  const size = nearestSize(N / shrink);
  const targetTokens = Math.max(LEAST_TARGET_TOKENS, Math.round(D_T / shrink));
  const tokens = Math.max(targetTokens, Math.round((k * targetTokens) / r));
  const preset = presetOf('race-small');
  const batch = batchFor(tokens / size.context);
  const steps = tokens / (batch * size.context);
  const kind = r >= 1 ? 'monolingual' : r_f > r ? 'two-stage' : 'bilingual';
  const written = (value: number) => String(Number(value.toPrecision(4)));
  const advised =
    kind === 'monolingual'
      ? recipeOf(1, 'Recommended: monolingual', kind)
      : recipeOf(1, kind === 'two-stage' ? 'Recommended: two-stage' : 'Recommended: bilingual', kind, {
          ratio: written(r),
          finalRatio: written(kind === 'two-stage' ? r_f : r),
          firstRatio: written(kind === 'two-stage' ? r_1 : 0),
        });
  const recipes: RecipeSettings[] =
    kind === 'monolingual'
      ? [advised, recipeOf(2, 'Bilingual', 'bilingual'), recipeOf(3, 'Two-stage', 'two-stage')]
      : [advised, recipeOf(2, 'Monolingual', 'monolingual')];
  const { layers, width, heads, mlp, context } = size;
  const numbers = {
    ...{ targetTokens, tokens, layers, width, heads, mlp, context, batch },
    learningRate: width > 64 ? 0.002 : 0.004,
    every: Math.max(1, Math.round(steps / EVALUATIONS)),
    windows: 32,
  };
  const source = tokens * (1 - Math.min(r, 0.5));
  return {
    preset: preset.name,
    scaledBy,
    compute: recipes.length * FLOPS_PER_PARAMETER_TOKEN * parametersOf(size) * tokens,
    settings: {
      ...preset.settings,
      text: {
        ...preset.settings.text,
        ...Object.fromEntries(Object.entries(numbers).map(([field, value]) => [field, String(value)])),
      },
      recipes,
      texts: {
        target: worldSpec('sw', textBytes(targetTokens)),
        source: worldSpec('en', Math.max(2_000_000, textBytes(source))),
      },
    },
  };
}

/** The smallest batch whose steps are no more than so many: the less compute, the fewer windows a step learns most from. */
function batchFor(windows: number): number {
  return BATCHES.find((batch) => windows / batch <= MOST_STEPS) ?? LARGEST_BATCH;
}

function textBytes(tokens: number): number {
  const wanted = Math.ceil((TEXT_RESERVE * tokens) / 100_000) * 100_000;
  return Math.min(MOST_TEXT_BYTES, Math.max(LEAST_TEXT_BYTES, wanted));
}

type Size = (typeof MODEL_SIZES)[number];

/** N, those that multiply each token. */
function parametersOf({ layers, width, mlp }: Size): number {
  return layers * (4 * width * width + 3 * width * mlp) + VOCABULARY * width;
}

/** The model of the catalogue whose N is nearest on a logarithmic scale. */
function nearestSize(N: number): Size {
  const far = (size: Size) => Math.abs(Math.log(parametersOf(size) / N));
  const [first, ...others] = MODEL_SIZES;
  if (!first) throw new RangeError('there is no model');
  return others.reduce((best, size) => (far(size) < far(best) ? size : best), first);
}
