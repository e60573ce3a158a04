/** The runs that tune a learning rate, and what they tell: one model and kind of recipe on a few rates a factor of two apart. */

import type { DesignRecipe, SweepDesign } from '../../formats/sweepDesignFields.ts';
import { meanOf } from '../../law/mean.ts';
import type { RecipeKind } from '../../law/point.ts';
import type { ResultRun } from './experiment.ts';
import { modelWords, parametersOf, tokensFor, tokensHolding } from './models.ts';
import { chosenLoss, hasTag, isAskedBy, MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from './results.ts';
import { CONTEXT, designOf, FIRST_SEED, type Model, type Setting } from './settings.ts';
import { isSameText } from './texts.ts';

/** The experiment that tuning runs are asked for by: all share them. */
export const LEARNING_RATES = 'learning-rates';

/** From one rate that is tried to the next. */
const FACTOR = 2;
/** The furthest from the setting's rate that is tried. */
export const FURTHEST_STEPS = 3;

/** Tokens a parameter that a model is tuned with, where the setting's budgets allow: below, most of a run is its beginning. */
const TOKENS_PER_PARAMETER = 2;
/** Least and most of C of a tuning run, as shares of the setting's lowest and highest budget: tuning is to cost little beside what it is for. */
const SHARES_OF_BUDGET = { lowest: 0.25, highest: 0.15 } as const;

/** D/D_T of the recipes: with it they read their target text 16, 8 and 7.5 times, about as the best ones near a threshold do. */
const SCARCITY: Readonly<Record<RecipeKind, number>> = {
  [MONOLINGUAL]: 16,
  [SINGLE_STAGE]: 32,
  [TWO_STAGE]: 32,
};
const RECIPES: Readonly<Record<RecipeKind, DesignRecipe>> = {
  [MONOLINGUAL]: {},
  [SINGLE_STAGE]: { ratio: 0.25 },
  [TWO_STAGE]: { firstRatio: 0.125, finalShare: 0.125, finalRatio: 1 },
};
const FEWEST_WINDOWS = 64;

/** A rate of {@link rateCurve}. */
export type TriedRate = {
  /** Peak learning rate. */
  readonly rate: number;
  /** From the setting's rate, in factors of two. */
  readonly step: number;
  /** Mean of chosen losses over seeds, bits per byte; Infinity where one diverged. */
  readonly loss: number;
  /** Seeds in the mean. */
  readonly seeds: number;
};

/** Each rate is tried under two seeds, as far as the setting has them: neighbouring rates differ by little more than seeds do. */
export function tuningSeeds({ moreSeeds }: Setting): readonly number[] {
  return [FIRST_SEED, ...moreSeeds.slice(0, 1)];
}

/** C of a model's tuning runs, in FLOPs: as much as {@link TOKENS_PER_PARAMETER} takes, within {@link SHARES_OF_BUDGET}. */
export function tuningCompute({ computes }: Setting, model: Model): number {
  const wanted = 6 * TOKENS_PER_PARAMETER * parametersOf(model) ** 2;
  const least = SHARES_OF_BUDGET.lowest * Math.min(...computes);
  const most = SHARES_OF_BUDGET.highest * Math.max(...computes);
  return rounded(Math.max(least, Math.min(most, wanted)));
}

/** D_T of a model's tuning runs of a kind, in whole windows: a power of two. */
export function tuningTargetTokens(setting: Setting, model: Model, kind: RecipeKind): number {
  const wanted = tokensFor(tuningCompute(setting, model), model) / SCARCITY[kind];
  return Math.max(FEWEST_WINDOWS * CONTEXT, 2 ** Math.round(Math.log2(wanted)));
}

/** The runs that try the rate so many steps from the setting's, one a seed. Throws RangeError for a model that the setting does not have. */
export function tuningDesigns(
  setting: Setting,
  model: Model,
  kind: RecipeKind,
  step: number,
  round: string,
): SweepDesign[] {
  const learningRate = rateAt(setting, model, step);
  return tuningSeeds(setting).map((seed) =>
    designOf(setting, {
      name: `rate ${learningRate} N ${parametersOf(model)} ${kind} seed ${seed}`,
      experiment: LEARNING_RATES,
      round,
      tags: { model: modelWords(model), kind },
      model,
      recipe: { ...RECIPES[kind], targetTokens: tokensHolding(tuningTargetTokens(setting, model, kind)) },
      compute: tuningCompute(setting, model),
      learningRate,
      seed,
    }),
  );
}

/** The rate so many factors of two from the setting's. Throws RangeError for a model that the setting does not have. */
export function rateAt({ models, rates }: Setting, model: Model, step: number): number {
  const index = models.findIndex((one) => isSame(one, model));
  const rate = rates[index];
  if (rate === undefined) {
    throw new RangeError(
      `no learning rate is known of a model of ${modelWords(model)}: the setting does not have it`,
    );
  }
  return rounded(rate * FACTOR ** step);
}

function isSame(a: Model, b: Model): boolean {
  return a.layers === b.layers && a.width === b.width && a.heads === b.heads && a.mlp === b.mlp;
}

/** What tuning has measured for a model and kind on the setting's texts, from the lowest rate. */
export function rateCurve(
  results: readonly ResultRun[],
  setting: Setting,
  model: Model,
  kind: RecipeKind,
): TriedRate[] {
  const compute = tuningCompute(setting, model);
  const runs = results.filter(
    (run) =>
      isAskedBy(run, LEARNING_RATES) &&
      hasTag(run, 'kind', kind) &&
      hasTag(run, 'budget', compute) &&
      isSame(run.config.model, model) &&
      run.config.optimizer.batch === setting.batch &&
      tuningSeeds(setting).includes(run.config.seed) &&
      isSameText(run.config.corpora.target, setting.texts.target) &&
      isSameText(run.config.corpora.source ?? '', setting.texts.source),
  );
  const steps = Array.from({ length: 2 * FURTHEST_STEPS + 1 }, (_, index) => index - FURTHEST_STEPS);
  return steps.flatMap((step) => {
    const rate = rateAt(setting, model, step);
    const losses = runs.filter(({ config }) => config.optimizer.learningRate === rate).map(chosenLoss);
    return losses.length > 0 ? [{ rate, step, loss: meanOf(losses), seeds: losses.length }] : [];
  });
}

/** The rate with the lowest loss, the lower one of equals; null where nothing ended with a loss. */
export function bestTried(tried: readonly TriedRate[]): TriedRate | null {
  const [first, ...others] = tried.filter(({ loss }) => Number.isFinite(loss));
  return first ? others.reduce((best, one) => (one.loss < best.loss ? one : best), first) : null;
}

/** Null where the best rate has others on both sides. Where every rate diverged, the best is below them. */
export function edgeOf(
  tried: readonly TriedRate[],
): { readonly step: number; readonly outwards: -1 | 1 } | null {
  const lowest = tried.at(0);
  const highest = tried.at(-1);
  if (!lowest || !highest) return null;
  const best = bestTried(tried) ?? lowest;
  if (best.step === lowest.step) return { step: lowest.step, outwards: -1 };
  return best.step === highest.step ? { step: highest.step, outwards: 1 } : null;
}

/**
 * The rate at the lowest point of a parabola in ln rate through the best rate and its neighbours, which lies within half a step of the
 * best; the best rate itself where it has no neighbour on a side, or one that diverged. To two significant digits, so that configs can
 * be read and the ids of runs do not depend on last bits. Null where nothing ended with a loss.
 *
 * The best of the rates that were tried is off by up to half a step. On average it costs more than the parabola does at any seed noise,
 * several times as much where a doubled rate costs more than noise; a test counts it.
 */
export function tunedRate(tried: readonly TriedRate[]): number | null {
  const best = bestTried(tried);
  if (!best) return null;
  const lossAt = (step: number) => tried.find((one) => one.step === step)?.loss ?? Number.POSITIVE_INFINITY;
  const below = lossAt(best.step - 1) - best.loss;
  const above = lossAt(best.step + 1) - best.loss;
  const isParabola = Number.isFinite(below + above) && below + above > 0;
  return rounded(best.rate * FACTOR ** (isParabola ? (below - above) / (below + above) / 2 : 0));
}

function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
