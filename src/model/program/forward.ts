/** The forward pass as a list of dispatches. */

import type { Slice } from '../../gpu/buffers.ts';
import { attention } from '../../gpu/kernels/attention.ts';
import { embed } from '../../gpu/kernels/embedding.ts';
import { linear } from '../../gpu/kernels/linear.ts';
import { crossEntropy } from '../../gpu/kernels/loss.ts';
import { rmsNorm } from '../../gpu/kernels/norm.ts';
import type { ProgramBuilder } from '../../gpu/program.ts';
import { NORM_EPSILON } from '../llama/config.ts';
import { attentionSizes } from './attentionPasses.ts';
import { type LayerName, layerProducts } from './layers.ts';
import { sharersFor } from './rowPasses.ts';
import { chunksOf, type Sizes } from './sizes.ts';
import { type Activations, from, gainSlice, weightSlices } from './tensors.ts';

function addNorm(
  program: ProgramBuilder,
  sizes: Sizes,
  weights: Slice,
  index: number,
  { x, y, rstd }: { x: Slice; y: Slice; rstd: Slice },
): void {
  const { runs, rows, width, table } = sizes;
  const sharers = sharersFor(sizes, 'norm');
  const kernel = rmsNorm({ runs, rows, width, gainRunStride: table.arena, epsilon: NORM_EPSILON, sharers });
  program.add(kernel, { x, gain: gainSlice(weights, sizes, index), y, rstd });
}

/** Appends embedding, blocks and last norm: `acts.inputs` → `acts.normed`. 7 dispatches a block and 2. */
export function addTrunk(program: ProgramBuilder, sizes: Sizes, weights: Slice, acts: Activations): void {
  const { runs, rows, width, table } = sizes;
  const slices = weightSlices(weights, sizes);
  const addLinear = (name: LayerName, bindings: Readonly<Record<string, Slice>>) => {
    const { layer, forward } = layerProducts(sizes, name);
    program.add(linear(forward, layer.epilogue), bindings);
  };

  const first = acts.blocks[0];
  if (!first) throw new Error('a model has at least one block');
  program.add(embed({ runs, rows, width, arena: table.arena }), {
    tokens: acts.inputs,
    table: slices.embedding,
    x: first.x,
  });
  slices.blocks.forEach((weightsOf, layer) => {
    const block = acts.blocks[layer] ?? first;
    const next = acts.blocks[layer + 1]?.x ?? acts.output;
    addNorm(program, sizes, weights, 2 * layer, {
      x: block.x,
      y: block.attentionInput,
      rstd: block.attentionRstd,
    });
    addLinear('qkv', { x: block.attentionInput, w: weightsOf.qkv, y: block.qkv, rotary: acts.rotary });
    program.add(attention(attentionSizes(sizes, 'attention')), {
      qkv: block.qkv,
      o: block.attentionOutput,
      lse: block.lse,
    });
    addLinear('attentionOutput', {
      x: block.attentionOutput,
      w: weightsOf.attentionOutput,
      y: block.middle,
      residual: block.x,
    });
    addNorm(program, sizes, weights, 2 * layer + 1, {
      x: block.middle,
      y: block.mlpInput,
      rstd: block.mlpRstd,
    });
    addLinear('gateUp', { x: block.mlpInput, w: weightsOf.gateUp, y: block.gateUp, h: block.hidden });
    addLinear('down', { x: block.hidden, w: weightsOf.down, y: next, residual: block.middle });
  });
  addNorm(program, sizes, weights, 2 * table.config.layers, {
    x: acts.output,
    y: acts.normed,
    rstd: acts.outputRstd,
  });
}

/** Appends the logits of `rows` rows from `first` on: `acts.normed` → `acts.logits`. */
export function addLogits(
  program: ProgramBuilder,
  sizes: Sizes,
  weights: Slice,
  acts: Activations,
  { first, rows }: { first: number; rows: number },
): void {
  const { layer, forward } = layerProducts(sizes, 'head', rows);
  program.add(linear(forward, layer.epilogue), {
    x: from(acts.normed, first * sizes.width),
    w: weightSlices(weights, sizes).head,
    y: acts.logits,
  });
}

/** Appends logits and losses, chunk by chunk, without gradients: `acts.normed` → `losses` [rows]. */
export function addLosses(
  program: ProgramBuilder,
  sizes: Sizes,
  weights: Slice,
  acts: Activations,
  losses: Slice,
): void {
  const { runs, vocabulary, paddedVocabulary } = sizes;
  for (const chunk of chunksOf(sizes)) {
    addLogits(program, sizes, weights, acts, chunk);
    program.add(
      crossEntropy({
        runs,
        rows: chunk.rows,
        vocabulary,
        paddedVocabulary,
        targetFirst: chunk.first,
        targetStride: sizes.rows,
        lossFirst: chunk.first,
        lossStride: sizes.rows,
        gradientScale: null,
        sharers: sharersFor(sizes, 'cross-entropy', chunk.rows),
      }),
      { logits: acts.logits, targets: acts.targets, losses },
    );
  }
}
