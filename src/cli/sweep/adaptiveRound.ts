/** The next round of an adaptive design: what there is already, what is known of it, and the runs that come next. */

import { stat } from 'node:fs/promises';
import { type ManifestRun, parseManifest } from '../../formats/manifest.ts';
import type { SweepDesign } from '../../formats/sweepDesignFields.ts';
import { type ChosenRound, chooseRound } from '../../sweep/adaptive/chooseRound.ts';
import type { PlannedRun } from '../../sweep/design/complete.ts';
import { readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { givenRecords } from './given.ts';

/** The manifest as it is so far; '' and no runs where there is none. */
export type KeptManifest = { readonly text: string; readonly runs: readonly ManifestRun[] };

export type AdaptiveOptions = {
  readonly out: string;
  readonly force?: boolean;
  readonly given?: readonly string[];
};

/** Throws `InputError` where a manifest is there and nobody says what came of it, and what reading it throws. */
export async function keptManifest({ out, force, given }: AdaptiveOptions): Promise<KeptManifest> {
  const isThere = await stat(out).then(
    () => true,
    () => false,
  );
  if (force || !isThere) return { text: '', runs: [] };
  const text = await readTextFile(out, '--out');
  const runs = parseManifest(text, out);
  if (given === undefined || given.length === 0) {
    throw new InputError(
      `--given: ${out} holds ${runs.length} runs already; name the folder of their results, from which the next round is chosen, or add --force to begin anew`,
    );
  }
  return { text: text.endsWith('\n') ? text : `${text}\n`, runs };
}

/** Chooses the next round among `runs`, all that the designs ask for. Throws as the fit and the reading of records do. */
export async function adaptiveRound(
  designs: readonly SweepDesign[],
  runs: readonly PlannedRun[],
  kept: KeptManifest,
  { given = [] }: AdaptiveOptions,
  io: Io,
): Promise<ChosenRound> {
  return chooseRound({
    designs,
    runs,
    planned: kept.runs,
    records: await givenRecords(given, io),
    source: '--given',
    signal: io.signal,
    onProgress: (share) => io.progress(`fitting: ${Math.round(100 * share)} % …`),
  });
}
