/** Runs one kernel on given arrays. */

import { STORAGE_BUFFER } from '../../src/gpu/buffers.ts';
import type { GpuDevice } from '../../src/gpu/device.ts';
import type { Kernel } from '../../src/gpu/kernel.ts';
import { ProgramBuilder } from '../../src/gpu/program.ts';

type Values = Float32Array | Uint32Array;

/**
 * What a buffer holds before a kernel writes it: a number that no result comes near, so that an element which is left
 * out, or added to, shows. (A NaN would not do: adapters may assume there is none.)
 */
export const POISON = -7.7e7;

export function poisoned(length: number): Float32Array {
  return new Float32Array(length).fill(POISON);
}

/** Dispatches `kernel` once with a buffer for each binding and returns what its written bindings hold afterwards. */
export async function runKernel(
  gpu: GpuDevice,
  kernel: Kernel,
  values: Readonly<Record<string, Values>>,
): Promise<Record<string, Float32Array>> {
  const { device, memory } = gpu;
  const buffers: Record<string, GPUBuffer> = {};
  for (const [name, data] of Object.entries(values)) {
    const buffer = memory.create(name, data.byteLength, STORAGE_BUFFER);
    device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
    buffers[name] = buffer;
  }
  const slices = Object.fromEntries(Object.entries(buffers).map(([name, buffer]) => [name, { buffer }]));
  const program = await new ProgramBuilder(kernel.shader.name).add(kernel, slices).build(gpu);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  program.encode(pass);
  pass.end();
  const written = kernel.bindings.filter(([, access]) => access === 'write').map(([name]) => name);
  const staging = written.map((name) => {
    const bytes = values[name]!.byteLength;
    const buffer = device.createBuffer({ size: buffers[name]!.size, usage: 0x01 | 0x08 });
    encoder.copyBufferToBuffer(buffers[name]!, 0, buffer, 0, buffers[name]!.size);
    return { name, buffer, bytes };
  });
  device.queue.submit([encoder.finish()]);
  const results: Record<string, Float32Array> = {};
  for (const { name, buffer, bytes } of staging) {
    await gpu.settled(buffer.mapAsync(1));
    results[name] = new Float32Array(buffer.getMappedRange().slice(0, bytes));
    buffer.destroy();
  }
  for (const buffer of Object.values(buffers)) memory.destroy(buffer);
  return results;
}

/** The part of a run-major array that belongs to `run`. */
export function ofRun<T extends Values>(values: T, run: number, runs: number): T {
  const length = values.length / runs;
  return values.subarray(run * length, (run + 1) * length) as T;
}
