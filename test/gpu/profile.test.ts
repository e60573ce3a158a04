import { afterAll, describe, expect, test, vi } from 'vitest';
import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { STORAGE_BUFFER } from '../../src/gpu/buffers.ts';
import { GpuDevice } from '../../src/gpu/device.ts';
import { kernelName } from '../../src/gpu/kernel.ts';
import { triad } from '../../src/gpu/kernels/triad.ts';
import { measureBandwidth, measurePeak } from '../../src/gpu/peak.ts';
import { mostRepetitions, profileProgram } from '../../src/gpu/profile.ts';
import { ProgramBuilder } from '../../src/gpu/program.ts';
import { useDevice } from './adapter.ts';

const gpu = useDevice();
const FLOATS = 2 ** 20;

/** A device of the same adapter that was asked for no feature, so that it has no clock. */
let clockless: GpuDevice | undefined;
afterAll(() => clockless?.destroy());

async function withoutClock(): Promise<GpuDevice> {
  const adapter = await (await openDawn()).requestAdapter();
  clockless = new GpuDevice(await adapter!.requestDevice(), gpu().facts);
  return clockless;
}

/** Two dispatches of a kernel and one of another that moves 256 times as much. */
async function profiled(device: GpuDevice) {
  const small = triad(FLOATS / 256);
  const large = { ...triad(FLOATS), variant: 'large' };
  const names = ['a', 'b', 'y'];
  const buffers = names.map((name) => device.memory.create(name, FLOATS * 4, STORAGE_BUFFER));
  const bound = Object.fromEntries(names.map((name, index) => [name, { buffer: buffers[index]! }]));
  const program = await new ProgramBuilder('profiled')
    .add(small, bound)
    .add(large, bound)
    .add(small, bound)
    .build(device);
  try {
    return await profileProgram(device, program, 3);
  } finally {
    for (const buffer of buffers) device.memory.destroy(buffer);
  }
}

describe.each([
  ['timestamps', () => Promise.resolve(gpu())],
  ['repetition', withoutClock],
] as const)('a profile by %s', (method, open) => {
  test('gathers the dispatches of a kernel, the longest first, with the work that they do', async () => {
    const { method: used, kernels } = await profiled(await open());
    expect(used).toBe(method);
    expect(kernels.map(({ kernel, dispatches }) => ({ kernel, dispatches }))).toEqual([
      { kernel: 'triad large', dispatches: 1 },
      { kernel: 'triad', dispatches: 2 },
    ]);
    const [large, small] = kernels;
    expect(large?.bytes).toBe(3 * 4 * FLOATS);
    expect(small?.bytes).toBe((2 * 3 * 4 * FLOATS) / 256);
    expect(small?.milliseconds).toBeGreaterThan(0);
  });

  test('replays nothing more often than it says, so that plans can be made long enough', async () => {
    const device = await open();
    const names = ['a', 'b', 'y'];
    const buffers = names.map((name) => device.memory.create(name, 64, STORAGE_BUFFER));
    const bound = Object.fromEntries(names.map((name, index) => [name, { buffer: buffers[index]! }]));
    const program = await new ProgramBuilder('counted').add(triad(16), bound).build(device);
    const once = vi.spyOn(program, 'encodeOne');
    const whole = vi.spyOn(program, 'encode');
    await profileProgram(device, program, 2);
    for (const buffer of buffers) device.memory.destroy(buffer);
    const replays = whole.mock.calls.reduce((sum, [, times = 1]) => sum + times, 0) + once.mock.calls.length;
    // On a busy machine one time is long enough.
    expect(once.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(replays).toBeLessThanOrEqual(mostRepetitions(2));
  });
});

test('the peak and the bandwidth are positive, and a matmul computes faster than a triad', async () => {
  const before = gpu().memory.bytes;
  const flops = await measurePeak(gpu());
  const bytes = await measureBandwidth(gpu());
  expect(flops).toBeGreaterThan(0);
  expect(bytes).toBeGreaterThan(0);
  // A triad does two operations on twelve bytes.
  expect(flops).toBeGreaterThan(bytes / 6);
  expect(gpu().memory.bytes).toBe(before);
});

test('a kernel is named by its shader and its variant', () => {
  expect(kernelName(triad(64))).toBe('triad');
  expect(kernelName({ ...triad(64), variant: 'of 64' })).toBe('triad of 64');
});
