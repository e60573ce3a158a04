/** Rounds of an adaptive sweep: what is chosen next follows from its design, its manifest and its records alone. */

import { formatManifest, type ManifestRun } from '../../formats/manifest.ts';
import type { SweepRound } from '../../formats/queuedSweep.ts';
import type { Store } from '../../store/store.ts';
import { type ChosenRound, chooseRound } from '../../sweep/adaptive/chooseRound.ts';
import type { PlannedRun } from '../../sweep/design/complete.ts';
import { manifestRuns } from '../../sweep/design/lines.ts';
import { collectFolder } from '../../sweep/run/collect.ts';
import { adoptManifest } from '../../sweep/run/folder.ts';
import type { Planned } from './planning.ts';
import { manifestOf, readRounds, writeRounds } from './sweepFolder.ts';

/** A round's runs; none where the sweep is at its end. */
export type NextLines = { readonly lines: readonly ManifestRun[]; readonly chosen: ChosenRound };

/** Chooses the next round and writes it into the folder. Throws what the fit throws, and the signal's reason. */
export async function addRound(
  folder: Store,
  { designs, runs }: Pick<Planned, 'designs'> & { readonly runs: readonly PlannedRun[] },
  self: string,
  signal: AbortSignal,
): Promise<NextLines> {
  const planned = await manifestOf(folder);
  const found = await collectFolder(folder);
  const chosen = await chooseRound({
    designs,
    runs,
    planned,
    records: (found?.runs ?? []).map(({ record }) => ({ record, place: record.id })),
    source: 'records of the sweep',
    signal,
  });
  const byId = new Map(runs.map((run) => [run.id, run] as const));
  const lines = manifestRuns(chosen.chosen.flatMap((id) => byId.get(id) ?? []));
  if (lines.length > 0) {
    const rounds = await readRounds(folder);
    // The reasons first: they are for people, and a manifest without them would be a round that nobody explains.
    await writeRounds(folder, [...rounds.filter(({ runs: ids }) => isIn(ids, planned)), roundOf(chosen)]);
    const all = [...planned, ...lines];
    await adoptManifest(folder, { text: formatManifest(all), runs: all }, self);
  }
  return { lines, chosen };
}

/** A round that was written down and never came into the manifest is none. */
function isIn(ids: readonly string[], planned: readonly ManifestRun[]): boolean {
  return ids.every((id) => planned.some((run) => run.id === id));
}

function roundOf({ chosen, aim, results, needed, left, compute }: ChosenRound): SweepRound {
  const told = aim && (aim.of === 'lead' ? { ...aim } : { ...aim });
  return {
    runs: [...chosen],
    chosenAt: Date.now(),
    aim: told,
    results,
    needed,
    left: left - chosen.length,
    compute,
  };
}
