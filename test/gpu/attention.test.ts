import { describe, expect, test } from 'vitest';
import {
  attention,
  attentionKeyValueGradient,
  attentionQueryGradient,
  rotaryTable,
  STRIPS,
} from '../../src/gpu/kernels/attention.ts';
import { attentionBackward, attentionForward, rotaryInverse } from '../reference/attention.ts';
import { expectClose } from '../reference/compare.ts';
import { normals } from '../reference/random.ts';
import { adapterName, useDevice } from './adapter.ts';
import { ofRun, POISON, poisoned, runKernel } from './runKernel.ts';

const gpu = useDevice();

/** f32 rounding over a softmax and two products. */
const TOLERANCE = 1e-5;
const RUNS = 2;

/** Column block `third` of [rows, 3·width]. */
function block(from: ArrayLike<number>, rows: number, width: number, third: number): Float64Array {
  return Float64Array.from(
    { length: rows * width },
    (_, i) => from[Math.floor(i / width) * 3 * width + third * width + (i % width)]!,
  );
}

const SHAPES = [
  { windows: 3, context: 16, heads: 3, headDim: 16, spread: 1 },
  { windows: 1, context: 80, heads: 2, headDim: 32, spread: 1 },
  { windows: 2, context: 32, heads: 1, headDim: 64, spread: 1 },
  { windows: 1, context: 32, heads: 2, headDim: 16, spread: 4 },
];

/**
 * Features of a strip, together. No adapter is given larger ones (`src/gpu/tuning/attentionChoice.ts`), and a software adapter compiles them for
 * seconds.
 */
const MOST_FEATURES = 128;
const CASES = SHAPES.flatMap((shape) => STRIPS.map((strip) => ({ ...shape, strip }))).filter(
  ({ headDim, strip }) => headDim * strip <= MOST_FEATURES,
);

describe.each(CASES)(
  'attention: $windows × $context, $heads × $headDim, spread $spread, strips of $strip',
  ({ windows, context, heads, headDim, spread, strip }) => {
    const rows = windows * context;
    const width = heads * headDim;
    const sizes = { runs: RUNS, rows, context, heads, headDim, strip };
    const shape = { windows, context, heads, headDim };
    const qkv = normals(21, RUNS * rows * 3 * width, spread);
    const grad = normals(22, RUNS * rows * width);
    const rotary = rotaryTable(context, headDim, 10_000);

    test('forward and backward agree with the float64 reference', async () => {
      const forward = await runKernel(gpu(), attention(sizes), {
        qkv,
        o: poisoned(RUNS * rows * width),
        lse: poisoned(RUNS * rows * heads),
      });
      const queries = await runKernel(gpu(), attentionQueryGradient(sizes), {
        qkv,
        o: forward.o!,
        grad,
        lse: forward.lse!,
        rotary,
        dqkv: poisoned(RUNS * rows * 3 * width),
        delta: poisoned(RUNS * rows * heads),
      });
      const untouched = Float64Array.from({ length: rows * width }, () => Math.fround(POISON));
      for (const third of [1, 2])
        expect(block(ofRun(queries.dqkv!, 1, RUNS), rows, width, third)).toEqual(untouched);
      const { dqkv } = await runKernel(gpu(), attentionKeyValueGradient(sizes), {
        qkv,
        grad,
        lse: forward.lse!,
        delta: queries.delta!,
        rotary,
        dqkv: queries.dqkv!,
      });

      for (let run = 0; run < RUNS; run++) {
        const [q, k, v] = [0, 1, 2].map((third) => block(ofRun(qkv, run, RUNS), rows, width, third));
        const expected = attentionForward(q!, k!, v!, shape);
        const figures = { shape: [rows, width], seed: 21, adapter: adapterName(gpu()) };
        expectClose('attention', ofRun(forward.o!, run, RUNS), expected.out, TOLERANCE, figures);
        expectClose(
          'attention log-sum-exp',
          ofRun(forward.lse!, run, RUNS),
          expected.logSumExp,
          TOLERANCE,
          figures,
        );
        const { dq, dk, dv } = attentionBackward(ofRun(grad, run, RUNS), q!, k!, v!, shape);
        const actual = [0, 1, 2].map((third) => block(ofRun(dqkv!, run, RUNS), rows, width, third));
        expectClose('attention dq', actual[0]!, rotaryInverse(dq, shape), TOLERANCE, figures);
        expectClose('attention dk', actual[1]!, rotaryInverse(dk, shape), TOLERANCE, figures);
        expectClose('attention dv', actual[2]!, dv, TOLERANCE, figures);
      }
    });
  },
);
