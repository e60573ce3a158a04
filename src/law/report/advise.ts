/** Asks a fitted law for the recipe of a budget and a corpus, with all that a reader must know of it. */

import type { FitFile } from '../../formats/fit.ts';
import { foretell } from '../advice/predict.ts';
import { type Recommendation, recommend } from '../advice/recommend.ts';
import type { Task } from '../advice/task.ts';
import { thresholdLine } from '../advice/threshold/thresholdLine.ts';
import type { Told } from '../advice/told.ts';
import { recipeKind } from '../point.ts';
import {
  type Advice,
  beyondRuns,
  continualNotes,
  firstOrderOf,
  type GivenAdvice,
  type GivenRecipe,
  notesOf,
} from './advice.ts';
import type { FittedLaw } from './fittedLaw.ts';
import { toldOf } from './ground.ts';

export type AdviseOptions = {
  /** Nats per token by which a second language has to lead at the threshold; 0 by default. */
  readonly margin?: number | undefined;
  /** Recipes that a person has in mind. */
  readonly at?: readonly GivenRecipe[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What is being done, and the share of it that is, 0 … 1. */
  readonly onProgress?: ((doing: string, share: number) => void) | undefined;
};

/**
 * Advice without its surroundings. `task.limits` hold what the fit tells (`limitsOf`), and `groundProblem` has found none. Throws
 * `NoRecipeError` where the law has no recipe within the limits; rejects with the signal's reason when aborted.
 */
export async function advise(
  fit: FitFile,
  fitted: FittedLaw,
  task: Task,
  { margin = 0, at = [], signal, onProgress = () => {} }: AdviseOptions = {},
): Promise<Advice> {
  const { law, theta, thetas } = fitted;
  const { compute, targetTokens, limits } = task;
  const told = toldOf(fit, law);
  const recommendation = await recommend(law, theta, task, {
    thetas,
    signal,
    noise: fit.rmseLog,
    onProgress: (share) => onProgress('recipes', share),
  });
  const hasChoice = recommendation.runnersUp.length > 0;
  const line = hasChoice
    ? await thresholdLine(law, theta, [compute], {
        thetas,
        signal,
        limits,
        margin,
        onProgress: (share) => onProgress('threshold', share),
      })
    : [];
  return {
    fit,
    fitted,
    recommendation,
    gaps: told.gaps,
    threshold: line[0] ?? null,
    margin,
    firstOrder: hasChoice ? firstOrderOf(fitted, targetTokens, recommendation.scarcity) : null,
    given: at.map((recipe) => givenAdvice(recipe, task, fitted, told, recommendation)),
    beyond: beyondRuns(recommendation, fit),
    notes: [...notesOf(fit, fitted, recommendation), ...continualNotes(fitted, compute)],
    surroundings: null,
  };
}

function givenAdvice(
  recipe: GivenRecipe,
  { targetTokens }: Task,
  { law, theta, thetas }: FittedLaw,
  { kinds, epochsAtMost, gaps }: Told,
  { best }: Recommendation,
): GivenAdvice {
  const at = { ...recipe, D_T: targetTokens };
  const isTold = kinds.includes(recipeKind(at)) && (epochsAtMost === null || recipe.k <= epochsAtMost);
  if (!isTold) {
    const reasons = gaps.map(({ what, reason }) => `${what}: ${reason}`);
    return { recipe, foretold: null, reason: reasons.join('; ') };
  }
  const foretold = foretell(law, theta, at, best.recipe, thetas);
  return { recipe, foretold, reason: foretold ? null : `${law.name} does not speak of such a recipe` };
}
