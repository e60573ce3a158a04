/** What `m3lab sweep run` does: a manifest's tasks, with this machine's device, files and texts. */

import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import { FolderStore } from '../../store/folder.ts';
import { MANIFESTS } from '../../sweep/experiments/results.ts';
import { adoptManifest, ManifestChangedError, workFolder } from '../../sweep/run/folder.ts';
import { runSweep } from '../../sweep/run/runSweep.ts';
import type { Texts, TrainedRun } from '../../sweep/run/training.ts';
import { readSavedTokenizer } from '../../train/checkpoint/checkpoint.ts';
import { type ConfigFile, textReader } from '../corpora/configs.ts';
import { makeFolders } from '../files/files.ts';
import { lazyEngine } from '../gpu/lazyEngine.ts';
import type { TuningChoice } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { versions } from '../versions.ts';
import { Teller } from '../words/sweepRun.ts';
import { readManifest } from './arguments.ts';
import { chosenTasks, type TaskChoice } from './chosenTasks.ts';
import { sweepFailure } from './failure.ts';
import { identity } from './identity.ts';

export type SweepRunOptions = TaskChoice & {
  readonly out: string;
  readonly checkpointEvery: number;
  readonly tuning: TuningChoice;
};

export async function runManifest(path: string, options: SweepRunOptions, io: Io): Promise<void> {
  const { out, fleet } = options;
  const manifest = await readManifest(path);
  const { runs } = manifest;
  const chosen = chosenTasks(runs, options, process.env);
  const { removeEmpty } = await makeFolders([out], '--out');
  const store = new FolderStore(out);
  const self = identity();
  const { engine, device, memoryBytes, close } = lazyEngine(options.tuning, io);
  const teller = new Teller(runs, chosen, io);
  try {
    if (!isKeptIn(out, path)) {
      await adoptManifest(store, manifest, self.owner).catch((error: unknown) => {
        throw inKept(error, out);
      });
    }
    teller.begin();
    const outcome = await runSweep({
      tasks: chosen.tasks,
      store,
      identity: self,
      engine,
      texts: textsOf(
        path,
        runs.map(({ id }) => id),
        store,
        io,
      ),
      environment: () => ({ device: device().facts, versions: versions() }),
      memoryBytes,
      ...(fleet !== 'auto' && { fleetSize: fleet }),
      checkpointEverySeconds: options.checkpointEvery,
      signal: io.signal,
      onEvent: (event) => teller.tell(event),
    });
    teller.end(outcome, out);
    if (outcome.refused.length > 0) throw new InputError(teller.refusals(path));
  } catch (error) {
    io.progress('');
    if (error instanceof ManifestChangedError)
      throw new InputError(`${path}, --out ${out}: ${error.message}`);
    throw sweepFailure(error, out, io);
  } finally {
    close();
    await removeEmpty();
  }
}

/** Texts of one task after the other; those of an earlier one are kept as long as the next task names the same. */
function textsOf(
  manifest: string,
  ids: readonly string[],
  store: FolderStore,
  io: Io,
): (runs: readonly TrainedRun[]) => Promise<Texts> {
  const lineOf = new Map(ids.map((id, index) => [id, index + 1]));
  const fresh = () =>
    textReader({ io, savedTokenizer: ({ name: id }) => readSavedTokenizer(store, workFolder(id)) });
  let reader = fresh();
  let named = '';
  return (runs) => {
    const names = JSON.stringify(
      [...new Set(runs.map(({ config }) => JSON.stringify(config.corpora)))].sort(),
    );
    if (names !== named) reader = fresh();
    named = names;
    // Paths begin at the manifest's folder; errors say which line it was.
    const files = runs.map(({ config }): ConfigFile => {
      return { path: `${manifest}:${lineOf.get(config.name) ?? 0}`, config };
    });
    return reader(files);
  };
}

/** Whether the manifest is one of those that a reproduction keeps in its folder, one a round: the folder was not begun with it alone. */
function isKeptIn(out: string, manifest: string): boolean {
  return resolve(dirname(manifest)) === resolve(out, MANIFESTS);
}

/** What is wrong with the manifest that lies in the folder. */
function inKept(error: unknown, out: string): unknown {
  if (!(error instanceof ConfigError || error instanceof JsonError)) return error;
  return new InputError(
    `--out: ${out}/${error.message}; it is what this sweep was begun with: restore it, or choose another folder`,
  );
}
