/** The figures behind the verdicts. */

import { RECIPE_KINDS } from '../../../law/point.ts';
import type { Cell, ReportTable, ResultRun } from '../experiment.ts';
import { sizesRuns } from '../grid.ts';
import { ratesTable } from '../rates.ts';
import { cells, MONOLINGUAL, TWO_STAGE } from '../results.ts';
import type { Setting } from '../settings.ts';
import type { BudgetAnalysis } from './analysis.ts';
import { remainingShare } from './checks.ts';
import { type Contender, marginOf, signOf } from './margins.ts';
import { leadAt } from './places.ts';
import { shiftAt } from './shift.ts';
import { singleStageLead } from './singleStage.ts';
import { tokensOf } from './threshold.ts';
import { cellWords, KIND_WORDS } from './words.ts';

export function tablesOf(
  analyses: readonly BudgetAnalysis[],
  results: readonly ResultRun[],
  setting: Setting,
): ReportTable[] {
  const tables = [
    thresholdsTable(analyses),
    marginsTable(analyses),
    bestTable(analyses),
    settingsTable(analyses),
    controlTable(analyses),
    rewarmTable(analyses),
    noiseTable(analyses),
    sizesTable(results, setting),
  ].filter(({ rows }) => rows.length > 0);
  return [...tables, ratesTable(results, setting)];
}

const BITS = 1e4;
const bits = (value: number) => Math.round(value * BITS) / BITS;

function thresholdsTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'thresholds',
    title: 'The threshold at each C',
    columns: ['C', 'N*', 'D*', 'seed noise', 'repetitions', 'D_T^c', 'from', 'to', 'D_T^c / D*', 'verdict'],
    rows: analyses.map((analysis) => {
      const { view, threshold } = analysis;
      const at = threshold ? tokensOf(threshold.crossing) : Number.NaN;
      const shown = (tokens: number | undefined) =>
        tokens !== undefined && Number.isFinite(tokens) && tokens > 0 ? Math.round(tokens) : null;
      const scarcity = shown(at) === null ? null : Number((at / view.D).toPrecision(3));
      return [
        ...[view.compute, view.N, Math.round(view.D), bits(view.noise.deviation), view.noise.degrees],
        ...[shown(at), shown(threshold?.low), shown(threshold?.high), scarcity],
        shiftAt(analysis).verdict,
      ];
    }),
    note: 'D_T^c is where two-stage leads monolingual by 0.05 bits per byte; from and to are its 95 % interval under seed noise. An empty end lies outside the D_T that were run. Seed noise is a standard deviation in bits per byte, measured on so many repetitions and assumed where there are none.',
  };
}

function marginsTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'margins',
    title: 'Who wins at each D_T, and by how much',
    columns: [
      'C',
      'D_T',
      'D/D_T',
      'best',
      'two-stage leads by',
      '± (two-stage)',
      'luck (two-stage)',
      'by the first seed',
      'single-stage leads by',
      '± (single-stage)',
    ],
    rows: analyses.flatMap(({ view }) =>
      view.places.map((place) => {
        const [two, single] = [leadAt(place), singleStageLead(place)];
        return [
          view.compute,
          place.targetTokens,
          Number((view.D / place.targetTokens).toPrecision(3)),
          winnerWords(place.best),
          ...(two ? [two.value, two.error, two.luck].map(bits) : [null, null, null]),
          firstLead(place),
          ...(single ? [bits(single.value), bits(single.error)] : [null, null]),
        ];
      }),
    ),
    note: 'Bits per byte on the half of the held-out text that chose no recipe, with standard errors. Two-stage against monolingual; single-stage against what the choosing half takes for the better of the two. Where recipes were repeated the first seed chose and the others are reported; where one seed did both, the lead may hold as much luck as is given: the average gain of the luckiest of so many recipes by chance. A tie is less than 1.5 standard errors beyond it.',
  };
}

/** What two-stage would lead by if the seed that chose were reported. */
function firstLead({ best }: BudgetAnalysis['view']['places'][number]): number | null {
  const { [MONOLINGUAL]: mono, [TWO_STAGE]: two } = best;
  return mono && two ? bits(mono.first - two.first) : null;
}

function winnerWords(best: BudgetAnalysis['view']['places'][number]['best']): string | null {
  const ranked = RECIPE_KINDS.flatMap((kind) => {
    const contender = best[kind];
    return contender ? [{ kind, contender }] : [];
  }).sort((a, b) => a.contender.loss - b.contender.loss);
  const [first, ...others] = ranked;
  if (!first) return null;
  const level = others.filter(({ contender }) => {
    const margin = marginOf(contender, first.contender);
    return margin !== null && signOf(margin) === 0;
  });
  const names = [first, ...level].map(({ kind }) => KIND_WORDS[kind]);
  return level.length === 0 ? (names[0] ?? null) : `tie: ${names.join(', ')}`;
}

function bestTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'best',
    title: 'The best recipe of each kind',
    columns: [
      'C',
      'D_T',
      'kind',
      'recipe',
      'recipes tried',
      'choosing half',
      'reported half (first seed)',
      'reported half (other seeds)',
      'other seeds',
    ],
    rows: analyses.flatMap(({ view }) =>
      view.places.flatMap(({ targetTokens, best }) =>
        RECIPE_KINDS.flatMap((kind) => {
          const one = best[kind];
          return one ? [[view.compute, targetTokens, KIND_WORDS[kind], ...contenderColumns(one)]] : [];
        }),
      ),
    ),
    note: 'Bits per byte. The recipe is the best on the half that chooses, by the first seed; where some were repeated with more seeds, the best of these. It is judged by the mean of the other seeds, and by the first where there are none.',
  };
}

function contenderColumns({ cell, tried, chosen, first, loss, seeds, rivals }: Contender): Cell[] {
  const isRepeated = rivals === 0;
  return [
    ...[cellWords(cell), tried, bits(chosen), bits(first)],
    ...(isRepeated ? [bits(loss), seeds] : [null, 0]),
  ];
}

function settingsTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'settings',
    title: 'The D_T just below the threshold under other optimiser settings',
    columns: ['C', 'D_T', 'setting', 'monolingual', 'two-stage', 'two-stage leads by', '±'],
    rows: analyses.flatMap(({ view, settings }) =>
      (settings?.others ?? []).map(({ variant, monolingual, twoStage, lead }) => [
        view.compute,
        settings?.place.targetTokens ?? null,
        variant,
        ...[monolingual.loss, twoStage.loss, lead.value, lead.error].map(bits),
      ]),
    ),
    note: 'Bits per byte on the half that chose no recipe, means over seeds that chose none either.',
  };
}

function controlTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'control',
    title: 'Two-stage with a source in an unrelated language',
    columns: ['C', 'D_T', 'gain', 'gain with unrelated source', 'kept', 'from', 'to', 'source'],
    rows: analyses.flatMap(({ view, control, otherScript }) =>
      [...control, ...otherScript].map((one) => {
        const kept = remainingShare([one]);
        return [
          view.compute,
          one.place.targetTokens,
          ...[one.gain.value, one.controlGain.value].map(bits),
          ...(kept
            ? [kept.share, kept.low, kept.high].map((share) => Number(share.toFixed(2)))
            : [null, null, null]),
          one.control.cell.runs[0]?.config.corpora.source ?? null,
        ];
      }),
    ),
    note: 'Gain over the best monolingual recipe, bits per byte; the share of it that is kept, with its 95 % interval.',
  };
}

function rewarmTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 're-warm',
    title: 'Re-warming alone',
    columns: ['C', 'D_T', 're-warming gains', '± (re-warming)', 'two-stage gains beyond it', '± (beyond)'],
    rows: analyses.flatMap(({ view, rewarm }) =>
      rewarm
        ? [
            [
              view.compute,
              rewarm.place.targetTokens,
              ...[rewarm.gain.value, rewarm.gain.error, rewarm.rest.value, rewarm.rest.error].map(bits),
            ],
          ]
        : [],
    ),
    note: 'Bits per byte; against the best monolingual recipe, and of two-stage against the re-warmed run.',
  };
}

function noiseTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'noise',
    title: 'The shift on a noisy target',
    columns: ['C', 'D_T', 'two-stage leads by', '±', 'on clean text'],
    rows: analyses.flatMap(({ view, noisy }) =>
      noisy.places.flatMap((place) => {
        const lead = leadAt(place);
        const clean = view.places.find(({ targetTokens }) => targetTokens === place.targetTokens);
        const cleanLead = clean ? leadAt(clean) : null;
        return lead
          ? [
              [
                view.compute,
                place.targetTokens,
                bits(lead.value),
                bits(lead.error),
                cleanLead ? bits(cleanLead.value) : null,
              ],
            ]
          : [];
      }),
    ),
    note: 'Bits per byte. The noisy text is validated on noisy text.',
  };
}

function sizesTable(results: readonly ResultRun[], setting: Setting): ReportTable {
  return {
    name: 'sizes',
    title: 'Models, each trained once over as much text as C allows',
    columns: ['C', 'N', 'D', 'seeds', 'choosing half', 'reported half'],
    rows: setting.computes.flatMap((compute) =>
      cells(sizesRuns(results, compute))
        .sort((a, b) => a.nominal.N - b.nominal.N)
        .map((cell) => [
          compute,
          cell.nominal.N,
          Math.round(cell.nominal.D),
          cell.runs.length,
          bits(cell.chosen),
          bits(cell.reported),
        ]),
    ),
    note: 'Bits per byte; the best by the choosing half is N*, and D* its D.',
  };
}
