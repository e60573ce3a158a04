import { describe, expect, test } from 'vitest';
import { GAIN_SLICES, rmsNorm, rmsNormBackward } from '../../src/gpu/kernels/norm.ts';
import { SHARERS } from '../../src/gpu/kernels/sharers.ts';
import { expectClose } from '../reference/compare.ts';
import { rmsnormBackward, rmsnormForward } from '../reference/kernels.ts';
import { normals } from '../reference/random.ts';
import { adapterName, useDevice } from './adapter.ts';
import { ofRun, POISON, poisoned, runKernel } from './runKernel.ts';

const gpu = useDevice();

/** f32 rounding over one row, or one column. */
const TOLERANCE = 1e-5;
const EPSILON = 1e-5;
const RUNS = 2;
const GAIN_RUN_STRIDE = 1024;

const SIZES = [
  { rows: 48, width: 80 },
  { rows: 16, width: 16 },
  { rows: 272, width: 144 },
];

describe.each(SIZES.flatMap((size) => SHARERS.map((sharers) => ({ ...size, sharers }))))(
  'RMSNorm over $rows × $width, $sharers a row',
  ({ rows, width, sharers }) => {
    const norm = { runs: RUNS, rows, width, gainRunStride: GAIN_RUN_STRIDE, sharers };
    const x = normals(31, RUNS * rows * width, 3);
    const dy = normals(32, RUNS * rows * width);
    const gain = normals(33, RUNS * GAIN_RUN_STRIDE);
    const figures = () => ({ shape: [rows, width], seed: 31, adapter: adapterName(gpu()) });
    const reference = (run: number) =>
      rmsnormForward(ofRun(x, run, RUNS), ofRun(gain, run, RUNS).subarray(0, width), rows, width, EPSILON);

    test('forward', async () => {
      const { y, rstd } = await runKernel(gpu(), rmsNorm({ ...norm, epsilon: EPSILON }), {
        x,
        gain,
        y: poisoned(RUNS * rows * width),
        rstd: poisoned(RUNS * rows),
      });
      for (let run = 0; run < RUNS; run++) {
        const expected = reference(run);
        expectClose('rmsnorm', ofRun(y!, run, RUNS), expected.y, TOLERANCE, figures());
        expectClose('rmsnorm rstd', ofRun(rstd!, run, RUNS), expected.rstd, TOLERANCE, figures());
      }
    });

    test.each([false, true])('backward, adding to what is there: %s', async (adds) => {
      const gainStride = Math.ceil(width / 64) * 64;
      const partials = GAIN_SLICES * gainStride;
      const rstd = Float32Array.from([...Array(RUNS).keys()].flatMap((run) => [...reference(run).rstd]));
      const before = { dx: normals(34, RUNS * rows * width), dgain: normals(35, RUNS * partials) };
      const { dx, dgain } = await runKernel(
        gpu(),
        rmsNormBackward({ ...norm, gainStride, partialsRunStride: partials, add: adds, accumulate: adds }),
        {
          dy,
          x,
          rstd,
          gain,
          dx: adds ? before.dx : poisoned(RUNS * rows * width),
          dgain: adds ? before.dgain : poisoned(RUNS * partials),
        },
      );
      for (let run = 0; run < RUNS; run++) {
        const expected = rmsnormBackward(
          ofRun(dy, run, RUNS),
          ofRun(x, run, RUNS),
          ofRun(gain, run, RUNS).subarray(0, width),
          ofRun(rstd, run, RUNS),
          rows,
          width,
        );
        const stream = ofRun(before.dx, run, RUNS);
        const expectedDx = adds ? expected.dx.map((value, i) => value + stream[i]!) : expected.dx;
        expectClose('rmsnorm dx', ofRun(dx!, run, RUNS), expectedDx, TOLERANCE, figures());
        const sums = new Float64Array(width);
        const expectedGain = Float64Array.from(expected.dgain);
        for (let slice = 0; slice < GAIN_SLICES; slice++) {
          const part = ofRun(ofRun(dgain!, run, RUNS), slice, GAIN_SLICES);
          const earlier = ofRun(ofRun(before.dgain, run, RUNS), slice, GAIN_SLICES);
          for (let c = 0; c < width; c++) {
            sums[c]! += part[c]!;
            if (adds) expectedGain[c]! += earlier[c]!;
          }
          if (!adds) for (const value of part.subarray(width)) expect(value).toBe(Math.fround(POISON));
        }
        expectClose('rmsnorm dgain', sums, expectedGain, TOLERANCE, figures());
      }
    });
  },
);
