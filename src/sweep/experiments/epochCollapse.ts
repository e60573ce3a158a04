/** `epoch-collapse`: does scarcity alone decide how often the target text is best read? */

import { drawSeries, type Series } from '../../figures/series.ts';
import type { BestEpochs } from './epochCollapse/bestEpochs.ts';
import { ceilingAt, EXPERIMENT, placesOf, ROUNDS } from './epochCollapse/design.ts';
import { type Curves, collapseFinding, curvesOf } from './epochCollapse/findings.ts';
import { type MeasuredEpochs, type MeasuredKind, measuredEpochs } from './epochCollapse/measured.ts';
import type { Experiment, Report, ReportFigure, ReportTable } from './experiment.ts';
import { computeWords, monolingual, sizesRound } from './grid.ts';
import { PHASE_SHIFT } from './phaseShift/places.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRounds } from './rates.ts';
import { MONOLINGUAL, ofRound, TWO_STAGE } from './results.ts';
import { ascending, noiseOf } from './spread.ts';

const ALL_ROUNDS = [...ratesRounds, sizesRound, ...ROUNDS];

export const epochCollapse: Experiment = {
  name: EXPERIMENT,
  title: 'Does scarcity alone decide how often the target text is best read?',
  rounds: ALL_ROUNDS,
  // Whose two-stage runs are held beside its own.
  alsoReads: [PHASE_SHIFT],
  foreseen: (setting) => [
    ...ALL_ROUNDS.flatMap(({ designs }) => designs([], setting)),
    // As if wherever the best number may lie, its neighbours were asked for.
    ...placesOf([], setting).flatMap(({ compute, targetTokens, optimum }) =>
      [6, 11, 23, 45]
        .filter((epochs) => epochs < ceilingAt({ compute, targetTokens, optimum }))
        .map((epochs) =>
          monolingual([], setting, {
            ...{ experiment: EXPERIMENT, round: 'epochs between' },
            ...{ model: optimum.model, compute, targetTokens, epochs },
          }),
        ),
    ),
  ],
  report: (results, setting): Report => {
    const own = ROUNDS.flatMap(({ name }) => ofRound(results, EXPERIMENT, name));
    const noise = noiseOf(own);
    const measured = measuredEpochs(results, setting, noise);
    const curves = curvesOf(measured, MONOLINGUAL);
    const models = [...new Set(measured.map(({ place }) => place.optimum.model))];
    return {
      findings: notingRates([collapseFinding(measured, curves, noise)], results, setting, models, [
        MONOLINGUAL,
      ]),
      tables: [epochsTable(measured)],
      figures: [collapseFigure(measured, curves), ...lossFigures(measured)],
    };
  },
};

function epochsTable(measured: readonly MeasuredEpochs[]): ReportTable {
  return {
    name: 'best-epochs',
    title: 'Best number of passes by budget and scarcity',
    columns: ['C (FLOP)', 'N*', 'D* (tokens)', 'D_T (tokens)', 'x', 'kind', 'k*', 'from', 'to', 'note'],
    rows: measured.map(({ kind, place, x, best, isCutOff }) => [
      place.compute,
      place.optimum.N,
      place.optimum.D,
      place.targetTokens,
      x,
      kind,
      best.epochs,
      best.low,
      best.high,
      edgeWords(best, isCutOff),
    ]),
    note: 'k* is the lowest point of a parabola of loss (even held-out windows) over ln k around the best number tried; from and to hold the middle 95 % of what other seeds would have given. Of two-stage runs, those of the grid of phase-shift are taken, the best recipe of each k.',
  };
}

function edgeWords({ edge }: BestEpochs, isCutOff: boolean): string {
  if (edge === null) return '';
  if (edge === 'fewest') return 'the fewest that was tried';
  return isCutOff ? 'the most that C allows' : 'the most that was tried';
}

const KIND_LABELS: Readonly<Record<MeasuredKind, string>> = {
  [MONOLINGUAL]: '',
  [TWO_STAGE]: ', two-stage',
};

function collapseFigure(measured: readonly MeasuredEpochs[], { overScarcity }: Curves): ReportFigure {
  const xs = ascending(measured.map(({ x }) => x));
  const [least = 1, most = 1] = [xs[0], xs.at(-1)];
  const path = Array.from({ length: 33 }, (_, index) => least * (most / least) ** (index / 32));
  const inside = measured.filter(({ kind, best }) => kind === MONOLINGUAL && best.edge === null);
  const [from, to] = [Math.min(...inside.map(({ x }) => x)), Math.max(...inside.map(({ x }) => x))];
  const points: Series[] = ([MONOLINGUAL, TWO_STAGE] as const).flatMap((kind) =>
    ascending(measured.map(({ place }) => place.compute)).map((compute) => ({
      label: `C = ${computeWords(compute)}${KIND_LABELS[kind]}`,
      line: false,
      points: measured
        .filter((one) => one.kind === kind && one.place.compute === compute)
        .map(({ x, best }) => ({
          x,
          y: best.epochs,
          // At the most that C allows, nobody knows how far beyond k* would lie.
          ...(best.edge === null && { low: best.low, high: best.high }),
        })),
    })),
  );
  return {
    name: 'best-epochs',
    draw: (canvas) =>
      drawSeries(canvas, {
        title: 'Best epochs against scarcity',
        subtitle:
          'Bars: 95 %. Marks without a bar lie at an end of what was tried; on k = 1/x, C allows no more.',
        description: 'Best numbers of passes over the target text at several budgets.',
        x: { label: 'scarcity x = D_T/D*(C)', log: true },
        y: { label: 'best epochs k*', log: true },
        series: [
          ...points.filter((series) => series.points.length > 0),
          {
            label: 'k = 1/x',
            dashed: true,
            markers: false,
            points: path.map((x) => ({ x, y: 1 / x })),
          },
          ...(overScarcity
            ? [
                {
                  label: 'one curve',
                  markers: false,
                  points: path
                    .filter((x) => x >= from && x <= to)
                    .map((x) => ({ x, y: overScarcity.epochsAt(x) })),
                },
              ]
            : []),
        ],
      }),
  };
}

function lossFigures(measured: readonly MeasuredEpochs[]): ReportFigure[] {
  const ofKind = measured.filter(({ kind }) => kind === MONOLINGUAL);
  return ascending(ofKind.map(({ place }) => place.compute)).map((compute) => ({
    name: `loss-by-epochs-${computeWords(compute)}`,
    draw: (canvas) =>
      drawSeries(canvas, {
        title: `Monolingual loss against epochs, C = ${computeWords(compute)} FLOP`,
        subtitle: 'Even held-out windows, by which k* is chosen; every mark is a run with its own schedule.',
        description: 'Target loss over passes, one line for each amount of target text.',
        x: { label: 'epochs k', log: true },
        y: { label: 'target loss (bits per byte)' },
        series: ofKind
          .filter(({ place }) => place.compute === compute)
          .map(({ place, x, curve }) => ({
            label: `D_T = ${place.targetTokens} (x = ${x.toPrecision(2)})`,
            points: curve.map(({ epochs, loss }) => ({ x: epochs, y: loss })),
          })),
      }),
  }));
}
