/** A fleet at work: from its preparation to its end, over pauses, steps and lost devices. */

import type { TrainConfig } from '../formats/config.ts';
import type { References, RunRecord } from '../formats/record.ts';
import { DeviceLostError } from '../gpu/errors.ts';
import { createWebGpuEngine } from '../model/fleet/webgpuEngine.ts';
import type { Store } from '../store/store.ts';
import type { TrainEvent } from '../train/events.ts';
import type { Corpora } from '../train/fleet/plan.ts';
import type { StartModel } from '../train/start/start.ts';
import { Trainer } from '../train/trainer.ts';
import type { Phase } from './api/fleet.ts';
import { DeviceLosses } from './deviceLosses.ts';
import { failureOf, NotNowError } from './failures.ts';
import { fleetMemory } from './fleetMemory.ts';
import type { GpuHolder } from './gpuHolder.ts';
import { takeLock } from './lock.ts';
import { runFolder } from './runFolder.ts';
import { Sampler } from './sampler.ts';
import type { Teller } from './teller.ts';
import { toldEngine } from './toldEngine.ts';

/** A reload loses no more than this; a checkpoint of a tiny fleet takes a few hundredths of a second. */
const CHECKPOINT_EVERY_S = 10;
/** Phases in which no fleet is at work. */
const AT_REST: readonly Phase[] = ['idle', 'stopped', 'done'];
/** What a fleet does after a loss, where it was not training. */
const GOES_ON: Partial<Record<Phase, string>> = {
  pausing: 'the fleet stays paused at',
  paused: 'the fleet stays paused at',
  ending: 'the fleet ends at',
};

export type FleetJob = {
  readonly configs: readonly TrainConfig[];
  /** Makes tokens of the texts, or has them still; asked for each time a device is opened. */
  readonly corpora: () => Promise<Corpora>;
  /** What the target of a run is held against. */
  readonly references: (config: TrainConfig) => Promise<References>;
  /** Keeps a run that has ended, before the page hears of its end. */
  readonly keep: (record: RunRecord) => Promise<void>;
  /** Breaks off the preparation. */
  readonly signal: AbortSignal;
  /** The folder of the fleet's checkpoints; each run has one of its own inside. */
  readonly folder: string;
  readonly resume: boolean;
  /** The model that the runs start from; null for fresh weights. */
  readonly start: StartModel | null;
};

export type FleetRunOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly locks: LockManager | undefined;
  readonly teller: Teller;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
  /** Called at each phase and after each checkpoint: what the runs are may be seen anew. */
  readonly onChange?: () => void;
};

export class FleetRun {
  readonly #options: FleetRunOptions;
  #trainer: Trainer | undefined;
  #phase: Phase = 'idle';
  #losses = new DeviceLosses();
  /** Runs that were to end, undefined for all: a trainer on a device that is opened again must be told anew. */
  readonly #stopped = new Set<string | undefined>();
  /** The ends that the present trainer was told of. */
  #endings: Promise<void>[] = [];
  /** Runs that have ended and are being kept. */
  #keeping: Promise<void>[] = [];

  constructor(options: FleetRunOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return !AT_REST.includes(this.#phase);
  }

  /**
   * Prepares the fleet and lets it go; resolves once it trains, and rejects with the reason when it cannot.
   * `onPrepared` is awaited before the first step, `onEnd` after the last, with the error if there was one.
   */
  async start(
    job: FleetJob,
    onPrepared: () => Promise<void>,
    onEnd: (error: unknown) => Promise<void>,
  ): Promise<void> {
    if (this.busy) throw new NotNowError('A fleet is at work already; stop it first.');
    this.#enter('preparing');
    this.#losses = new DeviceLosses();
    this.#stopped.clear();
    let release: (() => void) | undefined;
    try {
      release = await takeLock(this.#options.locks);
      this.#trainer = await this.#prepare(job);
      job.signal.throwIfAborted();
      await onPrepared();
    } catch (error) {
      release?.();
      this.#letGo();
      this.#enter('idle');
      throw error;
    }
    void this.#train(job, release, onEnd);
  }

  /** Resolves once the steps under way are taken and saved. */
  async pause(): Promise<void> {
    const trainer = this.#need('training');
    trainer.pause();
    this.#enter('pausing');
    try {
      await trainer.checkpoint().catch(leaveToTraining);
    } finally {
      // Meanwhile the fleet may have come to its end, been told to go on, or lost its device.
      if (this.#phase === 'pausing') this.#enter('paused');
    }
  }

  resume(): void {
    this.#need('pausing', 'paused').resume();
    this.#enter('training');
  }

  async step(steps: number): Promise<void> {
    const trainer = this.#need('paused');
    await trainer.step(steps);
    this.#options.teller.flush();
    await trainer.checkpoint().catch(leaveToTraining);
  }

  async stop(run?: string): Promise<void> {
    const trainer = this.#need('training', 'pausing', 'paused');
    if (run === undefined) this.#enter('ending');
    this.#stopped.add(run);
    await this.#end(trainer, run).catch(leaveToTraining);
  }

  async checkpoint(): Promise<void> {
    if (this.#phase === 'training') await this.#trainer?.checkpoint().catch(leaveToTraining);
  }

  /** A record that cannot be kept is still in the run's checkpoint, and the page hears of both. */
  async #keep(job: FleetJob, done: Extract<TrainEvent, { event: 'done' }>): Promise<void> {
    const { teller } = this.#options;
    try {
      await job.keep(done.record);
    } catch (error) {
      teller.tell({ event: 'failure', failure: failureOf(error) });
    }
    teller.gather(done, 'fleet');
  }

  #end(trainer: Trainer, run: string | undefined): Promise<void> {
    const ended = trainer.stop(run);
    this.#endings.push(ended);
    // Whoever awaits it hears of a failure, and so does the sitting's end.
    ended.catch(() => {});
    return ended;
  }

  #need(...phases: readonly Phase[]): Trainer {
    if (!this.#trainer || !phases.includes(this.#phase)) {
      throw new NotNowError(`This can be done only while the fleet is ${phases.join(' or ')}.`);
    }
    return this.#trainer;
  }

  async #prepare(job: FleetJob): Promise<Trainer> {
    const { store, gpu, teller, versions } = this.#options;
    const device = await gpu.device();
    const tuner = await gpu.tuner();
    const corpora = await job.corpora();
    const sampler = new Sampler({
      gpu: device,
      corpora,
      teller,
      mayWait: () => this.#phase === 'training',
    });
    return Trainer.prepare({
      configs: job.configs,
      corpora,
      starts: job.start ? [job.start] : [],
      references: job.references,
      engine: toldEngine(createWebGpuEngine(device, tuner && { tuner }), {
        pipelines: device.pipelines,
        teller,
      }),
      store,
      folders: job.configs.map(({ name }) => runFolder(job.folder, name)),
      environment: { device: device.facts, versions },
      memoryBytes: () => fleetMemory(device),
      resume: job.resume,
      onEvent: (event) => {
        if (event.event === 'checkpoint') {
          this.#losses.saved();
          this.#options.onChange?.();
        }
        if (event.event === 'done') this.#keeping.push(this.#keep(job, event));
        else teller.gather(event, 'fleet');
      },
      onMeasured: (runs) => sampler.sample(runs),
      checkpointEverySeconds: CHECKPOINT_EVERY_S,
      signal: job.signal,
    });
  }

  async #train(job: FleetJob, release: () => void, onEnd: (error: unknown) => Promise<void>): Promise<void> {
    let failed: unknown;
    let ended: Phase = 'done';
    try {
      this.#enter('training');
      const records = await this.#trainThroughLosses(job);
      if (records.some(({ status }) => status === 'stopped')) ended = 'stopped';
    } catch (error) {
      failed = error;
    }
    this.#letGo();
    await Promise.all(this.#keeping.splice(0));
    await onEnd(failed).catch((error: unknown) => {
      failed ??= error;
    });
    release();
    // The failure comes after the phase, so that the page has settled when it shows the words.
    this.#enter(failed === undefined ? ended : 'idle');
    if (failed !== undefined) this.#options.teller.tell({ event: 'failure', failure: failureOf(failed) });
  }

  /**
   * Trains; when the device is lost, opens it again and goes on from the last checkpoint: trains, stays paused, or ends
   * what was to end.
   */
  async #trainThroughLosses(job: FleetJob): Promise<readonly RunRecord[]> {
    let lost: DeviceLostError | undefined;
    let before: Phase = this.#phase;
    for (;;) {
      try {
        if (lost) await this.#reopen(job, lost, before);
        return await this.#sit();
      } catch (error) {
        if (!this.#losses.isWorthAnother(error)) throw error;
        lost = error;
        // A device may be lost once more while it is being opened.
        if (this.#phase !== 'preparing') before = this.#phase;
      }
    }
  }

  async #reopen(job: FleetJob, lost: DeviceLostError, phase: Phase): Promise<void> {
    this.#letGo();
    this.#enter('preparing');
    this.#trainer = await this.#prepare({ ...job, resume: true });
    const halted = phase === 'pausing' || phase === 'paused';
    if (halted) this.#trainer.pause();
    this.#options.teller.tell({
      event: 'notice',
      message: `${lost.message} It has been opened again, and ${GOES_ON[phase] ?? 'training goes on from'} the last checkpoint.`,
    });
    this.#enter(halted ? 'paused' : phase);
  }

  /** Trains on the present device until every run has ended and is saved. */
  async #sit(): Promise<readonly RunRecord[]> {
    const trainer = this.#trainer;
    if (!trainer) return [];
    this.#endings = [];
    const trained = trainer.run();
    for (const run of this.#stopped) void this.#end(trainer, run);
    const records = await trained;
    // Runs that were told to end count as ended even when the device took their last checkpoint along.
    await Promise.all(this.#endings);
    return records;
  }

  #letGo(): void {
    try {
      this.#trainer?.destroy();
    } catch {
      // A fleet on a lost device may refuse to be tidied up; the device has taken its memory along.
    }
    this.#trainer = undefined;
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#options.teller.tell({ event: 'phase', phase });
    this.#options.onChange?.();
  }
}

/** A lost device is no failure of a command: the training notices it too, and opens the device again. */
function leaveToTraining(error: unknown): void {
  if (!(error instanceof DeviceLostError)) throw error;
}
