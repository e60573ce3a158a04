/** The real engine, on SwiftShader through Dawn. */

import { openDawn } from '../../src/cli/gpu/dawn.ts';
import { openDevice } from '../../src/gpu/device.ts';
import type { Engine } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';

export type TestEngine = { readonly engine: Engine; readonly close: () => void };

/** One for all files of a process: it compiles what they have in common once. */
let opened: Promise<Engine> | undefined;

export async function openTestEngine(): Promise<TestEngine> {
  opened ??= openDawn({ softwareOnly: true }).then(async (gpu) => createWebGpuEngine(await openDevice(gpu)));
  return { engine: await opened, close: () => undefined };
}
