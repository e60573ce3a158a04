/** What stands around a batch of an evaluation: its windows, and the sums of their losses. */

import beginSource from '../../../shaders/begin_evaluation.wgsl?raw';
import collectSource from '../../../shaders/collect_evaluation.wgsl?raw';
import { FLOAT_BYTES, flatGrid, type Kernel } from '../kernel.ts';

export type EvaluationBatch = {
  readonly runs: number;
  readonly rows: number;
  readonly context: number;
};

/** Bindings cursor [next, current, windows], windows, corpus, inputs [rows], targets [rows]. */
export function beginEvaluation({ runs, rows, context }: EvaluationBatch): Kernel {
  const { grid, GRID_X } = flatGrid(rows, runs);
  return {
    shader: { name: 'begin_evaluation', source: beginSource },
    constants: { GRID_X, ROWS: rows, CONTEXT: context },
    bindings: [
      ['cursor', 'write'],
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

/** Bindings losses [rows], cursor, results [windows]. */
export function collectEvaluation({ runs, rows, context }: EvaluationBatch): Kernel {
  const { grid, GRID_X } = flatGrid(rows / context, runs);
  return {
    shader: { name: 'collect_evaluation', source: collectSource },
    constants: { GRID_X, ROWS: rows, CONTEXT: context },
    bindings: [
      ['losses', 'read'],
      ['cursor', 'write'],
      ['results', 'write'],
    ],
    grid,
    flops: runs * rows,
    bytes: runs * FLOAT_BYTES * rows,
  };
}
