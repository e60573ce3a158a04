/**
 * Puts the runs of a fleet into the library as they end, each once: a trainer tells of an end anew whenever it goes on from checkpoints, and
 * what a person has deleted since is not to come back.
 */

import type { RunRecord } from '../../formats/record.ts';
import { fleetTitle } from '../fleetTitle.ts';
import type { Notebook } from '../notebook.ts';
import type { FleetNote } from '../sessionFile.ts';
import type { Manner, RunShelf } from './runShelf.ts';

export type FleetKeeperOptions = {
  readonly runs: Pick<RunShelf, 'keep'>;
  readonly notes: Notebook;
  /** Whether the library outlives the tab, as the fleet does. */
  readonly areRunsKept: () => Promise<boolean>;
};

export class FleetKeeper {
  readonly #note: FleetNote;
  readonly #options: FleetKeeperOptions;
  /** Runs that were put there, by name. */
  readonly #kept: Set<string>;

  constructor(note: FleetNote, options: FleetKeeperOptions) {
    this.#note = note;
    this.#options = options;
    this.#kept = new Set(note.inLibrary);
  }

  /** Resolves when it is safe, and noted for later visits. Throws `StorageFullError`. */
  async keep(record: RunRecord, manner: Manner = 'always'): Promise<void> {
    const { name } = record.config;
    if (this.#kept.has(name)) return;
    await this.#options.runs.keep(record, placeOf(this.#note), manner);
    this.#kept.add(name);
    await this.#options.notes.change(async (session) => ({
      ...session,
      fleet: session.fleet && (await this.noted(session.fleet)),
    }));
  }

  /** The note of the fleet with the runs that are in the library; that of another fleet as it is. */
  async noted(note: FleetNote): Promise<FleetNote> {
    const isMine = note.folder === this.#note.folder && (await this.#options.areRunsKept());
    return isMine ? { ...note, inLibrary: [...this.#kept] } : note;
  }
}

/** A fleet's runs stand together in the library. */
function placeOf({ begunAt }: FleetNote): { origin: 'own'; collection: string } {
  return { origin: 'own', collection: fleetTitle(begunAt) };
}
