/**
 * The runs of `continual-pretraining`: models that have read the source language and go on in the target alone, and models that begin
 * with the target, for the same numbers of target tokens.
 *
 * Nothing is repeated, and each length is a run with a complete schedule of its own: who goes on does so at the peak rate and decays
 * within the target text, whoever begins anew warms up, stays and decays. All that go on from one model and seed read the same source
 * windows first, so one of them trains that stage and the others fork from it.
 */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun } from '../experiment.ts';
import { parametersOf, tokensHolding } from '../models.ts';
import { rateFor } from '../rates.ts';
import { MONOLINGUAL, TWO_STAGE } from '../results.ts';
import { type BudgetName, designOf, FIRST_SEED, type Model, type Setting } from '../settings.ts';

export const EXPERIMENT = 'continual-pretraining';
export const ROUND = 'target lengths';

/** Tag that says how a run began. */
export const BEGINNING = 'beginning';
export type Beginning = 'from scratch' | 'from the source';

export type Lengths = {
  /** Tokens of the source stage. */
  readonly source: number;
  /** Target tokens, from the fewest. */
  readonly target: readonly number[];
};

const LENGTHS: Readonly<Record<BudgetName, Lengths>> = {
  small: { source: 2 ** 19, target: powersOfTwo(13, 18) },
  laptop: { source: 2 ** 20, target: powersOfTwo(14, 20) },
  gpu: { source: 2 ** 22, target: powersOfTwo(15, 22) },
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

type One = { readonly model: Model; readonly tokens: number; readonly seed: number };

function fromScratch(results: readonly ResultRun[], setting: Setting, { model, tokens, seed }: One) {
  const N = parametersOf(model);
  return designOf(setting, {
    name: `N ${N} from scratch ${tokens} seed ${seed}`,
    experiment: EXPERIMENT,
    round: ROUND,
    tags: beginning('from scratch'),
    model,
    recipe: { targetTokens: tokensHolding(tokens), epochs: 1 },
    compute: 6 * N * tokens,
    learningRate: rateFor(results, setting, model, MONOLINGUAL),
    seed,
  });
}

function fromSource(
  results: readonly ResultRun[],
  setting: Setting,
  { model, tokens, seed, source }: One & { readonly source: number },
) {
  const N = parametersOf(model);
  const all = source + tokens;
  return designOf(setting, {
    name: `N ${N} from ${source} of the source ${tokens} seed ${seed}`,
    experiment: EXPERIMENT,
    round: ROUND,
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
    learningRate: rateFor(results, setting, model, TWO_STAGE),
    seed,
  });
}

function beginning(words: Beginning) {
  return { [BEGINNING]: words };
}
