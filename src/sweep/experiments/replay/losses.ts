/**
 * Losses in both languages by r_f. Runs of one seed have their source stage in common, bit for bit, so they are held against each other
 * seed by seed, and what the seed does to all of them falls out.
 */

import { meanOf } from '../../../law/mean.ts';
import type { ResultRun } from '../experiment.ts';
import { hasTag, ofRound, wholeLoss } from '../results.ts';
import { ascending, type Estimate, LEAST_DEVIATION, studentsFactor, UNKNOWN_DEVIATION } from '../spread.ts';
import { EXPERIMENT, ROLE, ROUND } from './design.ts';

export type RatioLosses = {
  /** r_f. */
  readonly ratio: number;
  readonly seeds: number;
  /** Whether the learning rate decays over all of the final stage; where that is longer than the schedule's decay, only its end does. */
  readonly decaysThroughout: boolean;
  /** Means over seeds, in bits per byte. */
  readonly target: number;
  readonly source: number;
  /** Target loss less that at r_f = 1; null at r_f = 1, or where no seed has both. */
  readonly harm: Estimate | null;
  /** Source loss less the anchor's: what was forgotten. Null without an anchor of the same seed. */
  readonly forgotten: Estimate | null;
  /** Share of what was forgotten at r_f = 1 that is kept here, with the interval that noise leaves it; null as above. */
  readonly kept: Estimate | null;
};

export type Replay = {
  /** From no replay to the most. */
  readonly ratios: readonly RatioLosses[];
  /** Mean source loss of the runs that went on with the source; null where there is none. */
  readonly anchor: number | null;
  /** Mean of the last source loss that was measured in the source stage, at the peak rate; null where none was. */
  readonly before: number | null;
  /** Standard deviations of one seed's differences from the mean difference: of target and of source loss, pooled over r_f. */
  readonly deviations: { readonly target: number; readonly source: number };
  /** Differences less means that they were measured on; 0 where every r_f has one seed. */
  readonly degrees: number;
};

type Pair = { readonly seed: number; readonly target: number; readonly source: number };

export function replayOf(results: readonly ResultRun[]): Replay {
  const runs = ofRound(results, EXPERIMENT, ROUND).filter(
    (run) => Number.isFinite(wholeLoss(run)) && sourceLoss(run) !== null,
  );
  const compared = runs.filter((run) => hasTag(run, ROLE, 'compared'));
  const anchors = runs.filter((run) => hasTag(run, ROLE, 'anchor'));
  const ratios = ascending(compared.map(({ nominal }) => nominal.r_f)).reverse();
  const at = (ratio: number) => compared.filter(({ nominal }) => nominal.r_f === ratio);
  const plain = at(1);
  const harms = new Map(
    ratios.filter((ratio) => ratio !== 1).map((ratio) => [ratio, less(at(ratio), plain)]),
  );
  const losses = new Map(ratios.map((ratio) => [ratio, less(at(ratio), anchors)]));
  const [target, source] = [
    pooled([...harms.values()].map((pairs) => pairs.map((pair) => pair.target))),
    pooled([...losses.values()].map((pairs) => pairs.map((pair) => pair.source))),
  ];
  const estimate = (values: readonly number[], { deviation, degrees }: Pooled): Estimate | null =>
    values.length === 0
      ? null
      : {
          value: meanOf(values),
          half: (studentsFactor(degrees) * deviation) / Math.sqrt(values.length),
        };
  const forgotten = (ratio: number) =>
    estimate(
      (losses.get(ratio) ?? []).map((pair) => pair.source),
      source,
    );
  const atOne = forgotten(1);
  return {
    ratios: ratios.map((ratio) => {
      const own = forgotten(ratio);
      return {
        ratio,
        seeds: at(ratio).length,
        decaysThroughout: at(ratio).every(({ nominal, config }) => nominal.s <= config.optimizer.decay),
        target: meanOf(at(ratio).map(wholeLoss)),
        source: meanOf(at(ratio).flatMap((run) => sourceLoss(run) ?? [])),
        harm: estimate(
          (harms.get(ratio) ?? []).map((pair) => pair.target),
          target,
        ),
        forgotten: own,
        kept: ratio === 1 ? null : keptOf(own, atOne),
      };
    }),
    anchor: anchors.length === 0 ? null : meanOf(anchors.flatMap((run) => sourceLoss(run) ?? [])),
    before: beforeOf(runs),
    deviations: { target: target.deviation, source: source.deviation },
    degrees: Math.min(target.degrees, source.degrees),
  };
}

function sourceLoss({ record }: ResultRun): number | null {
  return record.final?.sourceBitsPerByte ?? null;
}

/** Seed by seed; a seed that one side lacks is left out. */
function less(runs: readonly ResultRun[], others: readonly ResultRun[]): Pair[] {
  return runs.flatMap((run) => {
    const { seed } = run.config;
    const other = others.find(({ config }) => config.seed === seed);
    const [a, b] = [sourceLoss(run), other ? sourceLoss(other) : null];
    return other && a !== null && b !== null
      ? [{ seed, target: wholeLoss(run) - wholeLoss(other), source: a - b }]
      : [];
  });
}

type Pooled = { readonly deviation: number; readonly degrees: number };

/** About the mean of each group. */
function pooled(groups: readonly (readonly number[])[]): Pooled {
  const degrees = groups.reduce((sum, group) => sum + Math.max(0, group.length - 1), 0);
  if (degrees === 0) return { deviation: UNKNOWN_DEVIATION, degrees };
  const squares = groups
    .filter(({ length }) => length > 1)
    .reduce((sum, group) => {
      const middle = meanOf(group);
      return sum + group.reduce((own, value) => own + (value - middle) ** 2, 0);
    }, 0);
  return { deviation: Math.max(LEAST_DEVIATION, Math.sqrt(squares / degrees)), degrees };
}

/** 1 − F(r_f)/F(1), to first order in both; null where nothing was forgotten beyond doubt. */
function keptOf(own: Estimate | null, atOne: Estimate | null): Estimate | null {
  if (!own || !atOne || atOne.value <= atOne.half) return null;
  const share = own.value / atOne.value;
  return { value: 1 - share, half: Math.hypot(own.half, share * atOne.half) / atOne.value };
}

/** Of sampled windows, at the last validation before the switch; all runs of a seed have the same. */
function beforeOf(runs: readonly ResultRun[]): number | null {
  const found = runs.flatMap(({ nominal, record: { curve, final } }) => {
    const switchAt = nominal.D * (1 - nominal.s);
    const last = curve
      .filter(({ tokens, sourceLoss: loss }) => loss !== undefined && tokens <= switchAt)
      .at(-1);
    const { sourceBitsPerByte = null, sourceLoss: nats = null } = final ?? {};
    if (last?.sourceLoss === undefined || sourceBitsPerByte === null || !nats) return [];
    return [(last.sourceLoss * sourceBitsPerByte) / nats];
  });
  return found.length === 0 ? null : meanOf(found);
}
