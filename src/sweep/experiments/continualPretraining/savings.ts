/** What going on from the source language saves: losses at equal target tokens, and target tokens to equal loss. */

import { type Interval, percentileInterval } from '../../../law/certainty/intervals.ts';
import { meanOf } from '../../../law/mean.ts';
import { quantile } from '../../../law/quantile.ts';
import { normalStream } from '../../../model/llama/initialise.ts';
import type { ResultRun } from '../experiment.ts';
import { hasTag, ofRound, wholeLoss } from '../results.ts';
import { ascending, type Estimate, errorOf, type Noise, studentsFactor } from '../spread.ts';
import { BEGINNING, type Beginning, EXPERIMENT, ROUND } from './design.ts';

/** Mean target loss over the seeds of one length. */
export type CurvePoint = {
  /** Target tokens read. */
  readonly tokens: number;
  /** Bits per byte. */
  readonly loss: number;
  readonly runs: number;
};

/** Of one model, from the fewest tokens. */
export type Curve = { readonly N: number; readonly points: readonly CurvePoint[] };

/** The finished runs that began so, by id: what is drawn from them must not depend on who finished first. Diverged ones are left out. */
export function runsThatBegan(results: readonly ResultRun[], beginning: Beginning): ResultRun[] {
  return ofRound(results, EXPERIMENT, ROUND)
    .filter((run) => hasTag(run, BEGINNING, beginning) && Number.isFinite(wholeLoss(run)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function curvesOf(runs: readonly ResultRun[]): Curve[] {
  return ascending(runs.map(({ nominal }) => nominal.N)).map((N) => {
    const own = runs.filter(({ nominal }) => nominal.N === N);
    const points = ascending(own.map(targetTokens)).map((tokens) => {
      const losses = own.filter((run) => targetTokens(run) === tokens).map(wholeLoss);
      return { tokens, loss: meanOf(losses), runs: losses.length };
    });
    return { N, points };
  });
}

/** k·D_T: those that were read, as planned. */
function targetTokens({ nominal: { k, D_T } }: ResultRun): number {
  return Math.round(k * D_T);
}

/** One length of one model, begun in both ways. */
export type Saving = {
  readonly N: number;
  /** Target tokens of both. */
  readonly tokens: number;
  readonly fromScratch: number;
  readonly fromSource: number;
  /** By how much the loss from the source is lower, in bits per byte. */
  readonly gap: Estimate;
  /** Standard error of the gap. */
  readonly error: number;
  /** Target tokens from scratch to the loss that these tokens come to from the source; an end of what was run where that is not inside. */
  readonly needed: Reached;
  /** 1 − tokens/needed. */
  readonly saving: number;
};

export type Reached = { readonly tokens: number; readonly is: 'between' | 'at most' | 'at least' };

export function savingsOf(scratch: readonly Curve[], source: readonly Curve[], noise: Noise): Saving[] {
  return source.flatMap(({ N, points }) => {
    const other = scratch.find((curve) => curve.N === N);
    return points.flatMap((point): Saving[] => {
      const same = other?.points.find(({ tokens }) => tokens === point.tokens);
      const needed = other && tokensTo(point.loss, other.points);
      if (!same || !needed) return [];
      const error = errorOf(noise, [same.runs, point.runs]);
      return [
        {
          N,
          tokens: point.tokens,
          fromScratch: same.loss,
          fromSource: point.loss,
          gap: { value: same.loss - point.loss, half: studentsFactor(noise.degrees) * error },
          error,
          needed,
          saving: 1 - point.tokens / needed.tokens,
        },
      ];
    });
  });
}

/** Where a curve first comes down to `loss`, linear in ln D between its points; null of no points. */
export function tokensTo(
  loss: number,
  points: readonly Pick<CurvePoint, 'tokens' | 'loss'>[],
): Reached | null {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return null;
  if (loss > first.loss) return { tokens: first.tokens, is: 'at most' };
  let before = first;
  for (const point of points) {
    if (point.loss <= loss) {
      const share = before.loss === point.loss ? 0 : (before.loss - loss) / (before.loss - point.loss);
      return { tokens: before.tokens * (point.tokens / before.tokens) ** share, is: 'between' };
    }
    before = point;
  }
  return { tokens: last.tokens, is: 'at least' };
}

export type SavingSummary = {
  /** Lengths that were begun in both ways, over all models. */
  readonly pairs: number;
  /** Of these, how often a way is ahead by more than {@link TIE} standard errors. */
  readonly ahead: number;
  readonly behind: number;
  /** Mean over the pairs, in bits per byte; lengths of one model are taken to err together. */
  readonly gap: Estimate;
  /** Median over the pairs, where an end stands for what lies beyond it, with the interval that noise leaves it. */
  readonly saving: number;
  readonly interval: Interval | null;
  /** Pairs whose loss from the source was not reached from scratch at all. */
  readonly beyond: number;
};

/** Differences below so many of their standard errors are ties. */
export const TIE = 1.5;
const RESAMPLES = 400;
/** Of random streams. */
const SAVING_NOISE = 0x5a71;

/** Null without a pair. */
export function summaryOf(
  scratch: readonly Curve[],
  source: readonly Curve[],
  noise: Noise,
): SavingSummary | null {
  const savings = savingsOf(scratch, source, noise);
  if (savings.length === 0) return null;
  const normal = normalStream(0, SAVING_NOISE);
  // What one source stage came to is in all lengths that fork from it: a curve is shaken as a whole.
  const shaken = (curves: readonly Curve[]) =>
    curves.map(({ N, points }) => {
      const shift = normal();
      return {
        N,
        points: points.map((point) => ({
          ...point,
          loss: point.loss + errorOf(noise, [point.runs]) * shift,
        })),
      };
    });
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(savingsOf(shaken(scratch), shaken(source), noise)),
  );
  const ofModels = ascending(savings.map(({ N }) => N)).map((N) =>
    savings.filter((one) => one.N === N).reduce((sum, one) => sum + one.error, 0),
  );
  const error = Math.hypot(...ofModels) / savings.length;
  return {
    pairs: savings.length,
    ahead: savings.filter(({ gap, error: own }) => gap.value > TIE * own).length,
    behind: savings.filter(({ gap, error: own }) => gap.value < -TIE * own).length,
    gap: {
      value: meanOf(savings.map(({ gap }) => gap.value)),
      half: studentsFactor(noise.degrees) * error,
    },
    saving: median(savings),
    interval: percentileInterval(medians),
    beyond: savings.filter(({ needed }) => needed.is === 'at least').length,
  };
}

function median(savings: readonly Saving[]): number {
  return quantile(
    savings.map(({ saving }) => saving).sort((a, b) => a - b),
    0.5,
  );
}
