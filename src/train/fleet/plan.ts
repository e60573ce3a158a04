/** Configs and corpora → all that their fleets will do, before a device is asked for anything. */

import type { TrainConfig } from '../../formats/config.ts';
import type { AdamWOptions } from '../../model/engine.ts';
import { type LlamaConfig, ModelConfigError } from '../../model/llama/config.ts';
import { type ParameterTable, parameterTable } from '../../model/llama/parameters.ts';
import { type Realised, realise } from '../../recipe/accounting.ts';
import { type BatchPlan, makePlan } from '../../recipe/plan.ts';
import { RecipeError } from '../../recipe/recipe.ts';
import { learningRates, rewarms } from '../../recipe/schedule.ts';
import type { Corpus } from '../../text/corpus/corpus.ts';
import type { TokenizedPair } from '../../text/pair/pair.ts';
import { type EvaluationWindows, evaluationWindows, layOut, type TokenLayout } from '../layout.ts';
import { windowBytes } from '../windowBytes.ts';
import { groupConfigs } from './grouping.ts';

/** A run that cannot be; `field` is the name in the train config. */
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

/** Texts as tokens, and the tokenizer that made them. */
export type Corpora = TokenizedPair;

/** The corpora of every run, or those of each: the same objects wherever configs name the same text and the same tokenizer. */
export type CorporaOfRuns = Corpora | ((config: TrainConfig) => Corpora);

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

/** What the runs of one group have in common, and each of them. */
export type FleetPlan = {
  readonly table: ParameterTable;
  /** What the fleet reads; no source where no run has one. */
  readonly corpora: Corpora;
  readonly layout: TokenLayout;
  readonly evaluation: EvaluationWindows;
  /** Text bytes that the predicted tokens of each evaluation window stand for. */
  readonly evaluationBytes: Float64Array;
  readonly runs: readonly PlannedRun[];
};

const ADAM_EPSILON = 1e-8;

const SAME_TEXT =
  'target and source are the same text (their SHA-256 is the same), so the run reads one language only; name another source';

/**
 * Plans the fleets that together train all `configs`: one for each group that can share one, in the order of their first runs.
 * Throws {@link RunConfigError} for the first run that cannot be.
 */
export function planFleets(configs: readonly TrainConfig[], corpora: CorporaOfRuns): FleetPlan[] {
  if (configs.length === 0) throw new RangeError('there is no config');
  checkNames(configs);
  const corporaOf = typeof corpora === 'function' ? corpora : () => corpora;
  const layOutOnce = layouts();
  return groupConfigs(configs, corporaOf).map((group) => planFleet(group, corporaOf, layOutOnce));
}

function planFleet(
  configs: readonly TrainConfig[],
  corporaOf: (config: TrainConfig) => Corpora,
  layOutOnce: (corpora: Corpora) => TokenLayout,
): FleetPlan {
  const [first] = configs;
  if (!first) throw new RangeError('a fleet needs at least one config');
  const withSource = configs.find(({ corpora: { source } }) => source !== null);
  const { target, tokenizer } = corporaOf(first);
  const corpora = { target, source: withSource ? corporaOf(withSource).source : null, tokenizer };
  const table = inRun(first, () => parameterTable(llamaConfig(first, tokenizer.vocabulary)));
  const { context } = table.config;
  const layout = layOutOnce(corpora);
  const evaluation = evaluationWindows(layout, context, first.evaluation.windows);
  checkLengths(first, corpora, layout, evaluation);
  return {
    table,
    corpora,
    layout,
    evaluation,
    evaluationBytes: windowBytes(evaluation, layout, context, corpora),
    runs: configs.map((config) => planRun(config, corpora, layout, table)),
  };
}

/** Lays out the same texts once, for groups of other shapes read them too. */
function layouts(): (corpora: Pick<Corpora, 'target' | 'source'>) => TokenLayout {
  const made: { readonly corpora: Pick<Corpora, 'target' | 'source'>; readonly layout: TokenLayout }[] = [];
  return (corpora) => {
    const { target, source } = corpora;
    const known = made.find((other) => other.corpora.target === target && other.corpora.source === source);
    if (known) return known.layout;
    const layout = layOut(target, source);
    made.push({ corpora, layout });
    return layout;
  };
}

/** The model of a config, as the engine needs it, for tokens of so many kinds. */
export function llamaConfig({ model }: TrainConfig, vocabulary: number): LlamaConfig {
  const { layers, width, heads, mlp, context, tied } = model;
  return { layers, width, heads, mlp, context, tied, vocabulary };
}

function planRun(
  config: TrainConfig,
  { target, source, tokenizer }: Corpora,
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
      warnings: [
        ...plan.warnings,
        ...(hasSource && source?.sha256 === target.sha256 ? [SAME_TEXT] : []),
        ...nearDuplicates('target', target),
        ...(hasSource && source ? nearDuplicates('source', source) : []),
        ...tokenizer.warnings,
      ],
      hasSource,
    };
  });
}

/** A warning where a model is tested on what it has nearly read. */
function nearDuplicates(
  side: 'target' | 'source',
  { nearDuplicates: near, validationDocuments, dropped }: Corpus,
): string[] {
  if (!near || near.trainingDocuments === 0 || dropped.nearDuplicates > 0) return [];
  const [held, all, train] = [near.validationDocuments, validationDocuments, near.trainingDocuments].map(
    (count) => count.toLocaleString('en'),
  );
  return [
    `${held} of ${all} validation documents of the ${side} are nearly in training (${train} documents there); corpora.nearDuplicates "drop" takes those out`,
  ];
}

function checkNames(configs: readonly TrainConfig[]): void {
  const names = new Set<string>();
  for (const { name } of configs) {
    if (names.has(name)) {
      throw new RunConfigError(name, 'name', 'another run has this name; give each its own');
    }
    names.add(name);
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
