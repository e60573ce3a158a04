/**
 * Trains runs on an engine, and keeps what must not be lost in a store.
 *
 * The trainer knows the engine by its interface alone. Everything that can be refused is refused by `prepare`, before anything
 * is written. `run` trains one group of runs after the other (crew.ts), in chunks of steps; between two chunks it validates,
 * saves, and does what it was asked: pause, step, stop. Nothing of this changes a result: a run that waited, was paused, killed
 * and resumed, or trained among others, gives the bits of one that was left alone.
 */

import type { RunRecord } from '../formats/record.ts';
import { Control, interruption } from './control.ts';
import { Crew, releaseUnseated } from './fleet/crew.ts';
import { keepStart, type Member } from './fleet/member.ts';
import { type Prepared, prepareGroups, type TrainerOptions } from './fleet/prepare.ts';
import { type ListSteps, listSteps, progressEvent } from './telling.ts';

const CHECKPOINT_EVERY_SECONDS = 60;

export class Trainer {
  /** Without the models that runs begin from: nothing here holds on to those once their runs have checkpoints. */
  readonly #options: Omit<TrainerOptions, 'starts'>;
  readonly #prepared: Prepared;
  readonly #control = new Control();
  /** The group on the device; null before the first and after the last. */
  #crew: Crew | null = null;
  #running = false;
  #started = false;
  #destroyed = false;
  /** Whether the present crew was told of. */
  #announced = false;
  #seconds = 0;
  #flops = 0;
  #savedAt = 0;

  private constructor(options: Omit<TrainerOptions, 'starts'>, prepared: Prepared) {
    this.#options = options;
    this.#prepared = prepared;
  }

  /**
   * Plans all runs and puts the first group on the device; nothing is written. Throws `RunConfigError`, `ResumeError`,
   * `RunExistsError`, `CheckpointError`, what the engine throws for a run that does not fit, and the reason of
   * `options.signal`.
   */
  static async prepare(options: TrainerOptions): Promise<Trainer> {
    const { starts: _, ...rest } = options;
    const trainer = new Trainer(rest, await prepareGroups(options));
    await trainer.#nextCrew(options.signal);
    return trainer;
  }

  /** Steps of the fleets, one after the other, taken and in all: those of the longest run, where all train side by side. */
  get steps(): ListSteps {
    return listSteps(this.#prepared.groups);
  }

  /**
   * Trains until every run has ended, and gives their records in the order of the configs. An abort saves a checkpoint
   * first, then rejects with an `AbortError`. After a rejection it may be called again, as long as the device lives.
   * A run that has taken `maxSteps` steps and is not at its end is stopped. Throws once the trainer is destroyed.
   */
  async run(signal?: AbortSignal, maxSteps = Number.POSITIVE_INFINITY): Promise<RunRecord[]> {
    this.#checkAlive();
    if (this.#running) throw new Error('these runs are being trained already');
    this.#running = true;
    const wake = () => this.#control.wake();
    signal?.addEventListener('abort', wake);
    try {
      for (const member of this.#members()) {
        member.lastStep = Math.min(member.run.steps, member.run.step + maxSteps);
      }
      this.#start();
      await this.#keepStarts();
      for (;;) {
        await this.#release();
        if (signal?.aborted) await this.#abort(signal);
        await this.#control.answer();
        const crew = await this.#nextCrew(signal);
        if (!crew) return this.#records();
        const measured = await this.#validateDue(crew, signal);
        if (measured) await this.#options.onMeasured?.(crew.readable);
        if ((await crew.fork()) || measured) continue;
        const over = crew.live.filter(({ run, lastStep }) => run.step >= lastStep);
        for (const { run } of over) run.stop();
        if (over.length > 0) continue;
        if (this.#control.allowance > 0) await this.#chunk(crew, signal);
        else if (!signal?.aborted) await this.#control.change();
      }
    } catch (error) {
      // Where a fleet was being launched, nothing is on the device, and what there was is saved.
      if (signal?.aborted && error === signal.reason) throw interruption(signal);
      throw error;
    } finally {
      signal?.removeEventListener('abort', wake);
      this.#running = false;
      this.#control.release();
      // What was asked for while the last chunk failed must not wait for ever.
      await this.#control.answer();
    }
  }

  /** Halts after the chunk in work (a fraction of a second). */
  pause(): void {
    this.#control.pause();
  }

  resume(): void {
    this.#control.resume();
  }

  /** Takes `steps` steps, then pauses; resolves when they are taken. Only while `run` is under way. */
  step(steps: number): Promise<void> {
    return this.#control.step(steps);
  }

  /**
   * Ends one run, or all, at the step that was reached, with a checkpoint that can be resumed. A run that waits ends where it
   * stands: at the step of its checkpoint, or before its first one. Rejects once the trainer is destroyed.
   */
  async stop(name?: string): Promise<void> {
    this.#checkAlive();
    await this.#between(async () => {
      for (const { run } of this.#members()) {
        if (!run.ended && (name === undefined || run.name === name)) run.stop();
      }
      await this.#release();
    });
  }

  /** Saves every run that is training; of those that wait there is nothing new to save. */
  checkpoint(): Promise<void> {
    return this.#between(() => this.#save());
  }

  /**
   * Gives the device's memory back, and with it all that is not saved: another trainer goes on from the checkpoints. Not while
   * `run` is under way.
   */
  destroy(): void {
    this.#destroyed = true;
    this.#dismiss();
  }

  #dismiss(): void {
    this.#crew?.destroy();
    this.#crew = null;
  }

  #checkAlive(): void {
    if (!this.#destroyed) return;
    throw new Error('this trainer is destroyed; prepare another with `resume` to go on from the checkpoints');
  }

  /** Does something between two chunks, or at once when no loop is under way. */
  #between(action: () => Promise<void>): Promise<void> {
    const settled = this.#control.request(action);
    if (!this.#running) void this.#control.answer();
    return settled;
  }

  #members(): Member[] {
    return this.#prepared.groups.flatMap(({ members }) => members);
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#announce();
    // Whoever listens gets a record of every run, also of those that had ended before.
    for (const [run, record] of this.#prepared.done) this.#options.onEvent({ event: 'done', run, record });
  }

  /** Before a step is taken: a run that is broken off then goes on from its checkpoint, and nobody has to name its model again. */
  async #keepStarts(): Promise<void> {
    const { store, onEvent } = this.#options;
    for (const { plan, members } of this.#prepared.groups) {
      for (const member of members) {
        if (!(await keepStart(member, plan, store))) continue;
        onEvent({ event: 'checkpoint', run: member.run.name, step: 0 });
      }
    }
  }

  #announce(): void {
    if (!this.#started || this.#announced || !this.#crew) return;
    this.#announced = true;
    for (const event of this.#crew.news) this.#options.onEvent(event);
  }

  /** The crew that trains, its free slots given to runs that wait; the next one when it is through; null after the last. */
  async #nextCrew(signal?: AbortSignal): Promise<Crew | null> {
    await this.#crew?.seat();
    if (this.#crew && this.#crew.live.length > 0) return this.#crew;
    this.#dismiss();
    const group = this.#prepared.groups.find(({ members }) => members.some(({ run }) => !run.ended));
    if (!group) return null;
    this.#crew = await Crew.launch(group, this.#options, signal);
    this.#announced = false;
    this.#announce();
    return this.#crew;
  }

  async #chunk(crew: Crew, signal: AbortSignal | undefined): Promise<void> {
    const control = this.#control;
    const { live } = crew;
    const limit = Math.min(control.allowance, crew.stepsToMark);
    const mayGoOn = (taken: number) => !signal?.aborted && !control.isAsked && control.allowance > taken;
    const begun = performance.now();
    const { steps, runSteps, seconds } = await crew.advance(limit, mayGoOn);
    this.#spend(begun, live);
    this.#flops += runSteps * crew.flopsPerStep;
    const rate = {
      tokensPerSecond: (runSteps * crew.tokensPerStep) / seconds,
      flopsPerSecond: (runSteps * crew.flopsPerStep) / seconds,
    };
    const sitting = { seconds: this.#seconds, flops: this.#flops };
    this.#options.onEvent(progressEvent(this.#prepared.groups, sitting, rate));
    await crew.release();
    control.spent(steps);
    const every = this.#options.checkpointEverySeconds ?? CHECKPOINT_EVERY_SECONDS;
    if (this.#seconds - this.#savedAt >= every) {
      await this.#save();
      this.#savedAt = this.#seconds;
    }
  }

  /** False when there was nothing to measure. Breaks off where it is asked for something else, and begins anew afterwards. */
  async #validateDue(crew: Crew, signal: AbortSignal | undefined): Promise<boolean> {
    const begun = performance.now();
    const { live } = crew;
    const wasDue = await crew.validateDue(() => !signal?.aborted && !this.#control.isAsked);
    if (wasDue) this.#spend(begun, live);
    return wasDue;
  }

  #spend(begun: number, members: readonly Member[]): void {
    const seconds = (performance.now() - begun) / 1000;
    this.#seconds += seconds;
    for (const { run } of members) run.seconds += seconds;
  }

  async #save(): Promise<void> {
    await this.#crew?.save(this.#crew.live);
  }

  /** Saves and tells of runs that have ended, those that never had a slot included. */
  async #release(): Promise<void> {
    await this.#crew?.release();
    for (const group of this.#prepared.groups) await releaseUnseated(group, this.#options);
  }

  async #abort(signal: AbortSignal): Promise<never> {
    await this.#save();
    throw interruption(signal);
  }

  #records(): RunRecord[] {
    const here = new Map(this.#members().map(({ run }) => [run.name, run] as const));
    return this.#options.configs.map(({ name }) => {
      const record = this.#prepared.done.get(name) ?? here.get(name)?.record();
      if (!record) throw new Error(`${name} has no record`);
      return record;
    });
  }
}
