/**
 * Recipe → the exact batch plan of a run: which window of which language each row of each step reads.
 *
 * A window is `context` tokens that are read and the next one, which is only predicted. The target subset is the
 * prefix of `targetTokens` tokens of the target stream, cut into ⌊(targetTokens − 1)/context⌋ windows that do not
 * overlap; a smaller subset is a part of a larger one. Target windows come in epochs, each with an order of its
 * own; an epoch is finished before the next begins, across stages. Source windows come once each, in one order.
 * How many windows each stage reads of each language is the outline's to say (outline.ts).
 */

import { type OutlineOptions, outlinePlan, planWarnings, stageStartSteps, stageStarts } from './outline.ts';
import { ShuffledRounds } from './random.ts';
import { RecipeError } from './recipe.ts';

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
  for (const { end, targets } of stages) {
    const start = window;
    const length = end - start;
    for (; window < end; window++) {
      const isTarget = evenly(window - start, targets, length);
      languages[window] = isTarget ? TARGET : SOURCE;
      windows[window] = isTarget
        ? options.targetOffset + targetOrder.next() * context
        : options.sourceOffset + sourceOrder.next() * context;
    }
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

/** Whether place `index` of `length` is one of `count` places spread evenly, the first half a gap in. */
function evenly(index: number, count: number, length: number): boolean {
  const before = Math.floor((2 * index * count + length) / (2 * length));
  const after = Math.floor((2 * (index + 1) * count + length) / (2 * length));
  return after > before;
}
