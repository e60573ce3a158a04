/** Measured steps, for people. */

import type { KernelTime, Profile } from '../../gpu/profile.ts';
import type { BenchSize } from '../../model/bench/sizes.ts';
import type { StepBench } from '../../model/bench/step.ts';
import { parameterTable } from '../../model/llama/parameters.ts';
import { amount, counted, table } from './words.ts';

/** The model and its batch, in a line. */
export function sizeWords({ name, config, batch }: BenchSize): string {
  const { layers, width, heads, mlp, context, vocabulary } = config;
  const { N } = parameterTable(config).counts;
  const shape = `${counted(layers, 'layer')}, width ${width}, ${counted(heads, 'head')}, mlp ${mlp}, vocabulary ${vocabulary}`;
  return `${name}: ${shape}, N = ${amount(N)}; batch ${batch} of ${context} tokens`;
}

/** A row for each number of runs, and what the columns are held against. */
export function benchTable(benches: readonly StepBench[]): string {
  const head = ['runs', 'dispatches', 'step', 'tokens/s', 'FLOP/s', 'of peak', 'memory'];
  const rows = benches.map((one) => {
    const flopsPerSecond = (one.flopsPerStep / one.stepMs) * 1000;
    return [
      String(one.runs),
      String(one.dispatches),
      milliseconds(one.stepMs),
      amount(one.tokensPerSecond),
      amount(flopsPerSecond),
      share(flopsPerSecond / one.peakFlopsPerSecond),
      amount(one.bytes, 'B'),
    ];
  });
  return table([head, ...rows]);
}

/** Where the time of one step goes, the longest kernel first; how long the device needs at least. */
export function profileTable(bench: StepBench, { kernels, method }: Profile): string {
  const { runs, stepMs, peakFlopsPerSecond, bytesPerSecond, floorMs } = bench;
  const whole = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  const head = ['kernel', 'dispatches', 'time', 'of all', 'FLOP/s', 'of peak', 'B/s', 'of bandwidth'];
  const row = ({ kernel, dispatches, milliseconds: time, flops, bytes }: KernelTime) => {
    const perSecond = (work: number) => (1000 * work) / time;
    return [
      kernel,
      String(dispatches),
      milliseconds(time),
      share(time / whole),
      rate(perSecond(flops)),
      share(perSecond(flops) / peakFlopsPerSecond),
      rate(perSecond(bytes)),
      share(perSecond(bytes) / bytesPerSecond),
    ];
  };
  return [
    `${counted(runs, 'run')}: ${milliseconds(whole)} in kernels, ${METHODS[method]}; a whole step takes ${milliseconds(stepMs)}`,
    table([head, ...kernels.map(row)]),
    `peak ${amount(peakFlopsPerSecond, 'FLOP/s')}, bandwidth ${amount(bytesPerSecond, 'B/s')}, both measured here`,
    ...(floorMs === null ? [] : [`floor ${milliseconds(floorMs)}: ${FLOOR}`]),
  ].join('\n');
}

const METHODS: Record<Profile['method'], string> = {
  timestamps: "by the device's own clock",
  repetition: 'each repeated by itself, since this adapter has no clock',
};

const FLOOR =
  'what the step would take if every kernel did its arithmetic at that peak, or moved its bytes at that bandwidth, whichever takes longer';

/** A dash where a clock has seen no time pass. */
function rate(perSecond: number): string {
  return Number.isFinite(perSecond) ? amount(perSecond) : '–';
}

function milliseconds(value: number): string {
  return `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)} ms`;
}

function share(part: number): string {
  return Number.isFinite(part) ? `${(100 * part).toFixed(1)} %` : '–';
}
