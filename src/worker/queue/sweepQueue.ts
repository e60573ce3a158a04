/**
 * The queue: trains the first sweep that can be trained, then the next, in one tab of the browser at a time. It makes room for a fleet
 * and for whatever else needs the GPU, and goes on by itself.
 */

import { DeviceLostError, WebGpuUnavailableError } from '../../gpu/errors.ts';
import { StorageFullError, type Store } from '../../store/store.ts';
import type { SweepEvent as Told } from '../../sweep/run/events.ts';
import { isAbort } from '../abort.ts';
import type { Failure } from '../api/outcome.ts';
import type { QueueFacts, QueueState, RoundFacts } from '../api/sweep.ts';
import { failureOf, NotNowError } from '../failures.ts';
import type { GpuHolder } from '../gpuHolder.ts';
import type { GpuTurn } from '../gpuTurn.ts';
import { waitForLock, waitToTrain } from '../lock.ts';
import type { Teller } from '../teller.ts';
import { LiveTask } from './liveTask.ts';
import type { Planning } from './planning.ts';
import { isOpen, isSameList, queueFacts } from './queueFacts.ts';
import { QUEUE_LOCK } from './queueLock.ts';
import type { Entry, QueueNotes } from './queueNotes.ts';
import { type RecordKeeper, readRounds, sweepFolder } from './sweepFolder.ts';
import { Throttle } from './throttle.ts';
import { type WorkStage, workOn } from './work.ts';

/** Of progress alone, from one message to the next. */
const PROGRESS_MS = 500;
export type SweepQueueOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly turn: GpuTurn;
  readonly locks: LockManager | undefined;
  readonly notes: QueueNotes;
  readonly keeper: RecordKeeper;
  readonly teller: Teller;
  /** Plans the designs of adaptive sweeps anew. */
  readonly planning: Pick<Planning, 'runs'>;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
};

type Sitting = {
  readonly id: string;
  /** Runs that are passed over, as it began. */
  readonly stopped: readonly string[];
  readonly stopping: AbortController;
  readonly live: LiveTask;
  /** Settles when it is saved, and the GPU given back. */
  readonly over: Promise<void>;
};

export class SweepQueue {
  readonly #options: SweepQueueOptions;
  readonly #rounds = new Map<string, readonly RoundFacts[]>();
  readonly #facts: Throttle;
  readonly #stage: WorkStage;
  #state: QueueState = 'idle';
  #failure: Failure | null = null;
  #sitting: Sitting | null = null;
  /** Aborted when the queue has changed: what is waited for may no longer be wanted. */
  #waiting = new AbortController();
  #isWorking = false;
  #isDue = false;

  constructor(options: SweepQueueOptions) {
    this.#options = options;
    this.#facts = new Throttle(PROGRESS_MS, () => options.teller.tell({ event: 'queue', queue: this.facts }));
    this.#stage = {
      ...options,
      enter: (state) => this.#enter(state),
      hear: (event, live) => this.#hear(event, live),
      setRounds: (id, rounds) => this.#rounds.set(id, rounds),
    };
  }

  get facts(): QueueFacts {
    return queueFacts(this.#options.notes.known, {
      state: this.#state,
      failure: this.#failure,
      sitting: this.#sitting,
      rounds: this.#rounds,
    });
  }

  /** Takes up what an earlier visit left, or another tab has changed. */
  async look(): Promise<void> {
    for (const { id, sweep } of await this.#options.notes.read()) {
      if (sweep.perRound !== null) this.#rounds.set(id, await readRounds(this.#folder(id)));
    }
    this.changed();
  }

  /** Goes by what stands in the notes now: stops what is no longer wanted first, and begins what is. */
  changed(): void {
    const first = this.#options.notes.known.find(({ sweep }) => isOpen(sweep));
    const sitting = this.#sitting;
    if (sitting && !(first && isSame(sitting, first))) this.#stop(sitting);
    this.#isDue = true;
    this.#waiting.abort();
    this.#waiting = new AbortController();
    this.#facts.now();
    if (!this.#isWorking) void this.#work();
  }

  /** Tries again what stood in the way of all sweeps. */
  unblock(): void {
    this.#failure = null;
    this.changed();
  }

  /** Resolves when nothing of a sweep is being trained here. */
  async untilLeft(id: string): Promise<void> {
    if (this.#sitting?.id === id) await this.#sitting.over;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    let release: (() => void) | null = null;
    try {
      for (;;) {
        this.#isDue = false;
        const entry = this.#failure ? null : await this.#next();
        if (entry) {
          release ??= await this.#lead();
          if (release) await this.#train(entry);
        } else if (!this.#isDue) break;
      }
    } catch (error) {
      // Storage that cannot be read, say: nothing can be done until somebody asks again.
      this.#failure = failureOf(error);
    }
    release?.();
    this.#isWorking = false;
    this.#enter(this.#failure ? 'blocked' : 'idle');
  }

  /** The first sweep that can be trained. */
  async #next(): Promise<Entry | null> {
    const entries = await this.#options.notes.read();
    return entries.find(({ sweep }) => isOpen(sweep)) ?? null;
  }

  /** Makes this tab the one that works off the queue; null where the queue changed while another tab was it. */
  async #lead(): Promise<(() => void) | null> {
    const { signal } = this.#waiting;
    const onWaiting = () => this.#enter('elsewhere');
    try {
      return await waitForLock(this.#options.locks, QUEUE_LOCK, { signal, onWaiting });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  async #train(entry: Entry): Promise<void> {
    const { turn } = this.#options;
    let settle = () => {};
    const sitting: Sitting = {
      id: entry.id,
      stopped: entry.sweep.stopped,
      stopping: new AbortController(),
      live: new LiveTask(),
      over: new Promise((resolve) => {
        settle = resolve;
      }),
    };
    const giveWay = async () => {
      this.#stop(sitting);
      await sitting.over;
    };
    let giveBack: () => void;
    try {
      giveBack = await turn.take('queue', giveWay);
    } catch (error) {
      if (!(error instanceof NotNowError)) throw error;
      this.#enter('aside');
      await turn.untilFree();
      return;
    }
    this.#sitting = sitting;
    try {
      await this.#sitDown(entry, sitting);
    } catch (error) {
      if (!isAbort(error)) await this.#fail(entry.id, error);
    } finally {
      this.#sitting = null;
      giveBack();
      settle();
      this.#facts.now();
    }
  }

  async #sitDown({ id }: Entry, sitting: Sitting): Promise<void> {
    const { signal } = sitting.stopping;
    const onWaiting = () => this.#enter('elsewhere');
    const release = await waitToTrain(this.#options.locks, { signal, onWaiting });
    try {
      this.#enter('preparing');
      // Somebody may have changed the queue since it was looked at.
      const entry = await this.#next();
      if (entry?.id === id && isSame(sitting, entry)) await workOn(entry, sitting.live, signal, this.#stage);
    } finally {
      release();
    }
  }

  #hear(event: Told, live: LiveTask): void {
    const { teller } = this.#options;
    const isNews = live.take(event);
    if (event.event === 'loss' || event.event === 'eval') teller.gather(event, 'queue');
    if (event.event === 'start' && this.#state === 'preparing') this.#enter('training');
    else if (event.event === 'task' && this.#state === 'training') this.#enter('preparing');
    else if (isNews) this.#facts.now();
    else this.#facts.soon();
  }

  /** What concerns this sweep alone is its own failure, and the next one is trained; anything else stands in the way of all. */
  async #fail(id: string, error: unknown): Promise<void> {
    const failure = failureOf(error);
    if (isInTheWay(error)) this.#failure = failure;
    else {
      const { kind, message, advice } = failure;
      await this.#options.notes.change(id, (now) => ({ ...now, failure: { kind, message, advice } }));
    }
  }

  #stop(sitting: Sitting): void {
    if (sitting.stopping.signal.aborted) return;
    sitting.stopping.abort();
    if (this.#sitting === sitting && this.#state === 'training') this.#enter('saving');
  }

  #enter(state: QueueState): void {
    this.#state = state;
    this.#facts.now();
  }

  #folder(id: string): Store {
    return sweepFolder(this.#options.store, id);
  }
}

/** Whether the entry asks for what the sitting does. */
function isSame({ id, stopped }: Sitting, entry: Entry): boolean {
  return entry.id === id && isSameList(entry.sweep.stopped, stopped);
}

function isInTheWay(error: unknown): boolean {
  return [WebGpuUnavailableError, StorageFullError, DeviceLostError].some((kind) => error instanceof kind);
}
