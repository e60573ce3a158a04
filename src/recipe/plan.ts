/**
 * Recipe → the exact batch plan of a run: which window of which language each row of each step reads.
 *
 * A window is `context` tokens that are read and the next one, which is only predicted. The target subset is the
 * prefix of `targetTokens` tokens of the target stream, cut into ⌊(targetTokens − 1)/context⌋ windows that do not
 * overlap; a smaller subset is a part of a larger one. Target windows come in epochs, each with an order of its
 * own; an epoch is finished before the next begins, across stages. Source windows come once each, in one order.
 * How many windows each stage reads of each language is the outline's to say (outline.ts). Both languages are spread evenly over a stage:
 * over the last by how many windows it has, over the others by their ratio alone, so that what a stage reads does not depend on when
 * it ends.
 */

import { type OutlineOptions, outlinePlan, planWarnings, stageStartSteps, stageStarts } from './outline.ts';
import { ShuffledRounds } from './random.ts';
import { RecipeError } from './recipe.ts';
import { stagesOf } from './stages.ts';

export const TARGET = 0;
export const SOURCE = 1;

export type PlanOptions = OutlineOptions & {
  /** Where the target training stream begins in the token array that offsets count in. */
  readonly targetOffset: number;
  readonly sourceOffset: number;
  /** Decides the order of windows, and nothing else here. */
  readonly seed: number;
};

export type BatchPlan = {
  /** Where each window begins, [steps × batch], as an index into the token array. */
  readonly windows: Uint32Array;
  /** Language of each window, [steps × batch]: 0 target, 1 source. */
  readonly languages: Uint8Array;
  readonly steps: number;
  readonly batch: number;
  readonly context: number;
  /** Windows of the target subset: it holds targetWindows × context unique tokens. */
  readonly targetWindows: number;
  /** Windows that the source stream holds. */
  readonly sourceWindows: number;
  /** First window of each stage; the first is 0. */
  readonly stageStartWindows: readonly number[];
  /** Step that reads the first window of each stage; it may still hold windows of the stage before. */
  readonly stageStartSteps: readonly number[];
  /** Whether some source window is read more than once. */
  readonly sourceRepeated: boolean;
  /** What a person should know about this plan, in sentences. */
  readonly warnings: readonly string[];
};

/**
 * Plans a run. The same options give the same plan, bit for bit.
 * Throws `RecipeError` where the recipe cannot be, or not with these corpora; the message gives the numbers.
 */
export function makePlan(options: PlanOptions): BatchPlan {
  const { batch, context, seed } = options;
  if (!Number.isSafeInteger(seed)) throw new RecipeError('seed', `${seed} is not a whole number`);
  const outline = outlinePlan(options);
  const { stages, targetWindows, sourceWindows, sourceUses } = outline;

  const targetOrder = new ShuffledRounds(targetWindows, seed, 'target order');
  const sourceOrder = new ShuffledRounds(sourceUses > 0 ? sourceWindows : 0, seed, 'source order');
  const windows = new Uint32Array(outline.windows);
  const languages = new Uint8Array(outline.windows);
  let window = 0;
  // Target windows of the stages before, before rounding, as the outline counts them.
  let ideal = 0;
  for (const [index, { ratio }] of stagesOf(options.recipe).entries()) {
    const { end = window, targets = 0 } = stages[index] ?? {};
    const start = window;
    const length = end - start;
    const isLast = index === stages.length - 1;
    for (; window < end; window++) {
      const place = window - start;
      const isTarget = isLast ? evenly(place, targets, length) : byRatio(place, ratio, ideal);
      languages[window] = isTarget ? TARGET : SOURCE;
      windows[window] = isTarget
        ? options.targetOffset + targetOrder.next() * context
        : options.sourceOffset + sourceOrder.next() * context;
    }
    ideal += length * ratio;
  }

  return {
    windows,
    languages,
    steps: outline.steps,
    batch,
    context,
    targetWindows,
    sourceWindows,
    stageStartWindows: stageStarts(outline),
    stageStartSteps: stageStartSteps(outline, batch),
    sourceRepeated: sourceUses > sourceWindows,
    warnings: planWarnings(outline, context),
  };
}

/**
 * Whether place `index` of a stage is a target window, by the ratio alone and not by the stage's length: runs that differ only in how long
 * their first stage is read the same windows as long as it lasts. `ideal` are the target windows of the stages before, before rounding;
 * at the stage's end this is the count that the outline has.
 */
function byRatio(index: number, ratio: number, ideal: number): boolean {
  return Math.round(ideal + (index + 1) * ratio) > Math.round(ideal + index * ratio);
}

/** Whether place `index` of `length` is one of `count` places spread evenly, the first half a gap in. */
function evenly(index: number, count: number, length: number): boolean {
  const before = Math.floor((2 * index * count + length) / (2 * length));
  const after = Math.floor((2 * (index + 1) * count + length) / (2 * length));
  return after > before;
}
