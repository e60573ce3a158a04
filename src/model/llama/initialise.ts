/** Initial weights: seeded, the same on every device. */

import type { RunState } from '../engine.ts';
import type { ParameterTable } from './parameters.ts';
import { seededDraws } from './random.ts';

const STANDARD_DEVIATION = 0.02;

/** A stream of its own for initialisation, so that a run's data order can share the seed. */
const INITIALISATION_STREAM = 0x1e17;

/**
 * Normal numbers with mean 0 and deviation 1, by Box and Muller's method, two for every two 32-bit draws.
 */
export function normalStream(seed: number, stream: number): () => number {
  const draw = seededDraws(Math.imul(seed | 0, 0x9e3779b1) ^ stream);
  const uniform = () => (draw() + 0.5) / 2 ** 32;
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * Fresh weights and zero moments: normal with deviation 0.02, the projections back into the residual stream divided
 * by √(2·layers) (Radford et al. 2019), norm gains 1, padding 0.
 */
export function initialState(table: ParameterTable, seed: number): RunState {
  const parameters = new Float32Array(table.arena);
  const normal = normalStream(seed, INITIALISATION_STREAM);
  const residualDeviation = STANDARD_DEVIATION / Math.sqrt(2 * table.config.layers);
  for (const { init, offset, rows, columns, paddedColumns } of table.tensors) {
    for (let row = 0; row < rows; row++) {
      const from = offset + row * paddedColumns;
      for (let column = 0; column < columns; column++) {
        parameters[from + column] =
          init === 'ones' ? 1 : normal() * (init === 'residual' ? residualDeviation : STANDARD_DEVIATION);
      }
    }
  }
  return {
    parameters,
    firstMoment: new Float32Array(table.arena),
    secondMoment: new Float32Array(table.arena),
    step: 0,
  };
}
