/** The engine on WebGPU. */

import type { GpuDevice } from '../../gpu/device.ts';
import { OutOfMemoryError } from '../../gpu/errors.ts';
import type { Tuner } from '../../gpu/tuning/tuner.ts';
import type { Engine, FleetShape, FleetSpec, Tuning } from '../engine.ts';
import { parameterTable } from '../llama/parameters.ts';
import { chooseTuning } from '../program/chooseTuning.ts';
import { chooseMicroBatch, stepShape } from '../program/sizes.ts';
import { knownTuning } from '../program/tuning.ts';
import { mostSlots, outlineFleet } from './outline.ts';
import type { FleetLayout } from './tensors.ts';
import { WebGpuFleet } from './webgpuFleet.ts';

export type WebGpuEngineOptions = {
  /** Measures which kernels suit the device; without it, a fixed table serves (`--tuning off`). */
  readonly tuner?: Tuner;
};

/** Fleets on `gpu`. The device stays the caller's: fleets are destroyed one by one, the device last. */
export function createWebGpuEngine(gpu: GpuDevice, { tuner }: WebGpuEngineOptions = {}): Engine {
  const layOut = async (
    shape: FleetShape,
    choices: { readonly tuning?: Tuning | null; readonly microBatch?: number },
  ): Promise<Omit<FleetLayout, 'slots'>> => {
    const table = parameterTable(shape.config);
    const microBatch = choices.microBatch ?? chooseMicroBatch(table, shape.batch);
    if (shape.batch % microBatch !== 0) {
      throw new RangeError(`a batch of ${shape.batch} does not fall into micro-batches of ${microBatch}`);
    }
    // Runs are no part of the choice.
    const step = stepShape(table, 1, microBatch);
    const tuning = await chooseTuning(step, gpu, { given: choices.tuning ?? undefined, tuner });
    return { shape, table, tuning, microBatch };
  };

  return {
    async outline(shape, { tuning, microBatch } = {}) {
      const subgroups = gpu.device.features.has('subgroups');
      const known = tuning === undefined ? null : knownTuning(tuning, { subgroups });
      const layout = await layOut(shape, { tuning: known, ...(microBatch !== undefined && { microBatch }) });
      return {
        facts: (slots) => outlineFleet(gpu, { ...layout, slots }),
        mostSlots: mostSlots(gpu, layout),
        retuned: tuning !== undefined && known === null,
        software: gpu.facts.software,
      };
    },

    async createFleet(spec, choices = {}) {
      const layout = await layOut(shapeOf(spec), choices);
      return WebGpuFleet.create(gpu, { ...layout, slots: spec.slots ?? spec.runs.length }, spec);
    },

    isOutOfMemory: (error) => error instanceof OutOfMemoryError,
  };
}

function shapeOf({ config, batch, tokens, evaluation, runs, planSteps }: FleetSpec): FleetShape {
  return {
    config,
    batch,
    tokens: tokens.length,
    evaluation: evaluation.length,
    planSteps: planSteps ?? Math.max(1, ...runs.map(({ learningRates }) => learningRates.length)),
  };
}
