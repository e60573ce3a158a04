/** What a law advises, as a file. */

import type { RecommendationFile } from '../../formats/recommendation.ts';
import type { Candidate } from '../advice/recommend.ts';
import type { UncertainThreshold } from '../advice/threshold/thresholdLine.ts';
import type { Interval } from '../certainty/intervals.ts';
import { pointOf, recipeKind } from '../point.ts';
import type { Advice, GivenAdvice } from './advice.ts';
import type { Surroundings } from './surroundings.ts';

export function adviceFile({
  fit,
  recommendation,
  gaps,
  threshold,
  margin,
  firstOrder,
  given,
  beyond,
  notes,
  surroundings,
}: Advice): RecommendationFile {
  const { task, best, runnersUp, scarcity, ties, noise, blindness } = recommendation;
  const { modelScaleAtMost, sourceTokensAtMost, epochsAtMost, ratioAtLeast } = task.limits ?? {};
  return {
    version: 1,
    law: fit.law,
    sources: fit.sources.map((source) => ({ ...source })),
    compute: task.compute,
    targetTokens: task.targetTokens,
    limits: {
      ...(modelScaleAtMost !== undefined && { maxN: modelScaleAtMost }),
      ...(sourceTokensAtMost !== undefined && { maxSourceTokens: sourceTokensAtMost }),
      ...(epochsAtMost !== undefined && { maxEpochs: epochsAtMost }),
      ...(ratioAtLeast !== undefined && { minRatio: ratioAtLeast }),
    },
    untold: gaps.map((gap) => ({ ...gap })),
    blindness,
    best: recipeFile(best),
    runnersUp: runnersUp.map((one) => ({
      ...recipeFile(one),
      excess: one.excess,
      excessInterval: ends(one.intervals?.excess ?? null),
    })),
    shares:
      ties === null
        ? null
        : Object.fromEntries([
            ...[best, ...runnersUp].map(({ recipe, wins }) => [recipe.kind, wins ?? 0] as const),
            ['tie', ties] as const,
          ]),
    noise,
    threshold: threshold && {
      ...thresholdFile(threshold),
      margin,
      firstOrder: firstOrder && { ...firstOrder },
    },
    scarcity,
    beyond: [...beyond],
    notes: [...notes],
    ...(given.length > 0 && { given: given.map(givenFile) }),
    ...(surroundings && surroundingsFile(surroundings)),
  };
}

function ends(interval: Interval | null): [number, number] | null {
  return interval && [interval.low, interval.high];
}

function recipeFile({
  recipe: { kind, N, k, r, r_f, D, S, loss },
  intervals,
}: Candidate): RecommendationFile['best'] {
  return {
    kind,
    N,
    k,
    r,
    r_f,
    D,
    S,
    loss,
    interval: ends(intervals?.loss ?? null),
    intervals: intervals && {
      N: ends(intervals.N),
      k: ends(intervals.k),
      r: ends(intervals.r),
      r_f: ends(intervals.r_f),
    },
  };
}

function givenFile({
  recipe,
  foretold,
  reason,
}: GivenAdvice): NonNullable<RecommendationFile['given']>[number] {
  const { point, loss, interval, excess, excessInterval } = foretold ?? {};
  return {
    ...recipe,
    C: point?.C ?? null,
    kind: recipeKind(point ?? pointOf({ ...recipe, D_T: 1 })),
    loss: loss ?? null,
    interval: ends(interval ?? null),
    excess: excess ?? null,
    excessInterval: ends(excessInterval ?? null),
    ...(reason !== null && { reason }),
  };
}

function thresholdFile({ threshold, interval }: UncertainThreshold) {
  const { state } = threshold;
  const targetTokens = state === 'crossed' ? threshold.D_T : null;
  return { targetTokens, interval: ends(interval), state };
}

function surroundingsFile({
  map,
  line,
  epochs,
}: Surroundings): Pick<RecommendationFile, 'map' | 'thresholdLine' | 'epochs'> {
  const { points, spread } = epochs;
  return {
    map:
      map?.cells.map(({ compute, targetTokens, best, certainty }) => ({
        compute,
        targetTokens,
        kind: best?.kind ?? null,
        certainty,
      })) ?? null,
    thresholdLine: line?.map((one) => ({ compute: one.threshold.compute, ...thresholdFile(one) })) ?? null,
    epochs: {
      points: points.map(({ compute, x, best, monolingual, interval }) => ({
        compute,
        x,
        k: best.k,
        interval: ends(interval),
        kind: best.kind,
        monolingual: monolingual?.k ?? null,
      })),
      spread: spread && {
        lnEpochs: spread.lnEpochs,
        lnMonolingualEpochs: spread.lnMonolingualEpochs,
        worstX: spread.worstX,
      },
    },
  };
}
