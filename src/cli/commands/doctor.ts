/** `m3lab doctor`: what this machine has to train with. */

import { freemem, totalmem } from 'node:os';
import { Command } from 'commander';
import { findChromium } from '../../../scripts/chromium.mjs';
import { type GpuDevice, openDevice } from '../../gpu/device.ts';
import { measurePeak } from '../../gpu/peak.ts';
import type { TuningTable } from '../../gpu/tuning/table.ts';
import { openDawn } from '../gpu/dawn.ts';
import { adapterWords } from '../gpu/device.ts';
import { kernelText } from '../gpu/kernelText.ts';
import { readTuning } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { report } from '../report.ts';
import { versions } from '../versions.ts';
import { tuningWords } from '../words/tuning.ts';
import { amount, labelled, wrap } from '../words/words.ts';

/** The limits that decide what fits. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Of a list beside the longest name of a limit: together they fit a terminal of 96 columns. */
const VALUE_CHARACTERS = 60;

export function doctorCommand(ioOf: (command: Command) => Io): Command {
  return new Command('doctor')
    .summary('say what this machine has to train with')
    .description(
      'Says adapter, features, limits, memory and measured peak of the GPU, which kernels were chosen for it, and the browser found.',
    )
    .option(
      '--wgsl <kernel>',
      'print the WGSL of a kernel as it is compiled: a file in shaders/, or words of a variant',
    )
    .option('--json', 'one JSON value on stdout')
    .action(async ({ wgsl }: { readonly wgsl?: string }, command: Command) => {
      if (wgsl === undefined) await doctor(ioOf(command));
      else printKernel(wgsl, ioOf(command));
    });
}

function printKernel(asked: string, io: Io): void {
  const text = kernelText(asked);
  if (io.json) io.value(text);
  else io.text(text.wgsl);
  if (text.others.length > 0) io.say(`this is ${text.name}; there are also:\n  ${text.others.join('\n  ')}`);
}

type Facts = {
  readonly adapter: GpuDevice['facts'] | null;
  readonly problem: string | null;
  /** Of our own matmul, f32. */
  readonly peakFlopsPerSecond: number | null;
  /** What earlier commands measured to choose kernels; null where they measured nothing. */
  readonly tuning: TuningTable | null;
  /** Of the machine: WebGPU does not tell the GPU's own. */
  readonly memory: { readonly totalBytes: number; readonly freeBytes: number };
  readonly browser: ReturnType<typeof findChromium>;
  readonly system: { readonly platform: string; readonly architecture: string };
  readonly versions: Readonly<Record<string, string>>;
};

async function doctor(io: Io): Promise<void> {
  let gpu: GpuDevice | null = null;
  let failure: unknown = null;
  try {
    gpu = await openDevice(await openDawn());
  } catch (error) {
    failure = error;
  }
  const facts: Facts = {
    adapter: gpu?.facts ?? null,
    problem: failure === null ? null : report(failure).words,
    peakFlopsPerSecond: gpu ? await measured(gpu, io) : null,
    tuning: gpu ? await readTuning(gpu, io) : null,
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    browser: findChromium(),
    system: { platform: process.platform, architecture: process.arch },
    versions: versions(),
  };
  gpu?.destroy();
  if (io.json) io.value(facts);
  else io.text(`${words(facts)}\n`);
  if (failure !== null) throw failure;
}

async function measured(gpu: GpuDevice, io: Io): Promise<number> {
  io.progress('measuring the peak …');
  const peak = await measurePeak(gpu);
  io.progress('');
  return peak;
}

function words({
  adapter,
  problem,
  peakFlopsPerSecond,
  tuning,
  memory,
  browser,
  system,
  versions: known,
}: Facts): string {
  const rows: [string, string][] = [['system', `${system.platform} ${system.architecture}`]];
  if (adapter) {
    rows.push(
      ['adapter', adapterWords(adapter)],
      ['features', wrap(adapter.features, VALUE_CHARACTERS).join('\n') || 'none'],
      ...LIMITS.map((name): [string, string] => [name, (adapter.limits[name] ?? 0).toLocaleString('en')]),
    );
    if (peakFlopsPerSecond !== null) rows.push(['measured peak', amount(peakFlopsPerSecond, 'FLOP/s')]);
  } else rows.push(['adapter', `none: ${problem}`]);
  rows.push(
    ['memory', `${amount(memory.totalBytes, 'B')}, ${amount(memory.freeBytes, 'B')} free`],
    ['browser', browser ? browser.executable : 'none found; name one in M3LAB_CHROMIUM'],
    ['SwiftShader', browser?.libraries ? browser.libraries : 'none found beside the browser'],
    ...Object.entries(known).map(([name, version]): [string, string] => [name, version]),
  );
  return [labelled(rows), ...(adapter ? ['', tuningWords(tuning)] : [])].join('\n');
}
