import { describe, expect, test } from 'vitest';
import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { STORAGE_BUFFER } from '../../src/gpu/buffers.ts';
import { type GpuDevice, openDevice } from '../../src/gpu/device.ts';
import {
  DeviceLostError,
  GpuValidationError,
  LimitTooSmallError,
  OutOfMemoryError,
  WebGpuUnavailableError,
} from '../../src/gpu/errors.ts';
import { measurePeak } from '../../src/gpu/peak.ts';

const open = async (options: Parameters<typeof openDevice>[1] = {}) => openDevice(await openDawn(), options);

describe('opening a device', () => {
  test('says what the adapter is, and that it is software', async () => {
    const gpu = await open();
    expect(gpu.facts.vendor).not.toBe('');
    if (/swiftshader/.test(gpu.facts.architecture)) expect(gpu.facts.software).toBe(true);
    expect(gpu.facts.limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(128 * 2 ** 20);
    expect(gpu.facts.limits.maxComputeInvocationsPerWorkgroup).toBeGreaterThanOrEqual(256);
    gpu.destroy();
  });

  test('without WebGPU, without an adapter, and without a device, fails in words', async () => {
    await expect(openDevice(undefined)).rejects.toThrow(WebGpuUnavailableError);
    await expect(openDevice(undefined)).rejects.toThrow('no WebGPU');
    const dawn = await openDawn();
    const none = { requestAdapter: async () => null } as unknown as GPU;
    await expect(openDevice(none)).rejects.toMatchObject({ reason: 'no-adapter' });
    const refusing = {
      requestAdapter: async () => {
        const adapter = await dawn.requestAdapter();
        // An adapter gives its device once; the second request is refused by WebGPU itself.
        const first = await adapter!.requestDevice();
        first.destroy();
        return adapter;
      },
    } as unknown as GPU;
    await expect(openDevice(refusing)).rejects.toMatchObject({ reason: 'no-device' });
  });
});

describe('memory', () => {
  test('is accounted for, to the byte', async () => {
    const gpu = await open();
    const buffers = [1, 16, 100].map((bytes) => gpu.memory.create('test', bytes, STORAGE_BUFFER));
    expect(gpu.memory.bytes).toBe(16 + 16 + 112);
    expect(gpu.memory.count).toBe(3);
    for (const buffer of buffers) gpu.memory.destroy(buffer);
    gpu.memory.destroy(buffers[0]!);
    expect(gpu.memory.bytes).toBe(0);
    gpu.destroy();
  });

  test('past a limit is refused with both numbers, and what was made on the way is given back', async () => {
    const gpu = await open();
    const limit = gpu.facts.limits.maxBufferSize!;
    const attempt = gpu.memory.guarded('a test', () => {
      gpu.memory.create('small', 1024, STORAGE_BUFFER);
      gpu.memory.create('the arena', limit + 16, STORAGE_BUFFER);
    });
    await expect(attempt).rejects.toThrow(LimitTooSmallError);
    await expect(attempt).rejects.toThrow(
      `the arena needs maxBufferSize of ${(limit + 16).toLocaleString('en')}`,
    );
    expect(gpu.memory.bytes).toBe(0);
    gpu.destroy();
  });

  test('that the device does not have is an error of its own, and nothing stays behind', async () => {
    const gpu = await open();
    const size = Math.min(gpu.facts.limits.maxStorageBufferBindingSize!, 2 ** 30);
    // Far more than any machine has: an adapter of a terabyte would rightly fail this test.
    const attempt = gpu.memory.guarded('a test', () => {
      for (let made = 0; made < 2 ** 40; made += size) gpu.memory.create('piece', size, STORAGE_BUFFER);
    });
    await expect(attempt).rejects.toThrow(OutOfMemoryError);
    expect(gpu.memory.bytes).toBe(0);
    gpu.destroy();
  });
});

describe('a wait for the device', () => {
  const NO_PROMISE_MS = 40;

  /** Empty submits while something takes its time. */
  async function emptySubmits(gpu: GpuDevice): Promise<number> {
    const { queue } = gpu.device;
    const submit = queue.submit.bind(queue);
    let empty = 0;
    queue.submit = (commands) => {
      if ([...commands].length === 0) empty++;
      submit(commands);
    };
    await gpu.settled(new Promise((resolve) => setTimeout(resolve, NO_PROMISE_MS)));
    await gpu.settled(queue.onSubmittedWorkDone());
    gpu.destroy();
    return empty;
  }

  test('submits nothing of its own, except where the browser must be nudged', async () => {
    expect(await emptySubmits(await open())).toBe(0);
    expect(await emptySubmits(await open({ nudge: true }))).toBeGreaterThan(1);
  });
});

describe('a device that fails', () => {
  test('for a command of ours, fails the next wait', async () => {
    const gpu = await open();
    gpu.device.queue.writeBuffer(gpu.memory.create('test', 16, STORAGE_BUFFER), 0, new Uint8Array(64));
    const wait = gpu
      .settled(gpu.device.queue.onSubmittedWorkDone())
      .then(() => gpu.settled(Promise.resolve()));
    await expect(wait).rejects.toThrow(GpuValidationError);
    gpu.destroy();
  });

  test('by being lost, fails every wait from then on and tells once', async () => {
    const told: string[] = [];
    const gpu = await open({ onLost: ({ reason }) => told.push(reason) });
    // Destroying the device behind the owner's back is a loss to it.
    gpu.device.destroy();
    await gpu.device.lost;
    await expect(gpu.settled(new Promise(() => {}))).rejects.toThrow(DeviceLostError);
    expect(() => gpu.check()).toThrow('resume from it');
    expect(told).toHaveLength(1);
  });
});

test('the measured peak is a plausible number', async () => {
  const gpu = await open();
  const peak = await measurePeak(gpu);
  console.log(`peak: ${(peak / 1e9).toFixed(2)} GFLOP/s on ${gpu.facts.architecture}`);
  expect(peak).toBeGreaterThan(1e7);
  expect(peak).toBeLessThan(1e15);
  expect(gpu.memory.bytes).toBe(0);
  gpu.destroy();
});
