import { describe, expect, it } from 'vitest';
import {
  BATCHES,
  batchTokens,
  makeWorkload,
  rotaryTables,
  stackRows,
  type Workload,
  weightOf,
} from '../../bench/workload.ts';
import { BENCH_SIZES } from '../../src/model/bench/sizes.ts';
import { ROTARY_BASE } from '../../src/model/llama/config.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { rotary } from '../reference/attention.ts';

/** float32 tables against the oracle's float64 on numbers of about 1. */
const FLOAT32_ERROR = 1e-6;

function bytes(workload: Workload): Buffer {
  const arrays = [
    workload.tokens,
    workload.windows,
    ...[...workload.weights.values()].map((one) => one.values),
  ];
  return Buffer.concat(arrays.map((array) => Buffer.from(array.buffer)));
}

describe.each([BENCH_SIZES.A, BENCH_SIZES.B])('the workload of size $name', (size) => {
  const workload = makeWorkload(size);
  const table = parameterTable(size.config);

  it('has every tensor of the parameter table, in its shape, and no other', () => {
    const shapes = table.tensors.map(({ name, rows, columns }) => [name, rows * columns]);
    const drawn = [...workload.weights.values()].map(({ name, values }) => [name, values.length]);
    expect(new Map(drawn as [string, number][])).toEqual(new Map(shapes as [string, number][]));
  });

  it('is the same twice', () => {
    const again = makeWorkload(size);
    // Compared as bytes: element by element a comparison of this many takes seconds.
    expect(Buffer.compare(bytes(again), bytes(workload))).toBe(0);
  });

  it('has tokens inside the vocabulary, and windows inside the tokens', () => {
    expect(Math.max(...workload.tokens)).toBeLessThan(size.config.vocabulary);
    expect(Math.max(...workload.windows) + size.config.context).toBeLessThan(workload.tokens.length);
  });

  it('predicts the next token in every batch', () => {
    for (const batch of [0, BATCHES - 1]) {
      const { inputs, targets } = batchTokens(workload, batch);
      expect(inputs.length).toBe(size.batch * size.config.context);
      expect(targets.slice(0, size.config.context - 1)).toEqual(inputs.slice(1, size.config.context));
    }
  });
});

describe('stackRows', () => {
  it('lays matrices one below the other', () => {
    const workload = makeWorkload(BENCH_SIZES.A);
    const names = ['q_proj', 'k_proj'].map((name) => `model.layers.0.self_attn.${name}.weight`);
    const [q, k] = names.map((name) => weightOf(workload, name));
    const stacked = stackRows('qk', [q!, k!]);
    expect(stacked.shape).toEqual([128, 64]);
    expect(stacked.values.slice(64 * 64)).toEqual(k!.values);
  });
});

describe('rotaryTables', () => {
  it('turn a head as the oracle does', () => {
    const [context, headDim] = [8, 16];
    const { cosine, sine } = rotaryTables(context, headDim, ROTARY_BASE);
    const x = Float64Array.from({ length: context * headDim }, (_, index) => Math.sin(index));
    const expected = rotary(x, { windows: 1, context, heads: 1, headDim });
    const half = headDim / 2;
    for (let index = 0; index < x.length; index++) {
      const swapped = x[index % headDim < half ? index + half : index - half]!;
      const turned = x[index]! * cosine[index]! + swapped * sine[index]!;
      expect(Math.abs(turned - expected[index]!), `element ${index}`).toBeLessThan(FLOAT32_ERROR);
    }
  });
});
