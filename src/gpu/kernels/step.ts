/** What stands around a training step: its batch, the sum of its gradients, its verdict, its update. */

import adamwSource from '../../../shaders/adamw.wgsl?raw';
import beginStepSource from '../../../shaders/begin_step.wgsl?raw';
import finishStepSource from '../../../shaders/finish_step.wgsl?raw';
import reduceSource from '../../../shaders/reduce_gradients.wgsl?raw';
import { FLOAT_BYTES, flatGrid, groupGrid, type Kernel, WORKGROUP } from '../kernel.ts';
import { GAIN_SLICES } from './norm.ts';

/** Vectors of four gradients that one invocation of the reduction takes. */
const VECTORS_PER_INVOCATION = 4;

/** Bindings state, windows [planSteps, batch], corpus, inputs [rows], targets [rows]. */
export function beginStep(sizes: {
  readonly runs: number;
  readonly rows: number;
  readonly context: number;
  readonly batch: number;
  readonly micro: number;
}): Kernel {
  const { runs, rows, context, batch, micro } = sizes;
  const { grid, GRID_X } = flatGrid(rows, runs);
  return {
    shader: { name: 'begin_step', source: beginStepSource },
    constants: { GRID_X, ROWS: rows, CONTEXT: context, BATCH: batch, MICRO: micro },
    bindings: [
      ['state', 'read'],
      ['windows', 'read'],
      ['corpus', 'read'],
      ['inputs', 'write'],
      ['targets', 'write'],
    ],
    grid,
    flops: 0,
    bytes: runs * FLOAT_BYTES * rows * 3,
  };
}

type Arena = {
  readonly runs: number;
  /** Floats of one run's arena, where its gains begin, and how far one gain lies from the next. */
  readonly arena: number;
  readonly gains: number;
  readonly slices: number;
};

/** How many partial sums of squares {@link reduceGradients} leaves for each run. */
export function squarePartials(arena: number): number {
  return arena / 4 / VECTORS_PER_INVOCATION;
}

/** Bindings g [slices][arena] (the sum replaces slice 0), dgain [norms][GAIN_SLICES][gainStride], squares. */
export function reduceGradients(
  sizes: Arena & { readonly gainStride: number; readonly norms: number },
): Kernel {
  const { runs, arena, gains, slices, gainStride, norms } = sizes;
  const { grid, GRID_X } = groupGrid(arena / 4 / VECTORS_PER_INVOCATION / WORKGROUP, runs);
  return {
    shader: { name: 'reduce_gradients', source: reduceSource },
    constants: {
      GRID_X,
      ARENA4: arena / 4,
      GAINS4: gains / 4,
      GAIN_STRIDE4: gainStride / 4,
      NORMS: norms,
      GAIN_SLICES,
      SLICES: slices,
      SPLIT: slices > 1,
      VECTORS: VECTORS_PER_INVOCATION,
      PARTIALS: squarePartials(arena),
    },
    bindings: [
      ['g', 'write'],
      ['dgain', 'read'],
      ['squares', 'write'],
    ],
    grid,
    flops: runs * arena * (slices + 1),
    bytes: runs * FLOAT_BYTES * arena * (slices + 1),
  };
}

/** Bindings losses [losses], squares, schedule [planSteps], state, ring [ringSteps]. */
export function finishStep(sizes: {
  readonly runs: number;
  readonly losses: number;
  readonly partials: number;
  readonly ringSteps: number;
}): Kernel {
  const { runs, losses, partials, ringSteps } = sizes;
  return {
    shader: { name: 'finish_step', source: finishStepSource },
    constants: { GRID_X: 1, LOSSES: losses, PARTIALS: partials, RING: ringSteps },
    bindings: [
      ['losses', 'read'],
      ['squares', 'read'],
      ['schedule', 'read'],
      ['state', 'write'],
      ['ring', 'write'],
    ],
    grid: [1, 1, runs],
    flops: runs * (losses + partials),
    bytes: runs * FLOAT_BYTES * (losses + partials),
  };
}

/** Bindings state, g (slice 0), p, m, v, each [arena] a run. */
export function adamW({ runs, arena, gains, slices }: Arena): Kernel {
  const { grid, GRID_X } = flatGrid(arena / 4, runs);
  return {
    shader: { name: 'adamw', source: adamwSource },
    constants: { GRID_X, ARENA4: arena / 4, GAINS4: gains / 4, SLICES: slices },
    bindings: [
      ['state', 'read'],
      ['g', 'read'],
      ['p', 'write'],
      ['m', 'write'],
      ['v', 'write'],
    ],
    grid,
    flops: runs * arena * 14,
    bytes: runs * FLOAT_BYTES * arena * 7,
  };
}
