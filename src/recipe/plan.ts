/**
 * Recipe → the exact batch plan of a run: which window of which language each row of each step reads.
 *
 * A window is `context` tokens that are read and the next one, which is only predicted. The target subset is the
 * prefix of `targetTokens` tokens of the target stream, cut into ⌊(targetTokens − 1)/context⌋ windows that do not
 * overlap; a smaller subset is a part of a larger one. Target windows come in epochs, each with an order of its
 * own; an epoch is finished before the next begins, across stages. Source windows come once each, in one order.
 *
 * Rounding, in this order: the run to whole batches; each stage's end to a whole window, up or down so that the
 * average ratio is kept; each stage's target windows likewise. So every stage begins less than one window from
 * where its share says, and every ratio, of a stage or overall, is exact to one window.
 */

import { ShuffledRounds } from './random.ts';
import { isStagesRecipe, type Recipe, RecipeError, type Stage } from './recipe.ts';
import { stagesOf } from './stages.ts';

export const TARGET = 0;
export const SOURCE = 1;

export type PlanOptions = {
  readonly recipe: Recipe;
  /** Windows a step, accumulation included. */
  readonly batch: number;
  /** Tokens a window. */
  readonly context: number;
  /** Tokens of the target training stream. */
  readonly targetTokensAvailable: number;
  /** Tokens of the source training stream; 0 where there is none. */
  readonly sourceTokensAvailable: number;
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

/** Windows of `context` tokens in a stream of `tokens`, each with a next token to predict. */
export function windowsIn(tokens: number, context: number): number {
  return Math.max(0, Math.floor((tokens - 1) / context));
}

/** Twice its square is the largest whole number that a double counts to, and `evenly` multiplies two counts and doubles. */
const MAX_PLAN_WINDOWS = 2 ** 26;

/** Steps of a run by its recipe alone, as its plan has them. Throws `RecipeError`. */
export function plannedSteps(recipe: Recipe, batch: number, context: number): number {
  const targetWindows = windowsIn(recipe.targetTokens, context);
  return totalWindows(recipe, stagesOf(recipe), targetWindows, batch, context) / batch;
}

/**
 * Plans a run. The same options give the same plan, bit for bit.
 * Throws `RecipeError` where the recipe cannot be, or not with these corpora; the message gives the numbers.
 */
export function makePlan(options: PlanOptions): BatchPlan {
  const { recipe, batch, context, seed } = options;
  whole('optimizer.batch', batch);
  whole('model.context', context);
  if (!Number.isSafeInteger(seed)) throw new RecipeError('seed', `${seed} is not a whole number`);
  const stages = stagesOf(recipe);
  const targetWindows = subsetWindows(options);
  const total = totalWindows(recipe, stages, targetWindows, batch, context);
  const { ends, targets } = divide(stages, total);
  const targetUses = targets.reduce((sum, count) => sum + count, 0);
  if (targetUses === 0) {
    throw new RecipeError('recipe', 'the run would read no target window at all; make it longer');
  }
  const sourceUses = total - targetUses;
  const sourceWindows = windowsIn(options.sourceTokensAvailable, context);
  if (sourceUses > 0 && sourceWindows === 0) {
    throw new RecipeError('corpora.source', missingSource(options, sourceUses));
  }

  const targetOrder = new ShuffledRounds(targetWindows, seed, 'target order');
  const sourceOrder = new ShuffledRounds(sourceUses > 0 ? sourceWindows : 0, seed, 'source order');
  const windows = new Uint32Array(total);
  const languages = new Uint8Array(total);
  let window = 0;
  for (const [stage, end] of ends.entries()) {
    const start = window;
    const length = end - start;
    const target = targets[stage] ?? 0;
    for (; window < end; window++) {
      const isTarget = evenly(window - start, target, length);
      languages[window] = isTarget ? TARGET : SOURCE;
      windows[window] = isTarget
        ? options.targetOffset + targetOrder.next() * context
        : options.sourceOffset + sourceOrder.next() * context;
    }
  }

  const sourceRepeated = sourceUses > sourceWindows;
  const stageStartWindows = ends.map((_, stage) => (stage === 0 ? 0 : (ends[stage - 1] ?? 0)));
  return {
    windows,
    languages,
    steps: total / batch,
    batch,
    context,
    targetWindows,
    sourceWindows,
    stageStartWindows,
    stageStartSteps: stageStartWindows.map((start) => Math.floor(start / batch)),
    sourceRepeated,
    warnings: sourceRepeated ? [repeatedSource(sourceUses, sourceWindows, context)] : [],
  };
}

/** Whether place `index` of `length` is one of `count` places spread evenly, the first half a gap in. */
function evenly(index: number, count: number, length: number): boolean {
  const before = Math.floor((2 * index * count + length) / (2 * length));
  const after = Math.floor((2 * (index + 1) * count + length) / (2 * length));
  return after > before;
}

function subsetWindows({ recipe, context, targetTokensAvailable }: PlanOptions): number {
  const { targetTokens } = recipe;
  if (targetTokens > targetTokensAvailable) {
    throw new RecipeError(
      'recipe.targetTokens',
      `${count(targetTokens)} tokens are more than the ${count(targetTokensAvailable)} training tokens of the target corpus; lower it or bring more text`,
    );
  }
  const windows = windowsIn(targetTokens, context);
  if (windows < 1) {
    throw new RecipeError(
      'recipe.targetTokens',
      `${count(targetTokens)} tokens are less than one window, which needs ${count(context + 1)} (the context and the token after it)`,
    );
  }
  return windows;
}

function totalWindows(
  recipe: Recipe,
  stages: readonly Stage[],
  targetWindows: number,
  batch: number,
  context: number,
): number {
  const byStages = isStagesRecipe(recipe);
  const ratio = byStages ? averageRatio(stages) : recipe.ratio;
  const wanted = byStages ? recipe.tokens / context : (recipe.epochs * targetWindows) / ratio;
  const field = byStages ? 'recipe.tokens' : 'recipe.epochs';
  if (wanted * ratio < 1 - ROUNDING) {
    throw new RecipeError(
      field,
      `the run would read ${Number((wanted * ratio).toPrecision(3))} of one target window (${count(targetWindows)} in the subset, ${count(context)} tokens each); give more`,
    );
  }
  const steps = Math.round(wanted / batch);
  if (steps < 1) {
    throw new RecipeError(
      'optimizer.batch',
      `a step of ${count(batch)} windows is more than the whole run, which the recipe makes ${count(Math.round(wanted))} windows long; lower it, or give the recipe more`,
    );
  }
  if (steps * batch > MAX_PLAN_WINDOWS) {
    throw new RecipeError(
      field,
      `the run would be ${count(steps * batch)} windows; at most ${count(MAX_PLAN_WINDOWS)} can be planned`,
    );
  }
  return steps * batch;
}

/** Guards a comparison of a product of decimals with a whole number. */
const ROUNDING = 1e-9;

/** Last window (exclusive) and target windows of each stage. Throws where a stage would have no window at all. */
function divide(stages: readonly Stage[], total: number): { ends: number[]; targets: number[] } {
  const ends: number[] = [];
  const targets: number[] = [];
  let share = 0;
  // Target windows that the rounded ends have added to, or taken from, what the shares say: at most half a window.
  let drift = 0;
  // Target windows so far, by the rounded ends and before rounding.
  let ideal = 0;
  let given = 0;
  for (const [index, stage] of stages.entries()) {
    const start = ends.at(-1) ?? 0;
    share += stage.share;
    const next = stages[index + 1];
    const exact = share * total;
    let end = total;
    if (next) {
      const change = stage.ratio - next.ratio;
      const nearest = Math.round(exact);
      const isWhole = Math.abs(exact - nearest) < ROUNDING * total;
      const low = isWhole ? nearest : Math.floor(exact);
      const high = isWhole ? nearest : low + 1;
      const lowDrift = drift + (low - exact) * change;
      const highDrift = drift + (high - exact) * change;
      const tie = Math.abs(Math.abs(lowDrift) - Math.abs(highDrift)) < ROUNDING;
      const takeLow = tie ? nearest === low : Math.abs(lowDrift) < Math.abs(highDrift);
      end = takeLow ? low : high;
      drift = takeLow ? lowDrift : highDrift;
    }
    if (end <= start) {
      throw new RecipeError(
        'recipe',
        `stage ${index + 1} of ${stages.length} would be less than one window of the ${count(total)} that the run reads; make the stage or the run longer`,
      );
    }
    ideal += (end - start) * stage.ratio;
    const target = Math.min(end - start, Math.max(0, Math.round(ideal) - given));
    ends.push(end);
    targets.push(target);
    given += target;
  }
  return { ends, targets };
}

function averageRatio(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + stage.share * stage.ratio, 0);
}

function missingSource({ sourceTokensAvailable, context }: PlanOptions, uses: number): string {
  return sourceTokensAvailable === 0
    ? `the recipe reads ${count(uses)} windows of source text, but there is no source corpus; name one, or set the ratio to 1`
    : `${count(sourceTokensAvailable)} tokens are less than one window, which needs ${count(context + 1)}`;
}

function repeatedSource(uses: number, windows: number, context: number): string {
  return `the run reads ${count(uses * context)} source tokens but the source corpus holds ${count(windows * context)} in whole windows, so source text is repeated ${(uses / windows).toFixed(2)} times; bring more source text, or keep this run out of a fit`;
}

function whole(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RecipeError(field, `${value} is not a whole number of 1 or more`);
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
