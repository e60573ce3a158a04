/** `m3lab train`: one config, or several, as fleets of those that can train side by side. */

import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { TrainConfig } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import { FolderStore } from '../../store/folder.ts';
import { pathParts, StorePathError } from '../../store/store.ts';
import { readSavedTokenizer } from '../../train/checkpoint/checkpoint.ts';
import { ResumeError, RunExistsError } from '../../train/checkpoint/resume.ts';
import { NEXT } from '../../train/checkpoint/transaction.ts';
import { RunConfigError } from '../../train/fleet/plan.ts';
import { startFacts } from '../../train/start/config.ts';
import type { StartModel } from '../../train/start/start.ts';
import { Trainer } from '../../train/trainer.ts';
import { type ConfigFile, readTexts } from '../corpora/configs.ts';
import { checkIsNoRun, checkNothingIsLost, inFolder } from '../files/checkpointFolder.ts';
import { makeFolders } from '../files/files.ts';
import { openModel } from '../files/startFolder.ts';
import { readTrainConfig, startOfCheckpoint } from '../files/trainConfig.ts';
import { lazyEngine } from '../gpu/lazyEngine.ts';
import { type TuningChoice, tuningOption } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { EXIT, InputError, InterruptedError } from '../report.ts';
import { versions } from '../versions.ts';
import { resultTable, sayFailed, saySaved, sayStartModel, tell } from '../words/train.ts';
import { configHelp } from '../words/trainHelp.ts';

type TrainOptions = {
  readonly out: string;
  readonly from?: string;
  readonly keepMoments?: boolean;
  readonly resume?: boolean;
  readonly steps?: number;
  readonly fleet: number | 'auto';
  readonly tuning: TuningChoice;
};

export function trainCommand(ioOf: (command: Command) => Io): Command {
  return new Command('train')
    .summary('train a run, or several side by side')
    .description(
      'Trains one run into DIR, or several into DIR/NAME each. Runs of one model, batch, target text and tokenizer (and of one source, or none) train side by side, as a ' +
        'fleet; those of others follow. Every folder is a checkpoint. Ctrl-C saves first; --resume then goes on as if nothing had happened.',
    )
    .argument('<config...>', 'train configs (JSON)')
    .requiredOption('--out <dir>', 'folder for the checkpoint, or for one checkpoint a run')
    .option(
      '--from <dir>',
      'begin with the weights and the tokenizer of a Hugging Face Llama, ours or another: its folder, or a .zip of it',
    )
    .option('--keep-moments', 'with --from a checkpoint of train: AdamW goes on with its moments too')
    .option('--resume', 'go on from the checkpoints in DIR; a run that has none begins at step 0')
    .option('--steps <n>', 'take n steps of each run, save and stop', (text) => parseCount(text))
    .addOption(
      new Option('--fleet <n>', 'runs side by side; auto: as memory and, on a GPU, measured speed suggest')
        .argParser((text) =>
          text === 'auto' ? text : parseCount(text, 'a whole number of 1 or more, or auto'),
        )
        .default('auto'),
    )
    .addOption(tuningOption())
    .option('--json', 'events as JSON lines on stdout')
    .addHelpText('after', () => `\n${configHelp()}`)
    .action(async (paths: string[], options: TrainOptions, command: Command) => {
      await train(paths, options, ioOf(command));
    });
}

function parseCount(text: string, wanted = 'a whole number of 1 or more'): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError(`give ${wanted}.`);
  return count;
}

async function train(paths: readonly string[], options: TrainOptions, io: Io): Promise<void> {
  const { out, from, keepMoments } = options;
  if (keepMoments && from === undefined) {
    throw new InputError(
      '--keep-moments goes with --from, which names the checkpoint whose moments they are',
    );
  }
  const start =
    from === undefined
      ? null
      : await openModel(from, { moments: keepMoments === true, signal: io.signal, option: '--from: ' });
  if (start && from !== undefined) sayStartModel(start, from, io);
  const files: ConfigFile[] = [];
  for (const path of paths) {
    files.push({ path, config: await readTrainConfig(path, start && startFacts(start)) });
  }
  checkNames(files);
  const folders = files.length === 1 ? [''] : files.map(({ config }) => config.name);
  const { removeEmpty } = await makeFolders(
    folders.map((folder) => join(out, folder)),
    '--out',
  );
  try {
    await trainInto(folders, files, { ...options, start }, io);
  } finally {
    // Of a run that was refused or broken off before its first checkpoint nothing stays.
    await removeEmpty();
  }
}

async function trainInto(
  folders: readonly string[],
  given: readonly ConfigFile[],
  options: TrainOptions & { readonly start: StartModel | null },
  io: Io,
): Promise<void> {
  const { out, resume, steps, fleet, start } = options;
  if (given.length > 1) await checkIsNoRun(out);
  const fresh: string[] = [];
  const files: ConfigFile[] = [];
  const untouched: { readonly config: TrainConfig; readonly folder: string }[] = [];
  let begunFrom: string | undefined;
  for (const [index, file] of given.entries()) {
    const { path, config } = file;
    const folder = join(out, folders[index] ?? '');
    const isThere = await checkNothingIsLost(folder, resume === true);
    // A run that goes on knows what it began from: the model need not be given again.
    const known = isThere && resume && !start ? await startOfCheckpoint(folder) : null;
    begunFrom ??= known?.start.name;
    files.push(known ? { path, config: await readTrainConfig(path, known) } : file);
    if (isThere) continue;
    untouched.push({ config, folder });
    const weights = start ? `the weights of ${start.name}` : 'fresh weights';
    fresh.push(`${config.name}: nothing to resume in ${folder}; begins at step 0 with ${weights}`);
  }
  const [lost] = untouched;
  if (lost && begunFrom !== undefined) {
    throw new InputError(
      `--resume: there is no checkpoint of ${lost.config.name} in ${lost.folder}, and the others began from ${begunFrom}; give --from again, or leave ${lost.config.name} out`,
    );
  }
  const store = new FolderStore(out);
  const folderOf = new Map(files.map(({ config }, index) => [config, folders[index] ?? '']));
  const { corporaOf, referencesOf } = await readTexts(files, {
    io,
    savedTokenizer: async (config) =>
      (await readSavedTokenizer(store, folderOf.get(config) ?? '')) ?? start?.tokenizer ?? null,
  }).catch((error: unknown) => {
    throw inFolder(error, out);
  });
  const { engine, device, memoryBytes, close } = lazyEngine(options.tuning, io);
  const trainer = await Trainer.prepare({
    configs: files.map(({ config }) => config),
    corpora: corporaOf,
    starts: start ? [start] : [],
    references: referencesOf,
    engine,
    store,
    folders,
    environment: () => ({ device: device().facts, versions: versions() }),
    memoryBytes,
    ...(fleet !== 'auto' && { fleetSize: fleet }),
    resume: resume === true,
    signal: io.signal,
    onEvent: (event) => tell(event, io),
  }).catch((error: unknown) => {
    close();
    throw inFile(error, files, out);
  });
  try {
    if (resume) for (const words of fresh) io.say(words);
    const records = await trainer.run(io.signal, steps);
    io.progress('');
    if (!io.json) io.text(`${resultTable(records)}\n`);
    saySaved(records, { out, folders, io });
    sayFailed(records, io);
  } catch (error) {
    io.progress('');
    if (io.signal.aborted && error instanceof Error && error.name === 'AbortError') {
      const { code } = io.signal.reason as { code?: number };
      throw new InterruptedError(code ?? EXIT.interrupted, `saved in ${out}; go on with --resume`);
    }
    throw error;
  } finally {
    trainer.destroy();
    close();
  }
}

function checkNames(files: readonly ConfigFile[]): void {
  for (const { path, config } of files) {
    try {
      if (pathParts(config.name).length > 1 || config.name === NEXT) throw new StorePathError(config.name);
    } catch (error) {
      if (!(error instanceof StorePathError)) throw error;
      throw new ConfigError(
        path,
        'name',
        `${JSON.stringify(config.name)} cannot be the name of a folder, which it is where several runs are trained`,
      );
    }
  }
}

/** Names the config's file in an error that knows only the run. */
function inFile(error: unknown, files: readonly ConfigFile[], out: string): unknown {
  if (error instanceof RunConfigError || error instanceof ResumeError) {
    const file = files.find(({ config }) => config.name === error.run);
    return file ? new ConfigError(file.path, error.field, error.problem) : error;
  }
  if (error instanceof RunExistsError) {
    return new InputError(
      `--out: ${out} holds a checkpoint of ${error.run} already (step ${error.step} of ${error.steps}); add --resume to go on with it, or choose another folder`,
    );
  }
  return inFolder(error, out);
}
