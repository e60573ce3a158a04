/** Configs and corpora → all that a fleet will do, before a device is asked for anything. */

import type { TrainConfig } from '../formats/config.ts';
import { type LlamaConfig, ModelConfigError } from '../model/config.ts';
import type { AdamWOptions } from '../model/engine.ts';
import { type ParameterTable, parameterTable } from '../model/parameters.ts';
import { type Realised, realise } from '../recipe/accounting.ts';
import { type BatchPlan, makePlan } from '../recipe/plan.ts';
import { RecipeError } from '../recipe/recipe.ts';
import { learningRates, rewarms } from '../recipe/schedule.ts';
import { BYTE_VOCABULARY } from '../text/bytes.ts';
import type { Corpus } from '../text/corpus.ts';
import { type EvaluationWindows, evaluationWindows, layOut, type TokenLayout } from './layout.ts';

/** A run that cannot be, alone or in this fleet; `field` is the name in the train config. */
export class RunConfigError extends Error {
  override readonly name = 'RunConfigError';
  readonly run: string;
  readonly field: string;
  readonly problem: string;
  constructor(run: string, field: string, problem: string, cause?: unknown) {
    super(`${run}: ${field}: ${problem}`, { cause });
    this.run = run;
    this.field = field;
    this.problem = problem;
  }
}

export type Corpora = { readonly target: Corpus; readonly source: Corpus | null };

export type PlannedRun = {
  readonly name: string;
  readonly config: TrainConfig;
  readonly plan: BatchPlan;
  /** Of the whole plan. */
  readonly realised: Realised;
  /** Whether the learning rate begins anew at a later stage. */
  readonly rewarms: boolean;
  readonly learningRates: Float32Array;
  readonly optimizer: AdamWOptions;
  /** What a person should know about this run, in sentences. */
  readonly warnings: readonly string[];
  /** Whether source loss is measured: the config names a source. */
  readonly hasSource: boolean;
};

export type FleetPlan = {
  readonly table: ParameterTable;
  readonly layout: TokenLayout;
  readonly evaluation: EvaluationWindows;
  readonly runs: readonly PlannedRun[];
};

const ADAM_EPSILON = 1e-8;

const SAME_TEXT =
  'target and source are the same text (their SHA-256 is the same), so the run reads one language only; name another source';

/** Fields that all runs of a fleet have in common. */
const SHARED_FIELDS = [
  'model.layers',
  'model.width',
  'model.heads',
  'model.mlp',
  'model.context',
  'model.tied',
  'optimizer.batch',
  'corpora.target',
  'corpora.targetValidation',
  'corpora.sourceValidation',
  'evaluation.windows',
] as const;

/** Plans a fleet. Throws {@link RunConfigError} for the first run that cannot be. */
export function planFleet(configs: readonly TrainConfig[], corpora: Corpora): FleetPlan {
  const first = configs[0];
  if (!first) throw new RangeError('a fleet needs at least one config');
  checkFleet(configs, first);
  const table = inRun(first, () => parameterTable(llamaConfig(first)));
  const { context } = table.config;
  const source = configs.some(({ corpora: { source } }) => source !== null) ? corpora.source : null;
  const layout = layOut(corpora.target, source);
  const evaluation = evaluationWindows(layout, context, first.evaluation.windows);
  checkLengths(first, corpora, layout, evaluation);
  return {
    table,
    layout,
    evaluation,
    runs: configs.map((config) => planRun(config, corpora, layout, table)),
  };
}

/** The model of a config, as the engine needs it. */
export function llamaConfig({ model }: TrainConfig): LlamaConfig {
  const { layers, width, heads, mlp, context, tied } = model;
  return { layers, width, heads, mlp, context, tied, vocabulary: BYTE_VOCABULARY };
}

function planRun(
  config: TrainConfig,
  { target, source }: Corpora,
  layout: TokenLayout,
  table: ParameterTable,
): PlannedRun {
  const { optimizer } = config;
  const hasSource = config.corpora.source !== null;
  return inRun(config, () => {
    const plan = makePlan({
      recipe: config.recipe,
      batch: optimizer.batch,
      context: table.config.context,
      targetTokensAvailable: layout.targetTrain.count,
      sourceTokensAvailable: hasSource ? layout.sourceTrain.count : 0,
      targetOffset: layout.targetTrain.from,
      sourceOffset: layout.sourceTrain.from,
      seed: config.seed,
    });
    const isRewarmed = rewarms(optimizer, plan.steps, plan.stageStartSteps);
    return {
      name: config.name,
      config,
      plan,
      realised: realise(plan, { N: table.counts.N, rewarms: isRewarmed }),
      rewarms: isRewarmed,
      learningRates: learningRates(optimizer, plan.steps, plan.stageStartSteps),
      optimizer: {
        beta1: optimizer.betas[0],
        beta2: optimizer.betas[1],
        epsilon: ADAM_EPSILON,
        weightDecay: optimizer.weightDecay,
        clip: optimizer.clip,
      },
      warnings: hasSource && source?.sha256 === target.sha256 ? [...plan.warnings, SAME_TEXT] : plan.warnings,
      hasSource,
    };
  });
}

function checkFleet(configs: readonly TrainConfig[], first: TrainConfig): void {
  const names = new Set<string>();
  const sources = new Set<string>();
  for (const config of configs) {
    if (names.has(config.name)) {
      throw new RunConfigError(
        config.name,
        'name',
        'another run of the fleet has this name; give each its own',
      );
    }
    names.add(config.name);
    for (const field of SHARED_FIELDS) {
      const [theirs, ours] = [fieldOf(config, field), fieldOf(first, field)];
      if (theirs !== ours) {
        throw new RunConfigError(
          config.name,
          field,
          `${JSON.stringify(theirs) ?? 'nothing'} is not the ${JSON.stringify(ours) ?? 'nothing'} of ${first.name}; runs of a fleet share it, train this one alone`,
        );
      }
    }
    if (config.corpora.source !== null) sources.add(config.corpora.source);
    if (sources.size > 1) {
      throw new RunConfigError(
        config.name,
        'corpora.source',
        'another run of the fleet reads another source; train this one alone',
      );
    }
  }
}

function checkLengths(
  first: TrainConfig,
  corpora: Corpora,
  layout: TokenLayout,
  evaluation: EvaluationWindows,
): void {
  const needed = first.model.context + 1;
  const refuse = (field: string, name: string, what: string, tokens: number): never => {
    throw new RunConfigError(
      first.name,
      field,
      `${name} holds ${tokens.toLocaleString('en')} ${what} tokens, less than one window of ${needed} (the context and the token after it); bring more text or lower model.context`,
    );
  };
  const { target, source } = corpora;
  if (layout.targetTrain.count < needed) {
    refuse('corpora.target', target.name, 'training', layout.targetTrain.count);
  }
  if (evaluation.target.count === 0) {
    const field = first.corpora.targetValidation ? 'corpora.targetValidation' : 'corpora.target';
    refuse(field, target.name, 'validation', layout.targetValidation.count);
  }
  if (!source || layout.sourceTrain.count === 0) return;
  if (layout.sourceTrain.count < needed) {
    refuse('corpora.source', source.name, 'training', layout.sourceTrain.count);
  }
  if (evaluation.source.count === 0) {
    const field = first.corpora.sourceValidation ? 'corpora.sourceValidation' : 'corpora.source';
    refuse(field, source.name, 'validation', layout.sourceValidation.count);
  }
}

function fieldOf(config: TrainConfig, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);
}

/** Says whose field it is, when a room below refuses one. */
function inRun<T>(config: TrainConfig, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RecipeError) {
      throw new RunConfigError(config.name, error.field, error.problem, error);
    }
    if (error instanceof ModelConfigError) {
      const problem = error.message.slice(error.message.indexOf(': ') + 2);
      throw new RunConfigError(config.name, `model.${error.field}`, problem, error);
    }
    throw error;
  }
}
