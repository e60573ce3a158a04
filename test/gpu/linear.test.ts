import { describe, expect, test } from 'vitest';
import { rotaryTable } from '../../src/gpu/kernels/attention.ts';
import { linear, linearInputGradient, linearWeightGradient } from '../../src/gpu/kernels/linear.ts';
import { fits, TILES, type Tile, tileName, tileOf } from '../../src/gpu/kernels/tile.ts';
import { rotary } from '../reference/attention.ts';
import { expectClose } from '../reference/compare.ts';
import { matmulNN, matmulNT, matmulTN, swigluBackward, swigluForward } from '../reference/kernels.ts';
import { normals } from '../reference/random.ts';
import { adapterName, useDevice } from './adapter.ts';
import { ofRun, poisoned, runKernel } from './runKernel.ts';

const gpu = useDevice();

/** Rounding of a sum of K products, taken in order, grows with √K. */
const matmulTolerance = (inner: number) => 1e-6 * Math.sqrt(inner);
/** An elementwise function of a product: some more roundings, and exp. */
const FUSED_TOLERANCE = 1e-5;

const RUNS = 2;
/** Multiples of 16 as the engine pads them, none a power of two; the last ends its grid inside a workgroup. */
const SIZES = [
  { rows: 48, inner: 80, columns: 112 },
  { rows: 16, inner: 16, columns: 16 },
  { rows: 144, inner: 48, columns: 272 },
  // Quads of every size fit here.
  { rows: 64, inner: 32, columns: 192 },
];
/** Floats between two runs' weights: more than the matrix, as in an arena. */
const strideOf = ({ inner, columns }: { inner: number; columns: number }) => inner * columns + 1024;

/**
 * Quads differ by what fits them and come at every size, the others at the smallest and at the one that ends inside a tile both ways. The
 * largest tiles take long to compile on a software adapter: they come at the latter alone.
 */
function sizesFor({ family, rows }: Tile) {
  if (family === 'quads') return SIZES;
  return family === 'slabs' && rows > 32 ? SIZES.slice(2, 3) : SIZES.slice(1, 3);
}
const TILED = TILES.flatMap((tile) =>
  sizesFor(tile).map((size) => ({ ...size, tile, name: tileName(tile) })),
);
const BY_ROWS = TILED.filter(({ tile, rows }) => fits(tile, rows));
const BY_OUTPUTS = TILED.filter(({ tile, columns }) => fits(tile, columns));

function layer({ rows, inner, columns, tile }: (typeof TILED)[number]) {
  const weightStride = strideOf({ inner, columns });
  const w = normals(2, RUNS * weightStride);
  return {
    product: { runs: RUNS, rows, inner, columns, weightStride, tile },
    x: normals(1, RUNS * rows * inner),
    w,
    dy: normals(3, RUNS * rows * columns),
    weightsOf: (run: number) => ofRun(w, run, RUNS).subarray(0, inner * columns),
    context: (shape: number[]) => ({ shape, seed: 1, adapter: adapterName(gpu()) }),
  };
}

test('every tile is tried, forward and backward', () => {
  for (const cases of [BY_ROWS, BY_OUTPUTS]) {
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(TILES.map(tileName)));
  }
});

test.each(TILES.map(tileName))('the name %s names one tile', (name) => {
  expect(tileName(tileOf(name)!)).toBe(name);
});

describe.each(BY_ROWS)('linear layer $rows × $inner → $columns in $name', (size) => {
  const { rows, inner, columns } = size;
  const { product, x, w, dy, weightsOf, context } = layer(size);

  test('forward (NT)', async () => {
    const { y } = await runKernel(gpu(), linear(product, { kind: 'none' }), {
      x,
      w,
      y: poisoned(RUNS * rows * columns),
    });
    for (let run = 0; run < RUNS; run++) {
      const expected = matmulNT(ofRun(x, run, RUNS), weightsOf(run), rows, columns, inner);
      expectClose(
        'matmul NT',
        ofRun(y!, run, RUNS),
        expected,
        matmulTolerance(inner),
        context([rows, columns]),
      );
    }
  });

  test('forward with the residual added', async () => {
    const residual = normals(4, RUNS * rows * columns);
    const { y } = await runKernel(gpu(), linear(product, { kind: 'residual' }), {
      x,
      w,
      residual,
      y: poisoned(RUNS * rows * columns),
    });
    for (let run = 0; run < RUNS; run++) {
      const product = matmulNT(ofRun(x, run, RUNS), weightsOf(run), rows, columns, inner);
      const expected = product.map((value, index) => value + ofRun(residual, run, RUNS)[index]!);
      expectClose(
        'matmul NT + residual',
        ofRun(y!, run, RUNS),
        expected,
        matmulTolerance(inner),
        context([rows, columns]),
      );
    }
  });

  test('forward with SwiGLU', async () => {
    const { y, h } = await runKernel(gpu(), linear(product, { kind: 'swiglu' }), {
      x,
      w,
      y: poisoned(RUNS * rows * columns),
      h: poisoned((RUNS * rows * columns) / 2),
    });
    const half = columns / 2;
    for (let run = 0; run < RUNS; run++) {
      const expected = matmulNT(ofRun(x, run, RUNS), weightsOf(run), rows, columns, inner);
      expectClose(
        'matmul NT for SwiGLU',
        ofRun(y!, run, RUNS),
        expected,
        matmulTolerance(inner),
        context([rows, columns]),
      );
      const part = (first: number) =>
        Float64Array.from(
          { length: rows * half },
          (_, i) => expected[Math.floor(i / half) * columns + first + (i % half)]!,
        );
      expectClose(
        'SwiGLU',
        ofRun(h!, run, RUNS),
        swigluForward(part(0), part(half)),
        FUSED_TOLERANCE,
        context([rows, half]),
      );
    }
  });

  test('gradient of the input (NN)', async () => {
    const { y } = await runKernel(gpu(), linearInputGradient(product), {
      x: dy,
      w,
      y: poisoned(RUNS * rows * inner),
    });
    for (let run = 0; run < RUNS; run++) {
      const expected = matmulNN(ofRun(dy, run, RUNS), weightsOf(run), rows, inner, columns);
      expectClose(
        'matmul NN',
        ofRun(y!, run, RUNS),
        expected,
        matmulTolerance(columns),
        context([rows, inner]),
      );
    }
  });

  test('gradient of the input through SwiGLU', async () => {
    const gateUp = normals(5, RUNS * rows * 2 * inner);
    const { y } = await runKernel(gpu(), linearInputGradient(product, 'swiglu'), {
      x: dy,
      w,
      gate_up: gateUp,
      y: poisoned(RUNS * rows * 2 * inner),
    });
    for (let run = 0; run < RUNS; run++) {
      const dh = matmulNN(ofRun(dy, run, RUNS), weightsOf(run), rows, inner, columns);
      const values = ofRun(gateUp, run, RUNS);
      const part = (from: ArrayLike<number>, first: number) =>
        Float64Array.from(
          { length: rows * inner },
          (_, i) => from[Math.floor(i / inner) * 2 * inner + first + (i % inner)]!,
        );
      const { dgate, dup } = swigluBackward(dh, part(values, 0), part(values, inner));
      const actual = ofRun(y!, run, RUNS);
      expectClose('SwiGLU backward, gate', part(actual, 0), dgate, FUSED_TOLERANCE, context([rows, inner]));
      expectClose('SwiGLU backward, up', part(actual, inner), dup, FUSED_TOLERANCE, context([rows, inner]));
    }
  });
});

describe.each(BY_OUTPUTS)('weights of $rows × $inner → $columns in $name', (size) => {
  const { rows, inner, columns } = size;
  const { product, x, dy, context } = layer(size);
  const { weightStride } = product;

  // In one slice it differs from the sum below by what it adds to: one size of each tile says it.
  const slicings = BY_OUTPUTS.find(({ name }) => name === size.name) === size ? [1, 8] : [8];
  test.each(slicings)('gradient of the weights (TN) in %i slices', async (slices) => {
    const weights = linearWeightGradient({ ...product, slices, accumulate: false });
    const { g } = await runKernel(gpu(), weights, { y: dy, x, g: poisoned(RUNS * slices * weightStride) });
    for (let run = 0; run < RUNS; run++) {
      const expected = matmulTN(ofRun(dy, run, RUNS), ofRun(x, run, RUNS), columns, inner, rows);
      const sum = new Float64Array(inner * columns);
      for (let slice = 0; slice < slices; slice++) {
        const part = ofRun(ofRun(g!, run, RUNS), slice, slices);
        for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
        expect(part.subarray(inner * columns)).toEqual(poisoned(weightStride - inner * columns));
      }
      expectClose('matmul TN', sum, expected, matmulTolerance(rows), context([columns, inner]));
    }
  });

  test('gradient of the weights, added to an earlier one', async () => {
    const before = normals(6, RUNS * weightStride);
    const kernel = linearWeightGradient({ ...product, slices: 1, accumulate: true });
    const { g } = await runKernel(gpu(), kernel, { y: dy, x, g: before });
    for (let run = 0; run < RUNS; run++) {
      const product = matmulTN(ofRun(dy, run, RUNS), ofRun(x, run, RUNS), columns, inner, rows);
      const expected = product.map((value, index) => value + ofRun(before, run, RUNS)[index]!);
      const actual = ofRun(g!, run, RUNS).subarray(0, inner * columns);
      expectClose(
        'matmul TN, accumulated',
        actual,
        expected,
        matmulTolerance(rows),
        context([columns, inner]),
      );
    }
  });
});

/** Heads narrower than most tiles, and wider than half of them: every tile; those in between once a family. */
const IN_BETWEEN = TILES.filter(({ family }, at) => TILES.findIndex((tile) => tile.family === family) === at);

describe.each([
  { heads: 3, headDim: 16, tiles: TILES },
  { heads: 2, headDim: 32, tiles: IN_BETWEEN },
  { heads: 1, headDim: 64, tiles: TILES },
])('q, k and v with $heads heads of $headDim', ({ heads, headDim, tiles }) => {
  const windows = 4;
  test.each(tiles.map((tile) => [tileName(tile), tile] as const))(
    'are rotated as Hugging Face rotates them, in %s',
    async (_, tile) => {
      const width = heads * headDim;
      const context = 16;
      const rows = windows * context;
      const size = { rows, inner: width, columns: 3 * width };
      const weightStride = strideOf(size);
      const x = normals(7, RUNS * rows * width);
      const w = normals(8, RUNS * weightStride, 1 / Math.sqrt(width));
      const kernel = linear(
        { runs: RUNS, ...size, weightStride, tile },
        { kind: 'rotary', headDim, context },
      );
      const { y } = await runKernel(gpu(), kernel, {
        x,
        w,
        rotary: rotaryTable(context, headDim, 10_000),
        y: poisoned(RUNS * rows * 3 * width),
      });
      for (let run = 0; run < RUNS; run++) {
        const plain = matmulNT(ofRun(x, run, RUNS), ofRun(w, run, RUNS), rows, 3 * width, width);
        ['q', 'k', 'v'].forEach((name, third) => {
          const take = (from: ArrayLike<number>) =>
            Float64Array.from(
              { length: rows * width },
              (_, i) => from[Math.floor(i / width) * 3 * width + third * width + (i % width)]!,
            );
          const expected =
            name === 'v' ? take(plain) : rotary(take(plain), { windows, context, heads, headDim });
          expectClose(`matmul NT + rotary, ${name}`, take(ofRun(y!, run, RUNS)), expected, FUSED_TOLERANCE, {
            shape: [rows, width],
            seed: 7,
            adapter: adapterName(gpu()),
          });
        });
      }
    },
  );
});
