/** What a recipe is asked for: compute, a corpus, and limits that no formula knows. */

import type { RecipeKind } from '../point.ts';

/** Limits of a person's machines and texts; a limit that is missing does not bind. */
export type Limits = {
  /** N, in parameters. */
  readonly modelScaleAtMost?: number | undefined;
  /** S, in tokens; 0 leaves the monolingual kind alone. */
  readonly sourceTokensAtMost?: number | undefined;
  /** k. */
  readonly epochsAtMost?: number | undefined;
  /** r of the bilingual kinds, e.g. one window of a batch. */
  readonly ratioAtLeast?: number | undefined;
  /** Kinds that are chosen among, e.g. those that the runs of a fit tell of; all, where it is not said. */
  readonly kinds?: readonly RecipeKind[] | undefined;
};

export type Task = {
  /** C in FLOPs: a ceiling, which a recipe may stay under. */
  readonly compute: number;
  /** D_T: unique target tokens at hand. A recipe of k < 1 leaves some of them unread. */
  readonly targetTokens: number;
  readonly limits?: Limits | undefined;
};

/** A task with a number that no recipe can meet. */
export class TaskError extends RangeError {
  readonly field: string;
  readonly value: number;

  constructor(field: string, value: number, wanted: string) {
    super(`${field} is ${value}, but must be ${wanted}.`);
    this.name = 'TaskError';
    this.field = field;
    this.value = value;
  }
}

/** Throws a {@link TaskError} for the first number that cannot be. */
export function checkTask({ compute, targetTokens, limits = {} }: Task): void {
  requirePositive('compute', compute);
  requirePositive('target tokens', targetTokens);
  const { modelScaleAtMost, sourceTokensAtMost, epochsAtMost, ratioAtLeast } = limits;
  if (modelScaleAtMost !== undefined) requirePositive('limit of the model scale', modelScaleAtMost);
  if (epochsAtMost !== undefined) requirePositive('limit of the epochs', epochsAtMost);
  if (sourceTokensAtMost !== undefined && !(sourceTokensAtMost >= 0))
    throw new TaskError('limit of the source tokens', sourceTokensAtMost, 'at least 0');
  if (ratioAtLeast !== undefined && !(ratioAtLeast > 0 && ratioAtLeast < 1))
    throw new TaskError('lowest target ratio', ratioAtLeast, 'between 0 and 1');
}

function requirePositive(field: string, value: number): void {
  // Infinite compute has no best recipe; an infinite limit would be no limit, and is then left out.
  if (!(value > 0 && Number.isFinite(value))) throw new TaskError(field, value, 'a finite number above 0');
}
