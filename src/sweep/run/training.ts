/** Trains runs that this process has claimed, from their checkpoints or from the beginning, to their records. */

import type { TrainConfig } from '../../formats/config.ts';
import { JsonError } from '../../formats/json.ts';
import type { ManifestRun } from '../../formats/manifest.ts';
import type { References, RunRecord } from '../../formats/record.ts';
import { SafetensorsError } from '../../huggingFace/error.ts';
import type { Engine } from '../../model/engine.ts';
import type { Store } from '../../store/store.ts';
import { CheckpointError } from '../../train/checkpoint/error.ts';
import type { TrainEvent } from '../../train/events.ts';
import { type Corpora, RunConfigError } from '../../train/fleet/plan.ts';
import type { Environment } from '../../train/run.ts';
import { Trainer } from '../../train/trainer.ts';
import { familiesOf } from '../families.ts';
import type { Claims } from './claims.ts';
import type { OnSweepEvent } from './events.ts';
import { isFinal, WORK, workFolder, writeRecord } from './folder.ts';
import { GuardedStore } from './guardedStore.ts';
import type { Progress } from './progress.ts';

/** What runs read and are held against; asked by the configs that were given. */
export type Texts = {
  readonly corporaOf: (config: TrainConfig) => Corpora;
  readonly referencesOf: (config: TrainConfig) => Promise<References>;
};

/** A run as it is trained: its config bears its id as name, since names in a manifest are for people and need not differ. */
export type TrainedRun = { readonly run: ManifestRun; readonly config: TrainConfig };

export type TrainingOptions = {
  readonly store: Store;
  readonly engine: Engine;
  /** Reads the texts of the runs, once for those that name the same. */
  readonly texts: (runs: readonly TrainedRun[]) => Promise<Texts>;
  /** Asked for once the engine has been. */
  readonly environment: () => Environment;
  readonly memoryBytes?: () => number | null;
  readonly fleetSize?: number;
  readonly checkpointEverySeconds?: number;
  readonly signal: AbortSignal;
  readonly onEvent: OnSweepEvent;
};

export class Training {
  readonly #options: TrainingOptions;
  readonly #claims: Claims;
  readonly #progress: Progress;
  readonly #finished = new Set<string>();
  readonly #refused = new Set<string>();
  /** Runs whose checkpoint was thrown away: a second one that is no good is not the disk's fault. */
  readonly #anew = new Set<string>();
  #trainer: Trainer | null = null;

  constructor(options: TrainingOptions, claims: Claims, progress: Progress) {
    this.#options = options;
    this.#claims = claims;
    this.#progress = progress;
  }

  /** Runs whose record was written here. */
  get finished(): ReadonlySet<string> {
    return this.#finished;
  }

  /** Runs that cannot be, as far as it is known. */
  get refused(): ReadonlySet<string> {
    return this.#refused;
  }

  /** Ends runs that another has taken over, at once and without a trace. */
  async letGo(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#options.onEvent({ event: 'lost', id });
      await this.#trainer?.stop(id).catch(() => {});
    }
  }

  /**
   * Trains all `runs` to their records. A run that cannot be is told of, and the others are trained. An abort saves first, then
   * rejects with an `AbortError`. Throws what texts, engine and store throw, and `ResumeError`.
   */
  async train(runs: readonly ManifestRun[]): Promise<void> {
    const named = runs.map((run) => ({ run, config: { ...run.config, name: run.id } }));
    for (;;) {
      const left = named.filter(({ run: { id } }) => this.#isOurs(id));
      if (left.length === 0) return;
      try {
        await this.#sitting(left);
        return;
      } catch (error) {
        // What stood in the way is out of it; whatever was trained is saved.
        if (!(await this.#mended(error, left))) throw error;
      }
    }
  }

  #isOurs(id: string): boolean {
    return !this.#finished.has(id) && !this.#refused.has(id) && !this.#claims.isLost(id);
  }

  async #sitting(runs: readonly TrainedRun[]): Promise<void> {
    const { store, engine, texts, signal, environment, memoryBytes, fleetSize, checkpointEverySeconds } =
      this.#options;
    // Of runs that lie in folders of ours nothing else can be there: what is begun is gone on with.
    const { corporaOf, referencesOf } = await texts(runs);
    const broken = new AbortController();
    let written: Promise<void> = Promise.resolve();
    const stopping = AbortSignal.any([signal, broken.signal]);
    const records = new Map(runs.map(({ run }) => [run.id, run] as const));
    const failures: unknown[] = [];
    const onEvent = (event: TrainEvent) => {
      this.#follow(event);
      if (event.event === 'progress') {
        this.#options.onEvent({ event: 'sweep', ...this.#progress.state });
        return;
      }
      if (event.event !== 'done') {
        this.#options.onEvent(event);
        return;
      }
      const run = records.get(event.run);
      if (!run || !isFinal(event.record)) return;
      written = written
        .then(() => this.#finish(run, event.record))
        .catch((error: unknown) => {
          failures.push(error);
          broken.abort();
        });
    };
    const configs = runs.map(({ config }) => config);
    const { forks } = familiesOf(configs, corporaOf);
    const trainer = await Trainer.prepare({
      configs,
      forks,
      corpora: corporaOf,
      references: referencesOf,
      engine,
      store: new GuardedStore(store, this.#claims),
      folders: runs.map(({ run }) => workFolder(run.id)),
      environment,
      resume: true,
      signal: stopping,
      onEvent,
      ...(memoryBytes && { memoryBytes }),
      ...(fleetSize !== undefined && { fleetSize }),
      ...(checkpointEverySeconds !== undefined && { checkpointEverySeconds }),
    });
    this.#trainer = trainer;
    try {
      await trainer.run(stopping);
    } catch (error) {
      if (failures.length === 0) throw error;
    } finally {
      this.#trainer = null;
      await written;
      trainer.destroy();
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Writes the record, and takes away what only a run under way needs. */
  async #finish({ id, config: { name } }: ManifestRun, trained: RunRecord): Promise<void> {
    const { store, onEvent } = this.#options;
    await this.#claims.check();
    if (this.#claims.isLost(id)) return;
    if (trained.id !== id) throw new Error(`${id} was trained as ${trained.id}`);
    const record = { ...trained, config: { ...trained.config, name } };
    await writeRecord(store, record);
    await store.remove(workFolder(id));
    await this.#claims.clear(id);
    this.#finished.add(id);
    this.#progress.finish(id, true);
    onEvent({ event: 'sweep', ...this.#progress.state });
    onEvent({ event: 'record', id, name, record });
  }

  #follow(event: TrainEvent): void {
    const progress = this.#progress;
    if (event.event === 'start') for (const { run, step } of event.runs) progress.found(run, step);
    if (event.event === 'loss' || event.event === 'eval') progress.reached(event.run, event.step);
  }

  /** Whether what went wrong concerns one run, and the others can go on without it or with it begun anew. */
  async #mended(error: unknown, runs: readonly TrainedRun[]): Promise<boolean> {
    const { onEvent, store } = this.#options;
    if (error instanceof RunConfigError) {
      const { run: id, field, problem } = error;
      this.#refused.add(id);
      onEvent({ event: 'refused', id, field, problem });
      return runs.some(({ run }) => run.id === id);
    }
    if (!isDamage(error)) return false;
    const [folder, id = ''] = error.file.split('/');
    if (folder !== WORK || !runs.some(({ run }) => run.id === id)) return false;
    await this.#claims.check();
    // Who took the run over has changed its files, as is right.
    if (this.#claims.isLost(id)) return true;
    if (this.#anew.has(id)) return false;
    this.#anew.add(id);
    const problem = error.message.replace(`${error.file}: `, '');
    onEvent({ event: 'damaged', id, path: error.file, problem });
    await store.remove(workFolder(id));
    return true;
  }
}

function isDamage(error: unknown): error is CheckpointError | SafetensorsError | JsonError {
  return error instanceof CheckpointError || error instanceof SafetensorsError || error instanceof JsonError;
}
