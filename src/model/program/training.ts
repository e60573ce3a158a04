/** The training program of a fleet: one replay is one step of every run. */

import type { Allocator } from '../../gpu/allocator.ts';
import type { Slice } from '../../gpu/buffers.ts';
import { adamW, beginStep, finishStep, reduceGradients, squarePartials } from '../../gpu/kernels/step.ts';
import { ProgramBuilder } from '../../gpu/program.ts';
import { addBackward } from './backward.ts';
import { addTrunk } from './forward.ts';
import { RUN_STATE_WORDS } from './runState.ts';
import type { Sizes } from './sizes.ts';
import { type Activations, type Gradients, normCount } from './tensors.ts';

/** Steps whose losses the device keeps until they are read. */
export const RING_STEPS = 4096;

export type TrainingBuffers = {
  /** [run][arena] each. */
  readonly weights: Slice;
  readonly firstMoment: Slice;
  readonly secondMoment: Slice;
  /** [run] RunState. */
  readonly state: Slice;
  /** [run][planSteps][batch] and [run][planSteps] of four floats. */
  readonly windows: Slice;
  readonly schedule: Slice;
  /** [run][RING_STEPS] of loss and gradient norm. */
  readonly ring: Slice;
  readonly corpus: Slice;
  /** [run][microBatches][rows] and [run][partials]. */
  readonly losses: Slice;
  readonly squares: Slice;
};

export function trainingBuffers(
  make: Allocator,
  sizes: Sizes,
  plan: { readonly steps: number; readonly batch: number; readonly tokens: number },
): TrainingBuffers {
  const { runs, table, context } = sizes;
  const arena = (label: string) => make.floats(label, runs * table.arena);
  return {
    weights: arena('weights'),
    firstMoment: arena('first moments'),
    secondMoment: arena('second moments'),
    state: make.floats('run states', runs * RUN_STATE_WORDS),
    windows: make.floats('plans', runs * plan.steps * plan.batch),
    schedule: make.floats('schedules', runs * plan.steps * 4),
    ring: make.floats('losses by step', runs * RING_STEPS * 2),
    corpus: make.floats('tokens', Math.ceil(plan.tokens / 2)),
    losses: make.floats('losses by token', runs * plan.batch * context),
    squares: make.floats('squared gradients', runs * squarePartials(table.arena)),
  };
}

/**
 * The program of one step: begin and trunk and backward for each micro-batch, then reduction, verdict, update. With one
 * micro-batch and one chunk of logits, 19 dispatches a block and 12.
 */
export function trainingProgram(parts: {
  readonly sizes: Sizes;
  readonly microBatches: number;
  readonly buffers: TrainingBuffers;
  readonly acts: Activations;
  readonly grads: Gradients;
}): ProgramBuilder {
  const { sizes, microBatches, buffers, acts, grads } = parts;
  const { runs, rows, context, table } = sizes;
  const program = new ProgramBuilder('training step');
  for (let micro = 0; micro < microBatches; micro++) {
    const batch = microBatches * sizes.microBatch;
    program.add(beginStep({ runs, rows, context, batch, micro }), {
      state: buffers.state,
      windows: buffers.windows,
      corpus: buffers.corpus,
      inputs: acts.inputs,
      targets: acts.targets,
    });
    addTrunk(program, sizes, buffers.weights, acts);
    addBackward(program, {
      sizes,
      weights: buffers.weights,
      acts,
      grads,
      micro,
      microBatches,
      losses: buffers.losses,
    });
  }
  const slices = sizes.tuning.gradientSlices;
  const arena = { runs, arena: table.arena, gains: table.gains, slices };
  program.add(reduceGradients({ ...arena, gainStride: table.gainStride, norms: normCount(sizes) }), {
    g: grads.arena,
    dgain: grads.gains,
    squares: buffers.squares,
  });
  const losses = microBatches * rows;
  const partials = squarePartials(table.arena);
  program.add(finishStep({ runs, losses, partials, ringSteps: RING_STEPS }), {
    losses: buffers.losses,
    squares: buffers.squares,
    schedule: buffers.schedule,
    state: buffers.state,
    ring: buffers.ring,
  });
  program.add(adamW(arena), {
    state: buffers.state,
    g: grads.arena,
    p: buffers.weights,
    m: buffers.firstMoment,
    v: buffers.secondMoment,
  });
  return program;
}
