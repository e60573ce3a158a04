/** What the device can do at most: measured when a person asks, once as long as it is open. */

import type { GpuDevice } from '../gpu/device.ts';
import { measureCeilings } from '../gpu/peak.ts';
import type { DevicePeak } from './api/fleet.ts';
import type { GpuHolder } from './gpuHolder.ts';
import type { GpuTurn } from './gpuTurn.ts';

const measured = new WeakMap<GpuDevice, DevicePeak>();

/** Throws `NotNowError` where somebody is at work on the GPU, and what the device throws. */
export async function devicePeak({
  gpu,
  turn,
}: {
  readonly gpu: GpuHolder;
  readonly turn: GpuTurn;
}): Promise<DevicePeak> {
  const device = await gpu.device();
  const known = measured.get(device);
  if (known) return known;
  const giveBack = await turn.take('profile');
  try {
    const { peakFlopsPerSecond, bytesPerSecond } = await measureCeilings(device);
    const peak = { flopsPerSecond: peakFlopsPerSecond, bytesPerSecond };
    measured.set(device, peak);
    return peak;
  } finally {
    giveBack();
  }
}
