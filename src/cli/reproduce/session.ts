/** What training and planning of a reproduction have in common: its folder, its device, its texts, read once for both. */

import { isAbsolute, join, relative, resolve } from 'node:path';
import { FolderStore } from '../../store/folder.ts';
import { MANIFESTS } from '../../sweep/experiments/results.ts';
import { OtherTextsError } from '../../sweep/reproduce/place.ts';
import type { PlanningTexts } from '../../sweep/reproduce/planRound.ts';
import type { Texts, TrainedRun } from '../../sweep/run/training.ts';
import { textReader } from '../corpora/configs.ts';
import { makeFolders } from '../files/files.ts';
import { type LazyEngine, lazyEngine } from '../gpu/lazyEngine.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { sweepFailure } from '../sweep/failure.ts';
import { planTexts } from '../sweep/planTexts.ts';
import { DEFAULT_OUT, type ReproduceOptions } from './options.ts';

export type Session = LazyEngine & {
  readonly out: string;
  readonly store: FolderStore;
  readonly planning: PlanningTexts;
  readonly texts: (runs: readonly TrainedRun[]) => Promise<Texts>;
  /** `taskRuns` of tasks, `fleetSize` side by side; empty where memory and speed choose. */
  readonly fleet: { readonly taskRuns?: number; readonly fleetSize?: number };
};

/** Opens folder and texts for `work` and closes them after it; what it throws becomes the user's error, where it is one. */
export async function inSession<T>(
  experiment: string,
  options: ReproduceOptions,
  io: Io,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { out = DEFAULT_OUT, figures, fleet, tuning } = options;
  const made = [await makeFolders([out], '--out')];
  if (figures !== undefined) made.push(await makeFolders([figures], '--figures'));
  const engine = lazyEngine(tuning, io);
  try {
    // Every experiment takes bytes for tokens, so no run has a tokenizer that was saved.
    const read = textReader({ io, savedTokenizer: async () => null });
    const folder = resolve(out, MANIFESTS);
    return await work({
      ...engine,
      out,
      store: new FolderStore(out),
      // Paths as they were typed begin where the command was called.
      planning: { ...planTexts(experiment, io, read), relocate: (path) => fromFolder(folder, path) },
      texts: (runs) => read(runs.map(({ run: { id }, config }) => ({ path: join(folder, id), config }))),
      fleet: fleet === 'auto' ? {} : { taskRuns: fleet, fleetSize: fleet },
    });
  } catch (error) {
    io.progress('');
    throw error instanceof OtherTextsError
      ? new InputError(`--out: ${out}: ${error.message}`)
      : sweepFailure(error, out, io);
  } finally {
    engine.close();
    for (const { removeEmpty } of made) await removeEmpty();
  }
}

function fromFolder(folder: string, path: string): string {
  return isAbsolute(path) ? path : relative(folder, resolve(path)).replaceAll('\\', '/');
}
