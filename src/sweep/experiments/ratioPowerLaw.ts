/** `ratio-power-law`: is single-stage loss a power of the target's ratio, with one exponent for all? */

import { drawSeries, type Series } from '../../figures/series.ts';
import type { Experiment, Report, ReportFigure, ReportTable, ResultRun, Round } from './experiment.ts';
import { notingRates } from './rateNotes.ts';
import { ratesRounds } from './rates.ts';
import { EXPERIMENT, modelsOf, PAIR, RATIOS, ROUND, ratioDesigns } from './ratioPowerLaw/design.ts';
import { type Exponents, exponentsOf, type RatioRun } from './ratioPowerLaw/exponents.ts';
import { findingsOf } from './ratioPowerLaw/findings.ts';
import { hasTag, ofRound, SINGLE_STAGE, wholeLoss } from './results.ts';
import { noiseOf } from './spread.ts';

const ratiosRound: Round = {
  name: ROUND,
  why: 'single-stage loss at six target ratios, on two models, two lengths and two sources, each target text read once',
  designs: ratioDesigns,
};

const ROUNDS: readonly Round[] = [...ratesRounds, ratiosRound];

export const ratioPowerLaw: Experiment = {
  name: EXPERIMENT,
  title:
    'Is single-stage loss a power of the target’s ratio, with one exponent for all data, models and pairs?',
  rounds: ROUNDS,
  foreseen: (setting) => ROUNDS.flatMap(({ designs }) => designs([], setting)),
  report: (results, setting): Report => {
    const asked = ofRound(results, EXPERIMENT, ROUND);
    const runs = asked.map(ratioRun).filter(({ loss }) => Number.isFinite(loss));
    const exponents = exponentsOf(runs, SOURCES);
    return {
      findings: notingRates(
        findingsOf({
          exponents,
          noise: noiseOf(asked),
          diverged: asked.length - runs.length,
          hasControl: setting.texts.control !== null,
        }),
        results,
        setting,
        modelsOf(setting),
        [SINGLE_STAGE],
      ),
      tables: [exponentTable(exponents), lossTable(runs)],
      figures: figuresOf(runs, exponents),
    };
  },
};

const SOURCES = ['source', 'control'] as const;

function ratioRun(run: ResultRun): RatioRun {
  const { N, D, r } = run.nominal;
  const source = SOURCES.find((pair) => hasTag(run, PAIR, pair)) ?? SOURCES[0];
  return { N, D, r, source: r === 1 ? null : source, loss: wholeLoss(run) };
}

function exponentTable(exponents: Exponents | null): ReportTable {
  return {
    name: 'exponents',
    title: 'Exponents of L = L_1·r^−γ',
    columns: [
      'N',
      'D (tokens)',
      'source',
      'γ',
      '± (95 %)',
      'L_1 (bits per byte)',
      'largest misfit (bits per byte)',
    ],
    rows: (exponents?.groups ?? []).map(({ N, D, source, exponent, atOne, misfit }) => [
      N,
      D,
      source,
      exponent.value,
      exponent.half,
      atOne,
      misfit,
    ]),
    note: 'γ is the slope in the middle of the range of ln r, beside a curvature that all groups have in common; L_1 and misfit are of straight lines. The loss is the target’s on all held-out windows.',
  };
}

function lossTable(runs: readonly RatioRun[]): ReportTable {
  const key = ({ N, D, source }: RatioRun) => `${N} ${D} ${source}`;
  const firsts = runs
    .filter((run, index) => run.source !== null && index === runs.findIndex((one) => key(one) === key(run)))
    .sort((a, b) => a.N - b.N || a.D - b.D || (a.source === SOURCES[0] ? -1 : 1));
  return {
    name: 'losses',
    title: 'Target loss by ratio, in bits per byte',
    columns: ['N', 'D (tokens)', 'source', ...RATIOS.map((ratio) => `r = ${ratio}`)],
    rows: firsts.map((first) => [
      first.N,
      first.D,
      first.source,
      ...RATIOS.map((ratio) => meanLoss(runs.filter((run) => run.r === ratio && isBeside(run, first)))),
    ]),
    note: 'Means over seeds. At r = 1 no source is read, so that all sources have the same run. All ratios of a model have the learning rate that was tuned for single-stage recipes, r = 1 too.',
  };
}

function isBeside(run: RatioRun, { N, D, source }: RatioRun): boolean {
  return run.N === N && run.D === D && (run.source === null || run.source === source);
}

function meanLoss(runs: readonly RatioRun[]): number | null {
  return runs.length === 0 ? null : runs.reduce((sum, { loss }) => sum + loss, 0) / runs.length;
}

function figuresOf(runs: readonly RatioRun[], exponents: Exponents | null): ReportFigure[] {
  const groups = exponents?.groups ?? [];
  const lines = <T extends RatioRun | Exponents['residuals'][number]>(
    of: readonly T[],
    y: (run: T) => number,
  ): Series[] =>
    groups.map(({ N, D, source }) => ({
      label: `N ${N}, D ${D}, ${source}`,
      points: of
        .filter((run) => run.N === N && run.D === D && (run.source === null || run.source === source))
        .map((run) => ({ x: run.r, y: y(run) })),
      dashed: source !== SOURCES[0],
    }));
  const x = { label: 'target ratio r', log: true };
  return [
    {
      name: 'loss-by-ratio',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'Single-stage loss against the target’s ratio',
          subtitle: 'Both axes are logarithmic: a power law is a straight line.',
          description: 'Target loss of single-stage runs of equal length that read their target text once.',
          x,
          y: { label: 'target loss (bits per byte)', log: true },
          series: lines(runs, ({ loss }) => loss),
        }),
    },
    {
      name: 'misfit-by-ratio',
      draw: (canvas) =>
        drawSeries(canvas, {
          title: 'What a power of the ratio leaves over',
          subtitle: 'Measured loss less the straight line of its group; a bend shows as an arch.',
          description: 'Residuals of straight lines of ln loss on ln ratio.',
          x,
          y: { label: 'measured − fitted (bits per byte)' },
          series: lines(exponents?.residuals ?? [], ({ bits }) => bits),
          rules: [{ y: 0, label: 'power law' }],
        }),
    },
  ];
}
