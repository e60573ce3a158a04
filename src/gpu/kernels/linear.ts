/** The three matrix products of a linear layer with weights [out, in], and what is fused into them. */

import matmulNn from '../../../shaders/matmul_nn.wgsl?raw';
import matmulNnSlabs from '../../../shaders/matmul_nn_slabs.wgsl?raw';
import matmulNt from '../../../shaders/matmul_nt.wgsl?raw';
import matmulNtSlabs from '../../../shaders/matmul_nt_slabs.wgsl?raw';
import matmulTn from '../../../shaders/matmul_tn.wgsl?raw';
import matmulTnSlabs from '../../../shaders/matmul_tn_slabs.wgsl?raw';
import { FLOAT_BYTES, flatGrid, groupGrid, type Kernel, type Shader } from '../kernel.ts';
import type { Constants } from '../wgsl.ts';
import { lanesOf, sideOf, type Tile, tileName } from './tile.ts';

/** Sizes shared by the products; every size a multiple of 16, strides in floats. */
export type Product = {
  readonly runs: number;
  readonly rows: number;
  /** Features that come in, as the layer sees it. */
  readonly inner: number;
  /** Features that go out. */
  readonly columns: number;
  /** Floats from one run's weights to the next. */
  readonly weightStride: number;
  readonly tile: Tile;
  /** Floats from one run's activations to the next, where they hold more than `rows` rows. */
  readonly inputStride?: number;
  readonly outputStride?: number;
};

export type Epilogue =
  | { readonly kind: 'none' }
  | { readonly kind: 'residual' }
  | { readonly kind: 'rotary'; readonly headDim: number; readonly context: number }
  | { readonly kind: 'swiglu' };

function cost(product: Product, extraFloats = 0): { flops: number; bytes: number } {
  const { runs, rows, inner, columns } = product;
  return {
    flops: runs * 2 * rows * inner * columns,
    bytes: runs * FLOAT_BYTES * (rows * inner + inner * columns + rows * columns + extraFloats),
  };
}

/** In words, for a profile. */
function variantOf({ rows, inner, columns, tile }: Product, fused: string): string {
  return `${rows}×${inner}→${columns}${fused === 'none' ? '' : ` ${fused}`}, ${tileName(tile)}`;
}

/** Inner indices that a slab holds: 16 where they divide the whole, so that the largest tiles fill 16 KiB. */
const SLAB_STEPS = [16, 8, 4, 2, 1];

type Cut = { readonly constants: Constants; readonly grid: Kernel['grid'] };

/** How `tile` cuts a result of `rows` × `columns` into invocations, `slices` times over. */
function cut(
  tile: Tile,
  { rows, columns, inner, runs, slices }: Record<'rows' | 'columns' | 'inner' | 'runs' | 'slices', number>,
): Cut {
  const LANES = lanesOf(tile);
  if (tile.family === 'slabs') {
    const groups = slices * Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
    const { grid, GRID_X } = groupGrid(groups, runs);
    const SIDE = sideOf(tile);
    const STEP = SLAB_STEPS.find((step) => inner % step === 0) ?? 1;
    return { grid, constants: { GRID_X, LANES, SIDE, STEP, LEFT_VECTORS: tile.rows / SIDE / 4 } };
  }
  const { grid, GRID_X } = flatGrid(slices * (rows / tile.rows) * (columns / tile.columns), runs, LANES);
  return {
    grid,
    constants: {
      GRID_X,
      LANES,
      TILE_ROWS: tile.rows,
      OUT_VECTORS: tile.rows / 4,
      PAIRS: tile.columns / 8,
      QUADS: tile.family === 'quads',
    },
  };
}

function shaderOf(tile: Tile, name: string, inRegisters: string, inSlabs: string): Shader {
  return tile.family === 'slabs' ? { name: `${name}_slabs`, source: inSlabs } : { name, source: inRegisters };
}

/**
 * Y [rows, columns] = X [rows, inner] · Wᵀ, W [columns, inner]. Bindings x, w, y, then what the epilogue needs:
 * `residual`; `rotary` (the columns are q, k, v; q and k are rotated); `h` (the columns are gate, up; h = silu(gate)·up).
 */
export function linear(product: Product, epilogue: Epilogue): Kernel {
  const { runs, rows, inner, columns, weightStride, tile } = product;
  const { grid, constants } = cut(tile, { rows, columns, inner, runs, slices: 1 });
  // How many vectors of 4 columns lie between a column and its partner.
  const pairs =
    epilogue.kind === 'rotary' ? epilogue.headDim / 8 : epilogue.kind === 'swiglu' ? columns / 8 : 1;
  return {
    shader: shaderOf(tile, 'matmul_nt', matmulNt, matmulNtSlabs),
    variant: variantOf(product, epilogue.kind),
    constants: {
      ...constants,
      ROWS: rows,
      INNER4: inner / 4,
      COLUMNS4: columns / 4,
      X_RUN4: (product.inputStride ?? rows * inner) / 4,
      W_RUN4: weightStride / 4,
      Y_RUN4: (product.outputStride ?? rows * columns) / 4,
      PAIRS_PER_BLOCK: pairs,
      RESIDUAL: epilogue.kind === 'residual',
      ROTARY: epilogue.kind === 'rotary',
      SWIGLU: epilogue.kind === 'swiglu',
      ROTATED4: epilogue.kind === 'rotary' ? columns / 6 : 0, // two thirds of the columns are q and k
      CONTEXT: epilogue.kind === 'rotary' ? epilogue.context : 1,
    },
    bindings: [
      ['x', 'read'],
      ['w', 'read'],
      ['y', 'write'],
      ...(epilogue.kind === 'residual' ? ([['residual', 'read']] as const) : []),
      ...(epilogue.kind === 'rotary' ? ([['rotary', 'read']] as const) : []),
      ...(epilogue.kind === 'swiglu' ? ([['h', 'write']] as const) : []),
    ],
    grid,
    ...cost(product, epilogue.kind === 'residual' ? rows * columns : 0),
  };
}

/**
 * Gradient of a layer's input: dX [rows, inner] = dY [rows, columns] · W [columns, inner]. Bindings x (dY), w, y (dX).
 * With `swiglu`, dX is the gradient of h = silu(gate)·up; y becomes [rows, 2·inner], d gate before d up, and `gate_up`
 * is bound too.
 */
export function linearInputGradient(product: Product, fused: 'none' | 'swiglu' = 'none'): Kernel {
  const { runs, rows, inner, columns, weightStride, tile } = product;
  const { grid, constants } = cut(tile, { rows, columns: inner, inner: columns, runs, slices: 1 });
  const written = fused === 'swiglu' ? 2 * inner : inner;
  return {
    shader: shaderOf(tile, 'matmul_nn', matmulNn, matmulNnSlabs),
    variant: variantOf(product, fused),
    constants: {
      ...constants,
      ROWS: rows,
      INNER4: columns / 4,
      COLUMNS4: inner / 4,
      X_RUN4: (product.outputStride ?? rows * columns) / 4,
      W_RUN4: weightStride / 4,
      Y_RUN4: (product.inputStride ?? rows * written) / 4,
      SWIGLU: fused === 'swiglu',
    },
    bindings: [
      ['x', 'read'],
      ['w', 'read'],
      ['y', 'write'],
      ...(fused === 'swiglu' ? ([['gate_up', 'read']] as const) : []),
    ],
    grid,
    ...cost(product, fused === 'swiglu' ? 3 * rows * inner : 0),
  };
}

/**
 * Gradient of a layer's weights in slices: G [columns, inner] = dYᵀ · X over `slices` equal stretches of rows.
 * Bindings y (dY), x, g. `weightStride` is the floats of one arena; a run's arena comes `slices` times in g.
 */
export function linearWeightGradient(
  product: Product & { readonly slices: number; readonly accumulate: boolean },
): Kernel {
  const { runs, rows, inner, columns, weightStride, slices, tile } = product;
  if (rows % slices !== 0) throw new Error(`${rows} rows do not fall into ${slices} equal slices`);
  const { grid, constants } = cut(tile, {
    rows: columns,
    columns: inner,
    inner: rows / slices,
    runs,
    slices,
  });
  return {
    shader: shaderOf(tile, 'matmul_tn', matmulTn, matmulTnSlabs),
    variant: variantOf(product, `slices ${slices}${product.accumulate ? ', accumulates' : ''}`),
    constants: {
      ...constants,
      ROWS: rows,
      SLICES: slices,
      OUT4: columns / 4,
      IN4: inner / 4,
      Y_RUN4: (product.outputStride ?? rows * columns) / 4,
      X_RUN4: (product.inputStride ?? rows * inner) / 4,
      ARENA4: weightStride / 4,
      ACCUMULATE: product.accumulate,
    },
    bindings: [
      ['y', 'read'],
      ['x', 'read'],
      ['g', 'write'],
    ],
    grid,
    ...cost(product, (slices - 1) * inner * columns),
  };
}
