/** Recipe → stages, and the quantities that follow from a recipe before any batch is planned. */

import { checkRecipe, isStagesRecipe, type Recipe, type Stage } from './recipe.ts';

/**
 * The stages of a recipe, in order, with shares that add up to exactly what the run is.
 * One stage where finalRatio = ratio; else two, at firstRatio and finalRatio; else the recipe's own list.
 * Throws `RecipeError`.
 */
export function stagesOf(recipe: Recipe): Stage[] {
  checkRecipe(recipe);
  if (isStagesRecipe(recipe)) {
    const sum = recipe.stages.reduce((total, stage) => total + stage.share, 0);
    return recipe.stages.map(({ share, ratio }) => ({ share: share / sum, ratio }));
  }
  const { ratio, finalRatio, firstRatio = 0 } = recipe;
  if (finalRatio === ratio) return [{ share: 1, ratio }];
  const finalShare = (ratio - firstRatio) / (finalRatio - firstRatio);
  return [
    { share: 1 - finalShare, ratio: firstRatio },
    { share: finalShare, ratio: finalRatio },
  ];
}

/** What a recipe asks for, in the laws' symbols; a run's records carry what its plan holds instead. */
export type NominalRecipe = {
  /** D_T, unique target tokens. */
  readonly targetTokens: number;
  /** D, tokens of both languages. */
  readonly tokens: number;
  /** S, source tokens. */
  readonly sourceTokens: number;
  /** k. */
  readonly epochs: number;
  /** r. */
  readonly ratio: number;
  /** r_f. */
  readonly finalRatio: number;
  /** r_1; the same as r in a single stage. */
  readonly firstRatio: number;
  /** s, the last stage's share; 1 in a single stage. */
  readonly finalShare: number;
  readonly stages: readonly Stage[];
};

/** D, S, k, r, r_f, r_1 and s as the recipe states them. Throws `RecipeError`. */
export function nominal(recipe: Recipe): NominalRecipe {
  const stages = stagesOf(recipe);
  const { targetTokens } = recipe;
  const ratio = isStagesRecipe(recipe)
    ? stages.reduce((sum, stage) => sum + stage.share * stage.ratio, 0)
    : recipe.ratio;
  const tokens = isStagesRecipe(recipe) ? recipe.tokens : (recipe.epochs * targetTokens) / ratio;
  return {
    targetTokens,
    tokens,
    sourceTokens: tokens * (1 - ratio),
    epochs: isStagesRecipe(recipe) ? (tokens * ratio) / targetTokens : recipe.epochs,
    ratio,
    finalRatio: stages.at(-1)?.ratio ?? ratio,
    firstRatio: stages[0]?.ratio ?? ratio,
    finalShare: stages.at(-1)?.share ?? 1,
    stages,
  };
}
