/** The backward pass as a list of dispatches. */

import type { Slice } from '../../gpu/buffers.ts';
import { attentionKeyValueGradient, attentionQueryGradient } from '../../gpu/kernels/attention.ts';
import { embedGradient } from '../../gpu/kernels/embedding.ts';
import { linearInputGradient, linearWeightGradient } from '../../gpu/kernels/linear.ts';
import { crossEntropy } from '../../gpu/kernels/loss.ts';
import { GAIN_SLICES, rmsNormBackward } from '../../gpu/kernels/norm.ts';
import type { ProgramBuilder } from '../../gpu/program.ts';
import { attentionSizes } from './attentionPasses.ts';
import { addLogits } from './forward.ts';
import { type LayerName, layerProducts } from './layers.ts';
import { sharersFor } from './rowPasses.ts';
import { chunksOf, type Sizes } from './sizes.ts';
import { type Activations, from, type Gradients, gainSlice, normCount, weightSlices } from './tensors.ts';

export type BackwardPass = {
  readonly sizes: Sizes;
  readonly weights: Slice;
  readonly acts: Activations;
  readonly grads: Gradients;
  /** Which micro-batch of how many; gradients of the later ones are added. */
  readonly micro: number;
  readonly microBatches: number;
  /** Nats of every token of the step, [microBatches][rows]. */
  readonly losses: Slice;
};

/**
 * Appends losses and head, chunk by chunk: `acts.normed` → losses, gradient of the head, `grads.normed`.
 * 4 dispatches a chunk.
 */
function addHead(program: ProgramBuilder, pass: BackwardPass): void {
  const { sizes, acts, grads, micro, microBatches } = pass;
  const slices = sizes.tuning.gradientSlices;
  const { runs, width, vocabulary, paddedVocabulary } = sizes;
  const weights = weightSlices(pass.weights, sizes);
  const gradientSlices = weightSlices(grads.arena, sizes);
  for (const chunk of chunksOf(sizes)) {
    const { inputGradient, weightGradient } = layerProducts(sizes, 'head', chunk.rows);
    addLogits(program, sizes, pass.weights, acts, chunk);
    program.add(
      crossEntropy({
        runs,
        rows: chunk.rows,
        vocabulary,
        paddedVocabulary,
        targetFirst: chunk.first,
        targetStride: sizes.rows,
        lossFirst: micro * sizes.rows + chunk.first,
        lossStride: microBatches * sizes.rows,
        gradientScale: 1 / (microBatches * sizes.rows),
        sharers: sharersFor(sizes, 'cross-entropy', chunk.rows),
      }),
      { logits: acts.logits, targets: acts.targets, losses: pass.losses },
    );
    program.add(linearInputGradient(inputGradient), {
      x: acts.logits,
      w: weights.head,
      y: from(grads.normed, chunk.first * width),
    });
    program.add(
      linearWeightGradient({ ...weightGradient, slices, accumulate: micro > 0 || chunk.first > 0 }),
      {
        y: acts.logits,
        x: from(acts.normed, chunk.first * width),
        g: gradientSlices.head,
      },
    );
  }
}

/** Appends the whole backward pass after {@link addTrunk}: 12 dispatches a block, 4 a chunk of logits, and 2. */
export function addBackward(program: ProgramBuilder, pass: BackwardPass): void {
  const { sizes, acts, grads, micro } = pass;
  const slices = sizes.tuning.gradientSlices;
  const { runs, rows, width, table } = sizes;
  const weights = weightSlices(pass.weights, sizes);
  const gradientSlices = weightSlices(grads.arena, sizes);
  const accumulate = micro > 0;

  const addNormBackward = (index: number, x: Slice, rstd: Slice, add: boolean) =>
    program.add(
      rmsNormBackward({
        runs,
        rows,
        width,
        gainRunStride: table.arena,
        gainStride: table.gainStride,
        partialsRunStride: normCount(sizes) * GAIN_SLICES * table.gainStride,
        add,
        accumulate,
        sharers: sharersFor(sizes, 'norm gradient'),
      }),
      {
        dy: grads.normed,
        x,
        rstd,
        gain: gainSlice(pass.weights, sizes, index),
        dx: grads.stream,
        dgain: from(grads.gains, index * GAIN_SLICES * table.gainStride),
      },
    );
  /** Gradients of one layer: of its input into `dx`, of its weights into `g`. */
  const addLinearBackward = (
    name: LayerName,
    { dy, x, w, dx, g, gateUp }: Readonly<Record<'dy' | 'x' | 'w' | 'dx' | 'g', Slice>> & { gateUp?: Slice },
  ) => {
    const { layer, inputGradient, weightGradient } = layerProducts(sizes, name);
    program.add(linearInputGradient(inputGradient, layer.fused), {
      x: dy,
      w,
      y: dx,
      ...(gateUp && { gate_up: gateUp }),
    });
    program.add(linearWeightGradient({ ...weightGradient, slices, accumulate }), { y: dy, x, g });
  };

  addHead(program, pass);
  addNormBackward(2 * table.config.layers, acts.output, acts.outputRstd, false);
  for (let layer = table.config.layers - 1; layer >= 0; layer--) {
    const block = acts.blocks[layer];
    const weightsOf = weights.blocks[layer];
    const gradientsOf = gradientSlices.blocks[layer];
    if (!block || !weightsOf || !gradientsOf) throw new Error(`there is no block ${layer}`);
    addLinearBackward('down', {
      dy: grads.stream,
      x: block.hidden,
      w: weightsOf.down,
      dx: grads.gateUp,
      g: gradientsOf.down,
      gateUp: block.gateUp,
    });
    addLinearBackward('gateUp', {
      dy: grads.gateUp,
      x: block.mlpInput,
      w: weightsOf.gateUp,
      dx: grads.normed,
      g: gradientsOf.gateUp,
    });
    addNormBackward(2 * layer + 1, block.middle, block.mlpRstd, true);
    addLinearBackward('attentionOutput', {
      dy: grads.stream,
      x: block.attentionOutput,
      w: weightsOf.attentionOutput,
      dx: grads.attentionOutput,
      g: gradientsOf.attentionOutput,
    });
    const shared = {
      qkv: block.qkv,
      grad: grads.attentionOutput,
      lse: block.lse,
      rotary: acts.rotary,
      dqkv: grads.qkv,
      delta: grads.delta,
    };
    program.add(attentionQueryGradient(attentionSizes(sizes, 'query gradient')), {
      ...shared,
      o: block.attentionOutput,
    });
    program.add(attentionKeyValueGradient(attentionSizes(sizes, 'key and value gradient')), shared);
    addLinearBackward('qkv', {
      dy: grads.qkv,
      x: block.attentionInput,
      w: weightsOf.qkv,
      dx: grads.normed,
      g: gradientsOf.qkv,
    });
    addNormBackward(2 * layer, block.x, block.attentionRstd, true);
  }
  program.add(
    embedGradient({
      runs,
      rows,
      width,
      arena: table.arena,
      vocabulary: sizes.vocabulary,
      slices,
      add: accumulate || table.config.tied,
    }),
    { tokens: acts.inputs, dx: grads.stream, g: gradientSlices.embedding },
  );
}
