/** What a sweep's forks save: steps that several runs take alike, and that one of them takes for all. */

import type { Corpora } from '../../train/fleet/plan.ts';
import { familiesOf } from '../families.ts';
import { AUTO_TASK_RUNS, cutTasks } from '../run/tasks.ts';
import type { PlannedRun } from './complete.ts';
import { manifestRuns } from './lines.ts';
import type { TextFacts } from './texts.ts';

export type Savings = {
  /** Runs that go on from another's checkpoint. */
  readonly forks: number;
  readonly steps: number;
  /** Of training, as the runs' own FLOPs are counted. */
  readonly flops: number;
  /** Steps that a run need not take, by its id; runs that take all of theirs are not in it. */
  readonly stepsOf: ReadonlyMap<string, number>;
};

export type SavingsOptions = {
  readonly corporaOf: (texts: TextFacts) => Corpora;
  /** Runs of a task; as where nobody says how large a fleet is to be. */
  readonly taskRuns?: number;
  readonly signal?: AbortSignal;
  /** Tasks that are looked at, and that there are. */
  readonly onProgress?: (done: number, all: number) => void;
};

/**
 * Counts the forks that `runSweep` makes: among runs of one task, in the order of the manifest. Every window of every run is planned for
 * that. Throws the signal's reason.
 */
export function savingsOf(
  runs: readonly PlannedRun[],
  { corporaOf, taskRuns = AUTO_TASK_RUNS, signal, onProgress }: SavingsOptions,
): Savings {
  const planned = new Map(runs.map((run) => [run.id, run] as const));
  const runOf = (id: string): PlannedRun => {
    const run = planned.get(id);
    if (!run) throw new RangeError(`${id} is no run of the plan`);
    return run;
  };
  const stepsOf = new Map<string, number>();
  const tasks = cutTasks(manifestRuns(runs), taskRuns);
  for (const [index, task] of tasks.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, tasks.length);
    // Names in a design are for people; forks are told by id, as in training.
    const configs = task.runs.map(({ id }) => ({ ...runOf(id).config, name: id }));
    const { forks } = familiesOf(configs, ({ name }) => corporaOf(runOf(name).texts));
    for (const { to, step } of forks) stepsOf.set(to, step);
  }
  onProgress?.(tasks.length, tasks.length);
  let steps = 0;
  let flops = 0;
  for (const [id, saved] of stepsOf) {
    const run = runOf(id);
    steps += saved;
    flops += (run.flops * saved) / run.steps;
  }
  return { forks: stepsOf.size, steps, flops, stepsOf };
}
