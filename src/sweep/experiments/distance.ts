/** `distance`: does a source language help less the further it is from the target? */

import { drawSeries } from '../../figures/series.ts';
import {
  distanceDesigns,
  EXPERIMENT,
  placeOf,
  REPEATED_ROUND,
  ROUND,
  repeatedDesigns,
} from './distance/design.ts';
import { findingsOf, type Measured } from './distance/findings.ts';
import {
  type DistanceThreshold,
  distanceNoise,
  type Gain,
  gainsOf,
  thresholdShift,
  thresholdsOf,
  trendOf,
} from './distance/gains.ts';
import type { Experiment, ReportFigure, ReportTable } from './experiment.ts';
import { LEAD, tokensOf } from './phaseShift/threshold.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRounds, ratesTable } from './rates.ts';
import { MONOLINGUAL, TWO_STAGE } from './results.ts';
import { ascending, type Noise, noiseWords, studentsFactor, tokenWords } from './spread.ts';

export const distance: Experiment = {
  name: EXPERIMENT,
  title: 'Does a source language help less the further it is from the target?',
  rounds: [
    ...ratesRounds,
    {
      name: ROUND,
      why: 'holds two stages against the target alone, in constructed languages at four distances from the source',
      designs: distanceDesigns,
    },
    {
      name: REPEATED_ROUND,
      why: 'repeats each best recipe under other seeds: the one that chose it was lucky with it',
      designs: repeatedDesigns,
    },
  ],
  report: (results, setting) => {
    const noise = distanceNoise(results);
    const at = placeOf(setting);
    const gains = gainsOf(results, noise);
    const thresholds = thresholdsOf(gains, noise);
    const measured: Measured = {
      gains,
      trend: trendOf(gains, noise),
      thresholds,
      shift: thresholdShift(thresholds),
      noise,
    };
    return {
      findings: notingRates(findingsOf(measured), results, setting, at ? [at.model] : [], [
        MONOLINGUAL,
        TWO_STAGE,
      ]),
      tables: [gainTable(gains, noise), thresholdTable(thresholds), ratesTable(results, setting)],
      figures: figuresOf(gains, thresholds, noise),
    };
  },
};

function gainTable(gains: readonly Gain[], noise: Noise): ReportTable {
  return {
    name: 'gains',
    title: 'Two stages against the target alone, by distance',
    columns: [
      'distance',
      'D_T',
      'monolingual (bits per byte)',
      'k',
      'two-stage (bits per byte)',
      'r_1',
      's',
      'gain',
      '±',
    ],
    rows: gains.map(
      ({
        distance: at,
        targetTokens,
        monolingual,
        epochs,
        twoStage,
        firstRatio,
        finalShare,
        gain,
        error,
      }) => [
        at,
        targetTokens,
        monolingual,
        epochs,
        twoStage,
        firstRatio,
        finalShare,
        gain,
        studentsFactor(noise.degrees) * error,
      ],
    ),
    note: `Best recipes, chosen by the first seed on one half of the held-out text and reported by other seeds on the other; where there was one recipe, its run is reported. ± is half of the 95 % interval (${noiseWords(noise)}). Learning rates were tuned on the setting's own pair of texts.`,
  };
}

function thresholdTable(thresholds: readonly DistanceThreshold[]): ReportTable {
  const shown = (tokens: number) =>
    tokens === 0 ? 'below' : tokens === Number.POSITIVE_INFINITY ? 'above' : Math.round(tokens);
  return {
    name: 'thresholds',
    title: `D_T at which two stages lead by ${LEAD} bits per byte`,
    columns: ['distance', 'D_T', 'low', 'high'],
    rows: thresholds.map(({ distance: at, crossing, low, high }) => [
      at,
      shown(tokensOf(crossing)),
      shown(low),
      shown(high),
    ]),
    note: 'Below and above all D_T that were run there is nothing to read a threshold off.',
  };
}

function figuresOf(
  gains: readonly Gain[],
  thresholds: readonly DistanceThreshold[],
  noise: Noise,
): ReportFigure[] {
  const factor = studentsFactor(noise.degrees);
  return [
    {
      name: 'distance-gain',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'Gain of two stages by the distance between source and target',
          subtitle: 'Over the best monolingual recipe; bars are 95 % intervals.',
          description:
            'Loss that two stages save, against the distance of the constructed language, for each D_T.',
          x: { label: 'distance from the source language' },
          y: { label: 'bits per byte' },
          series: ascending(gains.map(({ targetTokens }) => targetTokens)).map((tokens) => ({
            label: `D_T ${tokenWords(tokens)}`,
            points: gains
              .filter(({ targetTokens }) => targetTokens === tokens)
              .map(({ distance: x, gain, error }) => ({
                x,
                y: gain,
                low: gain - factor * error,
                high: gain + factor * error,
              })),
          })),
          rules: [{ y: LEAD, label: 'a lead' }],
        }),
    },
    {
      name: 'distance-threshold',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'Threshold by the distance between source and target',
          subtitle: `D_T at which two stages lead by ${LEAD} bits per byte; bars are 95 % intervals.`,
          description: 'Threshold in target tokens against the distance of the constructed language.',
          x: { label: 'distance from the source language' },
          y: { label: 'D_T, tokens', log: true },
          series: [
            {
              label: 'threshold',
              points: thresholds.flatMap(({ distance: x, crossing, low, high }) =>
                crossing.kind === 'at' ? [{ x, y: crossing.targetTokens, low, high }] : [],
              ),
            },
          ],
        }),
    },
  ];
}
