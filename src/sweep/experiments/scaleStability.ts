/** `scale-stability`: does the best model size depend on how much target text there is? */

import type { Canvas, Figure } from '../../figures/frame.ts';
import { drawSeries } from '../../figures/series.ts';
import type { Experiment, ReportFigure, ReportTable } from './experiment.ts';
import { computeWords, sizesRound } from './grid.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRounds, ratesTable } from './rates.ts';
import { MONOLINGUAL, TWO_STAGE } from './results.ts';
import {
  EXPERIMENT,
  foreseenDesigns,
  scaleCompute,
  scalesRound,
  seedsRound,
} from './scaleStability/design.ts';
import { scaleFinding } from './scaleStability/finding.ts';
import { type ScalePlace, scalePlaces } from './scaleStability/measured.ts';
import type { Setting } from './settings.ts';
import { tokenWords } from './spread.ts';

const SHARED_ROUNDS = [...ratesRounds, sizesRound];

export const scaleStability: Experiment = {
  name: EXPERIMENT,
  title: 'Does the best model size depend on how much target text there is?',
  rounds: [...SHARED_ROUNDS, scalesRound, seedsRound],
  foreseen: (setting) => [
    ...SHARED_ROUNDS.flatMap(({ designs }) => designs([], setting)),
    ...foreseenDesigns(setting),
  ],
  report: (results, setting) => {
    const places = scalePlaces(results, setting);
    return {
      findings: notingRates([scaleFinding(places)], results, setting, setting.models, [
        MONOLINGUAL,
        TWO_STAGE,
      ]),
      tables: [scalesTable(places, setting), ratesTable(results, setting)],
      figures: places.length === 0 ? [] : [scalesFigure(places, setting)],
    };
  },
};

function scalesTable(places: readonly ScalePlace[], setting: Setting): ReportTable {
  return {
    name: 'best-scale',
    title: 'Loss by model size and target text',
    columns: [
      'D_T (tokens)',
      'N',
      'best recipe',
      'k',
      'r',
      'r_1',
      's',
      'seeds',
      'loss that chooses',
      'loss (bits per byte)',
      'above the best size',
      '±',
      'standing',
    ],
    rows: places.flatMap(({ targetTokens, scales, halfErrors }) =>
      scales.map(({ N, cell, margin, error, standing }) => [
        targetTokens,
        N,
        cell.nominal.kind,
        cell.nominal.k,
        cell.nominal.r,
        cell.nominal.r_1,
        cell.nominal.s,
        cell.runs.length,
        cell.chosen,
        cell.reported,
        margin,
        halfErrors * error,
        standing,
      ]),
    ),
    note: `All at C = ${computeWords(scaleCompute(setting))} FLOP, a ceiling that monolingual runs may stay below. Of each size as many recipes were tried, and the best is chosen on the even held-out windows of the first seed’s runs; the loss is that on the odd ones, a mean over the other seeds, where there are any. ± is half of the 95 % interval.`,
  };
}

function scalesFigure(places: readonly ScalePlace[], setting: Setting): ReportFigure {
  const draw = (canvas: Canvas): Figure =>
    drawSeries(canvas, {
      title: `Model size and target text, C = ${computeWords(scaleCompute(setting))} FLOP`,
      subtitle: 'Bars: 95 % of the difference from the best size, for seed noise.',
      description:
        'Target loss above that of the best model size, over sizes, a line for each amount of target text.',
      x: { label: 'model size N (parameters)', log: true },
      y: { label: 'bits per byte above the best size' },
      series: places.map(({ targetTokens, scales, halfErrors }) => ({
        label: `D_T = ${tokenWords(targetTokens)}`,
        points: scales.map(({ N, margin, error }) => ({
          x: N,
          y: margin,
          ...(error > 0 && { low: margin - halfErrors * error, high: margin + halfErrors * error }),
        })),
      })),
    });
  return { name: 'best-scale', draw };
}
