/** What a device can do at most: a matmul of a good size, and nothing else, timed. */

import { STORAGE_BUFFER } from './buffers.ts';
import type { GpuDevice } from './device.ts';
import type { Kernel } from './kernel.ts';
import { linear } from './kernels/linear.ts';
import { ProgramBuilder } from './program.ts';
import { Replay } from './replay.ts';

const PEAK_SIZE = 512;
const ROUNDS = 3;
/** Long enough for a clock that browsers round to a tenth of a millisecond. */
const ROUND_MS = 60;

/** A square product of 512 a side, `runs` of them side by side. */
export function matmulPeakKernel(runs: number): Kernel {
  const size = { rows: PEAK_SIZE, inner: PEAK_SIZE, columns: PEAK_SIZE };
  return linear({ runs, ...size, weightStride: PEAK_SIZE * PEAK_SIZE, tileRows: 8 }, { kind: 'none' });
}

/**
 * The best rate of our matmul kernel in three rounds, in FLOP/s. It is a measured ceiling for training on this device,
 * not the number of a data sheet. Takes under a second on a GPU and a few on a software adapter.
 * @throws DeviceLostError, OutOfMemoryError
 */
export async function measurePeak(gpu: GpuDevice): Promise<number> {
  const runs = gpu.facts.software ? 1 : 16;
  const kernel = matmulPeakKernel(runs);
  const bytes = runs * PEAK_SIZE * PEAK_SIZE * 4;
  const buffers = await gpu.memory.guarded('measuring the peak', () =>
    ['x', 'w', 'y'].map((name) => gpu.memory.create(name, bytes, STORAGE_BUFFER)),
  );
  try {
    const [x, w, y] = buffers.map((buffer) => ({ buffer }));
    if (!x || !w || !y) throw new Error('three buffers were made');
    const replay = new Replay(gpu, await new ProgramBuilder('peak').add(kernel, { x, w, y }).build(gpu));
    const time = async (times: number): Promise<number> => {
      const start = performance.now();
      await replay.advance(times);
      await replay.idle();
      return (performance.now() - start) / times;
    };
    await time(2);
    let best = await time(2);
    for (let round = 0; round < ROUNDS; round++) {
      best = Math.min(best, await time(Math.max(1, Math.round(ROUND_MS / Math.max(best, 0.01)))));
    }
    return (kernel.flops / best) * 1000;
  } finally {
    for (const buffer of buffers) gpu.memory.destroy(buffer);
  }
}
