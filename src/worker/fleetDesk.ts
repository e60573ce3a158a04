/** Fleets from the wish to train to their end: what they read, where they are kept, and what can go on. */

import type { RunRecord } from '../formats/record.ts';
import type { Store } from '../store/store.ts';
import { planFleets } from '../train/fleet/plan.ts';
import type { FleetCommand, FleetReply, SavedFleet, SavedRun } from './api/fleet.ts';
import { NotNowError } from './failures.ts';
import { outlookOf } from './fleetOutlook.ts';
import type { FleetJob, FleetRun } from './fleetRun.ts';
import type { GpuHolder } from './gpuHolder.ts';
import type { GpuTurn } from './gpuTurn.ts';
import { FleetKeeper } from './library/fleetKeeper.ts';
import type { RunShelf } from './library/runShelf.ts';
import { takeLock } from './lock.ts';
import type { ModelShelf } from './models/modelShelf.ts';
import { type FleetStart, savedStart, startedConfigs, startFrom } from './models/starts.ts';
import { FLEETS, type Notebook } from './notebook.ts';
import { readSavedFleet } from './savedFleet.ts';
import type { FleetNote } from './sessionFile.ts';
import type { Teller } from './teller.ts';
import { findText, textKey } from './texts/corpusFiles.ts';
import type { TextShelf } from './texts/textShelf.ts';
import type { TokenDesk } from './texts/tokenDesk.ts';

type CheckCommand = Extract<FleetCommand, { command: 'check' }>;
type TrainCommand = Extract<FleetCommand, { command: 'train' }>;

export type FleetDeskOptions = {
  readonly store: Store;
  readonly locks: LockManager | undefined;
  readonly notes: Notebook;
  readonly teller: Teller;
  readonly turn: GpuTurn;
  readonly gpu: GpuHolder;
  readonly fleet: FleetRun;
  readonly texts: TextShelf;
  readonly tokens: TokenDesk;
  readonly runs: RunShelf;
  readonly models: ModelShelf;
  /** Whether the library outlives the tab, as the fleet does. */
  readonly areRunsKept: () => Promise<boolean>;
};

export class FleetDesk {
  readonly #options: FleetDeskOptions;
  /** The last start, by its model and the step of it: a form asks for it whenever something is turned. */
  #start: { readonly key: string; readonly made: Promise<FleetStart> } | undefined;

  constructor(options: FleetDeskOptions) {
    this.#options = options;
  }

  async check({ configs, start }: CheckCommand): Promise<FleetReply['check']> {
    const { tokens, gpu } = this.#options;
    const from = start === undefined ? null : await this.#startOf(start);
    const started = from ? startedConfigs(configs, from.model) : configs;
    const plans = planFleets(started, await tokens.atMost(started, from?.model.tokenizer));
    return outlookOf(plans, await gpu.device().catch(() => null));
  }

  async train({ configs: asked, slots, start }: TrainCommand, signal: AbortSignal): Promise<void> {
    const { texts, tokens, notes } = this.#options;
    const pair = texts.pair();
    // Without a model nothing is awaited: whoever asks first has the GPU first.
    const from = start === undefined ? null : await this.#startOf(start);
    const configs = from ? startedConfigs(asked, from.model) : asked;
    const note: FleetNote = {
      folder: `${FLEETS}/${crypto.randomUUID()}`,
      configs,
      ...(slots && { slots }),
      corpora: { target: textKey(pair.target), source: textKey(pair.source) },
      begunAt: Date.now(),
      finished: false,
    };
    const job = {
      ...tokens.job(configs, pair, signal, from?.model.tokenizer),
      ...{ folder: note.folder, resume: false, start: from?.model ?? null },
    };
    await this.#begin(note, job, () =>
      notes.change(async (session) => {
        await texts.keep(pair);
        await from?.keep(note.folder);
        return { ...session, corpora: note.corpora, fleet: note };
      }),
    );
  }

  async continue(signal: AbortSignal): Promise<FleetReply['continue']> {
    const { store, texts, tokens, notes } = this.#options;
    const { fleet } = await notes.read();
    if (!fleet) throw new NotNowError('There is no saved fleet to go on with.');
    const target = await findText(store, fleet.corpora.target);
    const source = await findText(store, fleet.corpora.source);
    if (!target || !source) {
      throw new NotNowError(
        'The texts of the saved fleet are no longer in this browser’s storage; discard it.',
      );
    }
    const pair = { target, source };
    const { configs, folder } = fleet;
    const start = await savedStart(fleet, store);
    const job = { ...tokens.job(configs, pair, signal, start?.tokenizer), folder, resume: true, start };
    // A stopped fleet that goes on is one that a reload interrupts.
    const note: FleetNote = {
      ...fleet,
      finished: false,
      inLibrary: endedInLibrary(fleet, await readSavedFleet(store, fleet)),
    };
    await this.#begin(note, job, () =>
      notes.change((session) => ({ ...session, corpora: fleet.corpora, fleet: note })),
    );
    // Only now: where the fleet cannot go on, the texts that a person chose since are still the chosen ones.
    return texts.take(pair);
  }

  async discard(): Promise<void> {
    const { fleet, locks, notes, models } = this.#options;
    if (fleet.busy) throw new NotNowError('The fleet is at work; stop it first.');
    const release = await takeLock(locks);
    try {
      await notes.change((session) => ({ ...session, fleet: null }));
      models.changed();
    } finally {
      release();
    }
  }

  /** Puts the ended runs of a saved fleet into the library where that failed at their end: storage may have been full. */
  async keepFinished(note: FleetNote, records: readonly (RunRecord | null)[]): Promise<void> {
    if (!note.finished) return;
    const keeper = new FleetKeeper(note, this.#options);
    for (const record of records) if (record) await keeper.keep(record, 'if missing');
  }

  /** The model of that id, to start from. */
  async #startOf(id: string): Promise<FleetStart> {
    const { models, store } = this.#options;
    const { name, step } = await models.facts(id);
    const key = JSON.stringify([id, name, step]);
    if (this.#start?.key !== key) this.#start = { key, made: startFrom(id, models, store) };
    const { made } = this.#start;
    // What failed is tried anew.
    made.catch(() => {
      this.#start = undefined;
    });
    return made;
  }

  async #begin(note: FleetNote, job: Omit<FleetJob, 'keep'>, onPrepared: () => Promise<void>): Promise<void> {
    const { fleet, turn } = this.#options;
    const giveBack = await turn.take('fleet');
    const keeper = new FleetKeeper(note, this.#options);
    const keep = (record: RunRecord) => keeper.keep(record);
    try {
      await fleet.start({ ...job, keep }, onPrepared, async (error) => {
        giveBack();
        await this.#end(note, keeper, error);
      });
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /** Notes how a fleet ended; after a failure the page hears what can go on. */
  async #end(fleet: FleetNote, keeper: FleetKeeper, error: unknown): Promise<void> {
    const { notes, store, teller } = this.#options;
    if (error === undefined) {
      await notes.change(async (session) => ({
        ...session,
        fleet: await keeper.noted({ ...fleet, finished: true }),
      }));
      return;
    }
    const saved = await readSavedFleet(store, (await notes.read()).fleet);
    teller.tell({ event: 'saved', saved });
  }
}

/** Names of those runs that are in the library as they will ever be: one that was only stopped will end once more. */
function endedInLibrary({ inLibrary = [] }: FleetNote, saved: SavedFleet | null): readonly string[] {
  const isOver = ({ record }: SavedRun) => record?.status === 'done' || record?.status === 'diverged';
  const over = new Set((saved?.runs ?? []).filter(isOver).map(({ run }) => run));
  return inLibrary.filter((run) => over.has(run));
}
