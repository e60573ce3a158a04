/**
 * Reproduces an experiment in a folder: round after round is planned from the results of those before, trained, and read back; then the
 * experiment says what it finds. Killed at any moment and called again it goes on where it was, for a round depends on nothing but
 * finished runs; several processes may reproduce in one folder.
 */

import type { ManifestRun } from '../../formats/manifest.ts';
import { savingsOf } from '../design/savings.ts';
import type { Report, ReportWatch, ResultRun } from '../experiments/experiment.ts';
import { mergedLines } from '../experiments/results.ts';
import { pause } from '../run/pause.ts';
import { runSweep, type SweepOptions } from '../run/runSweep.ts';
import { cutTasks } from '../run/tasks.ts';
import type { OnReproduceEvent, RoundFacts } from './events.ts';
import { Finished } from './finished.ts';
import { otherLines } from './others.ts';
import { type Asked, keepManifest, keepReproduction, manifestPath, nameOf } from './place.ts';
import { type PlanningTexts, planRound } from './planRound.ts';

export type ReproduceOptions = Omit<SweepOptions, 'tasks' | 'onEvent'> & {
  readonly planning: PlanningTexts;
  /** Runs of a task at most; see `cutTasks`. */
  readonly taskRuns?: number;
  /** From one look at what others hold to the next; for tests. */
  readonly waitMs?: number;
  readonly onEvent: OnReproduceEvent;
  readonly onReportProgress?: NonNullable<ReportWatch['onProgress']>;
  /** A round begins, with all of its runs. */
  readonly onRound?: (facts: RoundFacts, lines: readonly ManifestRun[]) => void;
};

export type Reproduced = {
  readonly results: readonly ResultRun[];
  /** Of all rounds, each run once, and the finished ones of other experiments that the report read. */
  readonly lines: readonly ManifestRun[];
  readonly rounds: readonly RoundFacts[];
  /** Ids of runs that cannot be, which only their training found. */
  readonly refused: readonly string[];
  readonly report: Report;
};

/** From one look at runs that other processes are at to the next. */
const WAIT_MS = 15_000;

/** Throws what `planSweep` and `runSweep` throw, and `OtherTextsError`; an abort saves first, then rejects. */
export async function reproduce(asked: Asked, options: ReproduceOptions): Promise<Reproduced> {
  const { experiment, setting } = asked;
  const { store, planning, signal, onRound, onReportProgress, taskRuns } = options;
  await keepReproduction(store, asked);
  const savings = { corporaOf: planning.corporaOf, signal, ...(taskRuns !== undefined && { taskRuns }) };
  const finished = new Finished(store);
  const rounds: RoundFacts[] = [];
  const refused: string[] = [];
  let lines: ManifestRun[] = [];
  let results: readonly ResultRun[] = [];
  for (const [index, round] of experiment.rounds.entries()) {
    signal.throwIfAborted();
    const planned = await planRound(round, results, setting, planning, signal);
    const manifest = manifestPath(nameOf(asked), round);
    const replaced = await keepManifest(store, manifest, planned.lines);
    const open = await finished.missing(planned.lines);
    const ofOpen = planned.runs.filter(({ id }) => open.has(id));
    const facts: RoundFacts = {
      round: round.name,
      why: round.why,
      index: index + 1,
      rounds: experiment.rounds.length,
      runs: planned.lines.length,
      found: planned.lines.length - open.size,
      dropped: planned.dropped,
      merged: planned.merged,
      flops: ofOpen.reduce((sum, { flops }) => sum + flops, 0),
      savedFlops: savingsOf(ofOpen, savings).flops,
      manifest: planned.lines.length === 0 ? null : manifest,
      replaced,
    };
    rounds.push(facts);
    onRound?.(facts, planned.lines);
    if (open.size > 0) refused.push(...(await trained(planned.lines, options)));
    lines = mergedLines([...lines, ...planned.lines]);
    results = await finished.results(lines);
  }
  // The report reads what else is there; no round does, so that what is asked for hangs on nothing that others did before or after.
  lines = mergedLines([...lines, ...(await otherLines(store, asked, finished))]);
  results = await finished.results(lines);
  const report = await experiment.report(results, setting, {
    signal,
    ...(onReportProgress && { onProgress: onReportProgress }),
  });
  return { results, lines, rounds, refused, report };
}

/** Trains what is open of a round, and waits for what others train of it. Gives ids of runs that cannot be. */
async function trained(
  lines: readonly ManifestRun[],
  {
    planning: _,
    onRound: __,
    onReportProgress: ___,
    taskRuns,
    waitMs = WAIT_MS,
    onEvent,
    ...sweep
  }: ReproduceOptions,
): Promise<string[]> {
  const refused: string[] = [];
  const told = new Set<string>();
  let open = lines;
  for (;;) {
    const outcome = await runSweep({
      ...sweep,
      tasks: cutTasks(open, taskRuns),
      onEvent: (event) => {
        // Each look finds anew who is at what; it is said once.
        const holding = event.event === 'left' || event.event === 'watching' ? event : null;
        const key =
          holding && JSON.stringify([holding.event, holding.holder.owner, 'id' in holding && holding.id]);
        if (key === null || !told.has(key)) onEvent(event);
        if (key !== null) told.add(key);
      },
    });
    refused.push(...outcome.refused);
    open = open.filter(({ id }) => outcome.left.has(id));
    const [holder] = outcome.left.values();
    if (!holder) return refused;
    onEvent({ event: 'waiting', runs: open.map(({ id }) => id), holder });
    await pause(waitMs, sweep.signal);
  }
}
