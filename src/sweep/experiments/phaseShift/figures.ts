/** Loss against D_T at each C, the threshold against C, and what becomes of two-stage's gain with other texts. */

import type { Canvas, Figure } from '../../../figures/frame.ts';
import { drawSeries, type Series, type SeriesFigure } from '../../../figures/series.ts';
import { kindLook, lookAt } from '../../../figures/theme.ts';
import { RECIPE_KINDS } from '../../../law/point.ts';
import type { ReportFigure } from '../experiment.ts';
import { computeWords } from '../grid.ts';
import type { BudgetAnalysis } from './analysis.ts';
import type { Margin } from './margins.ts';
import { leadAt } from './places.ts';
import { LEAD } from './threshold.ts';
import { KIND_WORDS } from './words.ts';

/** Figures are of 95 % intervals. */
const INTERVAL_ERRORS = 1.96;

export function figuresOf(analyses: readonly BudgetAnalysis[]): ReportFigure[] {
  const run = analyses.filter(({ view }) => view.places.length > 0);
  return [
    ...run.map((analysis) => figure(`loss-${computeWords(analysis.view.compute)}`, lossFigure(analysis))),
    ...run
      .filter(({ view }) => view.places.some((place) => leadAt(place)))
      .map((analysis) => figure(`gain-${computeWords(analysis.view.compute)}`, gainFigure(analysis))),
    ...(run.some(({ threshold }) => threshold?.crossing.kind === 'at')
      ? [figure('threshold', thresholdFigure(run))]
      : []),
  ];
}

function figure(name: string, drawn: SeriesFigure): ReportFigure {
  return { name, draw: (canvas: Canvas): Figure => drawSeries(canvas, drawn) };
}

const TOKENS = { label: 'D_T, target tokens', log: true } as const;

function lossFigure({ view, threshold }: BudgetAnalysis): SeriesFigure {
  const series = RECIPE_KINDS.map((kind): Series => {
    const points = view.places.flatMap(({ targetTokens, best }) => {
      const contender = best[kind];
      if (!contender || !Number.isFinite(contender.loss)) return [];
      const half = (INTERVAL_ERRORS * contender.noise.deviation) / Math.sqrt(contender.seeds);
      const y = contender.loss;
      return [{ x: targetTokens, y, low: y - half, high: y + half }];
    });
    return { label: KIND_WORDS[kind], points, look: kindLook(kind) };
  });
  const at = threshold?.crossing.kind === 'at' ? threshold.crossing.targetTokens : null;
  return {
    title: `The best recipe of each kind, C = ${computeWords(view.compute)} FLOP`,
    subtitle:
      'Chosen by the first seed, reported by the others where there are any; bars: 95 % by seed noise.',
    description: `Target loss of the best monolingual, single-stage and two-stage recipes against the amount of target text, at C = ${computeWords(view.compute)} FLOP.`,
    x: TOKENS,
    y: { label: 'target loss, bits per byte' },
    series: series.filter(({ points }) => points.length > 0),
    rules: at === null ? [] : [{ x: at, label: 'D_T^c' }],
  };
}

function gainFigure({ view, control, noisy }: BudgetAnalysis): SeriesFigure {
  const pointOf = (targetTokens: number, { value, error }: Margin) => {
    const half = INTERVAL_ERRORS * error;
    return { x: targetTokens, y: value, low: value - half, high: value + half };
  };
  const leadsOf = (places: typeof view.places) =>
    places.flatMap((place) => {
      const lead = leadAt(place);
      return lead ? [pointOf(place.targetTokens, lead)] : [];
    });
  const series: Series[] = [
    { label: 'two-stage', points: leadsOf(view.places), look: kindLook('multi-lingual two-stage') },
    {
      label: 'with a source in an unrelated language',
      points: control.map(({ place, controlGain }) => pointOf(place.targetTokens, controlGain)),
      look: lookAt(3),
      dashed: true,
    },
    {
      label: 'on the noisy target',
      points: leadsOf(noisy.places),
      look: lookAt(4),
      dashed: true,
    },
  ];
  return {
    title: `What two-stage gains, C = ${computeWords(view.compute)} FLOP`,
    subtitle: 'Below the best monolingual recipe on the same target text; bars: 95 % by seed noise.',
    description: `Lead of two-stage over monolingual in bits per byte against the amount of target text, at C = ${computeWords(view.compute)} FLOP.`,
    x: TOKENS,
    y: { label: 'bits per byte below monolingual' },
    series: series.filter(({ points }) => points.length > 0),
    rules: [{ y: LEAD, label: 'the lead that makes the threshold' }],
  };
}

function thresholdFigure(analyses: readonly BudgetAnalysis[]): SeriesFigure {
  const points = analyses.flatMap(({ view, threshold }) =>
    threshold?.crossing.kind === 'at'
      ? [
          {
            x: view.compute,
            y: threshold.crossing.targetTokens,
            low: threshold.low,
            high: threshold.high,
          },
        ]
      : [],
  );
  return {
    title: 'The threshold against compute',
    subtitle: 'Above D_T^c monolingual is best, below it two-stage; bars: 95 % by seed noise.',
    description: 'The D_T at which two-stage leads monolingual by 0.05 bits per byte, and D*, against C.',
    x: { label: 'C, FLOP', log: true },
    y: { label: 'tokens', log: true },
    series: [
      { label: 'D_T^c', points },
      { label: 'D*', points: analyses.map(({ view }) => ({ x: view.compute, y: view.D })), dashed: true },
    ],
  };
}
