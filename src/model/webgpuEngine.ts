/** The engine on WebGPU. */

import type { GpuDevice } from '../gpu/device.ts';
import type { Engine } from './engine.ts';
import { parameterTable } from './parameters.ts';
import { chooseMicroBatch, defaultTuning } from './sizes.ts';
import { WebGpuFleet } from './webgpuFleet.ts';

/** Fleets on `gpu`. The device stays the caller's: fleets are destroyed one by one, the device last. */
export function createWebGpuEngine(gpu: GpuDevice): Engine {
  return {
    async createFleet(spec, options = {}) {
      const table = parameterTable(spec.config);
      const microBatch = options.microBatch ?? chooseMicroBatch(table, spec.batch);
      if (spec.batch % microBatch !== 0) {
        throw new RangeError(`a batch of ${spec.batch} does not fall into micro-batches of ${microBatch}`);
      }
      const tuning = options.tuning ?? defaultTuning(gpu.facts.software);
      return WebGpuFleet.create(gpu, { spec, table, tuning, microBatch });
    },
  };
}
