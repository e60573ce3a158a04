/** Laws against kinds of recipe: the table of arXiv 2410.12325, and what stands behind each of its figures. */

import { frozenValues } from '../certainty/given.ts';
import { coveredRuns } from '../certainty/sensitivities.ts';
import type { Fit } from '../fit/outcome.ts';
import { type Law, predictLoss } from '../law.ts';
import type { Run } from '../run.ts';
import { fitRest, foresee, type HeldOutOptions, type RestFit } from './heldOut.ts';
import { isOfKind, KIND_SLICES, type KindSlice } from './kinds.ts';
import { type Score, scoreOf } from './score.ts';
import { sliceRuns } from './slices.ts';

/** A figure, or the reason why there is none. */
export type Figure = {
  readonly score: Score | null;
  /** Where there is a score, why it is of fewer runs than there are. */
  readonly reason: string | null;
};

export type TableCell = {
  /** The fit to all runs, on the runs of this kind, which it has seen. */
  readonly seen: Figure;
  /** A fit to the runs of all kinds without the fifth with the most compute, on those of that fifth that are of this kind. */
  readonly joint: Figure;
  /** A fit to runs of this kind alone, without the fifth of them with the most compute, on that fifth; null where it was not asked for. */
  readonly own: Figure | null;
};

export type TableRow = {
  readonly law: string;
  readonly cells: Readonly<Record<KindSlice, TableCell>>;
};

export type TableOptions = Omit<HeldOutOptions, 'freeze'> & {
  /** Whether each law is also fitted to each kind alone, which takes four fits more a law; true unless it is said. */
  readonly own?: boolean;
};

/**
 * R² and RMSE of log loss by law and kind of recipe, for `fits` made on `runs`.
 *
 * The paper reports R² of extrapolation over compute. Whether its laws saw the cheaper runs of all kinds or of the kind in question cannot
 * be told from what was available to us, and the two are different questions: one surface for everything (`joint`, whose held-out runs
 * are the same for all laws), or a law that has only to describe one kind (`own`, which is how laws without a ratio or a stage were
 * meant). Both are here, beside the figures in sample.
 *
 * Rejects with the signal's reason when aborted.
 */
export async function lawTable(
  fits: readonly Fit[],
  runs: readonly Run[],
  { own = true, ...options }: TableOptions = {},
): Promise<TableRow[]> {
  const { onProgress } = options;
  const rows: TableRow[] = [];
  for (const [index, fit] of fits.entries()) {
    const told = (share: number) => onProgress?.((index + share) / fits.length);
    rows.push({ law: fit.law.name, cells: await rowOf(fit, runs, own, options, told) });
  }
  return rows;
}

async function rowOf(
  fit: Fit,
  runs: readonly Run[],
  own: boolean,
  options: Omit<TableOptions, 'own'>,
  onProgress: (share: number) => void,
): Promise<Record<KindSlice, TableCell>> {
  const { law } = fit;
  // What was held in the fit by hand is held in the others too; what the law borrows is borrowed anew.
  const held = handFrozen(fit);
  const fitted = 1 + (own ? KIND_SLICES.length - 1 : 0);
  let done = 0;
  const extrapolate = async (parts: readonly Run[]) => {
    const { turns, reason } = sliceRuns('top-compute', parts);
    const turn = turns[0];
    if (turn === undefined) return { held: [], fitted: { reason: reason ?? 'there are no runs' } };
    const before = done++;
    const rest = await fitRest(law, turn.rest, {
      ...options,
      freeze: held,
      onProgress: (share) => onProgress((before + share) / fitted),
    });
    return { held: turn.held, fitted: rest };
  };

  const joint = await extrapolate(runs);
  const cells: [KindSlice, TableCell][] = [];
  for (const slice of KIND_SLICES) {
    const ofKind = ({ point }: Run) => isOfKind(slice, point);
    const jointly = figureOf(law, joint.fitted, joint.held.filter(ofKind));
    let alone: Figure | null = null;
    if (own && slice === 'all') alone = jointly;
    else if (own) {
      const part = await extrapolate(runs.filter(ofKind));
      alone = figureOf(law, part.fitted, part.held);
    }
    cells.push([slice, { seen: seenFigure(fit, runs.filter(ofKind)), joint: jointly, own: alone }]);
  }
  onProgress(1);
  return Object.fromEntries(cells) as Record<KindSlice, TableCell>;
}

function handFrozen({ law, theta, frozen, borrowed }: Fit): Record<string, number> {
  return frozenValues({ law, theta, frozen: frozen.filter((name) => !borrowed.includes(name)) });
}

function figureOf(law: Law, fitted: RestFit, held: readonly Run[]): Figure {
  if (!('reason' in fitted) && held.length === 0)
    return { score: null, reason: 'none of the runs with the most compute are of this kind' };
  const { measured, predicted, untold, reason } = foresee(law, fitted, held);
  const missing =
    untold.rows > 0 && reason === null
      ? `${untold.rows} not foreseen: the runs that are left do not tell ${untold.parameters.join(', ')}`
      : reason;
  return { score: scoreOf(measured, predicted), reason: missing };
}

function seenFigure(fit: Fit, runs: readonly Run[]): Figure {
  const covered = coveredRuns(fit.law, runs);
  const score = scoreOf(
    covered.map(({ loss }) => loss),
    covered.map(({ point }) => predictLoss(fit.law, point, fit.theta)),
  );
  return { score, reason: score === null ? 'the law covers no run of this kind' : null };
}
