/** The last fleet as its checkpoints stand in the store, for the page. */

import type { Store } from '../store/store.ts';
import { readSavedRun } from '../train/checkpoint/checkpoint.ts';
import type { SavedFleet, SavedRun } from './api/fleet.ts';
import { failureOf } from './failures.ts';
import { runFolder } from './runFolder.ts';
import type { FleetNote } from './sessionFile.ts';

/** A run that cannot be read says why in its `damage`, and stands in nobody's way. */
export async function readSavedFleet(store: Store, fleet: FleetNote | null): Promise<SavedFleet | null> {
  if (!fleet) return null;
  const runs: SavedRun[] = [];
  for (const [index, config] of fleet.configs.entries()) {
    const run = config.name;
    const slot = fleet.slots?.[index] ?? null;
    try {
      const saved = await readSavedRun(store, runFolder(fleet.folder, run));
      const { record = null, resume } = saved ?? {};
      runs.push({ run, config, record, step: resume?.step ?? 0, damage: null, slot });
    } catch (error) {
      runs.push({ run, config, record: null, step: 0, damage: failureOf(error).message, slot });
    }
  }
  return { begunAt: fleet.begunAt, finished: fleet.finished, runs };
}
