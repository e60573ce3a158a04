/**
 * Trains a fleet of runs on an engine, and keeps what must not be lost in a store.
 *
 * The trainer knows the engine by its interface alone. Everything that can be refused is refused by `prepare`, before anything
 * is written. `run` works in chunks of steps; between two chunks it reads losses, validates, saves, and does what it was
 * asked: pause, step, stop. Nothing of this changes a result: a run that was paused, killed and resumed, or trained among others,
 * gives the bits of one that was left alone.
 */

import type { CorpusHashes } from '../formats/config.ts';
import type { RunRecord } from '../formats/record.ts';
import type { Fleet, RunProgress } from '../model/engine.ts';
import type { Store } from '../store/store.ts';
import type { SavedRun } from './checkpoint.ts';
import { Control } from './control.ts';
import type { OnTrainEvent } from './events.ts';
import { type Corpora, type FleetPlan, type PlannedRun, planFleet } from './fleetPlan.ts';
import { Pacing } from './pacing.ts';
import { type Prepared, prepareRuns, type TrainerOptions } from './prepare.ts';
import { corpusHashes } from './resume.ts';
import { TrainingRun } from './run.ts';
import { type Slot, saveSlot } from './slot.ts';
import { progressEvent, startEvent, stepsOf } from './telling.ts';
import { validate } from './validation.ts';

const CHECKPOINT_EVERY_SECONDS = 60;

export class Trainer {
  readonly #plan: FleetPlan;
  readonly #corpora: Corpora;
  readonly #store: Store;
  readonly #emit: OnTrainEvent;
  readonly #checkpointEverySeconds: number;
  /** Records of runs that had ended before this trainer began, by name. */
  readonly #done: ReadonlyMap<string, RunRecord>;
  readonly #names: readonly string[];
  readonly #fleet: Fleet | null;
  readonly #slots: readonly Slot[];
  readonly #environment: TrainerOptions['environment'];
  readonly #control = new Control();
  readonly #pacing = new Pacing();
  readonly #evaluationPacing = new Pacing();
  #running = false;
  #started = false;
  #seconds = 0;
  #stepsHere = 0;
  #savedAt = 0;

  private constructor(options: TrainerOptions, plan: FleetPlan, prepared: Prepared) {
    this.#plan = plan;
    this.#corpora = options.corpora;
    this.#store = options.store;
    this.#emit = options.onEvent;
    this.#environment = options.environment;
    this.#checkpointEverySeconds = options.checkpointEverySeconds ?? CHECKPOINT_EVERY_SECONDS;
    this.#names = options.configs.map(({ name }) => name);
    this.#done = prepared.done;
    this.#fleet = prepared.fleet;
    const hashes = corpusHashes(options.corpora);
    this.#slots = prepared.waiting.map(({ planned, folder, fingerprint, saved }, index) => ({
      run: this.#newRun(planned, hashes, saved),
      index,
      folder,
      fingerprint,
    }));
  }

  /**
   * Plans the fleet and puts it on the device; nothing is written. Throws {@link RunConfigError}, {@link ResumeError} and
   * {@link RunExistsError}, `CheckpointError`, and what the engine throws for a fleet that does not fit.
   */
  static async prepare(options: TrainerOptions): Promise<Trainer> {
    const plan = planFleet(options.configs, options.corpora);
    const prepared = await prepareRuns(options, plan);
    return new Trainer(options, plan, prepared);
  }

  /** Steps of the whole fleet that are taken and to be taken, at its longest run. */
  get steps(): { readonly taken: number; readonly total: number } {
    return stepsOf(this.#slots);
  }

  /**
   * Trains until every run has ended, and gives their records in the order of the configs. An abort saves a checkpoint
   * first, then rejects with an `AbortError`. After a rejection it may be called again, as long as the device lives.
   * After `maxSteps` steps of this sitting, runs that are not at their end are stopped.
   */
  async run(signal?: AbortSignal, maxSteps = Number.POSITIVE_INFINITY): Promise<RunRecord[]> {
    if (this.#running) throw new Error('this fleet is being trained already');
    this.#running = true;
    const wake = () => this.#control.wake();
    signal?.addEventListener('abort', wake);
    try {
      this.#start();
      for (;;) {
        if (signal?.aborted) await this.#abort(signal);
        await this.#control.answer();
        if (await this.#validateDue(signal)) continue;
        const left = maxSteps - this.#stepsHere;
        if (left <= 0) await this.#end(this.#live());
        if (this.#live().length === 0) break;
        if (this.#control.allowance > 0) await this.#chunk(left);
        else if (!signal?.aborted) await this.#control.change();
      }
      return this.#records();
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

  /** Ends one run, or all, at the step that was reached, with a checkpoint that can be resumed. */
  stop(name?: string): Promise<void> {
    return this.#between(() =>
      this.#end(this.#live().filter(({ run }) => name === undefined || run.name === name)),
    );
  }

  /** Saves every run that is still training. */
  checkpoint(): Promise<void> {
    return this.#between(() => this.#save(this.#live()));
  }

  /** Gives the device's memory back. Not while `run` is under way. */
  destroy(): void {
    this.#fleet?.destroy();
  }

  #newRun(planned: PlannedRun, hashes: CorpusHashes, saved: SavedRun | null): TrainingRun {
    if (!this.#fleet) throw new Error('a run without a fleet');
    const environment = typeof this.#environment === 'function' ? this.#environment() : this.#environment;
    const run = new TrainingRun(planned, this.#fleet.facts, environment, hashes, this.#emit);
    if (saved) run.restore({ record: saved.record, step: saved.resume.step, pending: saved.resume.pending });
    return run;
  }

  /** Does something between two chunks, or at once when no loop is under way. */
  #between(action: () => Promise<void>): Promise<void> {
    const settled = this.#control.request(action);
    if (!this.#running) void this.#control.answer();
    return settled;
  }

  #live(): Slot[] {
    return this.#slots.filter(({ run }) => !run.ended);
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    if (this.#fleet) this.#emit(startEvent(this.#slots, this.#fleet.facts));
    // Whoever listens gets a record of every run, also of those that had ended before.
    for (const [run, record] of this.#done) this.#emit({ event: 'done', run, record });
  }

  async #end(slots: readonly Slot[]): Promise<void> {
    for (const { run, index } of slots) {
      this.#fleet?.stop(index);
      run.stop();
    }
    await this.#save(slots);
    this.#tellDone(slots);
  }

  async #chunk(limit: number): Promise<void> {
    const fleet = this.#fleet;
    if (!fleet) return;
    const live = this.#live();
    const toMark = Math.min(...live.map(({ run }) => run.stepsToMark));
    const count = this.#pacing.next(Math.min(toMark, this.#control.allowance, limit));
    const begun = performance.now();
    await fleet.advance(count);
    const progress = await fleet.progress();
    const trained = secondsSince(begun);
    this.#pacing.measured(count, trained);
    const before = live.reduce((sum, { run }) => sum + run.step, 0);
    for (const slot of live) this.#take(slot, progress[slot.index]);
    const runSteps = live.reduce((sum, { run }) => sum + run.step, 0) - before;
    this.#spend(begun, live);
    this.#stepsHere += count;
    this.#emit(
      progressEvent(this.#slots, fleet.facts, {
        runStepsPerSecond: runSteps / trained,
        seconds: this.#seconds,
        steps: this.#stepsHere,
      }),
    );
    await this.#settleEnded(live);
    this.#control.spent(count);
    if (this.#seconds - this.#savedAt >= this.#checkpointEverySeconds) {
      await this.#save(this.#live());
      this.#savedAt = this.#seconds;
    }
  }

  #take({ run, index }: Slot, progress: RunProgress | undefined): void {
    if (!progress) throw new Error(`the engine told nothing of run ${index}`);
    run.addLosses(progress.losses);
    run.step = progress.step;
    if (progress.status === 'diverged') run.diverge(progress.step);
  }

  /**
   * Measures losses where they are due, and ends runs at their last step. False when there was nothing to measure. Breaks off
   * where it is asked for something else, and begins anew afterwards.
   */
  async #validateDue(signal: AbortSignal | undefined): Promise<boolean> {
    const fleet = this.#fleet;
    const due = this.#live().filter(({ run }) => run.validationDue);
    if (!fleet || due.length === 0) return false;
    const begun = performance.now();
    const live = this.#live();
    const isWanted = () => !signal?.aborted && !this.#control.isAsked;
    const measured = await validate(due, fleet, this.#plan, this.#corpora, this.#evaluationPacing, isWanted);
    this.#spend(begun, live);
    for (const { run, periodic, final } of measured) {
      run.addValidation(periodic);
      if (final) run.finish(final);
    }
    await this.#settleEnded(due);
    return true;
  }

  #spend(begun: number, slots: readonly Slot[]): void {
    const seconds = secondsSince(begun);
    this.#seconds += seconds;
    for (const { run } of slots) run.seconds += seconds;
  }

  async #settleEnded(slots: readonly Slot[]): Promise<void> {
    const ended = slots.filter(({ run }) => run.ended);
    if (ended.length === 0) return;
    await this.#save(ended);
    this.#tellDone(ended);
  }

  #tellDone(slots: readonly Slot[]): void {
    for (const { run } of slots) this.#emit({ event: 'done', run: run.name, record: run.record() });
  }

  async #save(slots: readonly Slot[]): Promise<void> {
    const fleet = this.#fleet;
    if (!fleet) return;
    for (const slot of slots) {
      const step = await saveSlot(slot, fleet, this.#store, this.#corpora);
      this.#emit({ event: 'checkpoint', run: slot.run.name, step });
    }
  }

  async #abort(signal: AbortSignal): Promise<never> {
    await this.#save(this.#live());
    const { reason } = signal;
    throw reason instanceof Error && reason.name === 'AbortError'
      ? reason
      : new DOMException('training was interrupted; a checkpoint is saved', 'AbortError');
  }

  #records(): RunRecord[] {
    const here = new Map(this.#slots.map(({ run }) => [run.name, run] as const));
    return this.#names.map((name) => {
      const record = this.#done.get(name) ?? here.get(name)?.record();
      if (!record) throw new Error(`${name} has no record`);
      return record;
    });
  }
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}
