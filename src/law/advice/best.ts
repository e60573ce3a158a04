/** The best recipe of a kind under a law: the lowest predicted loss over N, k, r and r_f that a task leaves open. */

import type { Law } from '../law.ts';
import type { RecipeKind } from '../point.ts';
import { distinctKinds } from './kinds.ts';
import { type Effort, minimise } from './search/minimise.ts';
import { NEARLY, type Recipe, spaceOf } from './space.ts';
import { checkTask, type Task } from './task.ts';

/** For an answer that is read. */
export const FINE: Effort = { descents: 6, tolerance: 1e-8, thorough: true };

/** For one of thousands: the recipe to some 1e−5, and the loss to less, at a kink to as much. */
export const QUICK: Effort = { descents: 2, tolerance: 1e-5, thorough: false };

/**
 * The best recipe of `kind`; null where the limits leave none of it, or the law does not speak of any.
 *
 * The bilingual kinds end at r = 0.99 and, with two stages, where r_f is all but r: a recipe that stands there says in `atEdges` that
 * the law would rather have another kind. Throws a `TaskError` for a task that cannot be.
 */
export function bestOfKind(
  law: Law,
  theta: Float64Array,
  kind: RecipeKind,
  task: Task,
  effort: Effort = FINE,
): Recipe | null {
  checkTask(task);
  if (task.limits?.kinds?.includes(kind) === false) return null;
  const found = search(law, theta, kind, task, effort);
  if (found === null || !found.hasSeam) return found?.recipe ?? null;
  const once = search(law, theta, kind, { ...task, limits: { ...task.limits, epochsAtMost: 1 } }, effort);
  if (once?.recipe === null || once === null || (found.recipe && found.recipe.loss <= once.recipe.loss))
    return found.recipe;
  // One pass is its own choice there, no limit of the task.
  return { ...once.recipe, atEdges: once.recipe.atEdges.filter((edge) => edge !== 'epochs') };
}

function search(law: Law, theta: Float64Array, kind: RecipeKind, task: Task, effort: Effort) {
  const space = spaceOf(law, theta, kind, task);
  if (space === null) return null;
  const best = minimise(space.objective, space, effort);
  return { recipe: best && space.recipe(best.x, best.value), hasSeam: space.hasSeam };
}

/** The best recipe of each kind that is possible, the simplest kind first; of kinds that the law cannot tell apart only the simplest. */
export function bestOfEach(
  law: Law,
  theta: Float64Array,
  task: Task,
  effort: Effort = FINE,
): readonly Recipe[] {
  return distinctKinds(law)
    .map((kind) => bestOfKind(law, theta, kind, task, effort))
    .filter((recipe) => recipe !== null);
}

/** Losses nearer than this, relative, are one: the searches that found them are no finer. */
export const TIE = 1e-6;

/** The lowest loss; among ties the simplest kind, which comes first. Undefined for an empty list. */
export function lowest(recipes: readonly Recipe[]): Recipe | undefined {
  const least = leastLoss(recipes);
  return recipes.find(({ loss }) => loss <= least * (1 + TIE));
}

/**
 * The lowest, and the others whose loss is within the share `tie` of it, at least {@link TIE}. A recipe that would rather be of a
 * simpler kind, and comes as near to it as its own allows, is no rival to that.
 */
export function leaders(recipes: readonly Recipe[], tie: number): readonly Recipe[] {
  const best = lowest(recipes);
  if (best === undefined) return [];
  const most = leastLoss(recipes) * (1 + Math.max(tie, TIE));
  const others = recipes.filter(
    (recipe) =>
      recipe !== best && recipe.loss <= most && !recipe.atEdges.some((edge) => NEARLY.includes(edge)),
  );
  return [best, ...others];
}

function leastLoss(recipes: readonly Recipe[]): number {
  return Math.min(...recipes.map(({ loss }) => loss));
}
