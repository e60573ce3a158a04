/**
 * Recipe → the outline of a plan: how many windows of which language each stage of a run reads, before any has its place.
 *
 * Rounding, in this order: the run to whole batches; each stage's end to a whole window, up or down so that the
 * average ratio is kept; each stage's target windows likewise. So every stage begins less than one window from
 * where its share says, and every ratio, of a stage or overall, is exact to one window.
 */

import { isStagesRecipe, type Recipe, RecipeError, type Stage } from './recipe.ts';
import { stagesOf } from './stages.ts';

export type OutlineOptions = {
  readonly recipe: Recipe;
  /** Windows a step, accumulation included. */
  readonly batch: number;
  /** Tokens a window. */
  readonly context: number;
  /** Tokens of the target training stream. */
  readonly targetTokensAvailable: number;
  /** Tokens of the source training stream; 0 where there is none. */
  readonly sourceTokensAvailable: number;
};

/** All of a plan but the order of its windows. */
export type PlanOutline = {
  /** Windows of the run. */
  readonly windows: number;
  readonly steps: number;
  /** Windows of the target subset. */
  readonly targetWindows: number;
  /** Windows that the source stream holds. */
  readonly sourceWindows: number;
  /** For each stage its last window (exclusive), and how many of its windows are target windows. */
  readonly stages: readonly { readonly end: number; readonly targets: number }[];
  /** Windows that are read of each language. */
  readonly targetUses: number;
  readonly sourceUses: number;
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

/** Refuses every recipe that `makePlan` refuses, in the time of a few sums. Throws `RecipeError`. */
export function outlinePlan(options: OutlineOptions): PlanOutline {
  const { recipe, batch, context } = options;
  whole('optimizer.batch', batch);
  whole('model.context', context);
  const stages = stagesOf(recipe);
  const targetWindows = subsetWindows(options);
  const windows = totalWindows(recipe, stages, targetWindows, batch, context);
  const divided = divide(stages, windows);
  const targetUses = divided.reduce((sum, { targets }) => sum + targets, 0);
  if (targetUses === 0) {
    throw new RecipeError('recipe', 'the run would read no target window at all; make it longer');
  }
  const sourceUses = windows - targetUses;
  const sourceWindows = windowsIn(options.sourceTokensAvailable, context);
  if (sourceUses > 0 && sourceWindows === 0) {
    throw new RecipeError('corpora.source', missingSource(options, sourceUses));
  }
  return {
    windows,
    steps: windows / batch,
    targetWindows,
    sourceWindows,
    stages: divided,
    targetUses,
    sourceUses,
  };
}

/** First window of each stage. */
export function stageStarts({ stages }: Pick<PlanOutline, 'stages'>): number[] {
  return stages.map((_, stage) => stages[stage - 1]?.end ?? 0);
}

/** Step that reads the first window of each stage. */
export function stageStartSteps(outline: Pick<PlanOutline, 'stages'>, batch: number): number[] {
  return stageStarts(outline).map((start) => Math.floor(start / batch));
}

/** What a person should know about a plan, in sentences. */
export function planWarnings({ sourceUses, sourceWindows }: PlanOutline, context: number): string[] {
  return sourceUses > sourceWindows ? [repeatedSource(sourceUses, sourceWindows, context)] : [];
}

function subsetWindows({ recipe, context, targetTokensAvailable }: OutlineOptions): number {
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
function divide(stages: readonly Stage[], total: number): { end: number; targets: number }[] {
  const divided: { end: number; targets: number }[] = [];
  let share = 0;
  // Target windows that the rounded ends have added to, or taken from, what the shares say: at most half a window.
  let drift = 0;
  // Target windows so far, by the rounded ends and before rounding.
  let ideal = 0;
  let given = 0;
  for (const [index, stage] of stages.entries()) {
    const start = divided.at(-1)?.end ?? 0;
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
    const targets = Math.min(end - start, Math.max(0, Math.round(ideal) - given));
    divided.push({ end, targets });
    given += targets;
  }
  return divided;
}

function averageRatio(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + stage.share * stage.ratio, 0);
}

function missingSource({ sourceTokensAvailable, context }: OutlineOptions, uses: number): string {
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
