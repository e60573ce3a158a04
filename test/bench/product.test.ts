import { describe, expect, it, test } from 'vitest';
import { createOurMultiplier } from '../../bench/matmul/ours.ts';
import { exactProduct, flopsOf, operandsOf, productsOf, relativeError } from '../../bench/matmul/product.ts';
import { BENCH_SIZES } from '../../src/model/bench/sizes.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { useDevice } from '../gpu/adapter.ts';
import { matmulNN, matmulNT, matmulTN } from '../reference/kernels.ts';

const gpu = useDevice();

/** Rounding of a sum of K products, taken in order, grows with √K. */
const tolerance = (inner: number) => 1e-6 * Math.sqrt(inner);

const products = productsOf(BENCH_SIZES.A);

describe('the products of a size', () => {
  it('are those of training', () => {
    expect(products.length).toBe(9);
    expect(products[3]).toEqual({
      layer: 'gate/up',
      direction: 'forward',
      rows: 256,
      inner: 64,
      columns: 352,
    });
    expect(flopsOf(products[3]!)).toBe(2 * 256 * 64 * 352);
  });

  it.each(products.slice(0, 3))('are computed exactly, $direction', (product) => {
    const { rows, inner, columns, direction } = product;
    const operands = operandsOf(product);
    const left = Float64Array.from(operands.left.values);
    const right = Float64Array.from(operands.right.values);
    const expected = {
      forward: () => matmulNT(left, right, rows, columns, inner),
      'input gradient': () => matmulNN(left, right, rows, inner, columns),
      'weight gradient': () => matmulTN(left, right, columns, inner, rows),
    }[direction]();
    expect(exactProduct(operands)).toEqual(expected);
  });
});

describe('relativeError', () => {
  const expected = Float64Array.of(3, 4);
  it('is the length of the difference over that of the expected', () => {
    expect(relativeError(Float32Array.of(3, 4), expected)).toBe(0);
    expect(relativeError(Float32Array.of(3, 5), expected)).toBeCloseTo(0.2);
  });
  it('is infinite for a NaN or a missing value, so that neither passes', () => {
    expect(relativeError(Float32Array.of(3, Number.NaN), expected)).toBe(Number.POSITIVE_INFINITY);
    expect(relativeError(Float32Array.of(3), expected)).toBe(Number.POSITIVE_INFINITY);
  });
});

test.each(products)('our $layer $direction is the whole product', async (product) => {
  const ours = { gpu: gpu(), engine: createWebGpuEngine(gpu()), tuner: null };
  const operands = operandsOf(product);
  const multiplier = await createOurMultiplier(ours, product, operands);
  await multiplier.multiply(2);
  const error = relativeError(await multiplier.result(), exactProduct(operands));
  multiplier.destroy();
  expect(error).toBeLessThan(tolerance(Math.max(product.rows, product.inner, product.columns)));
});
