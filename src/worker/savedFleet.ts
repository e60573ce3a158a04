/** The last fleet as its checkpoints stand in the store, for the page. */

import type { Store } from '../store/store.ts';
import { readSavedRun } from '../train/checkpoint/checkpoint.ts';
import type { SavedFleet, SavedRun } from './api.ts';
import { failureOf } from './failures.ts';
import type { FleetNote } from './sessionFile.ts';

/** A run that cannot be read says why in its `damage`, and stands in nobody's way. */
export async function readSavedFleet(store: Store, fleet: FleetNote | null): Promise<SavedFleet | null> {
  if (!fleet) return null;
  const runs: SavedRun[] = [];
  for (const config of fleet.configs) {
    const run = config.name;
    try {
      const saved = await readSavedRun(store, `${fleet.folder}/${run}`);
      runs.push({ run, config, record: saved?.record ?? null, step: saved?.resume.step ?? 0, damage: null });
    } catch (error) {
      runs.push({ run, config, record: null, step: 0, damage: failureOf(error).message });
    }
  }
  return { begunAt: fleet.begunAt, finished: fleet.finished, runs };
}
