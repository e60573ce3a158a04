/** Our device and engine, opened once a page, so that what the tuner measures serves every part of the benchmark. */

import { type GpuDevice, openDevice } from '../../src/gpu/device.ts';
import { Tuner } from '../../src/gpu/tuning/tuner.ts';
import type { Engine } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';

export type OurEngine = { readonly gpu: GpuDevice; readonly engine: Engine; readonly tuner: Tuner | null };

/** With a tuner, or (`off`) from the fixed table. */
export async function openOurEngine(tuning: 'auto' | 'off'): Promise<OurEngine> {
  const gpu = await openDevice(navigator.gpu);
  if (tuning === 'off') return { gpu, engine: createWebGpuEngine(gpu), tuner: null };
  const tuner = new Tuner(gpu);
  return { gpu, engine: createWebGpuEngine(gpu, { tuner }), tuner };
}
