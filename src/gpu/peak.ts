/** What a device can do at most: a matmul of a good size, and a pass over memory, each alone, timed. */

import { STORAGE_BUFFER } from './buffers.ts';
import type { GpuDevice } from './device.ts';
import type { Kernel } from './kernel.ts';
import { linear } from './kernels/linear.ts';
import { REFERENCE_TILE, type Tile, tileOf } from './kernels/tile.ts';
import { triad } from './kernels/triad.ts';
import { ProgramBuilder } from './program.ts';
import { matmulChoice } from './tuning/matmulChoice.ts';

const PEAK_SIZE = 512;
/** Runs of the product side by side, so that a large GPU is full. */
const PEAK_RUNS = { software: 1, hardware: 16 };
/**
 * On a GPU past its caches, since a step's tensors are as well; a processor reads a small model's from its caches too, and what it does
 * best is the ceiling.
 */
const TRIAD_FLOATS = { software: [2 ** 16, 2 ** 18, 2 ** 20], hardware: [2 ** 24] };
const ROUNDS = 3;
/** Long enough for a clock that browsers round to a tenth of a millisecond. */
const ROUND_MS = 20;
const MOST_REPEATS = 64;

/** A square product of 512 a side, `runs` of them side by side. */
export function matmulPeakKernel(runs: number, tile: Tile): Kernel {
  const size = { rows: PEAK_SIZE, inner: PEAK_SIZE, columns: PEAK_SIZE };
  return linear({ runs, ...size, weightStride: PEAK_SIZE * PEAK_SIZE, tile }, { kind: 'none' });
}

/**
 * The best rate of our matmul in any of its tiles, in FLOP/s. It is a measured ceiling for training on this device, not the number of
 * a data sheet. Takes about a second on a GPU and a few on a software adapter.
 * @throws DeviceLostError, OutOfMemoryError, GpuValidationError
 */
export async function measurePeak(gpu: GpuDevice): Promise<number> {
  const runs = PEAK_RUNS[kindOf(gpu)];
  const side = { rows: PEAK_SIZE, inner: PEAK_SIZE, columns: PEAK_SIZE };
  const { candidates } = matmulChoice({ ...side, product: 'forward', epilogue: { kind: 'none' } });
  const tiles = candidates({ ...gpu.facts, subgroups: gpu.device.features.has('subgroups') });
  const floats = runs * PEAK_SIZE * PEAK_SIZE;
  const kernels = tiles.map((tile) => matmulPeakKernel(runs, tileOf(tile) ?? REFERENCE_TILE));
  return best(gpu, kernels, { x: floats, w: floats, y: floats }, ({ flops }) => flops);
}

/**
 * The rate at which memory is read and written by the simplest kernel, in bytes a second.
 * @throws DeviceLostError, OutOfMemoryError, GpuValidationError
 */
export async function measureBandwidth(gpu: GpuDevice): Promise<number> {
  const sizes = TRIAD_FLOATS[kindOf(gpu)];
  const floats = Math.max(...sizes);
  return best(gpu, sizes.map(triad), { a: floats, b: floats, y: floats }, ({ bytes }) => bytes);
}

/** What kernels are held against. */
export type Ceilings = { readonly peakFlopsPerSecond: number; readonly bytesPerSecond: number };

/** Both, measured once; what {@link measurePeak} and {@link measureBandwidth} throw. */
export async function measureCeilings(gpu: GpuDevice): Promise<Ceilings> {
  return { peakFlopsPerSecond: await measurePeak(gpu), bytesPerSecond: await measureBandwidth(gpu) };
}

function kindOf({ facts }: GpuDevice): 'software' | 'hardware' {
  return facts.software ? 'software' : 'hardware';
}

/** The most work a second that any of `kernels` does, on bindings of so many floats. */
async function best(
  gpu: GpuDevice,
  kernels: readonly Kernel[],
  floats: Readonly<Record<string, number>>,
  workOf: (kernel: Kernel) => number,
): Promise<number> {
  const buffers = await gpu.memory.guarded('measuring the peak', () =>
    Object.entries(floats).map(
      ([name, count]) => [name, gpu.memory.create(name, count * 4, STORAGE_BUFFER)] as const,
    ),
  );
  try {
    const bound = Object.fromEntries(buffers.map(([name, buffer]) => [name, { buffer }]));
    let rate = 0;
    for (const kernel of kernels) {
      const program = await new ProgramBuilder('peak').add(kernel, bound).build(gpu);
      let repeats = 1;
      // The first round warms up.
      for (let round = 0; round <= ROUNDS; round++) {
        const milliseconds = (await program.timed(gpu, repeats)) / repeats;
        if (round > 0) rate = Math.max(rate, (workOf(kernel) / milliseconds) * 1000);
        repeats = Math.min(MOST_REPEATS, Math.max(1, Math.ceil(ROUND_MS / Math.max(milliseconds, 0.01))));
      }
    }
    return rate;
  } finally {
    for (const [, buffer] of buffers) gpu.memory.destroy(buffer);
  }
}
