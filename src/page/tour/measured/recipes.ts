/** Measured recipes: runs that differ in nothing but the seed, and the one that stands for its kind. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { expectedBest } from '../../../law/certainty/expectedBest.ts';
import { fishersFTail } from '../../../law/certainty/fishersF.ts';

export const MONOLINGUAL = 'monolingual single-stage';
export const SINGLE_STAGE = 'multi-lingual single-stage';
export const TWO_STAGE = 'multi-lingual two-stage';

/** The three kinds that the tour tells of, in that order. */
export const KINDS = [MONOLINGUAL, SINGLE_STAGE, TWO_STAGE] as const;
export type Kind = (typeof KINDS)[number];

/** One recipe with its seeds, from the lowest; every one of them ended with a loss. */
export type Recipe = {
  readonly kind: Kind;
  readonly runs: readonly RunSummary[];
  /** Of the first seed: the counts are the same for all. */
  readonly first: RunSummary;
  /** Bits a byte of each run. */
  readonly bits: readonly number[];
  /** What it is judged by: where there are several seeds those but the first, by which recipes were chosen; else that one. */
  readonly judged: readonly number[];
  readonly mean: number;
};

/** Standard deviation of one run's loss over seeds, in bits a byte. */
export type Noise = {
  readonly deviation: number;
  /** Repetitions that it was measured on; 0 where it is assumed. */
  readonly repetitions: number;
};

/** A few repetitions may agree by chance: noise is never taken to be less. */
const LEAST_NOISE = 0.01;
/** Where nothing was repeated. */
const ASSUMED_NOISE = 0.03;

function recipeKey(run: RunSummary): string {
  const { kind, N, D, D_T, k, r, r_f, r_1, s, learningRate, schedule, weightDecay, batch } = run;
  // Who reads the target alone has no source, whatever stands in the config.
  const source = kind === MONOLINGUAL ? '' : run.source;
  return [kind, source, N, D, D_T, k, r, r_f, r_1, s, learningRate, schedule, weightDecay, batch].join('|');
}

/** Recipes of the tour's kinds. One that diverged under any seed stands for nothing, however good the others were. */
export function recipesOf(runs: readonly RunSummary[]): Recipe[] {
  const byKey = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = recipeKey(run);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey.values()].flatMap((ofRecipe) => {
    const sorted = [...ofRecipe].sort((a, b) => a.seed - b.seed);
    const [first] = sorted;
    const kind = KINDS.find((one) => one === first?.kind);
    const bits = sorted.flatMap(({ status, targetBitsPerByte }) =>
      status === 'done' && targetBitsPerByte !== null ? [targetBitsPerByte] : [],
    );
    if (!first || !kind || bits.length < sorted.length) return [];
    const judged = bits.length > 1 ? bits.slice(1) : bits;
    return [{ kind, runs: sorted, first, bits, judged, mean: meanOf(judged) }];
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pooled over all recipes with two or more seeds. The first seed is left out, since recipes were chosen by it. */
export function noiseOf(recipes: readonly Recipe[]): Noise {
  let [squares, repetitions] = [0, 0];
  for (const { judged, mean } of recipes) {
    squares += judged.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    repetitions += judged.length - 1;
  }
  if (repetitions === 0) return { deviation: ASSUMED_NOISE, repetitions: 0 };
  return { deviation: Math.max(LEAST_NOISE, Math.sqrt(squares / repetitions)), repetitions };
}

/** With fewer repetitions of its own a kind is not trusted to be quieter than all together. */
const FEWEST_REPETITIONS = 4;

export type KindNoise = Readonly<Record<Kind, Noise>>;

/** Each kind's own noise as far as it was repeated often enough; else that of all, or its own where that is more. */
export function noisePerKind(recipes: readonly Recipe[]): KindNoise {
  const all = noiseOf(recipes);
  const ofKind = (kind: Kind): Noise => {
    const own = noiseOf(recipes.filter((recipe) => recipe.kind === kind));
    if (own.repetitions >= FEWEST_REPETITIONS) return own;
    return own.repetitions > 0 ? { ...all, deviation: Math.max(own.deviation, all.deviation) } : all;
  };
  return {
    [MONOLINGUAL]: ofKind(MONOLINGUAL),
    [SINGLE_STAGE]: ofKind(SINGLE_STAGE),
    [TWO_STAGE]: ofKind(TWO_STAGE),
  };
}

/** At one D_T no less than its own runs show: small texts differ more. */
export function noiseAt(noise: Noise, here: readonly Recipe[]): Noise {
  const local = noiseOf(here);
  return local.repetitions === 0
    ? noise
    : { ...noise, deviation: Math.max(noise.deviation, local.deviation) };
}

/** The recipe that stands for its kind at one D_T. */
export type Contender = {
  readonly recipe: Recipe;
  /** What it is judged by, in bits a byte: the mean of the seeds that did not choose it; that of the only one where there is one. */
  readonly bits: number;
  /** Seeds in {@link bits}. */
  readonly seeds: number;
  /** Lowest and highest of all its seeds. */
  readonly low: number;
  readonly high: number;
  /** Recipes of the kind that it was chosen among. */
  readonly tried: number;
  /** Whether its own seed chose it, so that luck may be in {@link bits}. */
  readonly isLucky: boolean;
  /** Standard error of {@link bits} by the noise of seeds. */
  readonly error: number;
  /** Repetitions that the noise was measured on; 0 where it is assumed. */
  readonly repetitions: number;
};

/** The first seed chooses, among recipes with several seeds where there are any: those were the best. Null for no recipe. */
export function contenderOf(recipes: readonly Recipe[], noise: Noise): Contender | null {
  const ranked = [...recipes].sort((a, b) => firstBits(a) - firstBits(b));
  const recipe = ranked.find(({ bits }) => bits.length > 1) ?? ranked[0];
  if (!recipe) return null;
  const { judged } = recipe;
  return {
    recipe,
    bits: recipe.mean,
    seeds: judged.length,
    low: Math.min(...recipe.bits),
    high: Math.max(...recipe.bits),
    tried: recipes.length,
    isLucky: recipe.bits.length === 1,
    error: noise.deviation / Math.sqrt(judged.length),
    repetitions: noise.repetitions,
  };
}

function firstBits({ bits: [first = Number.POSITIVE_INFINITY] }: Recipe): number {
  return first;
}

/** By how much one contender is ahead of another. */
export type Lead = {
  /** Bits a byte; positive where the second is better. */
  readonly value: number;
  /** Standard error by the noise of seeds. */
  readonly error: number;
  /** What the luck of the one in front is worth on average, because its own seed chose it; 0 where others judge. */
  readonly luck: number;
  /** Repetitions that {@link error} was measured on; 0 where it is assumed. */
  readonly repetitions: number;
  /** 1 where the second is certainly better, −1 where the first is, 0 where seeds may have made the difference. */
  readonly sign: -1 | 0 | 1;
};

/** Below so many standard errors a difference is a tie. */
export const TIE_ERRORS = 1.5;

/** Of `b` over `a`. What the luckiest of so many equal recipes gains by chance is taken off before it counts. */
export function leadOf(a: Contender, b: Contender): Lead {
  const value = a.bits - b.bits;
  const error = Math.hypot(a.error, b.error);
  const front = value > 0 ? b : a;
  const luck = front.isLucky ? front.error * expectedBest(front.tried) : 0;
  const isTie = Math.abs(value) - luck < TIE_ERRORS * error;
  const repetitions = Math.min(a.repetitions, b.repetitions);
  return { value, error, luck, repetitions, sign: isTie ? 0 : value > 0 ? 1 : -1 };
}

/** Chance of a mistake that is taken, one-sided. */
const CHANCE = 0.05;

/**
 * Whether noise alone would make such a lead at most once in twenty times, with so many looked at together (Bonferroni's bound), by Student's t
 * for the repetitions that the noise was measured on.
 */
export function isCertain({ value, error, luck, repetitions }: Lead, among: number): boolean {
  const beyond = Math.abs(value) - luck;
  if (repetitions === 0 || beyond <= 0) return false;
  return error === 0 || fishersFTail((beyond / error) ** 2, 1, repetitions) / 2 <= CHANCE / among;
}
