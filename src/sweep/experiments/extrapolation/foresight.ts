/** What laws that were fitted to the lower budgets say of the highest. */

import { recipeCells } from '../../../law/certainty/cells.ts';
import { type Interval, percentileInterval } from '../../../law/certainty/intervals.ts';
import { drawCells } from '../../../law/certainty/resampling.ts';
import { fitRest } from '../../../law/comparison/heldOut.ts';
import { isOfKind, KIND_SLICES, type KindSlice } from '../../../law/comparison/kinds.ts';
import { predictorOf } from '../../../law/comparison/prediction.ts';
import { type Score, scoreOf } from '../../../law/comparison/score.ts';
import type { Law } from '../../../law/law.ts';
import { meanOf } from '../../../law/mean.ts';
import { quantile } from '../../../law/quantile.ts';
import type { Run } from '../../../law/run.ts';
import type { ReportWatch } from '../experiment.ts';

import type { Parted } from './runs.ts';

/** A run of the highest budget, and the loss that was foretold for it, in nats per token. */
export type Foretold = { readonly run: Run; readonly predicted: number };

export type Foresight = {
  /** Runs of the highest budget that the law speaks of and that the fitted runs tell of. */
  readonly runs: readonly Foretold[];
  readonly score: Score | null;
  /** Why there is no score, or not of all runs; '' where nothing is missing. */
  readonly reason: string;
};

export type LawForesight = {
  readonly law: Law;
  /** One fit to lower runs of all kinds, on held-out runs of each. */
  readonly joint: Readonly<Record<KindSlice, Foresight>>;
  /** A fit to lower runs of the kind alone; of all kinds, the joint one. */
  readonly own: Readonly<Record<KindSlice, Foresight>>;
};

/** Fits each law to the lower budgets, from nothing, jointly and by kind. Rejects with the signal's reason when aborted. */
export async function foresights(
  laws: readonly Law[],
  { held, rest }: Pick<Parted, 'held' | 'rest'>,
  { signal, onProgress }: ReportWatch = {},
): Promise<LawForesight[]> {
  const found: LawForesight[] = [];
  for (const [index, law] of laws.entries()) {
    let done = 0;
    const foresee = async (fitted: readonly Run[]) => {
      const told = (share: number) =>
        onProgress?.(`fitting ${law.name}`, (index + (done + share) / KIND_SLICES.length) / laws.length);
      const fit = await fitRest(law, fitted, { onProgress: told, ...(signal && { signal }) });
      done++;
      if ('reason' in fit) return () => nothing(fit.reason);
      const predict = predictorOf(fit.fit, fit.rest);
      return (runs: readonly Run[]) => foresightOf(law, predict, runs);
    };
    const jointly = await foresee(rest);
    const joint: [KindSlice, Foresight][] = [];
    const own: [KindSlice, Foresight][] = [];
    for (const slice of KIND_SLICES) {
      const ofSlice = (runs: readonly Run[]) => runs.filter(({ point }) => isOfKind(slice, point));
      const heldHere = ofSlice(held);
      joint.push([slice, jointly(heldHere)]);
      const alone = slice === 'all' || heldHere.length === 0 ? jointly : await foresee(ofSlice(rest));
      own.push([slice, alone(heldHere)]);
    }
    found.push({
      law,
      joint: Object.fromEntries(joint) as LawForesight['joint'],
      own: Object.fromEntries(own) as LawForesight['own'],
    });
  }
  onProgress?.('fitted', 1);
  return found;
}

function nothing(reason: string): Foresight {
  return { runs: [], score: null, reason };
}

function foresightOf(law: Law, predict: ReturnType<typeof predictorOf>, held: readonly Run[]): Foresight {
  if (held.length === 0) return nothing('no runs of this kind at the highest budget');
  const covered = held.filter(({ point }) => law.covers?.(point) ?? true);
  if (covered.length === 0) return nothing('the law does not speak of this kind');
  const untold = new Set<string>();
  const runs = covered.flatMap((run): Foretold[] => {
    const { logLoss, needs } = predict(run.point);
    for (const name of needs) untold.add(name);
    return needs.length === 0 ? [{ run, predicted: Math.exp(logLoss) }] : [];
  });
  const missing = held.length - runs.length;
  const why =
    untold.size > 0
      ? `the lower budgets do not tell ${[...untold].join(', ')}`
      : 'of the others the law does not speak';
  return {
    runs,
    score: scoreOf(
      runs.map(({ run }) => run.loss),
      runs.map(({ predicted }) => predicted),
    ),
    reason: missing === 0 ? '' : `${missing} of ${held.length} not foreseen: ${why}`,
  };
}

const RESAMPLES = 1000;
const SEED = 0;

/** The 95 % interval of R² over recipes that might have been held out instead; null where they are too few to have one. */
export function rSquaredInterval({ runs }: Pick<Foresight, 'runs'>): Interval | null {
  return resampled(runs, (drawn) => {
    const score = scoreOf(
      drawn.map(({ run }) => run.loss),
      drawn.map(({ predicted }) => predicted),
    );
    return score?.rSquared ?? Number.NaN;
  });
}

/** How much more a rival errs. */
export type Lead = {
  /** Mean squared residual of log loss, less the law's own, on the runs that all foresaw. */
  readonly difference: number;
  readonly interval: Interval;
};

/**
 * How much more each of `rivals` errs than `own`, with 95 % intervals over recipes that hold for all of them at once: the best of many
 * rivals is also the luckiest, so half an interval is as many standard errors as the largest of all deviations in a resample has. Null
 * where there are too few recipes, or no rivals.
 */
export function leadsOf(own: Foresight, rivals: readonly Foresight[]): Lead[] | null {
  const others = rivals.map(
    ({ runs }) => new Map(runs.map(({ run, predicted }) => [run, predicted] as const)),
  );
  const rows = own.runs.flatMap(({ run, predicted }) => {
    const excess = others.map((other) => {
      const foretold = other.get(run) ?? Number.NaN;
      return Math.log(run.loss / foretold) ** 2 - Math.log(run.loss / predicted) ** 2;
    });
    return excess.every(Number.isFinite) ? [{ run, excess }] : [];
  });
  if (rivals.length === 0 || rows.length === 0) return null;
  const meansOf = (drawn: typeof rows) =>
    rivals.map((_, rival) => meanOf(drawn.map(({ excess }) => excess[rival] ?? Number.NaN)));
  const draws = draw(rows, meansOf);
  if (!draws) return null;
  const measured = meansOf(rows);
  const errors = measured.map((_, rival) => deviationOf(draws.map((means) => means[rival] ?? Number.NaN)));
  const largest = draws.map((means) =>
    Math.max(
      ...measured.map((mean, rival) => {
        const [away, error] = [Math.abs((means[rival] ?? mean) - mean), errors[rival] ?? 0];
        return away === 0 ? 0 : away / error;
      }),
    ),
  );
  const factor = quantile(
    largest.sort((a, b) => a - b),
    0.95,
  );
  return measured.map((difference, rival) => {
    const half = factor * (errors[rival] ?? Number.NaN);
    return { difference, interval: { low: difference - half, high: difference + half } };
  });
}

function deviationOf(values: readonly number[]): number {
  const middle = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - middle) ** 2)));
}

/** Fewer recipes resample to much the same. */
export const FEWEST_RECIPES = 8;

function resampled<T extends { readonly run: Run }>(
  items: readonly T[],
  statistic: (drawn: readonly T[]) => number,
): Interval | null {
  const values = draw(items, statistic)?.filter(Number.isFinite);
  return values ? percentileInterval(values) : null;
}

/** The statistic of items drawn by recipe, all seeds of one together; null of too few recipes. */
function draw<T extends { readonly run: Run }, Value>(
  items: readonly T[],
  statistic: (drawn: T[]) => Value,
): Value[] | null {
  const cells = recipeCells(items.map(({ run }) => run));
  if (cells.count < FEWEST_RECIPES) return null;
  return Array.from({ length: RESAMPLES }, (_, resample) => {
    const counts = drawCells(cells.count, SEED, resample, ':extrapolation');
    return statistic(
      items.flatMap((item, row) => Array.from({ length: counts[cells.of[row] ?? 0] ?? 0 }, () => item)),
    );
  });
}
