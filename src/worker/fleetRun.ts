/** A fleet at work: from its preparation to its end, over pauses, steps and lost devices. */

import type { TrainConfig } from '../formats/config.ts';
import { DeviceLostError } from '../gpu/errors.ts';
import { createWebGpuEngine } from '../model/webgpuEngine.ts';
import type { Store } from '../store/store.ts';
import type { Corpora } from '../train/fleetPlan.ts';
import { Trainer } from '../train/trainer.ts';
import type { Phase } from './api.ts';
import { failureOf, NotNowError } from './failures.ts';
import type { GpuHolder } from './gpuHolder.ts';
import { takeLock } from './lock.ts';
import type { Teller } from './teller.ts';

/** A reload loses no more than this; a checkpoint of a tiny fleet takes a few hundredths of a second. */
const CHECKPOINT_EVERY_S = 10;
/** A device that is lost again and again will be lost once more. */
const MOST_REOPENINGS = 3;

export type FleetJob = {
  readonly configs: readonly TrainConfig[];
  readonly corpora: Corpora;
  /** The folder of the fleet's checkpoints; each run has one of its own inside. */
  readonly folder: string;
  readonly resume: boolean;
};

export type FleetRunOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly locks: LockManager | undefined;
  readonly teller: Teller;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
};

export class FleetRun {
  readonly #options: FleetRunOptions;
  #trainer: Trainer | undefined;
  #phase: Phase = 'idle';

  constructor(options: FleetRunOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#phase !== 'idle' && this.#phase !== 'done';
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
    let release: (() => void) | undefined;
    try {
      release = await takeLock(this.#options.locks);
      this.#trainer = await this.#prepare(job);
      await onPrepared();
    } catch (error) {
      release?.();
      this.#letGo();
      this.#enter('idle');
      throw error;
    }
    void this.#train(job, release, onEnd);
  }

  async pause(): Promise<void> {
    const trainer = this.#need('training');
    trainer.pause();
    this.#enter('paused');
    await trainer.checkpoint();
  }

  resume(): void {
    this.#need('paused').resume();
    this.#enter('training');
  }

  async step(steps: number): Promise<void> {
    await this.#need('paused').step(steps);
    this.#options.teller.flush();
  }

  async stop(run?: string): Promise<void> {
    const trainer = this.#need('training', 'paused');
    if (run === undefined) this.#enter('ending');
    await trainer.stop(run);
  }

  async checkpoint(): Promise<void> {
    if (this.#phase === 'training') await this.#trainer?.checkpoint();
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
    return Trainer.prepare({
      configs: job.configs,
      corpora: job.corpora,
      engine: createWebGpuEngine(device),
      store,
      folders: job.configs.map(({ name }) => `${job.folder}/${name}`),
      environment: { device: device.facts, versions },
      resume: job.resume,
      onEvent: (event) => teller.gather(event),
      checkpointEverySeconds: CHECKPOINT_EVERY_S,
    });
  }

  async #train(job: FleetJob, release: () => void, onEnd: (error: unknown) => Promise<void>): Promise<void> {
    let failed: unknown;
    try {
      this.#enter('training');
      await this.#trainThroughLosses(job);
    } catch (error) {
      failed = error;
    }
    this.#letGo();
    await onEnd(failed).catch((error: unknown) => {
      failed ??= error;
    });
    release();
    // The failure comes after the phase, so that the page has settled when it shows the words.
    this.#enter(failed === undefined ? 'done' : 'idle');
    if (failed !== undefined) this.#options.teller.tell({ event: 'failure', failure: failureOf(failed) });
  }

  /** Trains; when the device is lost, opens it again and goes on from the last checkpoint. */
  async #trainThroughLosses(job: FleetJob): Promise<void> {
    for (let reopened = 0; ; reopened++) {
      try {
        await this.#trainer?.run();
        return;
      } catch (error) {
        if (!(error instanceof DeviceLostError) || reopened === MOST_REOPENINGS) throw error;
        this.#letGo();
        this.#enter('preparing');
        this.#trainer = await this.#prepare({ ...job, resume: true });
        this.#options.teller.tell({
          event: 'notice',
          message: `${error.message} It has been opened again, and training goes on from the last checkpoint.`,
        });
        this.#enter('training');
      }
    }
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
  }
}
