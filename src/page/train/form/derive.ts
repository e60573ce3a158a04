/** The numbers that follow from a recipe as it is typed: D, S, k, s, C, steps. */

import { windowsIn } from '../../../recipe/outline.ts';
import { type RatioRecipe, RecipeError, type StagesRecipe } from '../../../recipe/recipe.ts';
import { type NominalRecipe, nominal } from '../../../recipe/stages.ts';

/** Forward and backward together cost about six operations a parameter and token (Kaplan 2020). */
const FLOPS_PER_PARAMETER_TOKEN = 6;

export type RecipeNumbers =
  | (Omit<RatioRecipe, 'firstRatio'> & { readonly firstRatio: number })
  | StagesRecipe;

/** What a recipe is trained with. */
export type RecipeModel = {
  /** Windows a step, and tokens a window. */
  readonly batch: number;
  readonly context: number;
  /** N; null while there is none. */
  readonly scale: number | null;
};

/** The nominal numbers, but D and S as the plan will count them: in whole windows and whole steps. */
export type DerivedRecipe = NominalRecipe &
  RecipeModel & {
    readonly steps: number;
    /** C = 6·N·D; null while there is no N. */
    readonly compute: number | null;
  };

/**
 * Tokens that target windows of `epochs` passes and the source windows between them come to, before rounding to
 * whole steps: of D_T tokens only whole windows are read.
 */
export function tokensOfEpochs(epochs: number, targetTokens: number, ratio: number, context: number): number {
  return (epochs * windowsIn(targetTokens, context) * context) / ratio;
}

/** k that makes a run of D tokens: the inverse of {@link tokensOfEpochs}. */
export function epochsOfTokens(tokens: number, targetTokens: number, ratio: number, context: number): number {
  const epochs = (tokens * ratio) / (windowsIn(targetTokens, context) * context);
  // A subset shorter than a window is refused elsewhere, by its own name.
  return Number.isFinite(epochs) ? epochs : (tokens * ratio) / targetTokens;
}

export type Refusal = { readonly field: string; readonly problem: string };

/**
 * What follows from a recipe under a model; or the config field at which the recipe cannot be, and why. Null while a number is missing
 * altogether.
 */
export function deriveRecipe(recipe: RecipeNumbers, model: RecipeModel): DerivedRecipe | Refusal | null {
  if (numbersOf(recipe).some(Number.isNaN)) return null;
  try {
    const numbers = nominal(recipe);
    const stepTokens = model.batch * model.context;
    const asked =
      'stages' in recipe
        ? recipe.tokens
        : tokensOfEpochs(recipe.epochs, recipe.targetTokens, recipe.ratio, model.context);
    const steps = Math.round(asked / stepTokens);
    const tokens = steps >= 1 ? steps * stepTokens : asked || numbers.tokens;
    return {
      ...numbers,
      ...model,
      tokens,
      sourceTokens: tokens * (1 - numbers.ratio),
      steps,
      compute: model.scale === null ? null : FLOPS_PER_PARAMETER_TOKEN * model.scale * tokens,
    };
  } catch (error) {
    if (error instanceof RecipeError) return { field: error.field, problem: error.problem };
    throw error;
  }
}

export function isRefusal(value: DerivedRecipe | Refusal | null): value is Refusal {
  return value !== null && 'problem' in value;
}

function numbersOf(recipe: RecipeNumbers): number[] {
  if (!('stages' in recipe)) return Object.values(recipe);
  return [recipe.targetTokens, recipe.tokens, ...recipe.stages.flatMap(({ share, ratio }) => [share, ratio])];
}
