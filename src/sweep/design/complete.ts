/** A draft and the texts → the run that it means: what is free filled in, what cannot be refused with the reason. */

import { parseTrainConfig, recordConfig, runId, type TrainConfig } from '../../formats/config.ts';
import type { Nominal, Tags } from '../../formats/manifest.ts';
import { type DesignRecipe, givenTwice } from '../../formats/sweepDesignFields.ts';
import { parameterTable } from '../../model/llama/parameters.ts';
import { kindOf } from '../../recipe/accounting.ts';
import {
  outlinePlan,
  type PlanOutline,
  planWarnings,
  stageStartSteps,
  stageStarts,
  windowsIn,
} from '../../recipe/outline.ts';
import { checkRecipe, isStagesRecipe, type Recipe, RecipeError } from '../../recipe/recipe.ts';
import { rewarms } from '../../recipe/schedule.ts';
import { nominal } from '../../recipe/stages.ts';
import { llamaConfig } from '../../train/fleet/plan.ts';
import type { Draft } from './expand.ts';
import type { TextFacts, TextSizes } from './texts.ts';

/** A run that can be trained. */
export type PlannedRun = {
  readonly id: string;
  /** Its paths begin where the design's do. */
  readonly config: TrainConfig;
  readonly texts: TextFacts;
  readonly tags: Tags;
  readonly nominal: Nominal;
  readonly steps: number;
  /** 6·N·D, until an engine says better. */
  readonly flops: number;
  /** What a person should know about it, in sentences. */
  readonly warnings: readonly string[];
};

/** What follows from other fields: k of a recipe by ratios or D of one by stages, and the share of the warm-up. */
type Found = { readonly length?: number; readonly warmup?: number };

/**
 * The draft's config as far as no text is needed for it; a length that is free stands in it as one epoch. Throws `ConfigError` and
 * `RecipeError` where it cannot be, whatever the texts.
 */
export function draftConfig(draft: Draft): TrainConfig {
  const config = configWith(draft, {});
  checkRecipe(config.recipe);
  return config;
}

/**
 * The run of a draft. Throws `ConfigError`, `RecipeError` and `ModelConfigError` where it cannot be, exactly where training would, and
 * where it takes more than the compute that there is.
 */
export function completeRun(draft: Draft, texts: TextFacts): PlannedRun {
  const { fields, compute } = draft;
  const first = draftConfig(draft);
  const { context } = first.model;
  const { batch } = first.optimizer;
  const { N } = parameterTable(llamaConfig(first, texts.vocabulary)).counts;
  const subset = windowsIn(first.recipe.targetTokens, context) * context;
  const isFree = compute !== null && isLengthFree(fields.recipe ?? {});
  const isTold = isFree && subset > 0;
  const length = isTold ? lengthOf(first.recipe, compute / (6 * N), subset) : undefined;
  const found = { ...(length !== undefined && { length }) };
  const long = configWith(draft, found);
  const outline = outlinePlan({
    recipe: long.recipe,
    batch,
    context,
    targetTokensAvailable: texts.target?.training ?? Number.POSITIVE_INFINITY,
    sourceTokensAvailable:
      long.corpora.source === null ? 0 : (texts.source?.training ?? Number.POSITIVE_INFINITY),
  });
  checkLengths(long, texts);
  const stated = statedBy(long.recipe, N, subset);
  // A budget that a run was made for is kept by construction, to half a batch.
  if (compute !== null && !isFree) checkCompute(stated.C, compute);
  const warnings = planWarnings(outline, context);
  const [repeated] = warnings;
  if (draft.dropRepeatedSource && repeated) throw new RecipeError('corpora.source', repeated);
  const { warmupSteps } = fields;
  const warmup = warmupSteps === undefined ? undefined : warmupShare(warmupSteps, outline.steps);
  const config = configWith(draft, { ...found, ...(warmup !== undefined && { warmup }) });
  return {
    id: runId(recordConfig(config, texts.hashes)),
    config,
    texts,
    tags: draft.tags,
    nominal: { kind: kindIn(outline, config), ...stated },
    steps: outline.steps,
    flops: 6 * N * outline.windows * context,
    warnings,
  };
}

function configWith({ name, fields }: Draft, { length, warmup }: Found): TrainConfig {
  const twice = givenTwice(fields);
  if (twice) throw new RecipeError(twice.field, twice.problem);
  const { warmupSteps: _, recipe = {}, optimizer, ...rest } = fields;
  const json = {
    version: 1,
    name,
    ...rest,
    recipe: writtenRecipe(recipe, length ?? 1),
    optimizer: { ...optimizer, ...(warmup !== undefined && { warmup }) },
  };
  return parseTrainConfig(json, name);
}

function isLengthFree(recipe: DesignRecipe): boolean {
  return 'stages' in recipe ? recipe.tokens === undefined : recipe.epochs === undefined;
}

/** The recipe as a train config has it. Where there is one stage, nothing is said of a first: one run has one id. */
function writtenRecipe(recipe: DesignRecipe, length: number): object {
  if ('stages' in recipe) return { ...recipe, tokens: recipe.tokens ?? length };
  const { finalShare, firstRatio = 0, ...given } = recipe;
  const { epochs = length } = given;
  const finalRatio = finalShare === undefined ? given.finalRatio : (given.finalRatio ?? 1);
  const { ratio = finalShare === undefined ? 1 : averageRatio(finalShare, firstRatio, finalRatio ?? 1) } =
    given;
  const isTwoStage = finalRatio !== undefined && finalRatio !== ratio;
  return { ...given, epochs, ratio, ...(isTwoStage && { finalRatio, firstRatio }) };
}

function averageRatio(finalShare: number, firstRatio: number, finalRatio: number): number {
  return withoutNoise(firstRatio * (1 - finalShare) + finalRatio * finalShare);
}

/** k, or D, for so many tokens: k = D·r/D_T. D_T is the subset in whole windows, for these are what is read k times. */
function lengthOf(recipe: Recipe, tokens: number, subset: number): number {
  return withoutNoise(isStagesRecipe(recipe) ? tokens : (tokens * recipe.ratio) / subset);
}

/** Digits below which numbers that were reached in two ways differ: the same run must get the same id. */
const DIGITS = 12;

function withoutNoise(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** A recipe's numbers, with D_T in whole windows; whoever groups runs by them finds 0.2 where 0.2 was asked for. */
function statedBy(recipe: Recipe, N: number, subset: number): Omit<Nominal, 'kind'> {
  const { ratio, finalRatio, firstRatio, finalShare, tokens } = nominal(recipe);
  const D = isStagesRecipe(recipe) ? tokens : (recipe.epochs * subset) / ratio;
  return {
    N,
    D: withoutNoise(D),
    D_T: subset,
    S: withoutNoise(D * (1 - ratio)),
    k: withoutNoise((D * ratio) / subset),
    r: ratio,
    r_f: finalRatio,
    r_1: firstRatio,
    s: withoutNoise(finalShare),
    C: withoutNoise(6 * N * D),
  };
}

/** Room for float sums: a run that is to spend the budget to the last must not be refused for a rounding. */
const COMPUTE_TOLERANCE = 1e-9;

function checkCompute(needed: number, compute: number): void {
  if (needed <= compute * (1 + COMPUTE_TOLERANCE)) return;
  throw new RecipeError(
    'compute',
    `the run takes ${flopWords(needed)}, more than the ${flopWords(compute)} that there are`,
  );
}

function flopWords(flops: number): string {
  return `${Number(flops.toPrecision(4)).toExponential().replace('e+', 'e')} FLOP`;
}

function warmupShare(warmupSteps: number, steps: number): number {
  if (warmupSteps <= steps) return warmupSteps / steps;
  throw new RecipeError(
    'warmupSteps',
    `a warm-up of ${warmupSteps} steps is longer than the run, which has ${steps}`,
  );
}

/** A text must hold one window to train on and one to validate on. */
function checkLengths({ corpora, model }: TrainConfig, texts: TextFacts): void {
  const needed = model.context + 1;
  const check = (side: 'target' | 'source', sizes: TextSizes | null) => {
    for (const part of ['training', 'validation'] as const) {
      if (!sizes || sizes[part] >= needed) continue;
      const count = sizes[part].toLocaleString('en');
      throw new RecipeError(
        `corpora.${side}`,
        `the text holds ${count} ${part} tokens, less than one window of ${needed} (the context and the token after it)`,
      );
    }
  };
  check('target', texts.target);
  // Like the trainer: a source without a training token is no source.
  if (corpora.source !== null && texts.source?.training !== 0) check('source', texts.source);
}

/** The kind that the run's record will have. */
function kindIn(outline: PlanOutline, { optimizer }: TrainConfig): Nominal['kind'] {
  const starts = stageStarts(outline);
  const ratios = outline.stages.map(({ end, targets }, stage) => targets / (end - (starts[stage] ?? 0)));
  return kindOf(ratios, rewarms(optimizer, outline.steps, stageStartSteps(outline, optimizer.batch)));
}
