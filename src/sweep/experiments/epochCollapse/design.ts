/** The runs of `epoch-collapse`: monolingual training at several scarcities of several budgets, each over so many passes. */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun, Round } from '../experiment.ts';
import { epochsOf, monolingual, type Optimum, optimum, targetTokensBelow } from '../grid.ts';
import { bestCell, cellKey, hasTag, ofRound } from '../results.ts';
import { FIRST_SEED, type Setting } from '../settings.ts';

export const EXPERIMENT = 'epoch-collapse';

/** A budget and a target text of which several numbers of passes are held against each other. */
export type Place = {
  /** C, in FLOPs. */
  readonly compute: number;
  /** D_T, in tokens. */
  readonly targetTokens: number;
  readonly optimum: Optimum;
};

/** Of D*: a target text that the grid of phase shifts does not have. Where text is scarce the best number of passes is not cut off by C. */
const PART_BETWEEN = 128;

/** Places at which C allows more than one number of passes; by C, then from the most target text. */
export function placesOf(results: readonly ResultRun[], setting: Setting): Place[] {
  return setting.computes.flatMap((compute) => {
    const best = optimum(results, setting, compute);
    const ofGrid = targetTokensBelow(best.D);
    const between = (ofGrid[0] ?? 0) / PART_BETWEEN;
    return [...ofGrid, ...(between > (ofGrid.at(-1) ?? 0) ? [between] : [])]
      .sort((a, b) => b - a)
      .map((targetTokens) => ({ compute, targetTokens, optimum: best }))
      .filter((place) => epochsAt(place).length > 1);
  });
}

/** Numbers of passes at a place, null for all that C allows; what the grid does not have goes without that, which costs the most. */
function epochsAt({ compute, targetTokens, optimum: { model, D } }: Place): (number | null)[] {
  const ofGrid = epochsOf(compute, model, targetTokens);
  return targetTokensBelow(D).includes(targetTokens) ? ofGrid : ofGrid.filter((epochs) => epochs !== null);
}

/** The most passes that C allows at a place. */
export function ceilingAt({ targetTokens, optimum: { D } }: Place): number {
  return D / targetTokens;
}

/** The finished runs at a place, those of other experiments under other seeds too. */
export function runsAt(
  results: readonly ResultRun[],
  { compute, targetTokens, optimum }: Place,
): ResultRun[] {
  const own = ROUNDS.flatMap(({ name }) => ofRound(results, EXPERIMENT, name)).filter(
    (run) =>
      hasTag(run, 'budget', compute) && run.nominal.D_T === targetTokens && run.nominal.N === optimum.N,
  );
  const keys = new Set(own.map(cellKey));
  return results.filter((run) => keys.has(cellKey(run)));
}

const gridRound: Round = {
  name: 'epochs',
  why: 'monolingual loss over passes in powers of two, at every scarcity of every budget',
  designs: (results, setting) =>
    placesOf(results, setting).flatMap((place) =>
      epochsAt(place).map((epochs) => askedAt(results, setting, place, 'epochs', epochs, FIRST_SEED)),
    ),
};

const betweenRound: Round = {
  name: 'epochs between',
  why: 'passes between the best number and its neighbours, and at the lowest budget these three under another seed',
  designs: (results, setting) =>
    placesOf(results, setting).flatMap((place) => {
      // What this round finds must not change what it asks for.
      const runs = runsAt(ofRound(results, EXPERIMENT, gridRound.name), place);
      const best = bestCell(runs)?.nominal.k;
      if (best === undefined) return [];
      const tried = [...new Set(runs.map(({ nominal }) => nominal.k))].sort((a, b) => a - b);
      const repeated = place.compute === setting.computes[0] ? setting.moreSeeds.slice(0, 1) : [];
      const rank = tried.indexOf(best);
      const ceiling = ceilingAt(place);
      return [
        ...between(best, tried, ceiling).map((epochs) =>
          askedAt(results, setting, place, 'epochs between', epochs, FIRST_SEED),
        ),
        ...repeated.flatMap((seed) =>
          tried
            .slice(Math.max(0, rank - 1), rank + 2)
            .map((epochs) =>
              askedAt(
                results,
                setting,
                place,
                'epochs between',
                epochs > ceiling / APART ? null : epochs,
                seed,
              ),
            ),
        ),
      ];
    }),
};

/** The rounds that are this experiment's own. */
export const ROUNDS: readonly Round[] = [gridRound, betweenRound];

/** Numbers of passes nearer than this are one. */
export const APART = 1.15;

/** Half a step to either side of the best number of passes, and a whole one below where nothing lower was tried; whole numbers. */
function between(best: number, tried: readonly number[], ceiling: number): number[] {
  const steps = best === tried[0] ? [1 / 2, Math.SQRT1_2, Math.SQRT2] : [Math.SQRT1_2, Math.SQRT2];
  const wanted = steps.map((step) => Math.round(best * step));
  return wanted.filter(
    (epochs, index) =>
      epochs >= 1 &&
      epochs * APART <= ceiling &&
      wanted.indexOf(epochs) === index &&
      tried.every((other) => Math.max(other / epochs, epochs / other) >= APART),
  );
}

function askedAt(
  results: readonly ResultRun[],
  setting: Setting,
  { compute, targetTokens, optimum: { model } }: Place,
  round: string,
  epochs: number | null,
  seed: number,
): SweepDesign {
  return monolingual(results, setting, {
    experiment: EXPERIMENT,
    round,
    model,
    compute,
    targetTokens,
    epochs,
    seed,
  });
}
