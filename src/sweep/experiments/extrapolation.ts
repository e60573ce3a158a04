/** `extrapolation`: do laws fitted to low compute foresee the highest? */

import { drawHeldOut } from '../../figures/heldOutErrors.ts';
import { drawPredictedMeasured } from '../../figures/predictedMeasured.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { KIND_SLICES } from '../../law/comparison/kinds.ts';
import type { Law } from '../../law/law.ts';
import { LAWS } from '../../law/laws/catalogue.ts';
import { recipeKind } from '../../law/point.ts';
import type { Experiment, ReportFigure, ReportTable, ReportWatch } from './experiment.ts';
import { CLAIMED_RIVALS, findingsOf, OWN_LAW, PUBLISHED } from './extrapolation/findings.ts';
import { foresights, type LawForesight } from './extrapolation/foresight.ts';
import { OTHER_EXPERIMENTS, partedRuns } from './extrapolation/runs.ts';
import { OTHER_SLICES, type SlicedLaw, slicedLaws } from './extrapolation/slices.ts';
import { computeWords, sizesRound } from './grid.ts';
import {
  gridDesigns,
  gridRound,
  highestGridRound,
  seedDesigns,
  seedsRound,
  widerGridRound,
} from './phaseShift/gridRounds.ts';
import { typicalAt } from './phaseShift/known.ts';
import { ROUNDS } from './phaseShift/places.ts';
import { ratesRound, ratesRounds } from './rates.ts';
import type { Setting } from './settings.ts';

/**
 * With some of the laws, and of these some held against the slices: each takes seconds, the verdicts are on {@link OWN_LAW} and
 * {@link CLAIMED_RIVALS}, and none rests on the slices.
 */
export function extrapolationWith(
  candidates: readonly Law[],
  compared: readonly Law[] = candidates.filter(isClaimed),
): Experiment {
  return {
    name: 'extrapolation',
    title: 'Do laws fitted to low compute foresee the highest, and which of them best?',
    // The grid of phase-shift: whoever has run that has these.
    rounds: [...ratesRounds, sizesRound, gridRound, highestGridRound, widerGridRound, seedsRound],
    alsoReads: OTHER_EXPERIMENTS,
    foreseen,
    report: async (results, setting, watch) => {
      const parted = partedRuns(results, setting.computes);
      const laws = parted ? await foresights(candidates, parted, partOf(watch, 0, FORESIGHT_SHARE)) : [];
      const sliced = parted
        ? await slicedLaws(compared, [...parted.rest, ...parted.held], partOf(watch, FORESIGHT_SHARE, 1))
        : [];
      laws.sort((a, b) => errorOf(a) - errorOf(b));
      const title = parted
        ? `R² on runs of C = ${computeWords(parted.highest)} FLOP, fitted to lower budgets`
        : 'R² on runs of the highest budget';
      return {
        findings: findingsOf(parted, laws),
        tables: [
          scoreTable('held-out', `${title}, one fit to all kinds`, laws, 'joint'),
          scoreTable('held-out-by-kind', `${title}, a fit to each kind`, laws, 'own'),
          sliceTable(sliced),
        ],
        figures: figuresOf(laws),
      };
    },
  };
}

/** Whether the verdicts are on this law. */
export function isClaimed({ name }: Law): boolean {
  return name === OWN_LAW || CLAIMED_RIVALS.includes(name);
}

export const extrapolation: Experiment = extrapolationWith(LAWS);

/** The grid of phase-shift as it foresees it. */
function foreseen(setting: Setting): SweepDesign[] {
  return [
    ...ratesRound.designs([], setting),
    ...sizesRound.designs([], setting),
    ...setting.computes.flatMap((compute) => [
      ...gridDesigns([], setting, compute, ROUNDS.grid),
      ...seedDesigns([], setting, typicalAt(setting, compute)),
    ]),
  ];
}

/** Of all runs; laws without a score stand last. */
function errorOf({ joint: { all } }: LawForesight): number {
  return all.reason === '' ? (all.score?.rmseLog ?? Number.POSITIVE_INFINITY) : Number.MAX_VALUE;
}

/** Of the work of a report, the fits for the highest budget; the others are for the slices. */
const FORESIGHT_SHARE = 0.5;

function partOf({ signal, onProgress }: ReportWatch = {}, from: number, to: number): ReportWatch {
  return {
    ...(signal && { signal }),
    ...(onProgress && {
      onProgress: (doing: string, share: number) => onProgress(doing, from + (to - from) * share),
    }),
  };
}

function sliceTable(sliced: readonly SlicedLaw[]): ReportTable {
  return {
    name: 'held-out-slices',
    title: 'R² on slices of the runs of all budgets, fitted to the rest',
    columns: ['law', ...OTHER_SLICES, 'missing'],
    rows: sliced.map(({ law, slices }) => [
      law.name,
      ...OTHER_SLICES.map((name) => slices[name]?.score?.rSquared ?? null),
      OTHER_SLICES.flatMap((name) => {
        const reason = slices[name]?.reason ?? null;
        return reason === null ? [] : [`${name}: ${reason}`];
      }).join('; '),
    ]),
    note: 'By rank about a fifth of the runs is held out: the largest models, the least target text, the most passes; by value each final ratio in turn, and each language pair. All recipes are of one pair, since laws are functions of the recipe alone. No verdict rests on these.',
  };
}

function scoreTable(
  name: string,
  title: string,
  laws: readonly LawForesight[],
  way: 'joint' | 'own',
): ReportTable {
  return {
    name,
    title,
    columns: ['law', ...KIND_SLICES, 'rms of ln L, all', 'runs, all', 'missing'],
    rows: [
      ['arXiv 2410.12325', ...KIND_SLICES.map((slice) => PUBLISHED[slice]), null, null, ''],
      ...laws.map((one) => {
        const { all } = one[way];
        return [
          one.law.name,
          ...KIND_SLICES.map((slice) => one[way][slice].score?.rSquared ?? null),
          all.score?.rmseLog ?? null,
          all.score?.rows ?? 0,
          all.reason,
        ];
      }),
    ],
    note: 'R² is about the mean of the runs held out, on raw loss. The first line is what the paper reports of its own law, with other languages, models and runs; it also has 0.95 for “single-stage”, whose runs cannot be told from what was available. m3 and m3-overfit are this lab’s forms of the law. Where a cell is empty there are no such runs, or those that were fitted do not tell what the prediction needs.',
  };
}

function figuresOf(laws: readonly LawForesight[]): ReportFigure[] {
  const shown = laws.filter(({ joint }) => joint.all.score !== null);
  const own = laws.find(({ law }) => law.name === OWN_LAW)?.joint.all;
  return [
    {
      name: 'held-out-errors',
      draw: (canvas) =>
        drawHeldOut(canvas, {
          slices: KIND_SLICES,
          laws: shown.map(({ law }) => law.name),
          errors: shown.flatMap(({ law, joint }) =>
            KIND_SLICES.flatMap((slice) => {
              const { score } = joint[slice];
              return score ? [{ law: law.name, slice, rmseLog: score.rmseLog }] : [];
            }),
          ),
        }),
    },
    {
      name: 'foretold-and-measured',
      draw: (canvas) =>
        drawPredictedMeasured(canvas, {
          law: `${OWN_LAW}, fitted to lower budgets`,
          runs: (own?.runs ?? []).map(({ run: { point, loss, r_1 }, predicted }) => ({
            kind: recipeKind(point),
            measured: loss,
            predicted,
            at: { C: point.C, N: point.N, D_T: point.D_T, k: point.k, r: point.r, r_1 },
          })),
        }),
    },
  ];
}
