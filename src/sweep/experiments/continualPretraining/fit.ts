/**
 * Zheng's law on the runs of this experiment: E, A and α from those that began from scratch, B', β' and γ from those that went on from
 * the source, and both refitted to resampled recipes for intervals. Runs that fork from one source stage share its luck, which no drawing of
 * recipes shows: so each stage is also moved by the noise of seeds, all of its runs together. The law's D are the target tokens of the last stage, which here are all
 * that a run reads of the target; the source stage counts neither as data nor as compute.
 */

import { readRunRecords } from '../../../formats/runs/records.ts';
import { recipeCells } from '../../../law/certainty/cells.ts';
import { type Interval, percentileInterval } from '../../../law/certainty/intervals.ts';
import { drawCells, spreadOverRows } from '../../../law/certainty/resampling.ts';
import { ConstantLossError, NowhereFiniteError, TooFewRunsError } from '../../../law/fit/errors.ts';
import { fitLaw } from '../../../law/fit/fitLaw.ts';
import { DEFAULT_DELTA } from '../../../law/fit/options.ts';
import type { Fit } from '../../../law/fit/outcome.ts';
import { refit } from '../../../law/fit/refit.ts';
import { valuesOf } from '../../../law/law.ts';
import { chinchilla } from '../../../law/laws/chinchilla.ts';
import { cpt } from '../../../law/laws/cpt.ts';
import { meanOf } from '../../../law/mean.ts';
import { Rest } from '../../../law/rest.ts';
import type { Run } from '../../../law/run.ts';
import { runOf } from '../../../law/runs.ts';
import { normalStream } from '../../../model/llama/initialise.ts';
import type { ReportWatch, ResultRun } from '../experiment.ts';
import { wholeLoss } from '../results.ts';
import { ascending, type Noise } from '../spread.ts';

const PARAMETERS = ['E', 'A', 'alpha', 'B', 'beta', 'Bprime', 'betaprime', 'gamma'] as const;

export type ParameterEstimate<Name extends string = string> = {
  readonly name: Name;
  readonly value: number;
  /** Null where the resamples do not tell: the parameter stays on a bound. */
  readonly interval: Interval | null;
};

export type ContinualFit = {
  /** Chinchilla's law on the runs from scratch. */
  readonly scratch: Fit;
  /** Zheng's on the others. */
  readonly continued: Fit;
  /** E, A, alpha, B, beta, then Bprime, betaprime, gamma. */
  readonly parameters: readonly ParameterEstimate<(typeof PARAMETERS)[number]>[];
  /** β − β': above 0, what the source brings wears off. */
  readonly fading: ParameterEstimate;
  /** By model, the smallest first. */
  readonly ends: readonly GainEnd[];
  readonly resamples: number;
};

/** Target tokens at which both curves of one model meet. */
export type GainEnd = {
  readonly N: number;
  /** Null where they do not, since the gain grows with the text. */
  readonly tokens: number | null;
  readonly interval: Interval | null;
  /** Share of the resamples in which they meet. */
  readonly share: number;
};

/** Why there is no fit. */
export type NoFit = { readonly problem: string };

/** A and α are a line through as many points otherwise. */
const FEWEST_MODELS = 3;
const RESAMPLES = 200;
const DESCENTS = 100;
/** Of the work, the share of both fits; the rest is resamples. */
const FIT_SHARE = 0.3;

/** Rejects with the signal's reason when aborted. */
export async function fitContinual(
  scratchResults: readonly ResultRun[],
  sourceResults: readonly ResultRun[],
  noise: Noise,
  { signal, onProgress = () => {} }: ReportWatch,
): Promise<ContinualFit | NoFit> {
  const scratchRuns = lawRuns(scratchResults);
  const sourceRuns = lawRuns(sourceResults);
  const problem = problemOf(scratchRuns, sourceRuns);
  if (problem !== null) return { problem };
  const delta = Math.max(
    DEFAULT_DELTA,
    noise.deviation / meanOf([...scratchResults, ...sourceResults].map(wholeLoss)),
  );
  const tell = (doing: string, from: number, to: number) => (share: number) =>
    onProgress(doing, from + (to - from) * share);
  const common = { delta, descents: DESCENTS, ...(signal && { signal }) };
  try {
    const scratch = await fitLaw(chinchilla, scratchRuns, {
      ...common,
      onProgress: tell('fitting chinchilla', 0, FIT_SHARE / 2),
    });
    const continued = await fitLaw(cpt, sourceRuns, {
      ...common,
      freeze: lentBy(scratch),
      onProgress: tell('fitting cpt', FIT_SHARE / 2, FIT_SHARE),
    });
    const rest = new Rest({ ...(signal && { signal }), onProgress: tell('resampling', FIT_SHARE, 1) });
    const draws: Values[] = [];
    for (let index = 0; index < RESAMPLES; index++) {
      draws.push(resampled(scratch, continued, scratchRuns, sourceRuns, index));
      await rest.after((index + 1) / RESAMPLES);
    }
    return fitOf(scratch, continued, draws, ascending(sourceRuns.map(({ point }) => point.N)));
  } catch (error) {
    if (![TooFewRunsError, ConstantLossError, NowhereFiniteError].some((type) => error instanceof type))
      throw error;
    return { problem: error instanceof Error ? error.message : '' };
  }
}

/** Those that the laws take, from what their records counted. */
function lawRuns(results: readonly ResultRun[]): Run[] {
  const sound = results.filter((run) => wholeLoss(run) > 0 && Number.isFinite(wholeLoss(run)));
  const placed = sound.map(({ id, record }) => ({ record, place: id }));
  return readRunRecords(placed, EXPERIMENT_RECORDS).rows.map(runOf);
}

const EXPERIMENT_RECORDS = 'records';

function problemOf(scratch: readonly Run[], source: readonly Run[]): string | null {
  const models = (runs: readonly Run[]) => new Set(runs.map(({ point }) => point.N)).size;
  const fewest = Math.min(models(scratch), models(source));
  if (fewest < FEWEST_MODELS)
    return `the number of models that began both from scratch and from the source is ${fewest}, and A and α need ${FEWEST_MODELS}`;
  const needed = chinchilla.parameters.length + 2;
  if (scratch.length < needed)
    return `${needed} runs from scratch are needed, and there are ${scratch.length}`;
  return source.length < needed
    ? `${needed} runs from the source are needed, and there are ${source.length}`
    : null;
}

type Values = Readonly<Record<string, number>>;

function lentBy({ law, theta }: Fit): Values {
  const values = valuesOf(law, theta);
  return Object.fromEntries(
    (cpt.borrows?.parameters ?? []).map((name) => [name, values[name] ?? Number.NaN]),
  );
}

/** Both laws on recipes drawn with replacement, from where the fits lie. */
function resampled(
  scratch: Fit,
  continued: Fit,
  scratchRuns: readonly Run[],
  sourceRuns: readonly Run[],
  index: number,
): Values {
  const { delta } = scratch;
  const drawn = (runs: readonly Run[], of: string) => {
    const cells = recipeCells(runs);
    const weights = new Float64Array(runs.length);
    spreadOverRows(drawCells(cells.count, 0, index, of), cells.of, weights);
    return weights;
  };
  const ofScratch = refit(chinchilla, scratchRuns, [scratch.theta], {
    delta,
    weights: drawn(scratchRuns, ' from scratch'),
  });
  const ofSource = refit(cpt, movedTogether(sourceRuns, delta, index), [continued.theta], {
    delta,
    freeze: lentBy(ofScratch),
    weights: drawn(sourceRuns, ' from the source'),
  });
  return valuesOfBoth(ofScratch, ofSource);
}

/** Of random streams, one for each resample. */
const STAGE_LUCK = 0x57a6;

/** Losses with as much more or less for each source stage as `deviation`, of ln loss, allows. */
function movedTogether(runs: readonly Run[], deviation: number, index: number): Run[] {
  const normal = normalStream(index, STAGE_LUCK);
  const shifts = new Map<string, number>();
  return runs.map((run) => {
    const stage = `${run.point.N} ${run.groups.seed ?? ''}`;
    const shift = shifts.get(stage) ?? deviation * normal();
    shifts.set(stage, shift);
    return { ...run, loss: run.loss * Math.exp(shift) };
  });
}

function valuesOfBoth(scratch: Fit, continued: Fit): Values {
  return { ...valuesOf(continued.law, continued.theta), ...valuesOf(scratch.law, scratch.theta) };
}

function fitOf(
  scratch: Fit,
  continued: Fit,
  draws: readonly Values[],
  scales: readonly number[],
): ContinualFit {
  const best = valuesOfBoth(scratch, continued);
  const estimate = <Name extends string>(
    name: Name,
    of: (values: Values) => number,
  ): ParameterEstimate<Name> => {
    const found = draws.map(of).filter(Number.isFinite);
    const interval = percentileInterval(found);
    return { name, value: of(best), interval: interval && interval.low < interval.high ? interval : null };
  };
  return {
    scratch,
    continued,
    parameters: PARAMETERS.map((name) => estimate(name, (values) => values[name] ?? Number.NaN)),
    fading: estimate('beta − betaprime', fadingOf),
    ends: scales.map((N) => {
      const tokens = endOf(best, N);
      const found = draws.flatMap((values) => endOf(values, N) ?? []);
      const share = found.length / draws.length;
      return { N, tokens, interval: percentileInterval(found), share };
    }),
    resamples: draws.length,
  };
}

function fadingOf({ beta = Number.NaN, betaprime = Number.NaN }: Values): number {
  return beta - betaprime;
}

/** D at which B·D^−β = B'·D^−β'·N^−γ, where the gain falls with D; null where it does not. */
function endOf(values: Values, N: number): number | null {
  const { B = Number.NaN, Bprime = Number.NaN, gamma = Number.NaN } = values;
  const fading = fadingOf(values);
  const tokens = Math.exp((Math.log(B) - Math.log(Bprime) + gamma * Math.log(N)) / fading);
  return fading > 0 && Number.isFinite(tokens) ? tokens : null;
}
