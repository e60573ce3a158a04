/** `m3lab train`: one config, or several, as fleets of those that can train side by side. */

import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseTrainConfigText } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import {
  MAX_VOCABULARY,
  MIN_VOCABULARY,
  TRAIN_CONFIG_DEFAULTS,
  TRAIN_CONFIG_DERIVED_DEFAULTS,
} from '../../formats/configSchema.ts';
import { CORPUS_SPEC_HELP } from '../../formats/corpusSpec.ts';
import { FolderStore } from '../../store/folder.ts';
import { pathParts, StorePathError } from '../../store/store.ts';
import { readSavedTokenizer } from '../../train/checkpoint/checkpoint.ts';
import { ResumeError, RunExistsError } from '../../train/checkpoint/resume.ts';
import { NEXT } from '../../train/checkpoint/transaction.ts';
import { RunConfigError } from '../../train/fleet/plan.ts';
import { Trainer } from '../../train/trainer.ts';
import { type ConfigFile, readTexts } from '../corpora/configs.ts';
import { checkIsNoRun, checkNothingIsLost, inFolder } from '../files/checkpointFolder.ts';
import { makeFolders, readTextFile } from '../files/files.ts';
import { lazyEngine } from '../gpu/lazyEngine.ts';
import { type TuningChoice, tuningOption } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { EXIT, InputError, InterruptedError } from '../report.ts';
import { versions } from '../versions.ts';
import { resultTable, sayFailed, saySaved, tell } from '../words/train.ts';

type TrainOptions = {
  readonly out: string;
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
  const files: ConfigFile[] = [];
  for (const path of paths) {
    const config = parseTrainConfigText(await readTextFile(path, 'config'), path);
    files.push({ path, config });
  }
  checkNames(files);
  const folders = files.length === 1 ? [''] : files.map(({ config }) => config.name);
  const { removeEmpty } = await makeFolders(
    folders.map((folder) => join(options.out, folder)),
    '--out',
  );
  try {
    await trainInto(folders, files, options, io);
  } finally {
    // Of a run that was refused or broken off before its first checkpoint nothing stays.
    await removeEmpty();
  }
}

async function trainInto(
  folders: readonly string[],
  files: readonly ConfigFile[],
  options: TrainOptions,
  io: Io,
): Promise<void> {
  const { out, resume, steps, fleet } = options;
  if (files.length > 1) await checkIsNoRun(out);
  const fresh: string[] = [];
  for (const [index, { config }] of files.entries()) {
    const folder = join(out, folders[index] ?? '');
    if (await checkNothingIsLost(folder, resume === true)) continue;
    fresh.push(`${config.name}: nothing to resume in ${folder}; begins at step 0`);
  }
  const store = new FolderStore(out);
  const folderOf = new Map(files.map(({ config }, index) => [config, folders[index] ?? '']));
  const { corporaOf, referencesOf } = await readTexts(files, {
    io,
    savedTokenizer: (config) => readSavedTokenizer(store, folderOf.get(config) ?? ''),
  }).catch((error: unknown) => {
    throw inFolder(error, out);
  });
  const { engine, device, memoryBytes, close } = lazyEngine(options.tuning, io);
  const trainer = await Trainer.prepare({
    configs: files.map(({ config }) => config),
    corpora: corporaOf,
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

/** The fields of a config with their defaults, for `train --help`. */
function configHelp(): string {
  const lines: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, child] of Object.entries(value)) walk(child, path === '' ? key : `${path}.${key}`);
    } else lines.push(`  ${path} = ${JSON.stringify(value)}`);
  };
  walk(TRAIN_CONFIG_DEFAULTS, '');
  for (const [path, words] of Object.entries(TRAIN_CONFIG_DERIVED_DEFAULTS))
    lines.push(`  ${path}: ${words}`);
  return [
    'A config must give:',
    '  version = 1',
    `  corpora.target: ${CORPUS_SPEC_HELP} (a path from the config's folder)`,
    '  recipe.targetTokens; or recipe.targetTokens, recipe.tokens (D) and recipe.stages: [{share, ratio}, …]',
    '',
    'It may give corpora.targetValidation and corpora.sourceValidation (else 5 % of the documents are held out), and what is',
    'otherwise:',
    ...lines,
    '',
    ...FIELDS,
    '',
    ...SYMBOLS,
    '',
    `Example: {"version": 1, "name": "two-stage", "corpora": {"target": "file:poor.txt", "source": "file:rich.txt"},`,
    '  "recipe": {"targetTokens": 65536, "epochs": 4, "ratio": 0.25, "finalRatio": 1}}',
  ].join('\n');
}

const FIELDS = [
  'Texts and tokens:',
  '  corpora.parallel        true: the n-th documents of target and source translate each other, and are held out together',
  '  corpora.nearDuplicates  training documents that are nearly a validation document: report, drop, or ignore',
  '  tokenizer               {"kind": "bytes"};',
  `                          {"kind": "bpe", "vocabulary": ${MIN_VOCABULARY}…${MAX_VOCABULARY}, "sourceShare": 0…1}, trained on the D_T target tokens`,
  '                          and on source text, which weighs sourceShare;',
  '                          or {"kind": "file", "path": "tokenizer.json"}, a path from the config\'s folder',
];

const SYMBOLS = [
  'The table of the runs, before they are trained:',
  '  D    tokens read, of both languages',
  '  D_T  different target tokens: recipe.targetTokens, in whole windows of model.context',
  '  k    times that the run reads these: recipe.epochs',
  '  r    share of target tokens in D: recipe.ratio',
  '  r_f  the same share in the last stage: recipe.finalRatio',
  '  C    compute in floating-point operations, 6·N·D; N are the parameters that multiply each token',
];
