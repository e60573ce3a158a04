/** Token embedding, forward and backward. */

import embedForward from '../../../shaders/embed.wgsl?raw';
import embedBackward from '../../../shaders/embed_backward.wgsl?raw';
import { FLOAT_BYTES, flatGrid, type Kernel } from '../kernel.ts';

type Embedding = {
  readonly runs: number;
  readonly rows: number;
  readonly width: number;
  /** Floats of one run's arena. */
  readonly arena: number;
};

/** Bindings tokens [rows], table [vocabulary, width], x [rows, width]. */
export function embed({ runs, rows, width, arena }: Embedding): Kernel {
  const { grid, GRID_X } = flatGrid(rows * (width / 4), runs);
  return {
    shader: { name: 'embed', source: embedForward },
    constants: { GRID_X, ROWS: rows, WIDTH4: width / 4, TABLE_RUN4: arena / 4 },
    bindings: [
      ['tokens', 'read'],
      ['table', 'read'],
      ['x', 'write'],
    ],
    grid,
    flops: 0,
    bytes: runs * FLOAT_BYTES * rows * (2 * width + 1),
  };
}

/** Bindings tokens [rows], dx [rows, width], g [slices][arena] from the embedding's place on: slice 0 is written, or added to when `add`. */
export function embedGradient(
  embedding: Embedding & { readonly vocabulary: number; readonly slices: number; readonly add: boolean },
): Kernel {
  const { runs, rows, width, arena, vocabulary, slices, add } = embedding;
  const { grid, GRID_X } = flatGrid(vocabulary * (width / 16), runs);
  return {
    shader: { name: 'embed_backward', source: embedBackward },
    ...(add && { variant: 'adds' }),
    constants: {
      GRID_X,
      ROWS: rows,
      WIDTH4: width / 4,
      ARENA4: arena / 4,
      VOCABULARY: vocabulary,
      SLICES: slices,
      ADD: add,
    },
    bindings: [
      ['tokens', 'read'],
      ['dx', 'read'],
      ['g', 'write'],
    ],
    grid,
    flops: runs * rows * width,
    bytes: runs * FLOAT_BYTES * (rows * (width + 1) + (add ? 2 : 1) * vocabulary * width),
  };
}
