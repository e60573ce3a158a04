/** The buffers of a fleet: which there are, how large, and what of them belongs to one slot. */

import type { Allocator } from '../../gpu/allocator.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { FLOAT_BYTES } from '../../gpu/kernel.ts';
import type { ProgramBuilder } from '../../gpu/program.ts';
import { Readback } from '../../gpu/readback.ts';
import type { FleetShape, Tuning } from '../engine.ts';
import type { ParameterTable } from '../llama/parameters.ts';
import { type EvaluationBuffers, evaluationBuffers } from '../program/evaluation.ts';
import { RUN_STATE_BYTES } from '../program/runState.ts';
import { type Sizes, sizesOf } from '../program/sizes.ts';
import { type Activations, activations, type Gradients, gradients } from '../program/tensors.ts';
import { RING_STEPS, type TrainingBuffers, trainingBuffers, trainingProgram } from '../program/training.ts';

/** What a fleet is made of, once everything is chosen. */
export type FleetLayout = {
  readonly shape: FleetShape;
  readonly slots: number;
  readonly table: ParameterTable;
  readonly tuning: Tuning;
  readonly microBatch: number;
};

export type FleetTensors = {
  readonly buffers: TrainingBuffers;
  readonly acts: Activations;
  readonly grads: Gradients;
  readonly evaluation: EvaluationBuffers;
  /**
   * [slots][arena]: the weights of the runs that are evaluated, one after the other, and a place that runs pass through when
   * they move. Null where there is one slot: its weights are evaluated where they lie.
   */
  readonly scratch: GPUBuffer | null;
  readonly progress: Readback;
  readonly arenas: Readback;
  readonly results: Readback;
};

export const RING_BYTES = RING_STEPS * 2 * FLOAT_BYTES;
const SCHEDULE_ROW_BYTES = 4 * FLOAT_BYTES;

export function fleetSizes({ table, tuning, slots, microBatch }: FleetLayout): Sizes {
  return sizesOf(table, tuning, slots, microBatch);
}

/** Makes every buffer of a fleet. Throws `LimitTooSmallError`. */
export function fleetTensors(gpu: GpuDevice, make: Allocator, layout: FleetLayout): FleetTensors {
  const { shape, slots, table } = layout;
  const sizes = fleetSizes(layout);
  const evaluated = Math.max(1, shape.evaluation);
  const arenaBytes = table.arena * FLOAT_BYTES;
  return {
    buffers: trainingBuffers(make, sizes, {
      steps: shape.planSteps,
      batch: shape.batch,
      tokens: shape.tokens,
    }),
    acts: activations(make, sizes, true),
    grads: gradients(make, sizes),
    evaluation: evaluationBuffers(make, sizes, evaluated),
    scratch: slots === 1 ? null : make.bytesOf('weights to evaluate', slots * arenaBytes),
    progress: new Readback(gpu, make, 'progress', slots * (RUN_STATE_BYTES + RING_BYTES)),
    arenas: new Readback(gpu, make, 'arenas of one run', 3 * arenaBytes),
    results: new Readback(gpu, make, 'evaluation results', slots * evaluated * FLOAT_BYTES),
  };
}

export function fleetProgram(layout: FleetLayout, { buffers, acts, grads }: FleetTensors): ProgramBuilder {
  const { shape, microBatch } = layout;
  return trainingProgram({
    sizes: fleetSizes(layout),
    microBatches: shape.batch / microBatch,
    buffers,
    acts,
    grads,
  });
}

/** All that the device keeps of one run between two steps: each buffer has a stretch of `bytes` bytes a slot. */
export function stretches(
  { weights, firstMoment, secondMoment, state, windows, schedule, ring }: TrainingBuffers,
  { shape, table }: FleetLayout,
): readonly { readonly buffer: GPUBuffer; readonly bytes: number }[] {
  const arena = table.arena * FLOAT_BYTES;
  return [
    { buffer: weights.buffer, bytes: arena },
    { buffer: firstMoment.buffer, bytes: arena },
    { buffer: secondMoment.buffer, bytes: arena },
    { buffer: state.buffer, bytes: RUN_STATE_BYTES },
    { buffer: windows.buffer, bytes: shape.planSteps * shape.batch * FLOAT_BYTES },
    { buffer: schedule.buffer, bytes: shape.planSteps * SCHEDULE_ROW_BYTES },
    { buffer: ring.buffer, bytes: RING_BYTES },
  ];
}
