/** The finished runs of a folder, each record read once. */

import type { ManifestRun } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { Store } from '../../store/store.ts';
import type { ResultRun } from '../experiments/experiment.ts';
import { resultsOf } from '../experiments/results.ts';
import { findRecord } from '../run/folder.ts';

export class Finished {
  readonly #store: Store;
  readonly #records = new Map<string, RunRecord>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Ids of those runs that have no record, or a damaged one. Throws what the store throws. */
  async missing(lines: readonly ManifestRun[]): Promise<Set<string>> {
    const missing = new Set<string>();
    for (const { id } of lines) {
      if (this.#records.has(id)) continue;
      const found = await findRecord(this.#store, id);
      if (found.kind === 'finished') this.#records.set(id, found.record);
      else missing.add(id);
    }
    return missing;
  }

  /** Those of the runs that are finished, in the order of the lines. */
  async results(lines: readonly ManifestRun[]): Promise<ResultRun[]> {
    await this.missing(lines);
    return resultsOf(lines, this.#records.values());
  }
}
