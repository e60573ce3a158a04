/** What a program's time goes into, kernel by kernel: by timestamp queries where there are any, else by repetition. */

import { BUFFER_USAGE } from './buffers.ts';
import type { GpuDevice } from './device.ts';
import { type Kernel, kernelName } from './kernel.ts';
import type { Program } from './program.ts';

export type KernelTime = {
  /** The shader's file, and the sizes where it comes in several. */
  readonly kernel: string;
  /** Dispatches in one replay. */
  readonly dispatches: number;
  /** Of all these dispatches together, the median over the replays measured. */
  readonly milliseconds: number;
  /** Work of all these dispatches: floating-point operations, and bytes that must move at least once. */
  readonly flops: number;
  readonly bytes: number;
};

export type Profile = {
  /** `timestamps`: by the device's own clock; `repetition`: each kernel many times in a row, by the host's. */
  readonly method: 'timestamps' | 'repetition';
  /** The longest first. */
  readonly kernels: readonly KernelTime[];
};

/** Results of a query set are resolved to multiples of this. */
const RESOLVE_ALIGNMENT_BYTES = 256;
const TIMESTAMP_BYTES = 8;
/** Browsers round timestamps to a tenth of a millisecond, so a dispatch is repeated until its pass takes about so long. */
const PASS_MS = 2;
/** Timestamps that a query set holds at most (WebGPU's limit). */
const MOST_TIMESTAMPS = 4096;
/** Without timestamps, a kernel is repeated until its time stands well above what a submit takes and a browser's clock resolves. */
const REPETITION_MS = 4;
const MOST_REPETITIONS = 256;
/** The first one compiles and fills caches. */
const WARM_REPLAYS = 2;

/** So often at most is a dispatch repeated by a profile of so many replays, warming up included. */
export function mostRepetitions(replays: number): number {
  return WARM_REPLAYS + replays * 2 * MOST_REPETITIONS;
}

/**
 * Replays `program` to warm up and `replays` times to measure. What the program writes it writes: profile a program on
 * buffers that nobody needs.
 * @throws DeviceLostError, GpuValidationError
 */
export async function profileProgram(gpu: GpuDevice, program: Program, replays = 3): Promise<Profile> {
  const perDispatchMs = (await warmStepMs(gpu, program)) / program.dispatches;
  const repetitions = Math.min(MOST_REPETITIONS, Math.max(1, Math.ceil(PASS_MS / perDispatchMs)));
  const hasClock = gpu.device.features.has('timestamp-query');
  const measured: (readonly number[])[] = [];
  for (let replay = 0; replay < replays; replay++) {
    measured.push(await (hasClock ? byTimestamps(gpu, program, repetitions) : byRepetition(gpu, program)));
  }
  return { method: hasClock ? 'timestamps' : 'repetition', kernels: grouped(program.kernels, measured) };
}

async function warmStepMs(gpu: GpuDevice, program: Program): Promise<number> {
  let milliseconds = 0;
  for (let replay = 0; replay < WARM_REPLAYS; replay++) milliseconds = await program.timed(gpu, 1);
  return milliseconds;
}

async function submitAndWait(gpu: GpuDevice, encode: (encoder: GPUCommandEncoder) => void): Promise<void> {
  const encoder = gpu.device.createCommandEncoder();
  encode(encoder);
  gpu.device.queue.submit([encoder.finish()]);
  await gpu.settled(gpu.device.queue.onSubmittedWorkDone());
}

/**
 * Milliseconds of each dispatch: one compute pass a dispatch, since timestamps stand at the ends of passes; in it the dispatch
 * `repetitions` times. As many passes go into a submit as the device's pace allows.
 */
async function byTimestamps(gpu: GpuDevice, program: Program, repetitions: number): Promise<number[]> {
  const { device, memory } = gpu;
  const passes = Math.min(MOST_TIMESTAMPS / 2, Math.max(1, Math.floor(gpu.pace.submitMs / PASS_MS)));
  const bytes = Math.ceil((2 * passes * TIMESTAMP_BYTES) / RESOLVE_ALIGNMENT_BYTES) * RESOLVE_ALIGNMENT_BYTES;
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 * passes });
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = BUFFER_USAGE;
  const resolved = memory.create('timestamps', bytes, QUERY_RESOLVE | COPY_SRC);
  const staging = memory.create('timestamps read back', bytes, COPY_DST | MAP_READ);
  const times: number[] = [];
  try {
    while (times.length < program.dispatches) {
      const first = times.length;
      const count = Math.min(passes, program.dispatches - first);
      await submitAndWait(gpu, (encoder) => {
        for (let index = 0; index < count; index++) {
          const timestampWrites = {
            querySet,
            beginningOfPassWriteIndex: 2 * index,
            endOfPassWriteIndex: 2 * index + 1,
          };
          const pass = encoder.beginComputePass({ timestampWrites });
          for (let time = 0; time < repetitions; time++) program.encodeOne(pass, first + index);
          pass.end();
        }
        encoder.resolveQuerySet(querySet, 0, 2 * count, resolved, 0);
        encoder.copyBufferToBuffer(resolved, 0, staging, 0, bytes);
      });
      await gpu.settled(staging.mapAsync(1));
      const nanoseconds = new BigUint64Array(staging.getMappedRange());
      for (let index = 0; index < count; index++) {
        const [begin = 0n, end = 0n] = nanoseconds.subarray(2 * index, 2 * index + 2);
        // Adapters are allowed clocks that step back.
        times.push(end > begin ? Number(end - begin) / 1e6 / repetitions : 0);
      }
      staging.unmap();
    }
    return times;
  } finally {
    querySet.destroy();
    memory.destroy(resolved);
    memory.destroy(staging);
  }
}

async function byRepetition(gpu: GpuDevice, program: Program): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < program.dispatches; index++) {
    let repetitions = 1;
    for (;;) {
      const begun = performance.now();
      await submitAndWait(gpu, (encoder) => {
        const pass = encoder.beginComputePass();
        for (let time = 0; time < repetitions; time++) program.encodeOne(pass, index);
        pass.end();
      });
      const milliseconds = performance.now() - begun;
      if (milliseconds >= REPETITION_MS || repetitions >= MOST_REPETITIONS) {
        times.push(milliseconds / repetitions);
        break;
      }
      repetitions *= 4;
    }
  }
  return times;
}

/** `measured` holds the milliseconds of each dispatch, a row a replay. */
function grouped(kernels: readonly Kernel[], measured: readonly (readonly number[])[]): KernelTime[] {
  const indices = new Map<string, number[]>();
  kernels.forEach((kernel, index) => {
    const name = kernelName(kernel);
    indices.set(name, [...(indices.get(name) ?? []), index]);
  });
  const sum = (of: readonly number[], value: (index: number) => number) =>
    of.reduce((total, index) => total + value(index), 0);
  return [...indices]
    .map(([kernel, of]) => ({
      kernel,
      dispatches: of.length,
      milliseconds: middle(measured.map((row) => sum(of, (index) => row[index] ?? 0))),
      flops: sum(of, (index) => kernels[index]?.flops ?? 0),
      bytes: sum(of, (index) => kernels[index]?.bytes ?? 0),
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
