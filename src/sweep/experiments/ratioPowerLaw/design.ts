/** The runs of `ratio-power-law`: single-stage training of one length at several ratios, on two models, two lengths, two sources. */

import type { DesignRecipe, SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun } from '../experiment.ts';
import { parametersOf, tokensFor, tokensHolding } from '../models.ts';
import { rateFor } from '../rates.ts';
import { SINGLE_STAGE } from '../results.ts';
import { CONTEXT, designOf, FIRST_SEED, type Model, type Setting } from '../settings.ts';

export const EXPERIMENT = 'ratio-power-law';
export const ROUND = 'ratios';

/** Tag that says with which source a run was trained; a run at r = 1 reads none and belongs to both. */
export const PAIR = 'pair';
export type Pair = 'source' | 'control';

export const RATIOS = [0.05, 0.1, 0.2, 0.4, 0.8, 1] as const;
/** The ratio that is repeated under another seed. */
const REPEATED = 0.2;
/** The longer runs' tokens over the shorter ones'. */
const LENGTHS_APART = 4;
/** All ratios are multiples of it, so that windows of each language come out whole. */
const FINEST_RATIO = 0.05;

/** Two models about a factor of three apart: a power of N is not seen on less. */
export function modelsOf({ models }: Setting): readonly Model[] {
  const [first] = models;
  const other = models[Math.min(2, models.length - 1)];
  return [...new Set([first, other])].flatMap((model) => (model ? [model] : []));
}

/** Windows of the runs, the shorter first: the larger model spends the lowest budget on the longer ones (the second where there are many). */
function lengthsOf(setting: Setting): readonly number[] {
  const { computes, batch } = setting;
  const compute = computes[computes.length > 2 ? 1 : 0] ?? 0;
  const largest = modelsOf(setting).at(-1);
  if (!largest) return [];
  const step = Math.round(batch / FINEST_RATIO) * LENGTHS_APART;
  const most = Math.max(step, Math.floor(tokensFor(compute, largest) / CONTEXT / step) * step);
  return [most / LENGTHS_APART, most];
}

/** All runs of the round. The target text that a run needs is read once, k = 1, so D_T = r·D. */
export function ratioDesigns(results: readonly ResultRun[], setting: Setting): SweepDesign[] {
  const { control } = setting.texts;
  const pairs: readonly Pair[] = control === null ? ['source'] : ['source', 'control'];
  return modelsOf(setting).flatMap((model) =>
    lengthsOf(setting).flatMap((windows) =>
      RATIOS.flatMap((ratio) =>
        (ratio === 1 ? pairs.slice(0, 1) : pairs).flatMap((pair) =>
          seedsOf(setting, ratio, pair).map((seed) =>
            oneRun(results, setting, { model, windows, ratio, pair, seed }),
          ),
        ),
      ),
    ),
  );
}

function seedsOf({ moreSeeds }: Setting, ratio: number, pair: Pair): readonly number[] {
  return ratio === REPEATED && pair === 'source' ? [FIRST_SEED, ...moreSeeds.slice(0, 1)] : [FIRST_SEED];
}

type One = {
  readonly model: Model;
  /** Of the whole run. */
  readonly windows: number;
  readonly ratio: number;
  readonly pair: Pair;
  readonly seed: number;
};

function oneRun(
  results: readonly ResultRun[],
  setting: Setting,
  { model, windows, ratio, pair, seed }: One,
): SweepDesign {
  const { control, controlValidation } = setting.texts;
  const N = parametersOf(model);
  const tokens = windows * CONTEXT;
  const recipe: DesignRecipe & { targetTokens: number } = {
    targetTokens: tokensHolding(Math.round(ratio * windows) * CONTEXT),
    epochs: 1,
    ratio,
  };
  return designOf(setting, {
    name: `N ${N} D ${tokens} r ${ratio} ${pair} seed ${seed}`,
    experiment: EXPERIMENT,
    round: ROUND,
    tags: { [PAIR]: ratio === 1 ? ['source', 'control'] : pair },
    model,
    recipe,
    compute: 6 * N * tokens,
    // One rate for all ratios: that of another kind at r = 1 would bend the line there.
    learningRate: rateFor(results, setting, model, SINGLE_STAGE),
    seed,
    ...(pair === 'control' &&
      control !== null && {
        texts: {
          source: control,
          ...(controlValidation !== undefined && { sourceValidation: controlValidation }),
        },
      }),
  });
}
