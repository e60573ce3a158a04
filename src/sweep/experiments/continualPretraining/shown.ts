/** Tables and figures of `continual-pretraining`. */

import { drawSeries } from '../../../figures/series.ts';
import { lookAt } from '../../../figures/theme.ts';
import type { ReportFigure, ReportTable } from '../experiment.ts';
import { ascending, errorOf, type Noise, noiseWords, studentsFactor, tokenWords } from '../spread.ts';
import { PAPER } from './findings.ts';
import type { ContinualFit, NoFit } from './fit.ts';
import type { Curve, Saving } from './savings.ts';

export function savingsTable(savings: readonly Saving[], noise: Noise): ReportTable {
  return {
    name: 'savings',
    title: 'From the source and from scratch',
    columns: [
      'N',
      'target tokens',
      'from scratch (bits per byte)',
      'from the source',
      'lower by',
      '±',
      'tokens from scratch to equal loss',
      'saved',
    ],
    rows: savings.map(({ N, tokens, fromScratch, fromSource, gap, needed, saving }) => [
      N,
      tokens,
      fromScratch,
      fromSource,
      gap.value,
      gap.half,
      needed.is === 'between' ? needed.tokens : `${needed.is} ${tokenWords(needed.tokens)}`,
      saving,
    ]),
    note: `Means over seeds; ± is half of the 95 % interval (${noiseWords(noise)}).`,
  };
}

export function lawTable(fit: ContinualFit | NoFit): ReportTable {
  const isFitted = !('problem' in fit);
  return {
    name: 'law',
    title: 'L = E + A/N^α + B/D^β from scratch, E + A/N^α + B′/(D^β′·N^γ) from the source',
    columns: ['parameter', 'here', 'low', 'high', 'in the paper'],
    rows: isFitted
      ? fit.parameters.map(({ name, value, interval }) => [
          name,
          value,
          interval?.low ?? null,
          interval?.high ?? null,
          PAPER[name],
        ])
      : [],
    note: isFitted
      ? `Nats per token; 95 % intervals of ${fit.resamples} resamples of recipes. E, A and α come from the runs from scratch (fit ${fit.scratch.status}) and are held in the other fit (${fit.continued.status}); so few models tell their sum at each N, and hardly one from another. The paper's tokens are of another kind, so its E, A, B and B′ are not comparable.`
      : `Not fitted: ${fit.problem}.`,
  };
}

export function figuresOf(
  scratch: readonly Curve[],
  source: readonly Curve[],
  savings: readonly Saving[],
  noise: Noise,
): ReportFigure[] {
  const scales = ascending([...scratch, ...source].map(({ N }) => N));
  const shown = (curves: readonly Curve[], words: string, dashed: boolean) =>
    curves.map(({ N, points }) => ({
      // One model has one look, however it began.
      look: lookAt(scales.indexOf(N)),
      label: `N ${tokenWords(N)} ${words}`,
      dashed,
      points: points.map(({ tokens, loss, runs }) => {
        const half = studentsFactor(noise.degrees) * errorOf(noise, [runs]);
        return { x: tokens, y: loss, low: loss - half, high: loss + half };
      }),
    }));
  return [
    {
      name: 'continual-pretraining-loss',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'Target loss from the source and from scratch',
          subtitle: 'Each point is a run with its own complete schedule; bars are 95 % intervals.',
          description: 'Target loss against target tokens, with and without a source stage, for each model.',
          x: { label: 'target tokens', log: true },
          y: { label: 'bits per byte' },
          series: [...shown(source, 'from the source', false), ...shown(scratch, 'from scratch', true)],
        }),
    },
    {
      name: 'continual-pretraining-saving',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'Target tokens saved by the source',
          subtitle: 'At equal target loss, where the runs from scratch come to it.',
          description: 'Share of the target tokens that going on from the source saves, for each model.',
          x: { label: 'target tokens from the source', log: true },
          y: { label: 'share saved' },
          series: scales.map((N, index) => ({
            look: lookAt(index),
            label: `N ${tokenWords(N)}`,
            points: savings
              .filter((one) => one.N === N && one.needed.is === 'between')
              .map(({ tokens, saving }) => ({ x: tokens, y: saving })),
          })),
          rules: [{ y: 0, label: 'nothing saved' }],
        }),
    },
  ];
}
