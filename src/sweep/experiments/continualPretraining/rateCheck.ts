/** Whether what the source brings at the shortest length outlives another learning rate for either way to begin. */

import { expectedBest } from '../../../law/certainty/expectedBest.ts';
import type { ResultRun } from '../experiment.ts';
import { chosenLoss, hasTag, ofRound, reportedLoss } from '../results.ts';
import { FIRST_SEED } from '../settings.ts';
import { type Estimate, errorOf, type Noise, studentsFactor } from '../spread.ts';
import { BEGINNING, type Beginning, EXPERIMENT, OTHER_RATES, RATES_ROUND, ROUND } from './design.ts';

/** Both ways at one length, each at the best of the rates that it was tried at. */
export type RateCheck = {
  readonly N: number;
  /** Target tokens. */
  readonly tokens: number;
  /** Best rate over the tuned one. */
  readonly fromScratch: number;
  readonly fromSource: number;
  /** By how much the loss from the source is lower with both at their best rate, bits per byte; luck of choosing is in the interval. */
  readonly gap: Estimate;
};

/** Null unless both ways were run at all rates; a diverged run counts as run. */
export function rateCheckOf(results: readonly ResultRun[], noise: Noise): RateCheck | null {
  const others = ofRound(results, EXPERIMENT, RATES_ROUND);
  const [first] = others;
  if (!first) return null;
  const { N } = first.nominal;
  const tokens = tokensOf(first);
  const tuned = ofRound(results, EXPERIMENT, ROUND).filter(
    (run) => run.nominal.N === N && tokensOf(run) === tokens && run.config.seed === FIRST_SEED,
  );
  const [scratch, source] = (['from scratch', 'from the source'] as const).map((beginning) =>
    bestOf(ofBeginning(tuned, beginning), ofBeginning(others, beginning)),
  );
  if (!scratch || !source) return null;
  const count = 1 + OTHER_RATES.length;
  return {
    N,
    tokens,
    fromScratch: scratch.factor,
    fromSource: source.factor,
    gap: {
      value: scratch.loss - source.loss,
      half: studentsFactor(noise.degrees) * errorOf(noise, [1, 1]) + noise.deviation * expectedBest(count),
    },
  };
}

function tokensOf({ nominal: { k, D_T } }: ResultRun): number {
  return Math.round(k * D_T);
}

function ofBeginning(runs: readonly ResultRun[], beginning: Beginning): ResultRun[] {
  return runs.filter((run) => hasTag(run, BEGINNING, beginning));
}

/** Chosen on one half of the held-out text, reported on the other. Null where a rate is missing, or all diverged. */
function bestOf(
  [tuned]: readonly ResultRun[],
  others: readonly ResultRun[],
): { readonly factor: number; readonly loss: number } | null {
  if (!tuned || others.length < OTHER_RATES.length) return null;
  const best = [tuned, ...others].reduce((lowest, run) =>
    chosenLoss(run) < chosenLoss(lowest) ? run : lowest,
  );
  const loss = reportedLoss(best);
  const rateOf = ({ config }: ResultRun) => config.optimizer.learningRate;
  return Number.isFinite(loss)
    ? { factor: Number((rateOf(best) / rateOf(tuned)).toPrecision(2)), loss }
    : null;
}
