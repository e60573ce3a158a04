/** `replay`: what does source text in the final stage cost the target, and does it keep the source? */

import { drawSeries } from '../../figures/series.ts';
import type { Experiment, ReportFigure, ReportTable } from './experiment.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRounds, ratesTable } from './rates.ts';
import { EXPERIMENT, modelsOf, ROUND, replayDesigns } from './replay/design.ts';
import { findingsOf } from './replay/findings.ts';
import { type Replay, replayOf } from './replay/losses.ts';
import { TWO_STAGE } from './results.ts';

export const replay: Experiment = {
  name: EXPERIMENT,
  title: 'What does source text in the final stage cost the target, and does it keep the source?',
  rounds: [
    ...ratesRounds,
    {
      name: ROUND,
      why: 'takes one model of the source over to the target, with more or less of the source mixed in',
      designs: replayDesigns,
    },
  ],
  report: (results, setting) => {
    const measured = replayOf(results);
    return {
      findings: notingRates(findingsOf(measured), results, setting, modelsOf(setting), [TWO_STAGE]),
      tables: [lossTable(measured), ratesTable(results, setting)],
      figures: figuresOf(measured),
    };
  },
};

function lossTable({ ratios, anchor, before }: Replay): ReportTable {
  const words = (value: number | null) => (value === null ? 'not measured' : value.toFixed(3));
  return {
    name: 'replay',
    title: 'Both languages by r_f, at equal target tokens in the final stage',
    columns: [
      'r_f',
      'seeds',
      'target (bits per byte)',
      'against r_f = 1',
      '±',
      'source (bits per byte)',
      'forgotten',
      '±',
      'share kept',
    ],
    rows: ratios.map(({ ratio, seeds, target, source, harm, forgotten, kept }) => [
      ratio,
      seeds,
      target,
      harm?.value ?? null,
      harm?.half ?? null,
      source,
      forgotten?.value ?? null,
      forgotten?.half ?? null,
      kept?.value ?? null,
    ]),
    note: `Differences are taken seed by seed; ± is half of the 95 % interval. Forgotten is what the source loss is above that of a model that went on with the source and decayed on it (${words(anchor)}); at the switch, before any decay, it was ${words(before)}.`,
  };
}

function figuresOf({ ratios, anchor, before }: Replay): ReportFigure[] {
  const interval = (value: number, half: number | undefined) =>
    half === undefined ? {} : { low: value - half, high: value + half };
  return [
    {
      name: 'replay-losses',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'Replay: both languages against the target’s share',
          subtitle: 'Equal target tokens in the final stage; bars are 95 % intervals of differences.',
          description: 'Final target and source loss against the target ratio of the final stage.',
          x: { label: 'r_f, target share of the final stage' },
          y: { label: 'bits per byte' },
          series: [
            {
              label: 'target',
              points: ratios.map(({ ratio, target, harm }) => ({
                x: ratio,
                y: target,
                ...interval(target, harm?.half),
              })),
            },
            {
              label: 'source',
              points: ratios.map(({ ratio, source, forgotten }) => ({
                x: ratio,
                y: source,
                ...interval(source, forgotten?.half),
              })),
            },
          ],
          rules: [
            ...(anchor === null ? [] : [{ y: anchor, label: 'source, had it gone on' }]),
            ...(before === null ? [] : [{ y: before, label: 'source, at the switch' }]),
          ],
        }),
    },
  ];
}
