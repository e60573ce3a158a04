/** A manifest cut into tasks: what one process, one array task, one pod does. The manifest and the fleet's size decide, nothing else. */

import type { TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import type { ManifestRun } from '../../formats/manifest.ts';

/** Runs of a task where nobody says how large a fleet is to be: a loss of the machine costs few, and they fill most devices. */
export const AUTO_TASK_RUNS = 32;

export type Task = {
  /** From 0, as arrays count. */
  readonly index: number;
  readonly runs: readonly ManifestRun[];
  /** Of all its runs, as planned. */
  readonly flops: number;
};

/** Runs that stand one after the other and can share a fleet, `most` at most. */
export function cutTasks(runs: readonly ManifestRun[], most: number = AUTO_TASK_RUNS): Task[] {
  if (!(most >= 1)) throw new RangeError(`a task of ${most} runs`);
  const cut: ManifestRun[][] = [];
  let key = '';
  let source: string | null = null;
  for (const run of runs) {
    const last = cut.at(-1);
    const ofRun = sourceKey(run.config);
    const sharesSource = source === null || ofRun === null || source === ofRun;
    if (last && last.length < most && key === fleetKey(run.config) && sharesSource) {
      last.push(run);
      source ??= ofRun;
    } else {
      cut.push([run]);
      key = fleetKey(run.config);
      source = ofRun;
    }
  }
  return cut.map((part, index) => ({ index, runs: part, flops: flopsOf(part) }));
}

/** Configs of one key can share a fleet, where their sources agree as well or one has none. Needs no text to be read. */
export function fleetKey({ corpora, tokenizer, model, optimizer, evaluation, recipe }: TrainConfig): string {
  const { source, sourceValidation: _, ...target } = corpora;
  return canonicalJson({
    target,
    // Which documents of parallel texts are held out depends on both.
    parallelSource: corpora.parallel === true ? source : null,
    // A BPE is trained on the target tokens that a run may see, and on its source.
    tokenizer: tokenizer.kind === 'bpe' ? { tokenizer, source, seen: recipe.targetTokens } : tokenizer,
    model,
    batch: optimizer.batch,
    windows: evaluation.windows,
  });
}

function sourceKey({ corpora: { source, sourceValidation } }: TrainConfig): string | null {
  return source === null ? null : canonicalJson([source, sourceValidation ?? null]);
}

/**
 * Shard `shard` (from 1) of `shards`: the tasks in order of their FLOPs, largest first, each given to the shard that has least so far.
 * Back in the order of the manifest.
 */
export function shardOf(tasks: readonly Task[], shard: number, shards: number): Task[] {
  const loads = new Array<number>(shards).fill(0);
  const mine: Task[] = [];
  const byWeight = [...tasks].sort((a, b) => b.flops - a.flops || a.index - b.index);
  for (const task of byWeight) {
    const lightest = loads.indexOf(Math.min(...loads));
    // A task without FLOPs would leave its shard the lightest for ever.
    loads[lightest] = (loads[lightest] ?? 0) + Math.max(1, task.flops);
    if (lightest === shard - 1) mine.push(task);
  }
  return mine.sort((a, b) => a.index - b.index);
}

export function flopsOf(runs: readonly Pick<ManifestRun, 'flops'>[]): number {
  return runs.reduce((sum, { flops }) => sum + flops, 0);
}
