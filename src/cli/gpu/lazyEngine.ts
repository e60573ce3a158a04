/** An engine whose device is opened when it is first asked for anything, so that what is wrong is refused at once and anywhere. */

import type { GpuDevice } from '../../gpu/device.ts';
import { OutOfMemoryError } from '../../gpu/errors.ts';
import type { Engine } from '../../model/engine.ts';
import { createWebGpuEngine } from '../../model/fleet/webgpuEngine.ts';
import type { Io } from '../io.ts';
import { openGpu } from './device.ts';
import { openTuner, type TuningChoice } from './tuning.ts';

/** Of the memory that is free, what a fleet may take where a processor plays the GPU: the rest is for texts and checkpoints. */
const MEMORY_SHARE = 0.5;

export type LazyEngine = {
  readonly engine: Engine;
  /** Throws before the engine was asked for anything. */
  readonly device: () => GpuDevice;
  /** Bytes that a fleet may take; null where nobody can say. */
  readonly memoryBytes: () => number | null;
  readonly close: () => void;
};

export function lazyEngine(tuning: TuningChoice, io: Io): LazyEngine {
  let gpu: GpuDevice | undefined;
  let opening: Promise<Engine> | undefined;
  const open = async () => {
    gpu = await openGpu(io);
    const tuner = await openTuner(gpu, tuning, io);
    return createWebGpuEngine(gpu, tuner && { tuner });
  };
  const opened = () => {
    opening ??= open();
    return opening;
  };
  const device = () => {
    if (!gpu) throw new Error('a fleet without a device');
    return gpu;
  };
  return {
    engine: {
      outline: async (...given) => (await opened()).outline(...given),
      createFleet: async (...given) => (await opened()).createFleet(...given),
      isOutOfMemory: (error) => error instanceof OutOfMemoryError,
    },
    device,
    memoryBytes: () => (device().facts.software ? MEMORY_SHARE * process.availableMemory() : null),
    close: () => gpu?.destroy(),
  };
}
