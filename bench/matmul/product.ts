/** The matrix products that are timed alone: those of three layers of a model, forward and backward. */

import type { BenchSize } from '../../src/model/bench/sizes.ts';
import { normalStream } from '../../src/model/llama/initialise.ts';

export type Layer = 'qkv' | 'gate/up' | 'head';
export type Direction = 'forward' | 'input gradient' | 'weight gradient';

/**
 * A linear layer over `rows` tokens with weights W [columns, inner]. Forward Y = X·Wᵀ, input gradient dX = dY·W, weight
 * gradient dW = dYᵀ·X, with X [rows, inner] and dY [rows, columns].
 */
export type Product = {
  readonly layer: Layer;
  readonly direction: Direction;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
};

export type Matrix = {
  readonly shape: readonly [rows: number, columns: number];
  readonly values: Float32Array<ArrayBuffer>;
};

/** Left and right as they lie in memory, and which of them goes in transposed. */
export type Operands = {
  readonly left: Matrix;
  readonly right: Matrix;
  readonly transposeLeft: boolean;
  readonly transposeRight: boolean;
};

const LAYERS: readonly Layer[] = ['qkv', 'gate/up', 'head'];
const DIRECTIONS: readonly Direction[] = ['forward', 'input gradient', 'weight gradient'];
const SEED = 11;
const LEFT_STREAM = 0xbe3;
const RIGHT_STREAM = 0xbe4;

export function productsOf({ config, batch }: BenchSize): readonly Product[] {
  const { width, mlp, vocabulary, context } = config;
  const columns = { qkv: 3 * width, 'gate/up': 2 * mlp, head: vocabulary };
  return LAYERS.flatMap((layer) =>
    DIRECTIONS.map((direction) => ({
      layer,
      direction,
      rows: batch * context,
      inner: width,
      columns: columns[layer],
    })),
  );
}

export function flopsOf({ rows, inner, columns }: Product): number {
  return 2 * rows * inner * columns;
}

function randomMatrix(rows: number, columns: number, stream: number): Matrix {
  const normal = normalStream(SEED, stream);
  return { shape: [rows, columns], values: Float32Array.from({ length: rows * columns }, () => normal()) };
}

/** Random operands, the same at every call. */
export function operandsOf({ direction, rows, inner, columns }: Product): Operands {
  const forward = direction === 'forward';
  const left = randomMatrix(rows, forward ? inner : columns, LEFT_STREAM);
  const weightGradient = direction === 'weight gradient';
  const right = randomMatrix(weightGradient ? rows : columns, inner, RIGHT_STREAM);
  return { left, right, transposeLeft: weightGradient, transposeRight: forward };
}

/** The product of the operands, row-major, summed in float64. */
export function exactProduct({ left, right, transposeLeft, transposeRight }: Operands): Float64Array {
  const [leftRows, leftColumns] = left.shape;
  const [rightRows, rightColumns] = right.shape;
  const rows = transposeLeft ? leftColumns : leftRows;
  const inner = transposeLeft ? leftRows : leftColumns;
  const columns = transposeRight ? rightRows : rightColumns;
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < inner; index++) {
      const factor = left.values[transposeLeft ? index * leftColumns + row : row * leftColumns + index] ?? 0;
      for (let column = 0; column < columns; column++) {
        const at = transposeRight ? column * rightColumns + index : index * rightColumns + column;
        const into = row * columns + column;
        result[into] = (result[into] ?? 0) + factor * (right.values[at] ?? 0);
      }
    }
  }
  return result;
}

/** ‖got − expected‖ / ‖expected‖; infinite for a NaN or for another number of values. */
export function relativeError(got: Float32Array, expected: Float64Array): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let error = 0;
  let norm = 0;
  expected.forEach((value, index) => {
    error += ((got[index] ?? Number.NaN) - value) ** 2;
    norm += value ** 2;
  });
  const relative = Math.sqrt(error / norm);
  return Number.isNaN(relative) ? Number.POSITIVE_INFINITY : relative;
}
