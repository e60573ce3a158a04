/** What the storage of the lab is made of, as those who list, clean and copy it need it. */

import { ConfigError } from '../../formats/configError.ts';
import { parseQueuedSweep, type QueuedSweep } from '../../formats/queuedSweep.ts';
import type { QueueEntry, QueueStore } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import type { FleetDesk } from '../fleetDesk.ts';
import type { FleetRun } from '../fleetRun.ts';
import type { GpuTurn } from '../gpuTurn.ts';
import type { RunShelf } from '../library/runShelf.ts';
import type { ModelShelf } from '../models/modelShelf.ts';
import type { Notebook } from '../notebook.ts';
import type { Teller } from '../teller.ts';
import type { TextShelf } from '../texts/textShelf.ts';
import type { SmallThings } from './smallThings.ts';

export type StorageParts = {
  readonly store: Store;
  readonly locks: LockManager | undefined;
  readonly notes: Notebook;
  readonly runs: RunShelf;
  readonly models: ModelShelf;
  readonly small: SmallThings;
  /** The texts that are open. */
  readonly texts: Pick<TextShelf, 'open'>;
  readonly fleets: FleetDesk;
  readonly fleet: FleetRun;
  readonly turn: GpuTurn;
  readonly teller: Teller;
  /** The places in the queue, and how a sweep is taken out of it, with its folder. */
  readonly queue: QueueStore;
  readonly sweeps: SweepsDesk;
};

/** What storage asks of the queue of sweeps. */
export type SweepsDesk = {
  remove(id: string): Promise<void>;
  /** Takes up what was put among the sweeps by somebody else. */
  look(): Promise<void>;
};

export type QueuedEntry = { readonly entry: QueueEntry; readonly sweep: QueuedSweep };

/** The sweeps in the queue; what another version of the lab wrote there is passed over. */
export async function queuedSweeps(queue: QueueStore): Promise<QueuedEntry[]> {
  return (await queue.list()).flatMap((entry) => {
    try {
      return [{ entry, sweep: parseQueuedSweep(entry.value, entry.id) }];
    } catch (error) {
      if (error instanceof ConfigError) return [];
      throw error;
    }
  });
}

/** The size of everything in the store, by path. */
export async function sizesIn(store: Store, prefix = ''): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const path of await store.list(prefix)) sizes.set(path, (await store.size(path)) ?? 0);
  return sizes;
}

/** A spec as a title: a file by its name. */
export function specTitle(spec: string): string {
  return spec.replace(/[#&]sha256=[0-9a-f]*$/, '').replace(/^file:/, '');
}
