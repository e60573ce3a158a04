import { expect, test } from 'vitest';
import { benchTable, profileTable, sizeWords } from '../../../src/cli/words/bench.ts';
import type { Profile } from '../../../src/gpu/profile.ts';
import { BENCH_SIZES } from '../../../src/model/bench/sizes.ts';
import type { StepBench } from '../../../src/model/bench/step.ts';

const PROFILE: Profile = {
  method: 'timestamps',
  kernels: [
    { kernel: 'matmul_nt 256×64→192', dispatches: 4, milliseconds: 3, flops: 6e6, bytes: 3e6 },
    { kernel: 'adamw', dispatches: 1, milliseconds: 1, flops: 0, bytes: 4e6 },
    { kernel: 'begin_step', dispatches: 1, milliseconds: 0, flops: 0, bytes: 16 },
  ],
};

const BENCH: StepBench = {
  runs: 2,
  dispatches: 6,
  stepMs: 5,
  tokensPerSecond: 12_000,
  flopsPerStep: 6e6,
  bytes: 2e6,
  tuning: { gradientSlices: 2, variants: {} },
  profile: PROFILE,
  peakFlopsPerSecond: 4e9,
  bytesPerSecond: 8e9,
  floorMs: 2,
};

test('a size is told with its parameters', () => {
  expect(sizeWords(BENCH_SIZES['10M'])).toBe(
    '10M: 6 layers, width 384, 6 heads, mlp 1024, vocabulary 512, N = 10.8 M; batch 16 of 256 tokens',
  );
});

test('a step is held against the peak', () => {
  expect(benchTable([BENCH]).split('\n')).toEqual([
    'runs  dispatches     step  tokens/s  FLOP/s  of peak  memory',
    '2              6  5.00 ms    12,000   1.2 G   30.0 %    2 MB',
  ]);
});

test('a kernel is held against peak, bandwidth and the others; one that took no time against nothing', () => {
  const [head, ...lines] = profileTable(BENCH, PROFILE).split('\n');
  expect(head).toBe("2 runs: 4.00 ms in kernels, by the device's own clock; a whole step takes 5.00 ms");
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['kernel', 'dispatches', 'time', 'of all', 'FLOP/s', 'of peak', 'B/s', 'of bandwidth'],
    ['matmul_nt 256×64→192', '4', '3.00 ms', '75.0 %', '2 G', '50.0 %', '1 G', '12.5 %'],
    ['adamw', '1', '1.00 ms', '25.0 %', '0', '0.0 %', '4 G', '50.0 %'],
    ['begin_step', '1', '0.00 ms', '0.0 %', '–', '–', '–', '–'],
    ['peak 4 GFLOP/s, bandwidth 8 GB/s, both measured here'],
    [expect.stringMatching(/^floor 2\.00 ms: what the step would take /)],
  ]);
});
