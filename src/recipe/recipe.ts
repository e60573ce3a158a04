/**
 * A recipe says how much of which language a run reads, and when. Two ways to say it:
 *
 * - by ratios: `epochs` (k) over `targetTokens` (D_T), average target ratio `ratio` (r), target ratio of the final
 *   stage `finalRatio` (r_f) and of the first `firstRatio` (r_1). Then D = k·D_T/r, and the final stage's share of
 *   the tokens is s = (r − r_1)/(r_f − r_1). Where r_f = r there is one stage, and r_1 is not used.
 * - by stages: `tokens` (D) in all, cut into `stages` with a share of the tokens and a target ratio each.
 */

export type RatioRecipe = {
  /** D_T: tokens of target text that the run may see, a prefix of the target's training tokens. */
  readonly targetTokens: number;
  /** k: passes over the target subset; may be fractional. */
  readonly epochs: number;
  /** r, in (0, 1]. */
  readonly ratio: number;
  /** r_f, in [r, 1]. */
  readonly finalRatio: number;
  /** r_1, in [0, r); 0 when absent. */
  readonly firstRatio?: number | undefined;
};

export type Stage = {
  /** Part of the run's tokens, in (0, 1]; the shares of a recipe add up to 1. */
  readonly share: number;
  /** Target tokens among the stage's tokens, in [0, 1]. */
  readonly ratio: number;
};

export type StagesRecipe = {
  readonly targetTokens: number;
  /** D: tokens of both languages that the run reads. */
  readonly tokens: number;
  readonly stages: readonly Stage[];
};

export type Recipe = RatioRecipe | StagesRecipe;

/** A recipe that cannot be carried out; `field` is its name in the train config, e.g. `recipe.finalRatio`. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
  readonly field: string;
  readonly problem: string;
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/** How far the shares of a list of stages may be from 1: room for decimals such as 0.333. */
export const SHARE_SUM_TOLERANCE = 0.002;

export function isStagesRecipe(recipe: Recipe): recipe is StagesRecipe {
  return 'stages' in recipe;
}

/** Throws {@link RecipeError} at the first field that no corpus could satisfy. */
export function checkRecipe(recipe: Recipe): void {
  positive('recipe.targetTokens', recipe.targetTokens);
  if (isStagesRecipe(recipe)) checkStages(recipe);
  else checkRatios(recipe);
}

function checkRatios({ epochs, ratio, finalRatio, firstRatio = 0 }: RatioRecipe): void {
  positive('recipe.epochs', epochs);
  within('recipe.ratio', ratio, 'above 0 and at most 1', ratio > 0 && ratio <= 1);
  within('recipe.finalRatio', finalRatio, 'above 0 and at most 1', finalRatio > 0 && finalRatio <= 1);
  within('recipe.firstRatio', firstRatio, 'between 0 and 1', firstRatio >= 0 && firstRatio <= 1);
  if (ratio > finalRatio) {
    throw new RecipeError(
      'recipe.finalRatio',
      `${finalRatio} is less than the average ratio ${ratio}; the final stage must hold at least as much target text as the whole run`,
    );
  }
  if (finalRatio > ratio && firstRatio >= ratio) {
    throw new RecipeError(
      'recipe.firstRatio',
      `${firstRatio} is not less than the average ratio ${ratio}; the first stage must hold less target text than the whole run`,
    );
  }
}

function checkStages({ tokens, stages }: StagesRecipe): void {
  positive('recipe.tokens', tokens);
  if (stages.length === 0)
    throw new RecipeError('recipe.stages', 'the list is empty; give at least one stage');
  let shares = 0;
  let target = 0;
  for (const [index, { share, ratio }] of stages.entries()) {
    within(`recipe.stages.${index}.share`, share, 'above 0 and at most 1', share > 0 && share <= 1);
    within(`recipe.stages.${index}.ratio`, ratio, 'between 0 and 1', ratio >= 0 && ratio <= 1);
    shares += share;
    target += share * ratio;
  }
  if (Math.abs(shares - 1) > SHARE_SUM_TOLERANCE) {
    throw new RecipeError(
      'recipe.stages',
      `the shares add up to ${Number(shares.toPrecision(6))}; make them add up to 1`,
    );
  }
  if (target === 0) {
    throw new RecipeError('recipe.stages', 'no stage has a ratio above 0; a run must read some target text');
  }
}

function positive(field: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new RecipeError(field, `${value} is not a number above 0`);
  }
}

function within(field: string, value: number, range: string, holds: boolean): void {
  if (!Number.isFinite(value) || !holds) throw new RecipeError(field, `${value} is not a number ${range}`);
}
