/** The figures behind the verdicts. */

import { RECIPE_KINDS } from '../../../law/point.ts';
import type { ReportTable, ResultRun } from '../experiment.ts';
import { sizesRuns } from '../grid.ts';
import { ratesTable } from '../rates.ts';
import { cells, type Cell as RecipeCell } from '../results.ts';
import type { Setting } from '../settings.ts';
import type { BudgetAnalysis } from './analysis.ts';
import { remainingShare } from './checks.ts';
import { leadAt, signOf } from './places.ts';
import { shiftAt, singleStageLead } from './shift.ts';
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
    columns: ['C', 'N*', 'D*', 'seed noise', 'D_T^c', 'from', 'to', 'D_T^c / D*', 'verdict'],
    rows: analyses.map((analysis) => {
      const { view, threshold } = analysis;
      const at = threshold ? tokensOf(threshold.crossing) : Number.NaN;
      const shown = (tokens: number | undefined) =>
        tokens !== undefined && Number.isFinite(tokens) && tokens > 0 ? Math.round(tokens) : null;
      const scarcity = shown(at) === null ? null : Number((at / view.D).toPrecision(3));
      return [
        ...[view.compute, view.N, Math.round(view.D), bits(view.noise.deviation)],
        ...[shown(at), shown(threshold?.low), shown(threshold?.high), scarcity],
        shiftAt(analysis).verdict,
      ];
    }),
    note: 'D_T^c is where two-stage leads monolingual by 0.05 bits per byte; from and to are its 95 % interval under seed noise. An empty end lies outside the D_T that were run.',
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
          winnerWords(place.best, place.deviation),
          ...(two ? [bits(two.value), bits(two.error)] : [null, null]),
          ...(single ? [bits(single.value), bits(single.error)] : [null, null]),
        ];
      }),
    ),
    note: 'Bits per byte on the half of the held-out text that chose no recipe, with standard errors. Two-stage against monolingual; single-stage against the better of the two. A tie is less than 1.5 standard errors.',
  };
}

function winnerWords(
  best: BudgetAnalysis['view']['places'][number]['best'],
  deviation: number,
): string | null {
  const ranked = RECIPE_KINDS.flatMap((kind) => {
    const cell = best[kind];
    return cell ? [{ kind, cell }] : [];
  }).sort((a, b) => a.cell.reported - b.cell.reported);
  const [first, ...others] = ranked;
  if (!first) return null;
  const level = others.filter(({ cell }) => {
    const error = deviation * Math.sqrt(1 / cell.runs.length + 1 / first.cell.runs.length);
    return signOf({ value: cell.reported - first.cell.reported, error }) === 0;
  });
  const names = [first, ...level].map(({ kind }) => KIND_WORDS[kind]);
  return level.length === 0 ? (names[0] ?? null) : `tie: ${names.join(', ')}`;
}

function bestTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'best',
    title: 'The best recipe of each kind',
    columns: ['C', 'D_T', 'kind', 'recipe', 'seeds', 'choosing half', 'reported half'],
    rows: analyses.flatMap(({ view }) =>
      view.places.flatMap(({ targetTokens, best }) =>
        RECIPE_KINDS.flatMap((kind) => {
          const cell = best[kind];
          return cell ? [[view.compute, targetTokens, KIND_WORDS[kind], ...cellColumns(cell)]] : [];
        }),
      ),
    ),
    note: 'Bits per byte, means over seeds. The recipe is the best on the half that chooses; where some were repeated with more seeds, the best of these.',
  };
}

function cellColumns(cell: RecipeCell): [string, number, number, number] {
  return [cellWords(cell), cell.runs.length, bits(cell.chosen), bits(cell.reported)];
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
        ...[monolingual.reported, twoStage.reported, lead.value, lead.error].map(bits),
      ]),
    ),
    note: 'Bits per byte on the half that chose no recipe.',
  };
}

function controlTable(analyses: readonly BudgetAnalysis[]): ReportTable {
  return {
    name: 'control',
    title: 'Two-stage with a source in an unrelated language',
    columns: ['C', 'D_T', 'gain', 'gain with unrelated source', 'kept', 'from', 'to'],
    rows: analyses.flatMap(({ view, control }) =>
      control.map((one) => {
        const kept = remainingShare([one]);
        return [
          view.compute,
          one.place.targetTokens,
          ...[one.gain.value, one.controlGain.value].map(bits),
          ...(kept
            ? [kept.share, kept.low, kept.high].map((share) => Number(share.toFixed(2)))
            : [null, null, null]),
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
