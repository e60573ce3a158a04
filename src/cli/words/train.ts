/** What `m3lab train` says: its events as they come, and what came of its runs. */

import { join } from 'node:path';
import type { References, RunRecord } from '../../formats/record.ts';
import { plannedSteps } from '../../recipe/outline.ts';
import type { TrainEvent } from '../../train/events.ts';
import type { StartModel } from '../../train/start/start.ts';
import type { Io } from '../io.ts';
import { RunsFailedError } from '../report.ts';
import { amount, counted, duration, table } from './words.ts';

export function tell(event: TrainEvent, io: Io): void {
  if (event.event === 'progress') io.progress(progressLine(event));
  else if (io.json) io.value(event);
  if (event.event === 'start') sayStart(event, io);
  if (event.event === 'diverged')
    io.say(`${event.run}: the loss is no longer finite at step ${event.step}; this run stops`);
  if (event.event === 'eval') io.say(evalLine(event));
  if (event.event === 'fleet') io.say(event.reason);
  if (event.event === 'warning') {
    io.say(`${event.run === undefined ? '' : `${event.run}: `}warning: ${event.message}`);
  }
}

/** Says what runs begin from, where it lies, and what was done with it. */
export function sayStartModel(
  { name, config, table, moments, said }: StartModel,
  path: string,
  io: Io,
): void {
  const { layers, width, heads, mlp, context, vocabulary } = config;
  io.say(
    `begins from ${name} (${path}): ${amount(table.counts.total)} parameters (${counted(layers, 'layer')}, width ${width}, ${counted(heads, 'head')}, mlp ${mlp}, context ${context}, ${vocabulary.toLocaleString('en')} tokens), with ${moments ? `AdamW's moments of step ${moments.step.toLocaleString('en')}` : 'fresh moments of AdamW'}`,
  );
  for (const words of said) io.say(`${name}: ${words}`);
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
  const source =
    sourceBitsPerByte === undefined ? '' : `, source ${sourceBitsPerByte.toFixed(3)} bits per byte`;
  return `${run}: step ${step.toLocaleString('en')}: target ${targetLoss.toFixed(4)} nats, ${targetBitsPerByte.toFixed(3)} bits per byte${source}`;
}

function progressLine(event: Extract<TrainEvent, { event: 'progress' }>): string {
  const { steps, totalSteps, tokensPerSecond, flopsPerSecond, elapsedSeconds, remainingSeconds } = event;
  const share = Math.floor((100 * steps) / totalSteps);
  return `${share} %, step ${steps.toLocaleString('en')} of ${totalSteps.toLocaleString('en')}; ${amount(tokensPerSecond, 'tokens/s')}, ${amount(flopsPerSecond, 'FLOP/s')}; ${duration(elapsedSeconds)} gone, ${duration(remainingSeconds)} left`;
}

/** The results of runs, a row each, and what its columns are. */
export function resultTable(records: readonly RunRecord[]): string {
  const head = [
    ['', '', '', 'final: nats', '', 'bits/byte', 'bits/byte', 'best: bits/byte', '', ''],
    ['run', 'status', 'step', 'of target', '±', 'of target', 'of source', 'of target', 'at step', 'time'],
  ];
  const rows = records.map(({ config, status, realised, final, seconds }) => [
    config.name,
    status,
    realised.steps.toLocaleString('en'),
    ...(final
      ? [
          final.targetLoss.toFixed(4),
          final.targetLossError.toFixed(4),
          final.targetBitsPerByte.toFixed(3),
          final.sourceBitsPerByte?.toFixed(3) ?? '–',
          final.best.targetBitsPerByte.toFixed(3),
          final.best.step.toLocaleString('en'),
        ]
      : ['–', '–', '–', '–', '–', '–']),
    duration(seconds),
  ]);
  return [table([...head, ...rows]), '', COLUMNS, ...referenceLines(records)].join('\n');
}

/** What there is to hold the target's bits per byte against; runs are named where theirs differ. */
function referenceLines(records: readonly RunRecord[]): string[] {
  const line = (key: keyof References, words: string) => {
    const runs = new Map<string, string[]>();
    for (const { config, references } of records) {
      const value = references?.[key]?.toFixed(3);
      if (value !== undefined) runs.set(value, [...(runs.get(value) ?? []), config.name]);
    }
    const [first, ...others] = [...runs];
    if (!first) return [];
    const values =
      others.length === 0
        ? `${first[0]} bits/byte`
        : `bits/byte ${[first, ...others].map(([value, names]) => `${value} (${names.join(', ')})`).join(', ')}`;
    return [`${words.replace('VALUE', values)}`];
  };
  return [
    ...line(
      'floorBitsPerByte',
      'floor: VALUE, the entropy of the held-out target text; no model does better',
    ),
    ...line(
      'ngramBitsPerByte',
      'n-gram: VALUE on the held-out target text, by contexts of up to 5 bytes of the same D_T tokens',
    ),
  ];
}

const COLUMNS = `final: on all held-out text (the first 65,536 tokens a language); of a run that is not done, its last sampled validation
best: the lowest of the validations while it trained, each sampled (evaluation.windows); compare these with each other only`;

/** Says where each run lies, and how far it came. `folders` lie in `out`, in the order of the records. */
export function saySaved(
  records: readonly RunRecord[],
  { out, folders, io }: { out: string; folders: readonly string[]; io: Io },
): void {
  for (const [index, { config, status, realised }] of records.entries()) {
    const steps = plannedSteps(config.recipe, config.optimizer.batch, config.model.context);
    const at = `${realised.steps.toLocaleString('en')} of ${steps.toLocaleString('en')}`;
    const more = status === 'stopped' ? ` at step ${at}; go on with --resume` : '';
    io.say(`${config.name}: saved in ${join(out, folders[index] ?? '')}${more}`);
  }
}

/** Says which runs diverged or failed. Throws {@link RunsFailedError} when all of them did. */
export function sayFailed(records: readonly RunRecord[], io: Io): void {
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
