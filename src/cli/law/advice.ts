/** What a fitted law advises, with what a reader must know of it; and as a file. */

import type { FitFile } from '../../formats/fit.ts';
import type { RecommendationFile } from '../../formats/recommendation.ts';
import { allocate, cptAllocation } from '../../law/advice/cptAllocation.ts';
import type { PhaseMap } from '../../law/advice/phaseMap.ts';
import type { Candidate, Recommendation } from '../../law/advice/recommend.ts';
import type { UncertainThreshold } from '../../law/advice/thresholdLine.ts';
import { valuesOf } from '../../law/law.ts';
import { pointOf, QUANTITIES } from '../../law/point.ts';
import { scale } from '../words/law/numbers.ts';
import type { FittedLaw } from './fitFile.ts';

export type Advice = {
  readonly fit: FitFile;
  readonly fitted: FittedLaw;
  readonly recommendation: Recommendation;
  readonly threshold: UncertainThreshold | null;
  /** Quantities of the best recipe that lie outside the runs of the fit. */
  readonly beyond: readonly string[];
  /** Sentences without a full stop. */
  readonly notes: readonly string[];
  readonly map: PhaseMap | null;
};

/** A recipe is beyond the runs where it is outside them by more than rounding. */
const BEYOND = 1e-6;

export function beyondRuns({ best: { recipe } }: Recommendation, { extent }: FitFile): string[] {
  const point = pointOf(recipe);
  return QUANTITIES.filter((quantity) => {
    const range = extent[quantity];
    const value = point[quantity];
    return range !== undefined && (value < range[0] * (1 - BEYOND) || value > range[1] * (1 + BEYOND));
  });
}

export function notesOf(
  { note, unknown, status, firstStage, law }: FitFile,
  { blindness, tied }: Recommendation,
): string[] {
  const notes: string[] = [];
  if (note !== '') notes.push(note);
  if (unknown.length > 0)
    notes.push(
      `no run of the fit tells ${unknown.join(', ')}: what depends on them here, as a second language does, is made up`,
    );
  else if (status !== 'converged') notes.push(`the fit is ${status}; see m3lab fit`);
  if (blindness === 'all kinds') notes.push(`${law} cannot tell kinds of recipe apart`);
  else if (blindness === 'stages') notes.push(`${law} cannot tell one stage from two`);
  if (tied.length > 0) notes.push(`as good, to all digits that count: ${tied.join(', ')}`);
  const [rule, ...others] = firstStage.rules;
  if (rule)
    notes.push(
      others.length === 0
        ? `two-stage recipes are those of the runs: r_1 = ${rule.c}·r in the first stage`
        : 'the two-stage runs follow several rules for the first stage, so that r and r_f do not fix a recipe',
    );
  return notes;
}

/** Zheng's allocation, where the law is Zheng's. */
export function continualNotes({ law, theta }: FittedLaw, compute: number): string[] {
  if (law.name !== 'cpt') return [];
  const { A, alpha, Bprime, betaprime, gamma } = valuesOf(law, theta);
  if (
    A === undefined ||
    alpha === undefined ||
    Bprime === undefined ||
    betaprime === undefined ||
    gamma === undefined
  )
    return [];
  const allocation = cptAllocation({ A, alpha, Bprime, betaprime, gamma });
  if (allocation === null)
    return [
      'continual pre-training has no best allocation: gamma is not below betaprime, so that ever larger models pay',
    ];
  const { N, D } = allocate(allocation, compute);
  const power = (exponent: number) => exponent.toFixed(3);
  return [
    `compute-optimal continual pre-training, whatever the corpus: N = ${scale(N)}, D = ${scale(D)} target tokens; N ∝ C^${power(allocation.exponentN)}, ` +
      `D ∝ C^${power(allocation.exponentD)}`,
  ];
}

export function adviceFile({
  fit,
  recommendation,
  threshold,
  beyond,
  notes,
  map,
}: Advice): RecommendationFile {
  const { task, best, runnersUp, scarcity } = recommendation;
  const { modelScaleAtMost: maxN, sourceTokensAtMost: maxSourceTokens } = task.limits ?? {};
  const all = [best, ...runnersUp];
  return {
    version: 1,
    law: fit.law,
    compute: task.compute,
    targetTokens: task.targetTokens,
    limits: {
      ...(maxN !== undefined && { maxN }),
      ...(maxSourceTokens !== undefined && { maxSourceTokens }),
    },
    best: recipeFile(best),
    runnersUp: runnersUp.map((one) => ({ ...recipeFile(one), excess: one.excess })),
    shares: all.some(({ wins }) => wins === null)
      ? null
      : Object.fromEntries(all.map(({ recipe, wins }) => [recipe.kind, wins ?? 0])),
    threshold: threshold && thresholdFile(threshold),
    scarcity,
    beyond: [...beyond],
    notes: [...notes],
    ...(map && { map: mapFile(map) }),
  };
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
    finalRatio: r_f,
    D,
    S,
    loss,
    interval: intervals && [intervals.loss.low, intervals.loss.high],
  };
}

function thresholdFile({
  threshold,
  interval,
}: UncertainThreshold): NonNullable<RecommendationFile['threshold']> {
  const { state } = threshold;
  const targetTokens = state === 'crossed' ? threshold.D_T : null;
  return { targetTokens, interval: interval && [interval.low, interval.high], state };
}

function mapFile({ cells }: PhaseMap): NonNullable<RecommendationFile['map']> {
  return cells.map(({ compute, targetTokens, best, certainty }) => ({
    compute,
    targetTokens,
    kind: best?.kind ?? null,
    certainty,
  }));
}
