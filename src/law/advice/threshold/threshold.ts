/** D_T^c(C): the corpus below which the best recipe is no longer monolingual. */

import type { Law } from '../../law.ts';
import type { RecipeKind } from '../../point.ts';
import { bestOfKind, FINE, lowest, QUICK } from '../best.ts';
import { blindness, distinctKinds } from '../kinds.ts';
import { type OptimalData, optimalData } from '../optimalData.ts';
import type { Effort } from '../search/minimise.ts';
import type { Recipe } from '../space.ts';
import { type Limits, TaskError } from '../task.ts';
import { departureSlope } from './departure.ts';

export type ThresholdOptions = {
  readonly limits?: Limits | undefined;
  /** Nats per token by which a bilingual recipe has to lead, of the kinds that the limits allow; 0 by default. */
  readonly margin?: number | undefined;
};

export type Threshold =
  | {
      readonly state: 'crossed';
      readonly compute: number;
      /** D_T^c in tokens. */
      readonly D_T: number;
      /** D_T^c/D*(C). */
      readonly x: number;
      /** The best recipes on either side, just below the threshold. */
      readonly monolingual: Recipe;
      readonly bilingual: Recipe;
      /**
       * Whether the target ratio jumps there, from 1 to that of `bilingual`, while the monolingual recipe still resists small
       * changes; else it leaves 1 bit by bit. Null where a margin was asked for.
       */
      readonly jumps: boolean | null;
    }
  | {
      /** Of all corpora between `from` and `to` tokens. */
      readonly state: 'always' | 'never';
      readonly compute: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly state: 'untold'; readonly compute: number; readonly why: Untold };

/**
 * Why a law has no threshold: it tells the kinds not apart; it does not speak of monolingual runs; it wants ever larger or ever smaller
 * models, so that no corpus is scarce.
 */
export type Untold = 'blind' | 'no monolingual runs' | 'no optimal data';

/** Corpora that are looked at, as scarcities. */
const SCARCEST = 1e-6;
const PLENTIFUL = 1e2;

/** Step of the first look, in ln D_T: bilingual recipes that lead over a narrower range only are not seen. */
const LOOK_STEP = 0.9;

/** Of ln D_T^c. */
const FINE_TOLERANCE = 1e-9;
const QUICK_TOLERANCE = 1e-3;

/** Slopes of ln L by the share of source tokens: below this they are rounding, or the law does not care. */
const FLAT = 2e-10;

/** A monolingual recipe that resists by more than this at the threshold is left by a jump. */
const RESISTS = 1e-8;

/** Lead that is no rounding of two searches, relative to the loss. */
const FINE_LEAD = 1e-11;
const QUICK_LEAD = 1e-6;

/** So far below the threshold, relative, the recipes of both sides are told. */
const BELOW = 1e-6;

/**
 * The largest D_T below which the best recipe leaves the monolingual kind, by global minimisation of each kind. Throws a `TaskError`
 * for a budget or a limit that cannot be.
 */
export function threshold(
  law: Law,
  theta: Float64Array,
  compute: number,
  options: ThresholdOptions = {},
): Threshold {
  const told = setOut(law, theta, compute, options, FINE);
  if ('why' in told) return { state: 'untold', compute, why: told.why };
  const { from, to, optimum, leaves } = told;
  const crossing = largestLeaving(leaves, Math.log(from), Math.log(to));
  if (crossing === 'always' || crossing === 'never') return { state: crossing, compute, from, to };
  const D_T = Math.exp(bisect(leaves, crossing, FINE_TOLERANCE));
  const sides = told.recipes(D_T * (1 - BELOW));
  const here = bestOfKind(law, theta, 'monolingual single-stage', {
    compute,
    targetTokens: D_T,
    limits: options.limits,
  });
  if (sides === null || here === null) return { state: 'untold', compute, why: 'no monolingual runs' };
  const resists = departureSlope(law, theta, here, told.rivals) > RESISTS;
  return {
    state: 'crossed',
    compute,
    D_T,
    x: D_T / optimum.D,
    ...sides,
    jumps: told.margin > 0 ? null : resists,
  };
}

/**
 * D_T^c alone, to a thousandth of itself, looked for around `near`: for the same question under many parameters. Infinity: always;
 * 0: never; null: the law has no answer.
 */
export function thresholdNear(
  law: Law,
  theta: Float64Array,
  compute: number,
  near: number,
  options: ThresholdOptions = {},
): number | null {
  const told = setOut(law, theta, compute, options, QUICK);
  if ('why' in told) return null;
  const { leaves } = told;
  const from = Math.log(told.from);
  const to = Math.log(told.to);
  let here = Math.min(Math.max(Math.log(near), from), to);
  const isLeft = leaves(here);
  for (let step = 0.1; ; step *= 2) {
    const next = Math.min(Math.max(here + (isLeft ? step : -step), from), to);
    if (next === here) return isLeft ? Number.POSITIVE_INFINITY : 0;
    if (leaves(next) !== isLeft) {
      const bracket = isLeft ? { left: here, stays: next } : { left: next, stays: here };
      return Math.exp(bisect(leaves, bracket, QUICK_TOLERANCE));
    }
    here = next;
  }
}

type Sides = { readonly monolingual: Recipe; readonly bilingual: Recipe };

type Question = {
  readonly optimum: OptimalData;
  readonly rivals: readonly RecipeKind[];
  readonly margin: number;
  readonly from: number;
  readonly to: number;
  readonly recipes: (D_T: number) => Sides | null;
  /** Whether the best recipe is bilingual at this ln D_T. */
  readonly leaves: (lnD_T: number) => boolean;
};

function setOut(
  law: Law,
  theta: Float64Array,
  compute: number,
  { limits, margin = 0 }: ThresholdOptions,
  effort: Effort,
): Question | { readonly why: Untold } {
  if (!(margin >= 0)) throw new TaskError('margin', margin, 'at least 0 nats');
  if (blindness(law) === 'all kinds') return { why: 'blind' };
  const optimum = optimalData(law, theta, compute, effort);
  if (optimum === null)
    return { why: speaksOfMonolingual(law, theta, compute) ? 'no optimal data' : 'no monolingual runs' };
  const rivals = distinctKinds(law).filter(
    (kind) => kind !== 'monolingual single-stage' && limits?.kinds?.includes(kind) !== false,
  );
  const find = (kind: RecipeKind, D_T: number) =>
    bestOfKind(law, theta, kind, { compute, targetTokens: D_T, limits }, effort);
  const recipes = (D_T: number): Sides | null => {
    const monolingual = find('monolingual single-stage', D_T);
    const bilingual = lowest(rivals.map((kind) => find(kind, D_T)).filter((recipe) => recipe !== null));
    return monolingual === null || bilingual === undefined ? null : { monolingual, bilingual };
  };
  const lead = effort === FINE ? FINE_LEAD : QUICK_LEAD;
  return {
    optimum,
    rivals,
    margin,
    from: optimum.D * SCARCEST,
    to: optimum.D * PLENTIFUL,
    recipes,
    leaves: (lnD_T) => {
      const D_T = Math.exp(lnD_T);
      const monolingual = find('monolingual single-stage', D_T);
      if (monolingual === null) return false;
      if (margin === 0 && departureSlope(law, theta, monolingual, rivals) < -FLAT) return true;
      const wanted = monolingual.loss * (1 - lead) - margin;
      return rivals.some((kind) => (find(kind, D_T)?.loss ?? Number.POSITIVE_INFINITY) < wanted);
    },
  };
}

function speaksOfMonolingual(law: Law, theta: Float64Array, compute: number): boolean {
  const task = { compute, targetTokens: Math.sqrt(compute / 6) };
  return bestOfKind(law, theta, 'monolingual single-stage', task, QUICK) !== null;
}

/** ln D_T on both sides of the threshold. */
type Bracket = { readonly left: number; readonly stays: number };

/** Walks down from the largest corpus to the first at which the best recipe is bilingual. */
function largestLeaving(
  leaves: (lnD_T: number) => boolean,
  from: number,
  to: number,
): Bracket | 'always' | 'never' {
  const steps = Math.ceil((to - from) / LOOK_STEP);
  let stays: number | null = null;
  for (let step = 0; step <= steps; step++) {
    const here = to + ((from - to) * step) / steps;
    if (leaves(here)) return stays === null ? 'always' : { left: here, stays };
    stays = here;
  }
  return 'never';
}

function bisect(leaves: (lnD_T: number) => boolean, { left, stays }: Bracket, tolerance: number): number {
  let low = left;
  let high = stays;
  while (high - low > tolerance) {
    const middle = (low + high) / 2;
    if (leaves(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
