/** Small data for every figure, and a document to draw them into. */

import { parseHTML } from 'linkedom';
import { drawCollapse } from '../../src/figures/collapse.ts';
import type { FittedRun } from '../../src/figures/fittedRun.ts';
import type { Canvas, Figure } from '../../src/figures/frame.ts';
import { drawHeldOut } from '../../src/figures/heldOutErrors.ts';
import { drawRanking } from '../../src/figures/lawRanking.ts';
import { drawParameters } from '../../src/figures/parameterForest.ts';
import { drawPhaseMap } from '../../src/figures/phaseMap.ts';
import { drawPredictedMeasured } from '../../src/figures/predictedMeasured.ts';
import { drawProfile } from '../../src/figures/profileCurve.ts';
import { drawResiduals } from '../../src/figures/residuals.ts';
import { drawSeries, type SeriesFigure } from '../../src/figures/series.ts';
import { kindLook } from '../../src/figures/theme.ts';
import { RECIPE_KINDS } from '../../src/law/point.ts';

/** Longer than a line. */
export const SMALL_PRINT =
  'The closed form of the paper was not available to us; this form is the lab’s own, with the parameters of the paper and every property that its abstract states.';

/** A name that would break markup which is not escaped. */
export const AWKWARD = 'a <law> & "more"';

export function canvas(): Canvas {
  return { document: parseHTML('<!doctype html><html><body></body></html>').document };
}

/** Runs of the three kinds in turn, with residuals of a few per cent. */
export const RUNS: readonly FittedRun[] = Array.from({ length: 12 }, (_, index) => ({
  kind: RECIPE_KINDS[index % 3]!,
  measured: 2 + index / 4,
  predicted: (2 + index / 4) * (1 + ((index * 7) % 5) / 100 - 0.02),
  at: {
    C: 10 ** (12 + index / 3),
    N: 1e5 * 2 ** index,
    D_T: 3e5 * 3 ** (index % 4),
    k: [1, 3, 10][index % 3]!,
    r: [1, 0.5, 0.25][index % 3]!,
    r_1: index % 3 === 0 ? null : 0,
  },
  isLeftOut: index === 5,
}));

const [MONOLINGUAL, SINGLE, TWO] = RECIPE_KINDS;

/** Two-stage runs under three rules of the first stage, one of them without the target, and one run far from all others. */
export const RULED: readonly FittedRun[] = Array.from({ length: 30 }, (_, index) => {
  const r = [0.1, 0.25, 0.5][index % 3]!;
  const c = [0, 0.25, 1][Math.floor(index / 10)]!;
  const residual = index === 7 ? 0.5 : (((index * 7) % 11) - 5) / 500 + 0.01 * c;
  return {
    kind: c === 1 ? SINGLE : TWO,
    measured: 3 * Math.exp(residual),
    predicted: 3,
    at: { C: 1e14, N: 1e6, D_T: 1e6, k: 4, r, r_1: c * r },
  };
});

export const PROFILE = {
  law: 'm3',
  parameter: 'Rstar',
  unit: 'epochs',
  scale: 'log',
  estimate: 15,
  critical: 3.84,
  low: { value: 9, open: false },
  high: { value: 40, open: true },
  points: [5, 7, 9, 12, 15, 20, 30, 40].map((value) => ({
    value,
    statistic: 14.7 * Math.log(value / 15) ** 2,
  })),
} as const;

/** Losses of the three kinds over D_T, one of them with a run that diverged, and two rules on each axis. */
export const SERIES: SeriesFigure = {
  title: 'Best loss of each kind against target text, C = 1.5·10¹¹',
  subtitle: 'Bars: two standard deviations over three seeds.',
  description: 'Lines of the best loss of three kinds of recipe.',
  x: { label: 'target tokens D_T', log: true },
  y: { label: 'target bits per byte, reported half' },
  series: [
    ...RECIPE_KINDS.map((kind, place) => ({
      label: kind,
      look: kindLook(kind),
      points: [4, 16, 32, 64, 256].map((part, index) => {
        const y = 2 + (0.22 - 0.03 * place) * Math.log2(part / (2 + place)) * (1 + index / 9);
        return place === 2 && part === 4
          ? { x: 1e6 / part, y: Number.POSITIVE_INFINITY }
          : { x: 1e6 / part, y, ...(index > 1 && { low: y - 0.05, high: y + 0.05 }) };
      }),
    })),
    {
      label: 'control: Japanese',
      dashed: true,
      intervals: 'band',
      points: [16, 64, 256].map((part) => {
        const y = 2 + 0.21 * Math.log2(part / 2.5);
        return { x: 1e6 / part, y, low: y - 0.06, high: y + 0.06 };
      }),
    },
    {
      label: 'law',
      dashed: true,
      markers: false,
      points: [4, 16, 64, 256].map((part) => ({ x: 1e6 / part, y: 1.9 + 0.2 * Math.log2(part) })),
    },
  ],
  rules: [
    { x: 31_000, label: 'threshold D_T^c' },
    { x: 1e6, label: 'D*(C)' },
    { y: 2.2, label: 'best monolingual with all text' },
  ],
};

export const CELLS = [1e14, 1e16, 1e18].flatMap((compute, column) =>
  [1e6, 1e7, 1e8].map((targetTokens, row) => ({
    compute,
    targetTokens,
    kind: row > column ? MONOLINGUAL : row === column ? null : TWO,
    certainty: row === 0 ? 0.6 : 0.95,
  })),
);

/** Every figure, by the name of its snapshot. */
export const FIGURES: Readonly<Record<string, (canvas: Canvas) => Figure>> = {
  predicted: (to) => drawPredictedMeasured(to, { law: AWKWARD, runs: RUNS }),
  residuals: (to) => drawResiduals(to, { law: 'm3', against: 'C', runs: RUNS }),
  'residuals-r_1': (to) => drawResiduals(to, { law: 'm3', against: 'r_1', runs: RULED }),
  profile: (to) => drawProfile(to, PROFILE),
  'phase-map': (to) =>
    drawPhaseMap(to, {
      law: 'm3',
      cells: CELLS,
      threshold: [
        { compute: 1e14, targetTokens: 1.2e6, interval: [0, 4e6] },
        { compute: 1e16, targetTokens: 1e7, interval: [6e6, 2e7] },
        { compute: 1e18, targetTokens: null, interval: [2e7, Number.POSITIVE_INFINITY] },
      ],
      optimalTokens: [
        { compute: 1e14, targetTokens: 2e7 },
        { compute: 1e16, targetTokens: 2e8 },
      ],
      measured: [
        { compute: 1e16, targetTokens: 3e6, kind: SINGLE },
        { compute: 1e30, targetTokens: 3e6, kind: TWO },
      ],
      span: { compute: [1e12, 3e16], targetTokens: [2e6, 3e7] },
    }),
  collapse: (to) =>
    drawCollapse(
      { ...to, smallPrint: SMALL_PRINT },
      {
        law: 'm3',
        points: [1e14, 1e18].flatMap((compute) =>
          [0.01, 0.03, 0.1, 0.3, 1].map((x) => {
            const epochs = 0.8 * x ** -0.6;
            return { compute, x, epochs, interval: [0.8 * epochs, 1.3 * epochs] as const };
          }),
        ),
        spread: 0,
        mostEpochs: 8,
      },
    ),
  parameters: (to) =>
    drawParameters(to, {
      law: 'm3',
      parameters: [
        { name: 'E', value: 1.8, interval: [1.7, 1.9], note: '' },
        { name: 'A', value: 480, interval: [210, 1100], note: '' },
        { name: 'tau', value: 0.02, interval: [0, 0.3], note: '' },
        { name: 'phi', value: 0, interval: [0, 0.1], note: 'at a bound' },
        { name: 'omega', value: 0.5, interval: null, note: 'no run tells' },
      ],
    }),
  'parameters-narrow': (to) => FIGURES.parameters!({ ...to, width: 340 }),
  ranking: (to) =>
    drawRanking(to, {
      laws: [
        { name: 'm3', difference: 0 },
        { name: AWKWARD, difference: 3.2 },
        { name: 'chinchilla', difference: 870 },
      ],
    }),
  series: (to) => drawSeries(to, SERIES),
  'series-narrow': (to) => drawSeries({ ...to, width: 360 }, SERIES),
  'held-out': (to) =>
    drawHeldOut(to, {
      slices: ['top-compute', 'top-N', 'pair'],
      laws: ['m3', 'chinchilla'],
      errors: [
        { law: 'm3', slice: 'top-compute', rmseLog: 0.004 },
        { law: 'm3', slice: 'pair', rmseLog: 0.02 },
        { law: 'chinchilla', slice: 'top-compute', rmseLog: 0.06 },
      ],
    }),
};

/** The same figures of nothing at all. */
export const EMPTY: Readonly<Record<string, (canvas: Canvas) => Figure>> = {
  predicted: (to) => drawPredictedMeasured(to, { law: AWKWARD, runs: [] }),
  residuals: (to) =>
    drawResiduals(to, { law: 'm3', against: 'r_1', runs: RUNS.filter(({ at }) => at.r_1 === null) }),
  profile: (to) => drawProfile(to, { ...PROFILE, points: [] }),
  'residuals-r_1': (to) => drawResiduals(to, { law: 'm3', against: 'r_1', runs: [] }),
  'parameters-narrow': (to) => drawParameters({ ...to, width: 340 }, { law: 'm3', parameters: [] }),
  'phase-map': (to) => drawPhaseMap(to, { law: 'm3', cells: [] }),
  collapse: (to) => drawCollapse(to, { law: 'm3', points: [], spread: null }),
  parameters: (to) => drawParameters(to, { law: 'm3', parameters: [] }),
  ranking: (to) => drawRanking(to, { laws: [] }),
  series: (to) => drawSeries(to, { ...SERIES, series: [] }),
  'series-narrow': (to) =>
    drawSeries(
      { ...to, width: 360 },
      { ...SERIES, series: [{ label: 'diverged', points: [{ x: 1, y: Number.POSITIVE_INFINITY }] }] },
    ),
  'held-out': (to) => drawHeldOut(to, { slices: [], laws: ['m3'], errors: [] }),
};
