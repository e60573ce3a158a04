/** The device of a command: opened once, when it is first needed. */

import { type GpuDevice, openDevice } from '../../gpu/device.ts';
import type { Io } from '../io.ts';
import { openDawn } from './dawn.ts';

export async function openGpu(io: Io): Promise<GpuDevice> {
  const gpu = await openDevice(await openDawn());
  io.say(`adapter: ${adapterWords(gpu.facts)}`);
  return gpu;
}

/** The adapter in a line; a software adapter is called what it is. */
export function adapterWords({ vendor, architecture, description, software }: GpuDevice['facts']): string {
  const names = [...new Set([vendor, architecture, description].filter((name) => name !== ''))].join(', ');
  return software ? `${names} (software: the CPU does the work, slowly)` : names;
}
