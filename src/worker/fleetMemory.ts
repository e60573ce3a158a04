/** What a fleet may take of the memory that there is. */

import type { GpuDevice } from '../gpu/device.ts';

/** Of the machine's memory, what a fleet may take where a processor plays the GPU: a browser has other pages to keep. */
const MEMORY_SHARE = 0.25;
/** Where the browser does not say how much there is: what any machine has that runs one. */
const LEAST_MEMORY_GIB = 4;

/** Bytes; null where the device itself says when it has no more. */
export function fleetMemory({ facts }: GpuDevice): number | null {
  if (!facts.software) return null;
  const { deviceMemory } = (globalThis.navigator ?? {}) as { deviceMemory?: number };
  return MEMORY_SHARE * (deviceMemory ?? LEAST_MEMORY_GIB) * 2 ** 30;
}
