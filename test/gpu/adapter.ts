/** The device that GPU tests run on: Dawn in Node, on the adapter that `openDawn` finds. One a test file. */

import { afterAll, beforeAll, expect } from 'vitest';
import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { type GpuDevice, openDevice } from '../../src/gpu/device.ts';

/**
 * Opens a device before the file's tests and fails the file if WebGPU reports an error that no test caught, or if a
 * buffer is left behind.
 */
export function useDevice(): () => GpuDevice {
  let gpu: GpuDevice | undefined;
  const uncaptured: string[] = [];
  beforeAll(async () => {
    gpu = await openDevice(await openDawn());
    gpu.device.addEventListener('uncapturederror', (event) => uncaptured.push(event.error.message));
  });
  afterAll(() => {
    expect(uncaptured, 'uncaptured GPU errors').toEqual([]);
    expect(gpu?.memory.bytes, 'bytes of buffers left behind').toBe(0);
    gpu?.destroy();
  });
  return () => {
    if (!gpu) throw new Error('the device is opened before the first test');
    return gpu;
  };
}

/** The adapter in a few words, for figures and failures. */
export function adapterName({ facts }: GpuDevice): string {
  return `${facts.vendor} ${facts.architecture}`.trim() || facts.description;
}
