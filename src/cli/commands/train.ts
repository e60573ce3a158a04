/** `m3lab train`: one config, or several as one fleet. */

import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { parseTrainConfigText } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import { TRAIN_CONFIG_DEFAULTS, TRAIN_CONFIG_DERIVED_DEFAULTS } from '../../formats/configSchema.ts';
import { CORPUS_SPEC_HELP } from '../../formats/corpusSpec.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { createWebGpuEngine } from '../../model/webgpuEngine.ts';
import { FolderStore } from '../../store/folder.ts';
import { pathParts, StorePathError } from '../../store/store.ts';
import type { TrainEvent } from '../../train/events.ts';
import { RunConfigError } from '../../train/fleetPlan.ts';
import { ResumeError, RunExistsError } from '../../train/resume.ts';
import { Trainer } from '../../train/trainer.ts';
import { checkNothingIsLost, inFolder } from '../checkpointFolder.ts';
import { type ConfigFile, configFile, readCorpora } from '../corpora.ts';
import { openGpu } from '../device.ts';
import { checkFolderCanBeWritten, readTextFile } from '../files.ts';
import type { Io } from '../io.ts';
import { EXIT, InputError, InterruptedError, RunsFailedError } from '../report.ts';
import { versions } from '../versions.ts';
import { amount, duration, table } from '../words.ts';

type TrainOptions = { readonly out: string; readonly resume?: boolean; readonly steps?: number };

export function trainCommand(ioOf: (command: Command) => Io): Command {
  return new Command('train')
    .summary('train a run, or several side by side')
    .description(
      'Trains one run into DIR, or several runs of one model, batch and corpora as one fleet into DIR/NAME each. ' +
        'Every folder is a checkpoint. Ctrl-C saves first; --resume then goes on as if nothing had happened.',
    )
    .argument('<config...>', 'train configs (JSON)')
    .requiredOption('--out <dir>', 'folder for the checkpoint, or for one checkpoint a run')
    .option('--resume', 'go on from the checkpoints in DIR')
    .option('--steps <n>', 'take n steps, save and stop', parseSteps)
    .option('--json', 'events as JSON lines on stdout')
    .addHelpText('after', () => `\n${configHelp()}`)
    .action(async (paths: string[], options: TrainOptions, command: Command) => {
      await train(paths, options, ioOf(command));
    });
}

function parseSteps(text: string): number {
  const steps = Number(text);
  if (!Number.isSafeInteger(steps) || steps < 1)
    throw new InvalidArgumentError('give a whole number of 1 or more.');
  return steps;
}

async function train(paths: readonly string[], { out, resume, steps }: TrainOptions, io: Io): Promise<void> {
  const files: ConfigFile[] = [];
  for (const path of paths) {
    const config = parseTrainConfigText(await readTextFile(path, 'config'), path);
    files.push(configFile(path, config));
  }
  if (files.length > 1) checkNames(files);
  await checkFolderCanBeWritten(out, '--out');
  const folders = files.length === 1 ? [''] : files.map(({ config }) => config.name);
  for (const folder of folders) await checkNothingIsLost(join(out, folder), resume === true);
  const corpora = await readCorpora(files, io.signal);
  let gpu: GpuDevice | undefined;
  const opened = async () => {
    gpu ??= await openGpu(io);
    return gpu;
  };
  const trainer = await Trainer.prepare({
    configs: files.map(({ config }) => config),
    corpora,
    // Opened when the plan is known to be sound, so that a wrong config is refused at once and anywhere.
    engine: { createFleet: async (...given) => createWebGpuEngine(await opened()).createFleet(...given) },
    store: new FolderStore(out),
    folders,
    environment: () => {
      if (!gpu) throw new Error('a fleet without a device');
      return { device: gpu.facts, versions: versions() };
    },
    resume: resume === true,
    onEvent: (event) => tell(event, io),
  }).catch((error: unknown) => {
    throw inFile(error, files, out);
  });
  try {
    const records = await trainer.run(io.signal, steps);
    io.progress('');
    if (!io.json) io.text(`${resultTable(records)}\n`);
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
    gpu?.destroy();
  }
}

/** Says which runs diverged or failed. Throws {@link RunsFailedError} when all of them did. */
function sayFailed(records: readonly RunRecord[], io: Io): void {
  const failed = records.filter(({ status }) => status === 'diverged' || status === 'failed');
  if (failed.length === 0) return;
  const words = failed.map(({ config, status }) => `${config.name} ${status}`).join(', ');
  if (failed.length < records.length) {
    io.say(`${failed.length} of ${records.length} runs came to nothing: ${words}`);
    return;
  }
  throw new RunsFailedError(
    `no run came to an end: ${words}; a lower optimizer.learningRate may help, or a longer optimizer.warmup`,
  );
}

function checkNames(files: readonly ConfigFile[]): void {
  for (const { path, config } of files) {
    try {
      if (pathParts(config.name).length > 1) throw new StorePathError(config.name);
    } catch (error) {
      if (!(error instanceof StorePathError)) throw error;
      throw new ConfigError(
        path,
        'name',
        `${JSON.stringify(config.name)} cannot be the name of a folder in --out`,
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

function tell(event: TrainEvent, io: Io): void {
  if (event.event === 'progress') io.progress(progressLine(event));
  else if (io.json) io.value(event);
  if (event.event === 'start') sayStart(event, io);
  if (event.event === 'diverged')
    io.say(`${event.run}: the loss is no longer finite at step ${event.step}; this run stops`);
  if (event.event === 'eval') io.say(evalLine(event));
}

function sayStart({ runs, facts }: Extract<TrainEvent, { event: 'start' }>, io: Io): void {
  const head = ['run', 'kind', 'D', 'D_T', 'k', 'r', 'r_f', 'steps', 'C (FLOP)'];
  const rows = runs.map(({ run, realised }) => [
    run,
    realised.kind,
    ...[realised.D, realised.D_T, realised.k, realised.r, realised.r_f].map((value) => amount(value)),
    realised.steps.toLocaleString('en'),
    amount(realised.C),
  ]);
  io.say(table([head, ...rows]));
  io.say(`N = ${amount(facts.parameters.N)}; ${amount(facts.bytes, 'B')} on the device`);
  for (const { run, warnings, step } of runs) {
    for (const warning of warnings) io.say(`${run}: warning: ${warning}`);
    if (step > 0) io.say(`${run}: resumed at step ${step.toLocaleString('en')}`);
  }
}

function evalLine(event: Extract<TrainEvent, { event: 'eval' }>): string {
  const { run, step, targetLoss, targetBitsPerByte, sourceBitsPerByte } = event;
  const source = sourceBitsPerByte === undefined ? '' : `, source ${sourceBitsPerByte.toFixed(3)}`;
  return `${run}: step ${step.toLocaleString('en')}: target ${targetLoss.toFixed(4)} nats, ${targetBitsPerByte.toFixed(3)} bits per byte${source}`;
}

function progressLine(event: Extract<TrainEvent, { event: 'progress' }>): string {
  const { steps, totalSteps, tokensPerSecond, flopsPerSecond, elapsedSeconds, remainingSeconds } = event;
  const share = Math.floor((100 * steps) / totalSteps);
  return `${share} %, step ${steps.toLocaleString('en')} of ${totalSteps.toLocaleString('en')}; ${amount(tokensPerSecond, 'tokens/s')}, ${amount(flopsPerSecond, 'FLOP/s')}; ${duration(elapsedSeconds)} gone, ${duration(remainingSeconds)} left`;
}

function resultTable(records: readonly RunRecord[]): string {
  const head = ['run', 'status', 'target nats', '±', 'bits per byte', 'best', 'at step', 'source', 'time'];
  const rows = records.map(({ config, status, final, seconds }) => [
    config.name,
    status,
    ...(final
      ? [
          final.targetLoss.toFixed(4),
          final.targetLossError.toFixed(4),
          final.targetBitsPerByte.toFixed(3),
          final.best.targetBitsPerByte.toFixed(3),
          final.best.step.toLocaleString('en'),
          final.sourceBitsPerByte?.toFixed(3) ?? '–',
        ]
      : ['–', '–', '–', '–', '–', '–']),
    duration(seconds),
  ]);
  return table([head, ...rows]);
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
    '  recipe.targetTokens: D_T; or recipe.targetTokens, recipe.tokens (D) and recipe.stages: [{share, ratio}, …]',
    '',
    'It may give corpora.targetValidation and corpora.sourceValidation (else 5 % of the documents are held out), and what is',
    'otherwise:',
    ...lines,
    '',
    `Example: {"version": 1, "name": "two-stage", "corpora": {"target": "file:poor.txt", "source": "file:rich.txt"},`,
    '  "recipe": {"targetTokens": 65536, "epochs": 4, "ratio": 0.25, "finalRatio": 1}}',
  ].join('\n');
}
