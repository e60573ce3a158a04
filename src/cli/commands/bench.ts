/** `m3lab bench`: how fast the engine is on this device, kernel by kernel. */

import { Command, InvalidArgumentError, Option } from 'commander';
import type { GpuDevice } from '../../gpu/device.ts';
import type { Ceilings } from '../../gpu/peak.ts';
import type { Tuner } from '../../gpu/tuning/tuner.ts';
import { BENCH_SIZES, type BenchSize, TINY_SIZE } from '../../model/bench/sizes.ts';
import { benchStep, type StepBench } from '../../model/bench/step.ts';
import { openGpu } from '../gpu/device.ts';
import { openTuner, type TuningChoice, tuningOption } from '../gpu/tuning.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { benchTable, profileTable, sizeWords } from '../words/bench.ts';
import { counted } from '../words/words.ts';

const SIZES = new Map<string, BenchSize>(
  [...Object.values(BENCH_SIZES), TINY_SIZE].map((size) => [size.name, size]),
);
const MOST_RUNS = 1024;

type BenchOptions = {
  readonly size: string;
  readonly runs: readonly number[];
  readonly steps?: number;
  readonly profile?: boolean;
  readonly tuning: TuningChoice;
  readonly force?: boolean;
};

export function benchCommand(ioOf: (command: Command) => Io): Command {
  return new Command('bench')
    .summary('measure a training step on this device')
    .description(
      'Times whole training steps of our engine on random tokens: step time, tokens and floating-point operations a second, ' +
        'and what part of the measured peak that is. npm run bench holds it against other libraries.',
    )
    .addOption(new Option('--size <name>', 'model and batch').choices([...SIZES.keys()]).default('A'))
    .option('--runs <list>', 'how many runs side by side, e.g. 1,4,16', parseRuns, [1])
    .option(
      '--steps <n>',
      'steps to time, in five rounds; the median counts (default: 20, or 500 of a small model on a GPU)',
      parseSteps,
    )
    .option('--profile', 'say where the time goes, kernel by kernel')
    .addOption(tuningOption())
    .option('--force', 'measure a size that is too large for the adapter all the same')
    .option('--json', 'one JSON value a line on stdout, for each number of runs')
    .action(async (options: BenchOptions, command: Command) => {
      await bench(options, ioOf(command));
    });
}

function parseRuns(text: string): number[] {
  const runs = text.split(',').map(Number);
  if (runs.some((count) => !Number.isSafeInteger(count) || count < 1 || count > MOST_RUNS)) {
    throw new InvalidArgumentError(`give whole numbers from 1 to ${MOST_RUNS}, divided by commas.`);
  }
  return runs;
}

function parseSteps(text: string): number {
  const steps = Number(text);
  if (!Number.isSafeInteger(steps) || steps < 1)
    throw new InvalidArgumentError('give a whole number of 1 or more.');
  return steps;
}

async function bench(options: BenchOptions, io: Io): Promise<void> {
  const size = SIZES.get(options.size);
  if (!size) throw new InputError(`--size: there is no size ${options.size}`);
  const gpu = await openGpu(io);
  try {
    if (size === BENCH_SIZES['10M'] && gpu.facts.software && !options.force) {
      throw new InputError(
        '--size: a step of 10M takes some 270 GFLOP, minutes on a software adapter, where a processor does the work; ' +
          'choose A or B, or add --force',
      );
    }
    const tuner = await openTuner(gpu, options.tuning, io);
    if (!io.json) io.text(`${sizeWords(size)}\n\n`);
    const benches: StepBench[] = [];
    try {
      for (const runs of options.runs) {
        // One ceiling for all: it wanders with whatever else the machine does.
        const [first] = benches;
        benches.push(await measured(gpu, size, runs, options, { tuner, ceilings: first }, io));
      }
    } finally {
      io.progress('');
      // Also where a larger fleet does not fit any more, or somebody has seen enough.
      if (!io.json && benches.length > 0) io.text(`${words(benches)}\n`);
    }
  } finally {
    gpu.destroy();
  }
}

async function measured(
  gpu: GpuDevice,
  size: BenchSize,
  runs: number,
  { steps = defaultSteps(gpu, size), profile = false }: BenchOptions,
  { tuner, ceilings: known }: { readonly tuner: Tuner | undefined; readonly ceilings: Ceilings | undefined },
  io: Io,
): Promise<StepBench> {
  io.signal.throwIfAborted();
  io.progress(`measuring ${counted(runs, 'run')} …`);
  const { config, batch } = size;
  const ceilings = known && {
    peakFlopsPerSecond: known.peakFlopsPerSecond,
    bytesPerSecond: known.bytesPerSecond,
  };
  const step = await benchStep(
    gpu,
    { config, batch, runs, ...(tuner && { tuner }) },
    { steps, profile, ceilings },
  );
  io.progress('');
  if (io.json) io.value({ size: size.name, adapter: adapterOf(gpu), ...step });
  return step;
}

/** Enough that a round is long to a clock, few enough that nobody waits for minutes. */
function defaultSteps({ facts }: GpuDevice, size: BenchSize): number {
  return facts.software || size === BENCH_SIZES['10M'] ? 20 : 500;
}

function words(benches: readonly StepBench[]): string {
  const profiles = benches.flatMap((one) => (one.profile ? [profileTable(one, one.profile)] : []));
  return [benchTable(benches), ...profiles].join('\n\n');
}

function adapterOf({ facts }: GpuDevice): object {
  const { vendor, architecture, device, description, software } = facts;
  return { vendor, architecture, device, description, software };
}
