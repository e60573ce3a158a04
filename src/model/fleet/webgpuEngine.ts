/** The engine on WebGPU. */

import type { GpuDevice } from '../../gpu/device.ts';
import { OutOfMemoryError } from '../../gpu/errors.ts';
import type { Tuner } from '../../gpu/tuning/tuner.ts';
import type { Engine, FleetShape, FleetSpec, OutlineChoices } from '../engine.ts';
import { parameterTable } from '../llama/parameters.ts';
import { chooseTuning } from '../program/chooseTuning.ts';
import { chooseMicroBatch, stepShape } from '../program/sizes.ts';
import { suits, tuningOf } from '../program/tuning.ts';
import { mostSlots, outlineFleet } from './outline.ts';
import type { FleetLayout } from './tensors.ts';
import { WebGpuFleet } from './webgpuFleet.ts';

export type WebGpuEngineOptions = {
  /** Measures which kernels suit the device; without it, a fixed table serves (`--tuning off`). */
  readonly tuner?: Tuner;
};

/** Fleets on `gpu`. The device stays the caller's: fleets are destroyed one by one, the device last. */
export function createWebGpuEngine(gpu: GpuDevice, { tuner }: WebGpuEngineOptions = {}): Engine {
  /** Runs are no part of any choice. Choices of an earlier fleet are taken up where they suit; else there are new ones. */
  const layOut = async (
    shape: FleetShape,
    choices: OutlineChoices,
  ): Promise<{ readonly layout: Omit<FleetLayout, 'slots'>; readonly retuned: boolean }> => {
    const table = parameterTable(shape.config);
    const microBatch = choices.microBatch ?? chooseMicroBatch(table, shape.batch);
    if (shape.batch % microBatch !== 0) {
      throw new RangeError(`a batch of ${shape.batch} does not fall into micro-batches of ${microBatch}`);
    }
    const step = stepShape(table, 1, microBatch);
    const earlier = tuningOf(choices.tuning);
    const known = earlier && suits(earlier, step, { subgroups: gpu.device.features.has('subgroups') });
    const tuning = known ? earlier : await chooseTuning(step, gpu, { tuner, signal: choices.signal });
    return { layout: { shape, table, tuning, microBatch }, retuned: choices.tuning !== undefined && !known };
  };

  return {
    async outline(shape, choices = {}) {
      const { layout, retuned } = await layOut(shape, choices);
      return {
        facts: (slots) => outlineFleet(gpu, { ...layout, slots }),
        mostSlots: mostSlots(gpu, layout),
        retuned,
        software: gpu.facts.software,
      };
    },

    async createFleet(spec, choices = {}) {
      const { layout, retuned } = await layOut(shapeOf(spec), choices);
      if (retuned) throw new RangeError('the tuning names no variants for this model, batch and device');
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
