/** Every kernel in every variant, at a shape that stands for many: to be compiled, printed and looked up by name. */

import { type Kernel, kernelName } from '../kernel.ts';
import { attention, attentionKeyValueGradient, attentionQueryGradient, STRIPS } from './attention.ts';
import { embed, embedGradient } from './embedding.ts';
import { beginEvaluation, collectEvaluation } from './evaluation.ts';
import { type Epilogue, linear, linearInputGradient, linearWeightGradient } from './linear.ts';
import { crossEntropy } from './loss.ts';
import { rmsNorm, rmsNormBackward } from './norm.ts';
import { SHARERS } from './sharers.ts';
import { adamW, beginStep, finishStep, reduceGradients, squarePartials } from './step.ts';
import { TILES } from './tile.ts';
import { triad } from './triad.ts';

const runs = 3;
const rows = 64;
const product = { runs, rows, inner: 64, columns: 192, weightStride: 20_480 };
const norm = { runs, rows, width: 64, gainRunStride: 20_480 };
const heads = [16, 32, 64].flatMap((headDim) =>
  STRIPS.map((strip) => ({ runs, rows, context: 16, heads: 2, headDim, strip })),
);
const embedding = { runs, rows, width: 64, arena: 20_480 };
const loss = {
  runs,
  rows,
  targetFirst: 0,
  targetStride: rows,
  lossFirst: 0,
  lossStride: rows,
};
const arena = { runs, arena: 20_480, gains: 20_000, slices: 4 };
const batch = { runs, rows, context: 16 };

const EPILOGUES: readonly Epilogue[] = [
  { kind: 'none' },
  { kind: 'residual' },
  { kind: 'swiglu' },
  ...[16, 32, 64].map((headDim) => ({ kind: 'rotary' as const, headDim, context: 16 })),
];

function kernels(): readonly Kernel[] {
  return [
    ...TILES.flatMap((tile) => [
      ...EPILOGUES.map((epilogue) => linear({ ...product, tile }, epilogue)),
      linearInputGradient({ ...product, tile }),
      linearInputGradient({ ...product, tile }, 'swiglu'),
      linearWeightGradient({ ...product, tile, slices: 2, accumulate: false }),
      linearWeightGradient({ ...product, tile, slices: 1, accumulate: true }),
    ]),
    ...SHARERS.flatMap((sharers) => [
      rmsNorm({ ...norm, epsilon: 1e-5, sharers }),
      ...[false, true].map((flag) =>
        rmsNormBackward({
          ...norm,
          gainStride: 64,
          partialsRunStride: 4096,
          add: flag,
          accumulate: !flag,
          sharers,
        }),
      ),
      ...[null, 0.01].flatMap((gradientScale) => [
        crossEntropy({ ...loss, vocabulary: 257, paddedVocabulary: 272, gradientScale, sharers }),
        crossEntropy({ ...loss, vocabulary: 256, paddedVocabulary: 256, gradientScale, sharers }),
      ]),
    ]),
    ...heads.flatMap((sizes) => [
      attention(sizes),
      attentionQueryGradient(sizes),
      attentionKeyValueGradient(sizes),
    ]),
    embed(embedding),
    embedGradient({ ...embedding, vocabulary: 257, slices: 2, add: false }),
    embedGradient({ ...embedding, vocabulary: 257, slices: 2, add: true }),
    beginStep({ runs, rows, context: 16, batch: 2, micro: 0 }),
    reduceGradients({ ...arena, gainStride: 64, norms: 5 }),
    { ...reduceGradients({ ...arena, slices: 1, gainStride: 64, norms: 5 }), variant: 'one slice' },
    finishStep({ runs, losses: rows, partials: squarePartials(arena.arena), ringSteps: 64 }),
    adamW(arena),
    beginEvaluation(batch),
    collectEvaluation(batch),
    triad(4096),
  ];
}

/** Kernels by name, as a profile names them. */
export function catalogue(): ReadonlyMap<string, Kernel> {
  return new Map(kernels().map((kernel) => [kernelName(kernel), kernel]));
}
