/** Keeps what was measured on an adapter for the next visit. A cache that cannot be read or written stops nobody. */

import { parseJson } from '../formats/json.ts';
import {
  parseTuningFile,
  type TuningPlace,
  type TuningRecord,
  tuningFile,
  tuningKey,
} from '../formats/tuningTable.ts';
import type { Store } from './store.ts';

const FOLDER = 'tuning';

export class TuningCache {
  readonly #store: Store;
  readonly #place: TuningPlace;
  readonly #onProblem: (words: string) => void;
  /** Measured since the last write began. */
  #newest: TuningRecord | undefined;
  #writing: Promise<void> | undefined;
  #isTold = false;

  /** `onProblem` hears at most one sentence about reading and one about writing. */
  constructor(store: Store, place: TuningPlace, onProblem: (words: string) => void) {
    this.#store = store;
    this.#place = place;
    this.#onProblem = onProblem;
  }

  get path(): string {
    return `${FOLDER}/${tuningKey(this.#place)}.json`;
  }

  /** What was measured at this place; null where nothing was, or what was kept cannot be used. */
  async read(): Promise<TuningRecord | null> {
    try {
      const bytes = await this.#store.read(this.path);
      if (!bytes) return null;
      return parseTuningFile(parseJson(new TextDecoder().decode(bytes), this.path), this.path, this.#place);
    } catch (error) {
      this.#onProblem(
        `the kernel choices kept for this adapter cannot be used (${wordsOf(error)}); they are measured anew`,
      );
      return null;
    }
  }

  /** Keeps the table by and by; of tables that come faster than they are written, only the last one counts. */
  keep(table: TuningRecord): void {
    this.#newest = table;
    this.#writing ??= this.#write();
  }

  /** Resolves when everything is kept that could be; never rejects. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    // A table that cannot be written is given up, but not one that came in meanwhile.
    while (this.#newest) {
      const table = this.#newest;
      this.#newest = undefined;
      const json = JSON.stringify(tuningFile(this.#place, table));
      await this.#store.write(this.path, new TextEncoder().encode(json)).catch(this.#tellOnce);
    }
    this.#writing = undefined;
  }

  readonly #tellOnce = (error: unknown): void => {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#onProblem(
      `the kernel choices for this adapter cannot be kept (${wordsOf(error)}); they will be measured again next time`,
    );
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
