/** Softmax cross-entropy, in place. */

import crossEntropySource from '../../../shaders/cross_entropy.wgsl?raw';
import { FLOAT_BYTES, type Kernel } from '../kernel.ts';
import { f32 } from '../wgsl.ts';
import { rowsCut, type Sharers, sharersName } from './sharers.ts';

export type CrossEntropy = {
  readonly runs: number;
  /** Rows of this chunk of logits. */
  readonly rows: number;
  readonly vocabulary: number;
  readonly paddedVocabulary: number;
  /** Where the chunk's rows lie among a run's targets, and how many targets a run has. */
  readonly targetFirst: number;
  readonly targetStride: number;
  /** The same for the losses, which span all micro-batches of a step. */
  readonly lossFirst: number;
  readonly lossStride: number;
  /** What the gradient is multiplied by, 1 / tokens of the step; null leaves the logits alone. */
  readonly gradientScale: number | null;
  readonly sharers: Sharers;
};

/** Bindings logits [rows, padded vocabulary] (become their gradient), targets, losses (nats a token). */
export function crossEntropy(sizes: CrossEntropy): Kernel {
  const { runs, rows, vocabulary, paddedVocabulary, gradientScale, sharers } = sizes;
  const { grid, constants } = rowsCut(rows, runs, sharers);
  return {
    shader: { name: 'cross_entropy', source: crossEntropySource },
    variant: `${rows}×${vocabulary}, ${sharersName(sharers)}${gradientScale === null ? ', loss alone' : ''}`,
    constants: {
      ...constants,
      ROWS: rows,
      VOCABULARY: vocabulary,
      PADDED4: paddedVocabulary / 4,
      TAIL: vocabulary % 4 !== 0,
      TARGET_FIRST: sizes.targetFirst,
      TARGET_RUN: sizes.targetStride,
      LOSS_FIRST: sizes.lossFirst,
      LOSS_RUN: sizes.lossStride,
      GRADIENT: gradientScale !== null,
      GRADIENT_SCALE: f32(gradientScale ?? 0),
    },
    bindings: [
      ['logits', 'write'],
      ['targets', 'read'],
      ['losses', 'write'],
    ],
    grid,
    flops: runs * rows * vocabulary * (gradientScale === null ? 4 : 7),
    bytes: runs * FLOAT_BYTES * rows * (paddedVocabulary * (gradientScale === null ? 1 : 3) + 2),
  };
}
