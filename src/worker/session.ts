/** The lab behind the door: answers commands, keeps texts and fleets in the store, and tells what happens. */

import { CATALOGUE } from '../../corpora/catalogue.ts';
import type { TrainConfig } from '../formats/config.ts';
import { ConfigError } from '../formats/configError.ts';
import { benchStep, type StepBench } from '../model/bench/step.ts';
import type { Store } from '../store/store.ts';
import { READABLE_ENDINGS } from '../text/readers/format.ts';
import type { Fetch } from '../text/remote/exchange.ts';
import type { HubAddresses } from '../text/remote/huggingFace.ts';
import { BYTE_VOCABULARY } from '../text/tokenizer/bytes.ts';
import { llamaConfig, planFleets } from '../train/fleet/plan.ts';
import type { Command, LabApi, Listener, Opened, Outcome, Reply } from './api.ts';
import { failureOf, NotNowError } from './failures.ts';
import { FleetRun } from './fleetRun.ts';
import { GpuHolder } from './gpuHolder.ts';
import { Jobs } from './jobs.ts';
import { takeLock } from './lock.ts';
import { FLEETS, Notebook } from './notebook.ts';
import { readSavedFleet } from './savedFleet.ts';
import type { FleetNote } from './sessionFile.ts';
import { Teller } from './teller.ts';
import { findText, textKey } from './texts/corpusFiles.ts';
import { TextShelf } from './texts/textShelf.ts';
import { TokenDesk } from './texts/tokenDesk.ts';
import { openTuner } from './tuning.ts';

export type LabSessionOptions = {
  readonly gpu: GPU | undefined;
  readonly locks: LockManager | undefined;
  readonly store: Store;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
  /** Whether kernels are chosen by measurement, or taken from a fixed table, until `open` says otherwise. */
  readonly tuning: 'auto' | 'off';
  /** Fetches from other sites, only when a person asks for a corpus there. */
  readonly fetch: Fetch;
  /** The hub of datasets, where it is not Hugging Face's own. */
  readonly hub?: HubAddresses;
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
  readonly #texts: TextShelf;
  readonly #jobs = new Jobs();
  readonly #tokens: TokenDesk;
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
    this.#texts = new TextShelf({
      ...options,
      notes: this.#notes,
      teller: this.#teller,
      checkMayChange: this.#checkTextsMayChange,
    });
    this.#tokens = new TokenDesk(this.#texts, this.#jobs, this.#teller);
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
        return this.#jobs.run(command.side, (signal) =>
          this.#texts.read(command.side, command.origin, signal),
        );
      case 'describeCorpus':
        return this.#jobs.run(command.side, (signal) => this.#texts.describe(command.spec, signal));
      case 'reference':
        return this.#jobs.run('reference', (signal) => this.#tokens.reference(command, signal));
      case 'cancel':
        this.#jobs.cancel(command.job);
        return null;
      case 'check':
        planFleets(command.configs, await this.#tokens.atMost(command.configs));
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
      target: await this.#texts.open('target', keys.target),
      source: await this.#texts.open('source', keys.source),
    };
    const lost = (['target', 'source'] as const).filter((side) => keys[side] !== null && !corpora[side]);
    if (lost.length > 0) {
      this.#teller.tell({
        event: 'notice',
        message: `The ${lost.join(' and the ')} text of the last visit cannot be read back from this browser’s storage; choose it again.`,
      });
    }
    if (session.isFleetLost) {
      this.#teller.tell({
        event: 'notice',
        message:
          'The fleet of the last visit was begun by another version of the lab, which this one cannot read; train it again.',
      });
    }
    return {
      corpora,
      saved: await readSavedFleet(this.#options.store, session.fleet),
      adapter: await outcomeOf(() => this.#gpu.facts()),
      catalogue: CATALOGUE,
      endings: READABLE_ENDINGS,
    };
  }

  readonly #checkTextsMayChange = (): void => {
    if (this.#fleet.busy) throw new NotNowError('Texts cannot change while a fleet trains on them.');
  };

  async #train(configs: readonly TrainConfig[]): Promise<void> {
    const texts = this.#texts.pair();
    const note: FleetNote = {
      folder: `${FLEETS}/${crypto.randomUUID()}`,
      configs,
      corpora: { target: textKey(texts.target), source: textKey(texts.source) },
      begunAt: Date.now(),
      finished: false,
    };
    this.#checkNothingIsMeasured();
    await this.#fleet.start(
      { ...this.#tokens.job(configs, texts), folder: note.folder, resume: false },
      () =>
        this.#notes.change(async (session) => {
          await this.#texts.keep(texts);
          return { ...session, corpora: note.corpora, fleet: note };
        }),
      (error) => this.#end(note, error),
    );
  }

  async #continue(): Promise<Reply['continue']> {
    const { store } = this.#options;
    const { fleet } = await this.#notes.read();
    if (!fleet) throw new NotNowError('There is no saved fleet to go on with.');
    const target = await findText(store, fleet.corpora.target);
    const source = await findText(store, fleet.corpora.source);
    if (!target || !source) {
      throw new NotNowError(
        'The texts of the saved fleet are no longer in this browser’s storage; discard it.',
      );
    }
    const texts = { target, source };
    const { configs, folder } = fleet;
    this.#checkNothingIsMeasured();
    await this.#fleet.start(
      { ...this.#tokens.job(configs, texts), folder, resume: true },
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
    return this.#texts.take(texts);
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
        {
          config: llamaConfig(config, vocabularyOf(config)),
          batch: config.optimizer.batch,
          runs,
          ...(tuner && { tuner }),
        },
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
}

/** Distinct tokens of a config's tokenizer. */
function vocabularyOf({ tokenizer }: TrainConfig): number {
  return tokenizer.kind === 'bpe' ? tokenizer.vocabulary : BYTE_VOCABULARY;
}

async function outcomeOf<T>(action: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
