/** The buffers that programs work on: weights, activations, gradients. Every tensor has a leading run axis. */

import type { Allocator } from '../../gpu/allocator.ts';
import type { Slice } from '../../gpu/buffers.ts';
import { FLOAT_BYTES } from '../../gpu/kernel.ts';
import { rotaryTable } from '../../gpu/kernels/attention.ts';
import { GAIN_SLICES } from '../../gpu/kernels/norm.ts';
import { ROTARY_BASE } from '../llama/config.ts';
import { parameter } from '../llama/parameters.ts';
import type { Sizes } from './sizes.ts';

/** The stretch of `slice` from float `first` on. WebGPU may ask for multiples of 64 floats. */
export function from(slice: Slice, first: number): Slice {
  return { buffer: slice.buffer, offset: (slice.offset ?? 0) + first * FLOAT_BYTES };
}

/** What one block keeps between its forward and its backward pass. */
export type BlockActivations = {
  /** Input of the attention half and its norm: [rows, width], [rows], [rows, width]. */
  readonly x: Slice;
  readonly attentionRstd: Slice;
  readonly attentionInput: Slice;
  /** Rotated queries and keys, and values, [rows, 3·width]; log-sum-exp [windows, heads, context]; [rows, width]. */
  readonly qkv: Slice;
  readonly lse: Slice;
  readonly attentionOutput: Slice;
  /** Input of the MLP half and its norm. */
  readonly middle: Slice;
  readonly mlpRstd: Slice;
  readonly mlpInput: Slice;
  /** [rows, 2·mlp] and [rows, mlp]. */
  readonly gateUp: Slice;
  readonly hidden: Slice;
};

export type Activations = {
  /** [rows] tokens read and tokens to predict. */
  readonly inputs: Slice;
  readonly targets: Slice;
  /** cos and sin of the rotary angles. */
  readonly rotary: Slice;
  readonly blocks: readonly BlockActivations[];
  /** Output of the last block, [rows, width], and its norm. */
  readonly output: Slice;
  readonly outputRstd: Slice;
  readonly normed: Slice;
  /** One chunk of logits, [chunkRows, padded vocabulary]. */
  readonly logits: Slice;
};

/**
 * Activations of a forward pass; `keep` gives each block its own, as a backward pass needs, else the blocks share.
 * Upload the rotary table with {@link uploadRotary} before use.
 */
export function activations(make: Allocator, sizes: Sizes, keep: boolean): Activations {
  const { runs, rows, width, mlp, heads } = sizes;
  const tensor = (label: string, columns: number) => make.floats(label, runs * rows * columns);
  const block = (index: number): BlockActivations => ({
    x: tensor(`block ${index} input`, width),
    attentionRstd: tensor(`block ${index} attention rstd`, 1),
    attentionInput: tensor(`block ${index} attention input`, width),
    qkv: tensor(`block ${index} qkv`, 3 * width),
    lse: tensor(`block ${index} log-sum-exp`, heads),
    attentionOutput: tensor(`block ${index} attention output`, width),
    middle: tensor(`block ${index} middle`, width),
    mlpRstd: tensor(`block ${index} mlp rstd`, 1),
    mlpInput: tensor(`block ${index} mlp input`, width),
    gateUp: tensor(`block ${index} gate and up`, 2 * mlp),
    hidden: tensor(`block ${index} hidden`, mlp),
  });
  const { layers } = sizes.table.config;
  const blocks: BlockActivations[] = [];
  for (let index = 0; index < layers; index++) {
    const first = blocks[0];
    // x may be shared too: a block's last kernel reads `middle`, never x.
    blocks.push(keep || !first ? block(index) : first);
  }
  return {
    inputs: tensor('inputs', 1),
    targets: tensor('targets', 1),
    rotary: make.floats('rotary', sizes.context * sizes.headDim),
    blocks,
    output: tensor('output', width),
    outputRstd: tensor('output rstd', 1),
    normed: tensor('normed output', width),
    logits: make.floats('logits', runs * sizes.chunkRows * sizes.paddedVocabulary),
  };
}

export function uploadRotary(device: GPUDevice, { rotary }: Activations, sizes: Sizes): void {
  const table = rotaryTable(sizes.context, sizes.headDim, ROTARY_BASE);
  device.queue.writeBuffer(rotary.buffer, 0, table);
}

export type Gradients = {
  /** [run][slice][arena] and [run][norm][GAIN_SLICES][gainStride]. */
  readonly arena: Slice;
  readonly gains: Slice;
  /** Gradient of the residual stream, and of what leaves a norm: [rows, width]. */
  readonly stream: Slice;
  readonly normed: Slice;
  /** [rows, width], [rows, 3·width], [windows, heads, context], [rows, 2·mlp]. */
  readonly attentionOutput: Slice;
  readonly qkv: Slice;
  readonly delta: Slice;
  readonly gateUp: Slice;
};

export function normCount(sizes: Sizes): number {
  return 2 * sizes.table.config.layers + 1;
}

export function gradients(make: Allocator, sizes: Sizes): Gradients {
  const { runs, rows, width, mlp, heads, table } = sizes;
  const slices = sizes.tuning.gradientSlices;
  const tensor = (label: string, columns: number) => make.floats(label, runs * rows * columns);
  return {
    arena: make.floats('gradients', runs * slices * table.arena),
    gains: make.floats('gain gradients', runs * normCount(sizes) * GAIN_SLICES * table.gainStride),
    stream: tensor('stream gradient', width),
    normed: tensor('norm output gradient', width),
    attentionOutput: tensor('attention output gradient', width),
    qkv: tensor('qkv gradient', 3 * width),
    delta: tensor('attention delta', heads),
    gateUp: tensor('gate and up gradient', 2 * mlp),
  };
}

/** Where the weights of the model lie in an arena-shaped buffer: the weights, a gradient, a moment. */
export type WeightSlices = {
  readonly embedding: Slice;
  readonly blocks: readonly {
    readonly qkv: Slice;
    readonly attentionOutput: Slice;
    readonly gateUp: Slice;
    readonly down: Slice;
  }[];
  readonly head: Slice;
};

export function weightSlices(arena: Slice, { table }: Sizes): WeightSlices {
  const at = (name: string) => from(arena, parameter(table, `${name}.weight`).offset);
  return {
    embedding: at('model.embed_tokens'),
    blocks: Array.from({ length: table.config.layers }, (_, layer) => ({
      // k follows q and v follows k, up follows gate, without a gap: one matrix each.
      qkv: at(`model.layers.${layer}.self_attn.q_proj`),
      attentionOutput: at(`model.layers.${layer}.self_attn.o_proj`),
      gateUp: at(`model.layers.${layer}.mlp.gate_proj`),
      down: at(`model.layers.${layer}.mlp.down_proj`),
    })),
    head: at(table.config.tied ? 'model.embed_tokens' : 'lm_head'),
  };
}

/** The gain of norm `index`: two a block, then the last. */
export function gainSlice(arena: Slice, { table }: Sizes, index: number): Slice {
  return from(arena, table.gains + index * table.gainStride);
}
