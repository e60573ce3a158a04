/** y = a + s·b, for measuring memory. */

import source from '../../../shaders/triad.wgsl?raw';
import { FLOAT_BYTES, flatGrid, type Kernel } from '../kernel.ts';

/** Bindings a, b, y [floats], floats a multiple of 4. */
export function triad(floats: number): Kernel {
  const { grid, GRID_X } = flatGrid(floats / 4, 1);
  return {
    shader: { name: 'triad', source },
    constants: { GRID_X, VECTORS: floats / 4 },
    bindings: [
      ['a', 'read'],
      ['b', 'read'],
      ['y', 'write'],
    ],
    grid,
    flops: 2 * floats,
    bytes: 3 * floats * FLOAT_BYTES,
  };
}
