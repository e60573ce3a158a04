/** Kernels that walk along rows: how many invocations take a row together. */

import type { Kernel } from '../kernel.ts';
import { crossEntropy } from '../kernels/loss.ts';
import { GAIN_SLICES, rmsNorm, rmsNormBackward } from '../kernels/norm.ts';
import { SHARERS, type Sharers, sharersName, sharersOf } from '../kernels/sharers.ts';
import type { KernelChoice, Measurable } from './kernelChoice.ts';

export type RowClass =
  | { readonly pass: 'norm' | 'norm gradient'; readonly rows: number; readonly width: number }
  | {
      readonly pass: 'cross-entropy';
      readonly rows: number;
      readonly vocabulary: number;
      readonly paddedVocabulary: number;
    };

/** Sums of some thousand numbers in two orders. */
const TOLERANCE = 1e-5;
const EPSILON = 1e-5;

export function rowChoice(shape: RowClass): KernelChoice {
  return {
    name: `${shape.pass} ${shape.rows}×${shape.pass === 'cross-entropy' ? shape.vocabulary : shape.width}`,
    fits: (variant) => sharersOf(variant) !== null,
    // A barrier is dear on a software adapter, and a few rows keep its cores busy.
    candidates: ({ software }) => (software ? [1 as const] : SHARERS).map(sharersName),
    fixed: ({ software }) => sharersName(software ? 1 : 16),
    measurable: () => measurable(shape),
  };
}

function measurable(shape: RowClass): Measurable {
  const { rows } = shape;
  const common = { tolerance: TOLERANCE };
  const kernel = (of: (sharers: Sharers, runs: number) => Kernel): Measurable['kernel'] => {
    return (variant, runs) => of(sharersOf(variant) ?? 1, runs);
  };
  if (shape.pass === 'cross-entropy') {
    const { vocabulary, paddedVocabulary } = shape;
    const places = { targetFirst: 0, targetStride: rows, lossFirst: 0, lossStride: rows, gradientScale: 1 };
    return {
      ...common,
      kernel: kernel((sharers, runs) =>
        crossEntropy({ ...places, rows, runs, vocabulary, paddedVocabulary, sharers }),
      ),
      floats: { logits: rows * paddedVocabulary, targets: rows, losses: rows },
      inPlace: ['logits'],
      tokens: { targets: vocabulary },
    };
  }
  const { width } = shape;
  const floats = { x: rows * width, y: rows * width, gain: width, rstd: rows };
  if (shape.pass === 'norm') {
    return {
      ...common,
      kernel: kernel((sharers, runs) =>
        rmsNorm({ runs, rows, width, gainRunStride: width, epsilon: EPSILON, sharers }),
      ),
      floats,
    };
  }
  const stride = { gainRunStride: width, gainStride: width, partialsRunStride: GAIN_SLICES * width };
  return {
    ...common,
    kernel: kernel((sharers, runs) =>
      rmsNormBackward({ ...stride, runs, rows, width, add: false, accumulate: false, sharers }),
    ),
    floats: { ...floats, dy: rows * width, dx: rows * width, dgain: GAIN_SLICES * width },
  };
}
