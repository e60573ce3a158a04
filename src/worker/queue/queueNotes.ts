/** The queue as it is kept between visits, changed by one tab at a time; every tab hears that it was. */

import { ConfigError } from '../../formats/configError.ts';
import type { JsonValue } from '../../formats/json.ts';
import { parseQueuedSweep, type QueuedSweep } from '../../formats/queuedSweep.ts';
import type { QueueEntry, QueueStore } from '../../store/database.ts';

const LOCK = 'm3lab-queue-notes';
const CHANNEL = 'm3lab-queue';

export type Entry = { readonly id: string; readonly sweep: QueuedSweep };

export type QueueNotesOptions = {
  readonly queue: Pick<QueueStore, 'list' | 'put' | 'remove'>;
  readonly locks: LockManager | undefined;
  /** Hears that another tab has changed the queue. */
  readonly onForeign: () => void;
};

export class QueueNotes {
  readonly #options: QueueNotesOptions;
  readonly #channel: BroadcastChannel | null;
  /** Settles with the last change that was asked for. */
  #last: Promise<unknown> = Promise.resolve();
  #entries: readonly Entry[] = [];

  constructor(options: QueueNotesOptions) {
    this.#options = options;
    this.#channel = options.locks ? new BroadcastChannel(CHANNEL) : null;
    this.#channel?.addEventListener('message', () => options.onForeign());
  }

  /** As it was last read or written here. */
  get known(): readonly Entry[] {
    return this.#entries;
  }

  /** In the order in which the sweeps are trained. What another version of the lab wrote is passed over, and stays. */
  async read(): Promise<readonly Entry[]> {
    this.#entries = (await this.#options.queue.list()).flatMap(parsed);
    return this.#entries;
  }

  /** Puts a sweep at the end. */
  add(id: string, sweep: QueuedSweep): Promise<void> {
    return this.#inTurn(async () => {
      const last = (await this.#options.queue.list()).at(-1);
      await this.#put([{ id, sweep }], (last?.place ?? -1) + 1);
    });
  }

  /** Changes a sweep as it lies there now; one that is gone stays gone. */
  change(id: string, change: (sweep: QueuedSweep) => QueuedSweep): Promise<void> {
    return this.changeAll((entry) => (entry.id === id ? change(entry.sweep) : entry.sweep));
  }

  changeAll(change: (entry: Entry) => QueuedSweep): Promise<void> {
    return this.#inTurn(async () => {
      const entries = await this.#options.queue.list();
      const changed = entries.flatMap((entry) => {
        const [known] = parsed(entry);
        const sweep = known && change(known);
        return sweep && sweep !== known.sweep ? [written({ id: entry.id, sweep }, entry.place)] : [];
      });
      if (changed.length > 0) await this.#options.queue.put(changed);
    });
  }

  /** `to` counts from 0, and only what {@link read} gives. */
  move(id: string, to: number): Promise<void> {
    return this.#inTurn(async () => {
      const entries = await this.#options.queue.list();
      const moved = entries.find((entry) => entry.id === id);
      if (!moved) return;
      const others = entries.filter((entry) => entry !== moved);
      const next = others.filter((entry) => parsed(entry).length > 0)[Math.max(0, to)];
      others.splice(next ? others.indexOf(next) : others.length, 0, moved);
      const changed = others.flatMap((entry, place) => (entry.place === place ? [] : [{ ...entry, place }]));
      if (changed.length > 0) await this.#options.queue.put(changed);
    });
  }

  remove(id: string): Promise<void> {
    return this.#inTurn(() => this.#options.queue.remove(id));
  }

  async #put(entries: readonly Entry[], from: number): Promise<void> {
    await this.#options.queue.put(entries.map((entry, index) => written(entry, from + index)));
  }

  /** One change at a time, here and in every tab: each is made to what is there. */
  #inTurn(action: () => Promise<void>): Promise<void> {
    const { locks } = this.#options;
    const made = this.#last
      .then(() => (locks ? locks.request(LOCK, action) : action()))
      .then(() => this.read())
      .then(() => this.#channel?.postMessage('changed'));
    this.#last = made.catch(() => {});
    return made;
  }
}

function parsed({ id, value }: QueueEntry): Entry[] {
  try {
    return [{ id, sweep: parseQueuedSweep(value, id) }];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function written({ id, sweep }: Entry, place: number): QueueEntry {
  return { id, place, value: sweep as unknown as JsonValue };
}
