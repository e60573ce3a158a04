/** WebGPU in Node: Dawn, from npm `webgpu`, with a software adapter where the machine has no other. */

import { provideSwiftShader } from '../../../scripts/chromium.mjs';
import { calmDawn } from './dawnPolling.ts';

/** Dawn could not be loaded: no build for this system, or a library that it needs is missing. */
export class DawnError extends Error {
  override readonly name = 'DawnError';
  constructor(cause: unknown) {
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    super(
      `WebGPU for Node (npm webgpu) has no working build for ${process.platform}-${process.arch}: ${why}; use the page in a browser instead (npm start)`,
      { cause },
    );
  }
}

// A device of Dawn's dies, and takes the process with it, when the object it came from is collected.
const kept: GPU[] = [];

/**
 * Workgroup memory is zeroed by a loop in the shader, as on Metal and D3D12, and not by Vulkan's initialiser, for which SwiftShader
 * compiles a store for each element: most of the time that a kernel with workgroup memory takes there to compile.
 */
const FLAGS = ['disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension'];

/**
 * Opens Dawn. It prefers a real Vulkan, Metal or D3D12 adapter; on Linux SwiftShader of an installed Chromium stands in, and
 * with `softwareOnly` is the only one there. Throws {@link DawnError}. Whoever called this must end the process by
 * `process.exit`: Dawn's threads do not end by themselves.
 */
export async function openDawn({ softwareOnly = false }: { softwareOnly?: boolean } = {}): Promise<GPU> {
  provideSwiftShader({ only: softwareOnly });
  try {
    const { create, globals } = await import('webgpu');
    calmDawn();
    Object.assign(globalThis, globals);
    const gpu = create(FLAGS);
    kept.push(gpu);
    return gpu;
  } catch (error) {
    throw new DawnError(error);
  }
}
