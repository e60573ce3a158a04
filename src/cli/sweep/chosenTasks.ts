/** Which tasks of a manifest this process does: by an option, or by what a scheduler says of it. */

import type { ManifestRun } from '../../formats/manifest.ts';
import { AUTO_TASK_RUNS, cutTasks, shardOf, type Task } from '../../sweep/run/tasks.ts';
import { InputError } from '../report.ts';
import { counted } from '../words/words.ts';

export type Shard = { readonly shard: number; readonly shards: number };

export type TaskChoice = {
  readonly fleet: number | 'auto';
  readonly index?: number;
  readonly shard?: Shard;
};

export type ChosenTasks = {
  readonly tasks: readonly Task[];
  /** All tasks of the manifest. */
  readonly total: number;
  /** What chose them, in words; '' where all are done. */
  readonly by: string;
};

/** Variables in which schedulers number the tasks of a job, from 0. */
const INDEX_VARIABLES = ['SLURM_ARRAY_TASK_ID', 'JOB_COMPLETION_INDEX'] as const;

/** Throws {@link InputError} for an index that there is not. */
export function chosenTasks(
  runs: readonly ManifestRun[],
  { fleet, index, shard }: TaskChoice,
  environment: Readonly<Record<string, string | undefined>>,
): ChosenTasks {
  const tasks = cutTasks(runs, fleet === 'auto' ? AUTO_TASK_RUNS : fleet);
  const total = tasks.length;
  if (shard) {
    if (index !== undefined) throw new InputError('--index, --shard: give one of them');
    const { shard: one, shards } = shard;
    return { tasks: shardOf(tasks, one, shards), total, by: `--shard ${one}/${shards}` };
  }
  const asked =
    index === undefined ? fromEnvironment(environment) : { index, by: '--index', words: String(index) };
  if (!asked) return { tasks, total, by: '' };
  const task = asked.index === null ? undefined : tasks[asked.index];
  if (!task) {
    throw new InputError(
      `${asked.by}: there is no task ${asked.words}; this manifest has ${counted(total, 'task')}, 0 to ${total - 1}, of at most ${
        fleet === 'auto' ? AUTO_TASK_RUNS : fleet
      } runs each (--fleet)`,
    );
  }
  return { tasks: [task], total, by: asked.by };
}

function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): { index: number | null; by: string; words: string } | null {
  for (const by of INDEX_VARIABLES) {
    const words = environment[by];
    if (words === undefined || words === '') continue;
    return { index: /^\d+$/.test(words) ? Number(words) : null, by, words };
  }
  return null;
}
