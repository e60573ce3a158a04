/**
 * Learning rates, tuned for each model (N), batch and kind of recipe by short runs of their own. All experiments ask for the same ones.
 *
 * A kind is tuned on a recipe as it looks near the threshold, where kinds are held against each other: little target text, read as often
 * as the best recipes there do. A doubled rate costs such models more than kinds differ by, so a rate that favours one kind would
 * make the verdict.
 *
 * Tuning runs are short, and what they find is used for longer ones at the same N, batch and schedule. The schedule's stable phase makes
 * that fair: at its peak a longer run takes more steps of the same size. Still the best rate falls slowly as runs grow, so at a budget
 * many times that of the tuning it may be lower than what was found; that is why contenders near a threshold are repeated at half and
 * double rate. Runs that read their text once are given the rate of those that repeat it, too. Another N or batch has another best
 * rate, and is tuned by itself.
 */

import type { Canvas, Figure } from '../../figures/frame.ts';
import { drawSeries } from '../../figures/series.ts';
import { RECIPE_KINDS, type RecipeKind } from '../../law/point.ts';
import type { Cell, ReportFigure, ReportTable, ResultRun, Round } from './experiment.ts';
import { modelWords, parametersOf } from './models.ts';
import {
  bestTried,
  edgeOf,
  FURTHEST_STEPS,
  rateAt,
  rateCurve,
  type TriedRate,
  tunedRate,
  tuningCompute,
  tuningDesigns,
  tuningTargetTokens,
} from './rateTuning.ts';
import type { Model, Setting } from './settings.ts';
import { noiseOf, noiseWords } from './spread.ts';

/** Tuning at three rates around the setting's. */
export const ratesRound: Round = {
  name: 'learning rates',
  why: 'tunes the learning rate for each model and kind of recipe, at half, once and twice the rate expected, each under two seeds',
  designs: (_, setting) =>
    pairs(setting).flatMap(([model, kind]) =>
      [-1, 0, 1].flatMap((step) => tuningDesigns(setting, model, kind, step, ratesRound.name)),
    ),
};

/** All rounds of tuning, to be had before any round that asks for {@link rateFor}. */
export const ratesRounds: readonly Round[] = [
  ratesRound,
  ...Array.from({ length: FURTHEST_STEPS - 1 }, (_, index) => widerRound(index + 1)),
];

/** Goes one further where of the rates up to `reach` steps away the last one was best; what later rounds found changes nothing here. */
function widerRound(reach: number): Round {
  const name = `learning rates ${reach + 1}`;
  return {
    name,
    why: 'tries one more learning rate wherever the best one was the last that was tried',
    designs: (results, setting) =>
      pairs(setting).flatMap(([model, kind]) => {
        const tried = rateCurve(results, setting, model, kind).filter(({ step }) => Math.abs(step) <= reach);
        const edge = edgeOf(tried);
        return edge === null ? [] : tuningDesigns(setting, model, kind, edge.step + edge.outwards, name);
      }),
  };
}

function pairs({ models }: Setting): [Model, RecipeKind][] {
  return models.flatMap((model) => RECIPE_KINDS.map((kind): [Model, RecipeKind] => [model, kind]));
}

/** The tuned peak learning rate of a kind; the setting's where tuning has not been run. Throws RangeError for a model that the setting does not have. */
export function rateFor(
  results: readonly ResultRun[],
  setting: Setting,
  model: Model,
  kind: RecipeKind,
): number {
  return tunedRate(rateCurve(results, setting, model, kind)) ?? rateAt(setting, model, 0);
}

/** What tuning found, a row a model and kind: where the best rate lies, and what its neighbours lose. */
export function ratesTable(results: readonly ResultRun[], setting: Setting): ReportTable {
  const noise = noiseOf(results);
  const { deviation } = noise;
  return {
    name: 'learning-rates',
    title: 'Learning rates that were tuned',
    columns: [
      'N',
      'kind',
      'C of tuning',
      'D_T of tuning',
      'rates tried',
      'learning rate',
      'bits per byte at the best tried',
      'lost at half, in deviations',
      'lost at double, in deviations',
      'the best lies',
    ],
    rows: pairs(setting).map(([model, kind]) => {
      const tried = rateCurve(results, setting, model, kind);
      const best = bestTried(tried);
      const lostAt = (step: number): Cell => {
        const loss = best && tried.find((one) => one.step === best.step + step)?.loss;
        if (!best || loss === undefined || loss === null) return null;
        return Number.isFinite(loss) ? Number(((loss - best.loss) / deviation).toFixed(1)) : 'diverged';
      };
      return [
        parametersOf(model),
        kind,
        tuningCompute(setting, model),
        tuningTargetTokens(setting, model, kind),
        tried.map(({ rate }) => rate).join(', '),
        tunedRate(tried) ?? rateAt(setting, model, 0),
        best && Number(best.loss.toFixed(4)),
        lostAt(-1),
        lostAt(1),
        placeWords(tried),
      ];
    }),
    note: `What half and double the best rate lose is given in standard deviations between seeds (${noiseWords(noise)}). Rates were chosen on the even held-out windows, by the mean over seeds. They are used at all budgets of the same N and batch; where a budget is many times that of the tuning the best rate may be lower.`,
  };
}

const AT_EDGE = 'rate at the edge of what was tried';

function placeWords(tried: readonly TriedRate[]): string {
  if (tried.length === 0) return 'unknown: not tuned, the rate is the expected one';
  if (!bestTried(tried)) return 'unknown: every rate that was tried diverged';
  const edge = edgeOf(tried);
  if (edge === null) return 'between rates that are worse';
  return `${AT_EDGE}: the ${edgeWords(edge)}`;
}

function edgeWords({ outwards }: { readonly outwards: -1 | 1 }): string {
  return outwards === 1 ? 'highest' : 'lowest';
}

/** For findings that stand on the rates of a model for these kinds: which of them may be better beyond those tried; `''` where none. */
export function ratesAtEdgeWords(
  results: readonly ResultRun[],
  setting: Setting,
  model: Model,
  kinds: readonly RecipeKind[],
): string {
  const edges = kinds.flatMap((kind) => {
    const edge = edgeOf(rateCurve(results, setting, model, kind));
    return edge ? [`${kind} (${rateFor(results, setting, model, kind)}, the ${edgeWords(edge)})`] : [];
  });
  if (edges.length === 0) return '';
  const N = parametersOf(model).toLocaleString('en');
  return `${AT_EDGE} at N = ${N}: ${edges.join(', ')}`;
}

/** Loss above the best against the learning rate, a figure a kind and a line a model; none where nothing was tuned. */
export function ratesFigures(results: readonly ResultRun[], setting: Setting): ReportFigure[] {
  const { deviation } = noiseOf(results);
  return RECIPE_KINDS.flatMap((kind) => {
    const series = setting.models.flatMap((model) => {
      const tried = rateCurve(results, setting, model, kind);
      const best = bestTried(tried);
      if (!best) return [];
      const points = tried.map(({ rate, loss }) => ({ x: rate, y: loss - best.loss }));
      return [{ label: `N = ${parametersOf(model).toLocaleString('en')} (${modelWords(model)})`, points }];
    });
    if (series.length === 0) return [];
    const draw = (canvas: Canvas): Figure =>
      drawSeries(canvas, {
        title: `Learning rates tried: ${kind}`,
        subtitle: 'Models by N (layers × width).',
        description: `Target loss above that of the best learning rate against the learning rate, for ${kind} recipes of each model.`,
        x: { label: 'peak learning rate', log: true },
        y: { label: 'bits per byte above the best rate' },
        series,
        rules: [{ y: deviation, label: 'one deviation between seeds' }],
      });
    return [{ name: `learning-rates-${kind.replaceAll(' ', '-')}`, draw }];
  });
}
