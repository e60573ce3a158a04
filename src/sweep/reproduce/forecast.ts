/** What the next round of an experiment will take, and at most, about, all rounds after it. Nothing is trained. */

import type { Store } from '../../store/store.ts';
import type { PlannedRun } from '../design/complete.ts';
import type { SweepEstimate } from '../design/estimate.ts';
import { manifestRuns } from '../design/lines.ts';
import { planSweep } from '../design/planSweep.ts';
import { savingsOf } from '../design/savings.ts';
import type { ResultRun } from '../experiments/experiment.ts';
import { mergedLines } from '../experiments/results.ts';
import { Finished } from './finished.ts';
import { type Asked, keepManifest, keepReproduction, manifestPath, nameOf, type Replaced } from './place.ts';
import { type PlannedRound, type PlanningTexts, planRound } from './planRound.ts';

/** What runs take of a device. */
export type Cost = {
  readonly runs: number;
  /** Of the runs each alone. */
  readonly flops: number;
  /** Of these, what runs that begin alike share. */
  readonly savedFlops: number;
  /** How FLOPs were counted. */
  readonly flopsBy: 'engine' | '6ND';
  /** Training and validation, shared steps taken once; null where no device was asked, as is `software`. */
  readonly seconds: number | null;
  readonly software: boolean | null;
};

export type Forecast = {
  /** Rounds whose runs are all finished, and how many runs that were. */
  readonly finished: { readonly rounds: number; readonly runs: number };
  /** Null where every round is finished. */
  readonly next: {
    readonly index: number;
    readonly planned: PlannedRound;
    readonly found: number;
    readonly manifest: string;
    readonly replaced: Replaced | null;
    readonly cost: Cost;
  } | null;
  /** What later rounds ask for under the typical outcome; null where the experiment foresees nothing. */
  readonly later: Cost | null;
};

export type ForecastOptions = {
  readonly store: Store;
  readonly planning: PlanningTexts;
  /** Seconds without `savedSteps`, those that a run need not take, by its id. Gives null where there is no device to ask. */
  readonly estimate: (
    runs: readonly PlannedRun[],
    savedSteps: ReadonlyMap<string, number>,
  ) => Promise<SweepEstimate | null>;
  readonly taskRuns?: number;
  readonly signal: AbortSignal;
};

/** Keeps the next round's manifest in the folder. Throws what `planSweep`, the estimate and the store throw, and `OtherTextsError`. */
export async function forecast(asked: Asked, options: ForecastOptions): Promise<Forecast> {
  const { experiment, setting } = asked;
  const { store, planning, signal } = options;
  await keepReproduction(store, asked);
  const finished = new Finished(store);
  let lines: PlannedRound['lines'] = [];
  let results: readonly ResultRun[] = [];
  for (const [index, round] of experiment.rounds.entries()) {
    const planned = await planRound(round, results, setting, planning, signal);
    const open = await finished.missing(planned.lines);
    if (open.size > 0) {
      const manifest = manifestPath(nameOf(asked), round);
      const replaced = await keepManifest(store, manifest, planned.lines);
      const cost = await costOf(planned.runs, open, options);
      const known = new Set([...lines, ...planned.lines].map(({ id }) => id));
      const later = await laterCost(asked, known, finished, options);
      const found = planned.lines.length - open.size;
      return {
        finished: { rounds: index, runs: lines.length },
        next: { index: index + 1, planned, found, manifest, replaced, cost },
        later,
      };
    }
    lines = mergedLines([...lines, ...planned.lines]);
    results = await finished.results(lines);
  }
  return { finished: { rounds: experiment.rounds.length, runs: lines.length }, next: null, later: null };
}

/** Of foreseen runs that neither are finished nor stand in a round that is planned. */
async function laterCost(
  { experiment, setting }: Asked,
  known: ReadonlySet<string>,
  finished: Finished,
  options: ForecastOptions,
): Promise<Cost | null> {
  if (!experiment.foreseen) return null;
  const { planning, signal } = options;
  const plan = await planSweep(experiment.foreseen(setting), { readTexts: planning.readTexts, signal });
  const runs = plan.runs.filter(({ id }) => !known.has(id));
  return costOf(runs, await finished.missing(manifestRuns(runs)), options);
}

async function costOf(
  runs: readonly PlannedRun[],
  open: ReadonlySet<string>,
  { planning: { corporaOf }, estimate, taskRuns, signal }: ForecastOptions,
): Promise<Cost> {
  const left = runs.filter(({ id }) => open.has(id));
  const { stepsOf } = savingsOf(left, { corporaOf, signal, ...(taskRuns !== undefined && { taskRuns }) });
  const estimated = left.length > 0 ? await estimate(left, stepsOf) : null;
  const counted = estimated?.runs ?? left;
  const sum = (of: (run: PlannedRun) => number) => counted.reduce((total, run) => total + of(run), 0);
  return {
    runs: left.length,
    flops: sum(({ flops }) => flops),
    savedFlops: sum(({ id, flops, steps }) => (flops * (stepsOf.get(id) ?? 0)) / steps),
    flopsBy: estimated ? 'engine' : '6ND',
    seconds: estimated?.seconds ?? null,
    software: estimated?.software ?? null,
  };
}

/** Two costs, one after the other. */
export function addedCosts(a: Cost, b: Cost): Cost {
  const hasSeconds = (cost: Cost) => cost.seconds !== null || cost.runs === 0;
  return {
    runs: a.runs + b.runs,
    flops: a.flops + b.flops,
    savedFlops: a.savedFlops + b.savedFlops,
    flopsBy: [a, b].every(({ flopsBy, runs }) => flopsBy === 'engine' || runs === 0) ? 'engine' : '6ND',
    seconds: [a, b].every(hasSeconds) ? (a.seconds ?? 0) + (b.seconds ?? 0) : null,
    software: a.software ?? b.software,
  };
}
