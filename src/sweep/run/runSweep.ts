/**
 * Runs tasks of a sweep in its folder: skips what is finished, goes on with what was begun, leaves what others are at. Killed at any
 * moment and called again it ends at the same records.
 */

import type { ManifestRun } from '../../formats/manifest.ts';
import { BEAT_MS, Claims, type ClaimsOptions, type Holder, type Identity } from './claims.ts';
import { findRecord, recordedIds, WORK, workFolder } from './folder.ts';
import { pause } from './pause.ts';
import { Progress } from './progress.ts';
import type { Task } from './tasks.ts';
import { Training, type TrainingOptions } from './training.ts';

/** From one look at runs that others hold to the next. */
const LOOK_MS = 5000;

export type SweepOptions = TrainingOptions & {
  readonly tasks: readonly Task[];
  readonly identity: Identity;
  /** How claims are watched; what is left out is for use, what is given for tests. */
  readonly claims?: ClaimsOptions & { readonly beatMs?: number; readonly lookMs?: number };
};

export type SweepOutcome = {
  /** Ids of runs that were finished before, of those that this call finished, and of those that cannot be. */
  readonly found: readonly string[];
  readonly trained: readonly string[];
  readonly refused: readonly string[];
  /** Runs that other processes are at. */
  readonly left: ReadonlyMap<string, Holder>;
};

/** Throws what texts, engine and store throw; an abort saves first, then rejects with an `AbortError`. */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const { store, identity, claims: watch = {} } = options;
  const claims = new Claims(store, identity, watch);
  await claims.beat();
  const sweep = new Sweep(options, claims);
  const timer = setInterval(() => void sweep.beat(), watch.beatMs ?? BEAT_MS);
  try {
    return await sweep.run();
  } finally {
    clearInterval(timer);
    // A claim that cannot be given back is taken over later.
    await claims.end().catch(() => {});
  }
}

class Sweep {
  readonly #options: SweepOptions;
  readonly #claims: Claims;
  readonly #progress: Progress;
  readonly #training: Training;
  readonly #found = new Set<string>();
  readonly #damaged = new Set<string>();
  readonly #left = new Map<string, Holder>();
  readonly #watched = new Set<string>();

  constructor(options: SweepOptions, claims: Claims) {
    this.#options = options;
    this.#claims = claims;
    this.#progress = new Progress(options.tasks.flatMap(({ runs }) => runs));
    this.#training = new Training(options, claims, this.#progress);
  }

  /** Says that this process lives, and lets go of what was taken from it. */
  async beat(): Promise<void> {
    try {
      await this.#claims.beat();
      await this.#training.letGo(await this.#claims.check());
    } catch {
      // A disk that is full now may not be at the next beat; if it stays so, the next checkpoint says it.
    }
  }

  async run(): Promise<SweepOutcome> {
    const { tasks, signal, onEvent } = this.#options;
    for (const { runs } of tasks) for (const run of runs) await this.#isFinished(run);
    await this.#tidy();
    onEvent({ event: 'sweep', ...this.#progress.state });
    let open = [...tasks];
    for (let isFirst = true; open.length > 0; isFirst = false) {
      if (!isFirst) await pause(this.#options.claims?.lookMs ?? LOOK_MS, signal);
      const still: Task[] = [];
      for (const task of open) if (await this.#attempt(task, isFirst)) still.push(task);
      open = still;
    }
    const ids = tasks.flatMap(({ runs }) => runs.map(({ id }) => id));
    return {
      found: ids.filter((id) => this.#found.has(id)),
      trained: ids.filter((id) => this.#training.finished.has(id)),
      refused: ids.filter((id) => this.#training.refused.has(id)),
      left: this.#left,
    };
  }

  /** Trains what can be had of a task. Gives whether it must be looked at again: others hold some, and may be dead. */
  async #attempt({ index, runs }: Task, isFirst: boolean): Promise<boolean> {
    const { signal, onEvent } = this.#options;
    signal.throwIfAborted();
    const mine: ManifestRun[] = [];
    const held = new Map<string, Holder>();
    for (const run of runs) {
      const { id } = run;
      if (this.#isSettled(id) || (await this.#isFinished(run))) continue;
      const taken = await this.#claims.take(id);
      if (!taken.taken) held.set(id, taken.holder);
      // Its record may have been written, and its claim taken away, while we looked.
      else if (await this.#isFinished(run)) await this.#claims.clear(id);
      else mine.push(run);
    }
    if (mine.length > 0) {
      onEvent({ event: 'task', task: index, runs: mine.map(({ id }) => id) });
      await this.#training.train(mine);
    }
    // At the first look nobody can tell who is alive, and other tasks may hold work.
    const isOpen = isFirst ? held.size > 0 : this.#watch(held);
    return isOpen || mine.some(({ id }) => this.#claims.isLost(id));
  }

  #isSettled(id: string): boolean {
    return this.#left.has(id) || this.#training.refused.has(id) || this.#training.finished.has(id);
  }

  /** Leaves to others what they are at. Gives whether some must be watched on. */
  #watch(held: ReadonlyMap<string, Holder>): boolean {
    const { onEvent } = this.#options;
    const unknown = new Map<string, string[]>();
    for (const [id, holder] of held) {
      if (holder.isAlive) {
        this.#left.set(id, holder);
        this.#progress.leave(id);
        onEvent({ event: 'left', id, holder });
      } else unknown.set(holder.owner, [...(unknown.get(holder.owner) ?? []), id]);
    }
    for (const [owner, ids] of unknown) {
      const holder = held.get(ids[0] ?? '');
      if (!holder || this.#watched.has(owner)) continue;
      this.#watched.add(owner);
      onEvent({ event: 'watching', runs: ids, holder });
    }
    return unknown.size > 0;
  }

  async #isFinished({ id }: ManifestRun): Promise<boolean> {
    if (this.#found.has(id)) return true;
    const found = await findRecord(this.#options.store, id);
    if (found.kind === 'damaged' && !this.#damaged.has(id)) {
      this.#damaged.add(id);
      this.#options.onEvent({ event: 'damaged', id, path: found.path, problem: found.problem });
    }
    if (found.kind !== 'finished') return false;
    this.#found.add(id);
    this.#progress.finish(id, false);
    return true;
  }

  /** Takes away what a process left that was killed between a record and the end of its work on it. */
  async #tidy(): Promise<void> {
    const { store } = this.#options;
    const begun = new Set((await store.list(WORK)).map((path) => path.split('/')[1] ?? ''));
    for (const id of await recordedIds(store)) {
      if (!begun.has(id) || !this.#found.has(id) || !(await this.#claims.isFree(id))) continue;
      await store.remove(workFolder(id));
      await this.#claims.clear(id);
    }
  }
}
