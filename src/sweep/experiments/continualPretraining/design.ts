/**
 * The runs of `continual-pretraining`: models that have read the source language and go on in the target alone, and models that begin
 * with the target, for the same numbers of target tokens.
 *
 * Nothing is repeated, and each length is a run with a complete schedule of its own: who goes on does so at the peak rate and decays
 * within the target text, whoever begins anew warms up, stays and decays. No run is so short that most of it is its beginning: from
 * scratch that would be a straw man. All that go on from one model and seed read the same source
 * windows first, so one of them trains that stage and the others fork from it.
 */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun } from '../experiment.ts';
import { parametersOf, tokensHolding } from '../models.ts';
import { rateFor } from '../rates.ts';
import { MONOLINGUAL, TWO_STAGE } from '../results.ts';
import {
  type BudgetName,
  CONTEXT,
  designOf,
  FIRST_SEED,
  type Model,
  type Setting,
  WARMUP_STEPS,
} from '../settings.ts';

export const EXPERIMENT = 'continual-pretraining';
export const ROUND = 'target lengths';
/** Both ways at the shortest length, at other learning rates. */
export const RATES_ROUND = 'target rates';

/** Tag that says how a run began. */
export const BEGINNING = 'beginning';
export type Beginning = 'from scratch' | 'from the source';

export type Lengths = {
  /** Tokens of the source stage. */
  readonly source: number;
  /** Target tokens, from the fewest. */
  readonly target: readonly number[];
};

/** From 256 steps on. */
const LENGTHS: Readonly<Record<BudgetName, Lengths>> = {
  small: { source: 2 ** 19, target: powersOfTwo(15, 18) },
  laptop: { source: 2 ** 20, target: powersOfTwo(16, 20) },
  gpu: { source: 2 ** 22, target: powersOfTwo(17, 22) },
};

function powersOfTwo(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => 2 ** (from + index));
}

export function lengthsOf({ budget }: Setting): Lengths {
  return LENGTHS[budget];
}

/** The smallest model, the one in the middle and the largest: what falls with N is not seen on fewer. */
export function modelsOf({ models }: Setting): readonly Model[] {
  const middle = models[Math.floor((models.length - 1) / 2)];
  return [...new Set([models[0], middle, models.at(-1)])].flatMap((model) => (model ? [model] : []));
}

/**
 * All runs. From scratch they go one length further, so that what the longest ones save can be told. A second seed shows the noise; the
 * largest model and the longest runs cost most, and are left out of both.
 */
export function continualDesigns(results: readonly ResultRun[], setting: Setting): SweepDesign[] {
  const models = modelsOf(setting);
  const { source, target } = lengthsOf(setting);
  const longest = target.at(-1) ?? 0;
  return models.flatMap((model) => {
    const isLargest = model === models.at(-1);
    const both = target.flatMap((tokens) => {
      const isCostly = isLargest || tokens === longest;
      const seeds = [FIRST_SEED, ...(isCostly ? [] : setting.moreSeeds.slice(0, 1))];
      return seeds.flatMap((seed) => [
        fromScratch(results, setting, { model, tokens, seed }),
        fromSource(results, setting, { model, tokens, seed, source }),
      ]);
    });
    const further = { model, tokens: 2 * longest, seed: FIRST_SEED };
    return isLargest ? both : [...both, fromScratch(results, setting, further)];
  });
}

/** Of the tuned rate. */
export const OTHER_RATES = [0.5, 2] as const;

/**
 * The shortest length of the smallest model, at half and at double the tuned rates: those were tuned on longer runs that repeat their
 * text, and what favours one way to begin would pass for a gain. Where runs are shortest a rate matters most.
 */
export function rateDesigns(results: readonly ResultRun[], setting: Setting): SweepDesign[] {
  const { source, target } = lengthsOf(setting);
  const [model] = modelsOf(setting);
  const [tokens] = target;
  if (!model || tokens === undefined) return [];
  return OTHER_RATES.flatMap((rateFactor) => {
    const one = { model, tokens, seed: FIRST_SEED, rateFactor };
    return [fromScratch(results, setting, one), fromSource(results, setting, { ...one, source })];
  });
}

type One = {
  readonly model: Model;
  readonly tokens: number;
  readonly seed: number;
  /** Of the tuned rate; runs with one are of {@link RATES_ROUND}. */
  readonly rateFactor?: number;
};

/** Of a run's steps: beyond, its beginning weighs. */
const MOST_WARMUP = 0.1;

/** As many steps as in all experiments, and fewer in short runs. */
function warmupOf({ batch }: Setting, tokens: number): number {
  return Math.min(WARMUP_STEPS, Math.floor((MOST_WARMUP * tokens) / (batch * CONTEXT)));
}

function scaledRate(rate: number, rateFactor: number): number {
  return Number((rate * rateFactor).toPrecision(3));
}

function rateWords(rateFactor: number): string {
  return rateFactor === 1 ? '' : ` rate ×${rateFactor}`;
}

function fromScratch(
  results: readonly ResultRun[],
  setting: Setting,
  { model, tokens, seed, rateFactor = 1 }: One,
): SweepDesign {
  const N = parametersOf(model);
  const design = designOf(setting, {
    name: `N ${N} from scratch ${tokens}${rateWords(rateFactor)} seed ${seed}`,
    experiment: EXPERIMENT,
    round: rateFactor === 1 ? ROUND : RATES_ROUND,
    tags: beginning('from scratch'),
    model,
    recipe: { targetTokens: tokensHolding(tokens), epochs: 1 },
    compute: 6 * N * tokens,
    learningRate: scaledRate(rateFor(results, setting, model, MONOLINGUAL), rateFactor),
    seed,
  });
  return { ...design, warmupSteps: warmupOf(setting, tokens) };
}

function fromSource(
  results: readonly ResultRun[],
  setting: Setting,
  { model, tokens, seed, source, rateFactor = 1 }: One & { readonly source: number },
): SweepDesign {
  const N = parametersOf(model);
  const all = source + tokens;
  return designOf(setting, {
    name: `N ${N} from ${source} of the source ${tokens}${rateWords(rateFactor)} seed ${seed}`,
    experiment: EXPERIMENT,
    round: rateFactor === 1 ? ROUND : RATES_ROUND,
    tags: beginning('from the source'),
    model,
    recipe: {
      targetTokens: tokensHolding(tokens),
      tokens: all,
      stages: [
        { share: source / all, ratio: 0 },
        { share: tokens / all, ratio: 1 },
      ],
    },
    compute: 6 * N * all,
    learningRate: scaledRate(rateFor(results, setting, model, TWO_STAGE), rateFactor),
    seed,
  });
}

function beginning(words: Beginning) {
  return { [BEGINNING]: words };
}
