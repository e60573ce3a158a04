/** What `m3lab sweep run` does: a manifest's tasks, with this machine's device, files and texts. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import { FolderStore } from '../../store/folder.ts';
import { StorageFullError } from '../../store/store.ts';
import { adoptManifest, ManifestChangedError, workFolder } from '../../sweep/run/folder.ts';
import { runSweep } from '../../sweep/run/runSweep.ts';
import type { Texts, TrainedRun } from '../../sweep/run/training.ts';
import { readSavedTokenizer } from '../../train/checkpoint/checkpoint.ts';
import { ResumeError } from '../../train/checkpoint/resume.ts';
import { type ConfigFile, textReader } from '../corpora/configs.ts';
import { makeFolders } from '../files/files.ts';
import { lazyEngine } from '../gpu/lazyEngine.ts';
import type { TuningChoice } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { EXIT, InputError, InterruptedError } from '../report.ts';
import { versions } from '../versions.ts';
import { Teller } from '../words/sweepRun.ts';
import { readManifest } from './arguments.ts';
import { chosenTasks, type TaskChoice } from './chosenTasks.ts';
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
    await adoptManifest(store, manifest, self.owner).catch((error: unknown) => {
      throw inKept(error, out);
    });
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
    throw inSweep(error, path, options, io);
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

/** What is wrong with the manifest that lies in the folder. */
function inKept(error: unknown, out: string): unknown {
  if (!(error instanceof ConfigError || error instanceof JsonError)) return error;
  return new InputError(
    `--out: ${out}/${error.message}; it is what this sweep was begun with: restore it, or choose another folder`,
  );
}

/** The error as the user's, where it is one of what was given. */
function inSweep(error: unknown, manifest: string, { out }: SweepRunOptions, io: Io): unknown {
  if (io.signal.aborted && error instanceof Error && error.name === 'AbortError') {
    const { code } = io.signal.reason as { code?: number };
    return new InterruptedError(code ?? EXIT.interrupted, `saved in ${out}; the same command goes on`);
  }
  if (error instanceof ManifestChangedError)
    return new InputError(`${manifest}, --out ${out}: ${error.message}`);
  if (error instanceof StorageFullError)
    return new InputError(`--out: ${error.message}; finished runs stay, and the same command goes on`);
  if (error instanceof ResumeError) {
    return new InputError(
      `--out: ${out}: the checkpoint of run ${error.run} cannot be gone on with: ${error.problem}; to train it anew, remove ${out}/${workFolder(error.run)}`,
    );
  }
  return error;
}
