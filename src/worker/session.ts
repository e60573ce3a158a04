/** The lab behind the door: answers commands, keeps texts and fleets in the store, and tells what happens. */

import type { TrainConfig } from '../formats/config.ts';
import type { Store } from '../store/store.ts';
import { readSavedRun } from '../train/checkpoint.ts';
import { type Corpora, planFleet } from '../train/fleetPlan.ts';
import type {
  Command,
  CorpusFacts,
  CorpusOrigin,
  LabApi,
  Listener,
  Opened,
  Outcome,
  Reply,
  SavedFleet,
  Side,
} from './api.ts';
import { findCorpus, forgetOthers, type KeptCorpus, keepCorpus } from './corpusFiles.ts';
import { failureOf, NotNowError } from './failures.ts';
import { FleetRun } from './fleetRun.ts';
import { GpuHolder } from './gpuHolder.ts';
import { takeLock } from './lock.ts';
import { type FleetNote, readSession, type SessionNote, writeSession } from './sessionFile.ts';
import { Teller } from './teller.ts';
import { corpusFacts, readText } from './texts.ts';

export type LabSessionOptions = {
  readonly gpu: GPU | undefined;
  readonly locks: LockManager | undefined;
  readonly store: Store;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
};

const FLEETS = 'fleets';

export class LabSession implements LabApi {
  readonly #options: LabSessionOptions;
  readonly #gpu: GpuHolder;
  readonly #teller = new Teller();
  readonly #fleet: FleetRun;
  readonly #corpora: Record<Side, KeptCorpus | null> = { target: null, source: null };

  constructor(options: LabSessionOptions) {
    this.#options = options;
    this.#gpu = new GpuHolder(options.gpu);
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
        return this.#open();
      case 'readCorpus':
        return this.#readCorpus(command.side, command.origin);
      case 'check':
        planFleet(command.configs, this.#openTexts());
        return null;
      case 'train':
        await this.#train(command.configs);
        return null;
      case 'continue':
        await this.#continue();
        return null;
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
    }
  }

  async #open(): Promise<Opened> {
    const { store } = this.#options;
    const session = await readSession(store);
    const opened = async (side: Side): Promise<CorpusFacts | null> => {
      const key = session.fleet?.corpora[side] ?? session.corpora[side];
      const kept = key === null ? null : await findCorpus(store, key);
      this.#corpora[side] = kept;
      return kept && corpusFacts(side, kept);
    };
    return {
      corpora: { target: await opened('target'), source: await opened('source') },
      saved: await this.#saved(session),
      adapter: await outcomeOf(() => this.#gpu.facts()),
    };
  }

  async #readCorpus(side: Side, origin: CorpusOrigin): Promise<CorpusFacts> {
    if (this.#fleet.busy) throw new NotNowError('Texts cannot change while a fleet trains on them.');
    const { store } = this.#options;
    const kept = await readText(side, origin, (bytes, totalBytes) =>
      this.#teller.tell({ event: 'reading', side, bytes, totalBytes }),
    );
    const key = await keepCorpus(store, kept);
    this.#corpora[side] = kept;
    await this.#note((session) => ({ ...session, corpora: { ...session.corpora, [side]: key } }));
    return corpusFacts(side, kept);
  }

  async #train(configs: readonly TrainConfig[]): Promise<void> {
    const { store } = this.#options;
    const { target, source } = this.#corpora;
    if (!target || !source) throw new NotNowError('Two texts are needed before a fleet can train.');
    const note: FleetNote = {
      folder: `${FLEETS}/${crypto.randomUUID()}`,
      configs,
      corpora: { target: await keepCorpus(store, target), source: await keepCorpus(store, source) },
      begunAt: Date.now(),
      finished: false,
    };
    const corpora = { target: target.corpus, source: source.corpus };
    await this.#fleet.start(
      { configs, corpora, folder: note.folder, resume: false },
      () => this.#note((session) => ({ ...session, corpora: note.corpora, fleet: note })),
      (error) => this.#end(note, error),
    );
  }

  async #continue(): Promise<void> {
    const { store } = this.#options;
    const { fleet } = await readSession(store);
    if (!fleet) throw new NotNowError('There is no saved fleet to go on with.');
    const target = await findCorpus(store, fleet.corpora.target);
    const source = await findCorpus(store, fleet.corpora.source);
    if (!target || !source) {
      throw new NotNowError(
        'The texts of the saved fleet are no longer in this browser’s storage; discard it.',
      );
    }
    Object.assign(this.#corpora, { target, source });
    const corpora = { target: target.corpus, source: source.corpus };
    await this.#fleet.start(
      { configs: fleet.configs, corpora, folder: fleet.folder, resume: true },
      () => this.#note((session) => ({ ...session, corpora: fleet.corpora })),
      (error) => this.#end(fleet, error),
    );
  }

  /** Notes how a fleet ended; after a failure the page hears what can go on. */
  async #end(fleet: FleetNote, error: unknown): Promise<void> {
    if (error === undefined) {
      await this.#note((session) => ({ ...session, fleet: { ...fleet, finished: true } }));
      return;
    }
    const saved = await this.#saved(await readSession(this.#options.store));
    this.#teller.tell({ event: 'saved', saved });
  }

  async #discard(): Promise<void> {
    if (this.#fleet.busy) throw new NotNowError('The fleet is at work; stop it first.');
    const release = await takeLock(this.#options.locks);
    try {
      await this.#note((session) => ({ ...session, fleet: null }));
    } finally {
      release();
    }
  }

  /** The last fleet, with what its checkpoints hold. */
  async #saved({ fleet }: SessionNote): Promise<SavedFleet | null> {
    if (!fleet) return null;
    const runs = [];
    for (const config of fleet.configs) {
      const saved = await readSavedRun(this.#options.store, `${fleet.folder}/${config.name}`);
      runs.push({
        run: config.name,
        config,
        record: saved?.record ?? null,
        step: saved?.resume.step ?? 0,
      });
    }
    return { begunAt: fleet.begunAt, finished: fleet.finished, runs };
  }

  #openTexts(): Corpora {
    const { target, source } = this.#corpora;
    if (!target) throw new NotNowError('There is no target text yet.');
    return { target: target.corpus, source: source?.corpus ?? null };
  }

  /** Changes the session as another tab may have left it, then throws away what nothing points to any more. */
  async #note(change: (session: SessionNote) => SessionNote): Promise<void> {
    const { store } = this.#options;
    const session = change(await readSession(store));
    await writeSession(store, session);
    const keys = [...Object.values(session.corpora), ...Object.values(session.fleet?.corpora ?? {})];
    await forgetOthers(store, new Set(keys.filter((key) => key !== null)));
    const folders = new Set((await store.list(FLEETS)).map((path) => path.split('/').slice(0, 2).join('/')));
    for (const folder of folders) if (folder !== session.fleet?.folder) await store.remove(folder);
  }
}

async function outcomeOf<T>(action: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
