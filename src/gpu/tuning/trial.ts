/** The variants of one kernel, tried on the device: first whether they are right, then how fast they are. */

import { Allocator } from '../allocator.ts';
import type { GpuDevice } from '../device.ts';
import { DeviceLostError } from '../errors.ts';
import { needsNudging } from '../nudge.ts';
import { type Program, ProgramBuilder } from '../program.ts';
import { Readback } from '../readback.ts';
import type { Measurable } from './kernelChoice.ts';
import type { Candidate } from './table.ts';

/** What no result of the data comes near: an element that is never written shows. */
export const POISON = Math.fround(-7.7e7);
const ROUNDS = 5;
/** Long against the millisecond after which the end of work may be noticed; and where it is looked for every 4 ms. */
const TIMING_MS = { usual: 10, nudged: 40 };
const MOST_REPEATS = 256;
/** So much longer than needed, so that the next look is the last. */
const AIM = 1.2;

type Bound = {
  readonly name: string;
  readonly written: boolean;
  readonly buffer: GPUBuffer;
  /** What it holds before each trial. */
  readonly values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
};
type Trial = { readonly variant: string; readonly program: Program };

/**
 * Tries `variants` on random data for `runs` runs; the first is the one that the others must agree with.
 * @throws DeviceLostError, OutOfMemoryError, LimitTooSmallError; GpuValidationError where the first does not compile
 */
export async function tryVariants(
  gpu: GpuDevice,
  measurable: Measurable,
  variants: readonly string[],
  runs: number,
): Promise<readonly Candidate[]> {
  const make = new Allocator(gpu.memory);
  try {
    const bound = await gpu.memory.guarded('tuning', () => bind(make, measurable, variants[0] ?? '', runs));
    const outputs = bound.filter(({ written }) => written);
    const largest = Math.max(...outputs.map(({ values }) => values.byteLength));
    const readback = new Readback(gpu, make, 'results', largest);
    for (const { buffer, values } of bound) gpu.device.queue.writeBuffer(buffer, 0, values);
    const slices = Object.fromEntries(bound.map(({ name, buffer }) => [name, { buffer }]));
    const builds = await Promise.allSettled(
      variants.map((variant) =>
        new ProgramBuilder(variant).add(measurable.kernel(variant, runs), slices).build(gpu),
      ),
    );
    const failures = new Map<string, string>();
    const right: Trial[] = [];
    let expected: readonly Float32Array[] | undefined;
    for (const [index, variant] of variants.entries()) {
      const build = builds[index];
      try {
        if (build?.status !== 'fulfilled') throw build?.reason;
        const results = await resultsOf(gpu, build.value, outputs, readback);
        expected ??= results;
        const differences = results.map((values, at) => relativeDifference(values, expected?.[at] ?? values));
        const difference = Math.max(...differences);
        if (difference <= measurable.tolerance) right.push({ variant, program: build.value });
        else failures.set(variant, `differs from ${variants[0]} by ${difference.toExponential(1)}`);
      } catch (error) {
        // Without the first there is nothing to hold the others against.
        if (index === 0 || error instanceof DeviceLostError) throw error;
        failures.set(variant, error instanceof Error ? error.message : String(error));
      }
    }
    const times = await timed(gpu, right);
    return variants.map((variant) => ({
      variant,
      milliseconds: times.get(variant) ?? null,
      failure: failures.get(variant) ?? null,
    }));
  } finally {
    make.destroy();
  }
}

/** Buffers for every binding: random numbers where the kernel reads, poison where it only writes. */
function bind(make: Allocator, measurable: Measurable, variant: string, runs: number): Bound[] {
  const { floats, inPlace = [], tokens = {} } = measurable;
  return measurable.kernel(variant, runs).bindings.map(([name, access]) => {
    const count = runs * (floats[name] ?? 0);
    const limit = tokens[name];
    const written = access === 'write';
    const random = randomFloats(count, name);
    const values =
      limit !== undefined
        ? Uint32Array.from(random, (value) => Math.floor(((value + 1) / 2) * limit))
        : written && !inPlace.includes(name)
          ? random.fill(POISON)
          : random;
    return { name, written, buffer: make.bytesOf(name, values.byteLength), values };
  });
}

async function resultsOf(
  gpu: GpuDevice,
  program: Program,
  outputs: readonly Bound[],
  readback: Readback,
): Promise<readonly Float32Array[]> {
  for (const { buffer, values } of outputs) gpu.device.queue.writeBuffer(buffer, 0, values);
  await program.timed(gpu, 1);
  const results: Float32Array[] = [];
  for (const { buffer, values } of outputs) {
    const bytes = await readback.read([{ buffer, size: values.byteLength }]);
    results.push(new Float32Array(bytes));
  }
  return results;
}

/** The least milliseconds of one dispatch, over rounds in which every variant has its turn. */
async function timed(gpu: GpuDevice, trials: readonly Trial[]): Promise<Map<string, number>> {
  const long = needsNudging() ? TIMING_MS.nudged : TIMING_MS.usual;
  const repeats = new Map<string, number>();
  for (const { variant, program } of trials)
    repeats.set(variant, await repeatsFor((times) => program.timed(gpu, times), long));
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { variant, program } of trials) {
      const times = repeats.get(variant) ?? 1;
      const milliseconds = (await program.timed(gpu, times)) / times;
      best.set(variant, Math.min(best.get(variant) ?? Number.POSITIVE_INFINITY, milliseconds));
    }
  }
  return best;
}

/** How often a program is replayed for a timing of at least about so many milliseconds; `timed` gives those of so many replays. */
export async function repeatsFor(
  timed: (repeats: number) => Promise<number>,
  milliseconds: number,
): Promise<number> {
  let repeats = 1;
  while (repeats < MOST_REPEATS) {
    // Twice, so that one hiccup of the machine does not pass for a slow kernel.
    const least = Math.min(await timed(repeats), await timed(repeats));
    if (least >= milliseconds) break;
    // What a submit costs by itself is in it: too few, if anything, and then again.
    repeats = Math.min(MOST_REPEATS, Math.ceil((AIM * repeats * milliseconds) / least));
  }
  return repeats;
}

/** Numbers in −1 … 1, the same for the same name: a generator of 32 bits (Numerical Recipes), its upper half. */
function randomFloats(count: number, name: string): Float32Array<ArrayBuffer> {
  let state = [...name].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), 7) >>> 0;
  const values = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[index] = (state >>> 8) / 2 ** 23 - 1;
  }
  return values;
}

/**
 * |a − b| / |b| over the elements that are written; infinite where one is not a number, where only one of the two is written, or
 * where nothing is.
 */
export function relativeDifference(actual: Float32Array, expected: Float32Array): number {
  let squares = 0;
  let scale = 0;
  for (let index = 0; index < expected.length; index++) {
    const [value = Number.NaN, wanted = Number.NaN] = [actual[index], expected[index]];
    if ((value === POISON) !== (wanted === POISON)) return Number.POSITIVE_INFINITY;
    if (wanted === POISON) continue;
    squares += (value - wanted) ** 2;
    scale += wanted ** 2;
  }
  const difference = Math.sqrt(squares / scale);
  return Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
}
