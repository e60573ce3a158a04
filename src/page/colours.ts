/** Each recipe's place in the palette and its dashes, so that a run is told apart by more than its colour. */

import { RECIPE_KINDS, type RecipeKind } from './form/fields.ts';

/** Line dashes in CSS pixels, by recipe; the solid line is the first. */
const DASHES: Record<RecipeKind, readonly number[]> = {
  monolingual: [],
  bilingual: [8, 4],
  'two-stage': [2, 3],
};

export function isRecipeKind(run: string): run is RecipeKind {
  return (RECIPE_KINDS as readonly string[]).includes(run);
}

/** The number of a run's colour, `--run-1` … `--run-3`: it belongs to the recipe, not to its place in a list. */
export function colourNumber(run: string): number {
  return isRecipeKind(run) ? RECIPE_KINDS.indexOf(run) + 1 : 1;
}

export function dashes(run: string): readonly number[] {
  return isRecipeKind(run) ? DASHES[run] : [];
}
