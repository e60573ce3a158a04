import { describe, expect, test } from 'vitest';
import { embed, embedGradient } from '../../src/gpu/kernels/embedding.ts';
import { crossEntropy } from '../../src/gpu/kernels/loss.ts';
import { SHARERS } from '../../src/gpu/kernels/sharers.ts';
import { expectClose } from '../reference/compare.ts';
import {
  crossEntropy as crossEntropyReference,
  embeddingBackward,
  embeddingForward,
} from '../reference/kernels.ts';
import { normals, randomTokens } from '../reference/random.ts';
import { adapterName, useDevice } from './adapter.ts';
import { ofRun, poisoned, runKernel } from './runKernel.ts';

const gpu = useDevice();

/** f32 rounding over one row of logits, with log and exp. */
const TOLERANCE = 1e-5;
const RUNS = 2;

describe('embedding', () => {
  const rows = 48;
  const width = 80;
  const vocabulary = 19;
  const arena = 2048;
  const tokens = Uint32Array.from(randomTokens(41, RUNS * rows, vocabulary));
  const figures = () => ({ shape: [rows, width], seed: 41, adapter: adapterName(gpu()) });

  test('forward gathers rows, bit for bit', async () => {
    const table = normals(42, RUNS * arena);
    const { x } = await runKernel(gpu(), embed({ runs: RUNS, rows, width, arena }), {
      tokens,
      table,
      x: poisoned(RUNS * rows * width),
    });
    for (let run = 0; run < RUNS; run++) {
      const expected = embeddingForward(ofRun(tokens, run, RUNS), ofRun(table, run, RUNS), width);
      expect(ofRun(x!, run, RUNS)).toEqual(Float32Array.from(expected));
    }
  });

  test.each([
    [1, false],
    [4, false],
    [2, true],
  ])('gradient in %i slices, adding: %s', async (slices, add) => {
    const dx = normals(43, RUNS * rows * width);
    const before = add ? normals(44, RUNS * slices * arena) : poisoned(RUNS * slices * arena);
    const kernel = embedGradient({ runs: RUNS, rows, width, arena, vocabulary, slices, add });
    const { g } = await runKernel(gpu(), kernel, { tokens, dx, g: before });
    for (let run = 0; run < RUNS; run++) {
      const expected = embeddingBackward(ofRun(tokens, run, RUNS), ofRun(dx, run, RUNS), vocabulary, width);
      const [actual, earlier] = [ofRun(g!, run, RUNS), ofRun(before, run, RUNS)];
      const count = vocabulary * width;
      const sum = add ? expected.map((value, i) => value + earlier[i]!) : expected;
      expectClose('embedding gradient', actual.subarray(0, count), sum, TOLERANCE, figures());
      expect(actual.subarray(count), 'the other slices').toEqual(earlier.subarray(count));
    }
  });
});

const LOGITS = [
  { rows: 48, vocabulary: 257, scale: 1 },
  { rows: 16, vocabulary: 256, scale: 30 },
  { rows: 80, vocabulary: 1027, scale: 5 },
];

describe.each(LOGITS.flatMap((size) => SHARERS.map((sharers) => ({ ...size, sharers }))))(
  'cross-entropy over $rows × $vocabulary, logits of $scale, $sharers a row',
  ({ rows, vocabulary, scale, sharers }) => {
    const padded = Math.ceil(vocabulary / 16) * 16;
    const stride = rows + 32;
    const first = 16;
    const logits = normals(51, RUNS * rows * padded, scale);
    const targets = Uint32Array.from(randomTokens(52, RUNS * stride, vocabulary));
    const figures = () => ({ shape: [rows, vocabulary], seed: 51, adapter: adapterName(gpu()) });
    const real = (run: number, values: ArrayLike<number>) =>
      Float64Array.from(
        { length: rows * vocabulary },
        (_, i) => values[run * rows * padded + Math.floor(i / vocabulary) * padded + (i % vocabulary)]!,
      );

    test.each([1 / 48, null])('with gradient scale %s', async (gradientScale) => {
      const kernel = crossEntropy({
        runs: RUNS,
        rows,
        vocabulary,
        paddedVocabulary: padded,
        targetFirst: first,
        targetStride: stride,
        lossFirst: first,
        lossStride: stride,
        gradientScale,
        sharers,
      });
      const result = await runKernel(gpu(), kernel, { logits, targets, losses: poisoned(RUNS * stride) });
      for (let run = 0; run < RUNS; run++) {
        const own = ofRun(targets, run, RUNS).subarray(first, first + rows);
        const { nats, dlogits } = crossEntropyReference(
          real(run, logits),
          own,
          rows,
          vocabulary,
          gradientScale ?? 1,
        );
        const losses = ofRun(result.losses!, run, RUNS);
        expectClose('cross-entropy', losses.subarray(first, first + rows), nats, TOLERANCE, figures());
        expect(losses.subarray(0, first)).toEqual(poisoned(first));
        expect(losses.subarray(first + rows)).toEqual(poisoned(stride - first - rows));
        if (gradientScale === null) {
          expect(result.logits).toEqual(logits);
        } else {
          expectClose('cross-entropy gradient', real(run, result.logits!), dlogits, TOLERANCE, figures());
          for (let row = 0; row < rows; row++) {
            const end = (run * rows + row + 1) * padded;
            expect(result.logits!.subarray(end - (padded - vocabulary), end)).toEqual(
              new Float32Array(padded - vocabulary),
            );
          }
        }
      }
    });
  },
);
