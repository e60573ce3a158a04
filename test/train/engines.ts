/** The real engine, on SwiftShader through Dawn. */

import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { openDevice } from '../../src/gpu/device.ts';
import type { Engine } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';

export type TestEngine = { readonly engine: Engine; readonly close: () => void };

export async function openTestEngine(): Promise<TestEngine> {
  const device = await openDevice(await openDawn({ softwareOnly: true }));
  return { engine: createWebGpuEngine(device), close: () => device.destroy() };
}
