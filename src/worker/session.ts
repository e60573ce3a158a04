/** The lab behind the door: answers commands, keeps texts and fleets in the store, and tells what happens. */

import type { TrainConfig } from '../formats/config.ts';
import { ConfigError } from '../formats/configError.ts';
import { benchStep, type StepBench } from '../model/bench/step.ts';
import type { Store } from '../store/store.ts';
import { type Corpora, llamaConfig, planFleets } from '../train/fleet/plan.ts';
import type {
  Command,
  CorpusFacts,
  CorpusOrigin,
  LabApi,
  Listener,
  Opened,
  Outcome,
  Reply,
  Side,
} from './api.ts';
import { corpusKey, findCorpus, type KeptCorpus, keepCorpus } from './corpusFiles.ts';
import { failureOf, NotNowError } from './failures.ts';
import { FleetRun } from './fleetRun.ts';
import { GpuHolder } from './gpuHolder.ts';
import { takeLock } from './lock.ts';
import { FLEETS, Notebook } from './notebook.ts';
import { readSavedFleet } from './savedFleet.ts';
import type { FleetNote } from './sessionFile.ts';
import { Teller } from './teller.ts';
import { corpusFacts, readText } from './texts.ts';
import { openTuner } from './tuning.ts';

export type LabSessionOptions = {
  readonly gpu: GPU | undefined;
  readonly locks: LockManager | undefined;
  readonly store: Store;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
  /** Whether kernels are chosen by measurement, or taken from a fixed table, until `open` says otherwise. */
  readonly tuning: 'auto' | 'off';
};

/** Steps that a profile times, after those that warm up. */
const PROFILED_STEPS = 10;
const MOST_PROFILED_RUNS = 1024;

export class LabSession implements LabApi {
  readonly #options: LabSessionOptions;
  readonly #gpu: GpuHolder;
  readonly #notes: Notebook;
  readonly #teller = new Teller();
  readonly #fleet: FleetRun;
  readonly #corpora: Record<Side, KeptCorpus | null> = { target: null, source: null };
  #tuning: 'auto' | 'off';
  #isMeasuring = false;

  constructor(options: LabSessionOptions) {
    this.#options = options;
    this.#tuning = options.tuning;
    this.#gpu = new GpuHolder(options.gpu, async (gpu) =>
      this.#tuning === 'auto' ? openTuner(gpu, { ...options, teller: this.#teller }) : undefined,
    );
    this.#notes = new Notebook(options.store, options.locks);
    this.#fleet = new FleetRun({ ...options, gpu: this.#gpu, teller: this.#teller });
  }

  listen(listener: Listener): void {
    this.#teller.listen(listener);
  }

  async send(command: Command): Promise<Outcome<Reply[Command['command']]>> {
    return outcomeOf(() => this.#answer(command));
  }

  async #answer(command: Command): Promise<Reply[Command['command']]> {
    switch (command.command) {
      case 'open':
        this.#tuning = command.tuning ?? this.#tuning;
        return this.#open();
      case 'readCorpus':
        return this.#readCorpus(command.side, command.origin);
      case 'check':
        planFleets(command.configs, this.#openTexts());
        return null;
      case 'train':
        await this.#train(command.configs);
        return null;
      case 'continue':
        return this.#continue();
      case 'discard':
        await this.#discard();
        return null;
      case 'pause':
        await this.#fleet.pause();
        return null;
      case 'resume':
        this.#fleet.resume();
        return null;
      case 'step':
        await this.#fleet.step(command.steps);
        return null;
      case 'stop':
        await this.#fleet.stop(command.run);
        return null;
      case 'checkpoint':
        await this.#fleet.checkpoint();
        return null;
      case 'visibility':
        this.#gpu.setVisible(command.visible);
        return null;
      case 'profile':
        return this.#profile(command.config, command.runs);
    }
  }

  async #open(): Promise<Opened> {
    const session = await this.#notes.read();
    // A fleet that can go on brings its texts along; after that, whatever was chosen last counts.
    const keys = session.fleet && !session.fleet.finished ? session.fleet.corpora : session.corpora;
    const corpora = {
      target: await this.#openText('target', keys.target),
      source: await this.#openText('source', keys.source),
    };
    const lost = (['target', 'source'] as const).filter((side) => keys[side] !== null && !corpora[side]);
    if (lost.length > 0) {
      this.#teller.tell({
        event: 'notice',
        message: `The ${lost.join(' and the ')} text of the last visit cannot be read back from this browser’s storage; choose it again.`,
      });
    }
    return {
      corpora,
      saved: await readSavedFleet(this.#options.store, session.fleet),
      adapter: await outcomeOf(() => this.#gpu.facts()),
    };
  }

  /** The text of that key, or null when there is none that can be read. */
  async #openText(side: Side, key: string | null): Promise<CorpusFacts | null> {
    const kept = key === null ? null : await findCorpus(this.#options.store, key).catch(() => null);
    this.#corpora[side] = kept;
    return kept && corpusFacts(side, kept);
  }

  async #readCorpus(side: Side, origin: CorpusOrigin): Promise<CorpusFacts> {
    this.#checkTextsMayChange();
    const kept = await readText(side, origin, (bytes, totalBytes) =>
      this.#teller.tell({ event: 'reading', side, bytes, totalBytes }),
    );
    // A large file takes a while, and a fleet may have begun in the meantime.
    this.#checkTextsMayChange();
    await this.#notes.change(async (session) => {
      const key = await keepCorpus(this.#options.store, kept);
      return { ...session, corpora: { ...session.corpora, [side]: key } };
    });
    this.#corpora[side] = kept;
    return corpusFacts(side, kept);
  }

  #checkTextsMayChange(): void {
    if (this.#fleet.busy) throw new NotNowError('Texts cannot change while a fleet trains on them.');
  }

  async #train(configs: readonly TrainConfig[]): Promise<void> {
    const { store } = this.#options;
    const { target, source } = this.#corpora;
    if (!target || !source) throw new NotNowError('Two texts are needed before a fleet can train.');
    const note: FleetNote = {
      folder: `${FLEETS}/${crypto.randomUUID()}`,
      configs,
      corpora: { target: corpusKey(target), source: corpusKey(source) },
      begunAt: Date.now(),
      finished: false,
    };
    const corpora = { target: target.corpus, source: source.corpus };
    this.#checkNothingIsMeasured();
    await this.#fleet.start(
      { configs, corpora, folder: note.folder, resume: false },
      () =>
        this.#notes.change(async (session) => {
          // Another tab may have thrown them away since they were read.
          await keepCorpus(store, target);
          await keepCorpus(store, source);
          return { ...session, corpora: note.corpora, fleet: note };
        }),
      (error) => this.#end(note, error),
    );
  }

  async #continue(): Promise<Reply['continue']> {
    const { store } = this.#options;
    const { fleet } = await this.#notes.read();
    if (!fleet) throw new NotNowError('There is no saved fleet to go on with.');
    const target = await findCorpus(store, fleet.corpora.target);
    const source = await findCorpus(store, fleet.corpora.source);
    if (!target || !source) {
      throw new NotNowError(
        'The texts of the saved fleet are no longer in this browser’s storage; discard it.',
      );
    }
    const corpora = { target: target.corpus, source: source.corpus };
    this.#checkNothingIsMeasured();
    await this.#fleet.start(
      { configs: fleet.configs, corpora, folder: fleet.folder, resume: true },
      () =>
        this.#notes.change((session) => ({
          ...session,
          corpora: fleet.corpora,
          // A stopped fleet that goes on is one that a reload interrupts.
          fleet: { ...fleet, finished: false },
        })),
      (error) => this.#end(fleet, error),
    );
    // Only now: where the fleet cannot go on, the texts that a person chose since are still the chosen ones.
    Object.assign(this.#corpora, { target, source });
    return { target: corpusFacts('target', target), source: corpusFacts('source', source) };
  }

  /** Notes how a fleet ended; after a failure the page hears what can go on. */
  async #end(fleet: FleetNote, error: unknown): Promise<void> {
    if (error === undefined) {
      await this.#notes.change((session) => ({ ...session, fleet: { ...fleet, finished: true } }));
      return;
    }
    const saved = await readSavedFleet(this.#options.store, (await this.#notes.read()).fleet);
    this.#teller.tell({ event: 'saved', saved });
  }

  async #discard(): Promise<void> {
    if (this.#fleet.busy) throw new NotNowError('The fleet is at work; stop it first.');
    const release = await takeLock(this.#options.locks);
    try {
      await this.#notes.change((session) => ({ ...session, fleet: null }));
    } finally {
      release();
    }
  }

  async #profile(config: TrainConfig, runs: number): Promise<StepBench> {
    if (!Number.isInteger(runs) || runs < 1 || runs > MOST_PROFILED_RUNS) {
      const most = MOST_PROFILED_RUNS.toLocaleString('en');
      throw new ConfigError('profile', 'runs', `${runs} is not a whole number from 1 to ${most}`);
    }
    if (this.#fleet.busy) throw new NotNowError('The fleet is at work; a step is measured when it is over.');
    this.#checkNothingIsMeasured();
    this.#isMeasuring = true;
    try {
      return await this.#measureStep(config, runs);
    } finally {
      this.#isMeasuring = false;
    }
  }

  async #measureStep(config: TrainConfig, runs: number): Promise<StepBench> {
    const tuner = await this.#gpu.tuner();
    try {
      return await benchStep(
        await this.#gpu.device(),
        { config: llamaConfig(config), batch: config.optimizer.batch, runs, ...(tuner && { tuner }) },
        { steps: PROFILED_STEPS, profile: true },
      );
    } finally {
      if (tuner) this.#teller.tell({ event: 'tuning', classes: null });
    }
  }

  /** To be called with nothing awaited between it and the start: a measurement may begin while a command waits. */
  #checkNothingIsMeasured(): void {
    if (this.#isMeasuring) throw new NotNowError('A step is being measured; this can be done in a moment.');
  }

  #openTexts(): Corpora {
    const { target, source } = this.#corpora;
    if (!target) throw new NotNowError('There is no target text yet.');
    return { target: target.corpus, source: source?.corpus ?? null };
  }
}

async function outcomeOf<T>(action: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
