/** Best numbers of passes as they were measured, by budget and target text. */

import type { ResultRun } from '../experiment.ts';
import { BASE, GRID_ROUNDS, runsAt as runsOfGrid } from '../phaseShift/places.ts';
import { type Cell, cells, MONOLINGUAL, TWO_STAGE } from '../results.ts';
import type { Setting } from '../settings.ts';
import type { Noise } from '../spread.ts';
import { type BestEpochs, bestEpochs } from './bestEpochs.ts';
import { APART, ceilingAt, type Place, placesOf, runsAt } from './design.ts';

export type MeasuredKind = typeof MONOLINGUAL | typeof TWO_STAGE;

export type MeasuredEpochs = {
  readonly kind: MeasuredKind;
  readonly place: Place;
  /** Scarcity x = D_T/D*(C). */
  readonly x: number;
  readonly best: BestEpochs;
  /** Whether k* is the most that C allows: what lies beyond nobody can say. */
  readonly isCutOff: boolean;
  /** Losses by k, chosen half, bits per byte. */
  readonly curve: readonly { readonly epochs: number; readonly loss: number }[];
};

/** By C, then from the most target text; places with fewer than two numbers of passes are left out. */
export function measuredEpochs(
  results: readonly ResultRun[],
  setting: Setting,
  noise: Noise,
): MeasuredEpochs[] {
  return placesOf(results, setting).flatMap((place) => [
    ...measuredAt(place, MONOLINGUAL, cells(runsAt(results, place)), noise),
    ...measuredAt(place, TWO_STAGE, cells(twoStageRuns(results, place)), noise),
  ]);
}

/** Two-stage runs of the grid on which phase shifts are looked for. */
function twoStageRuns(results: readonly ResultRun[], { compute, targetTokens, optimum }: Place): ResultRun[] {
  return runsOfGrid(results, compute, BASE, GRID_ROUNDS).filter(
    ({ nominal }) => nominal.kind === TWO_STAGE && nominal.D_T === targetTokens && nominal.N === optimum.N,
  );
}

function measuredAt(
  place: Place,
  kind: MeasuredKind,
  all: readonly Cell[],
  { deviation }: Noise,
): MeasuredEpochs[] {
  const lowest = new Map<string, Cell>();
  for (const cell of all) {
    if (!Number.isFinite(cell.chosen)) continue;
    // Recipes that read the target as often differ in other things, of which the best counts.
    const key = cell.nominal.k.toPrecision(2);
    const before = lowest.get(key);
    if (!before || cell.chosen < before.chosen) lowest.set(key, cell);
  }
  const tried = [...lowest.values()]
    .map(({ nominal, chosen, runs }) => ({ epochs: nominal.k, loss: chosen, seeds: runs.length }))
    .sort((a, b) => a.epochs - b.epochs);
  const best = bestEpochs(tried, deviation, `${kind} ${place.compute} ${place.targetTokens}`);
  if (!best) return [];
  return [
    {
      kind,
      place,
      x: place.targetTokens / place.optimum.D,
      best,
      isCutOff: best.edge === 'most' && best.epochs * APART > ceilingAt(place),
      curve: tried.map(({ epochs, loss }) => ({ epochs, loss })),
    },
  ];
}
