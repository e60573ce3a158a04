/**
 * The float64 oracle of the whole decoder: forward, loss and gradients of a Llama in the layout of a parameter table.
 *
 * It reads weights through the table's names, so a wrong offset in the table cannot cancel out, and never looks at
 * padding: whatever lies there changes nothing, and the gradients there are 0.
 */

import { NORM_EPSILON } from '../../src/model/llama/config.ts';
import { type Parameter, type ParameterTable, parameter } from '../../src/model/llama/parameters.ts';
import {
  type AttentionShape,
  attentionBackward,
  attentionForward,
  rotary,
  rotaryInverse,
} from './attention.ts';
import {
  crossEntropy,
  embeddingBackward,
  embeddingForward,
  matmulNN,
  matmulNT,
  matmulTN,
  rmsnormBackward,
  rmsnormForward,
  swigluBackward,
  swigluForward,
} from './kernels.ts';

type Values = ArrayLike<number>;

export type ReferenceForward = {
  /** Mean nats a token over every token of the batch. */
  readonly loss: number;
  /** Nats of each token, [windows × context]. */
  readonly nats: Float64Array;
  /** [windows·context × vocabulary], without padding. */
  readonly logits: Float64Array;
};

export type ReferenceGradients = {
  readonly loss: number;
  readonly nats: Float64Array;
  /** Of the mean loss, `table.arena` long, 0 in the padding. */
  readonly gradients: Float64Array;
};

/**
 * Runs the decoder on `windows` windows. `parameters` is an arena of the table; `inputs` and `targets` are
 * [windows × context] token ids, where context is inputs.length / windows and may be shorter than the table's.
 */
export function referenceForward(
  table: ParameterTable,
  parameters: Values,
  inputs: Values,
  targets: Values,
  windows: number,
): ReferenceForward {
  const pass = run(table, parameters, inputs, windows);
  const { nats } = crossEntropy(pass.logits, targets, inputs.length, table.config.vocabulary);
  return { loss: mean(nats), nats, logits: pass.logits };
}

/** As {@link referenceForward}, and the gradient of the mean loss by every parameter, by hand-written backward passes. */
export function referenceGradients(
  table: ParameterTable,
  parameters: Values,
  inputs: Values,
  targets: Values,
  windows: number,
): ReferenceGradients {
  const { layers, width, vocabulary, mlp, tied } = table.config;
  const rows = inputs.length;
  const shape = attentionShape(table, rows, windows);
  const weight = (name: string) => readWeight(parameters, parameter(table, `${name}.weight`));
  const gradients = new Float64Array(table.arena);
  const add = (name: string, values: Values) => {
    addToArena(gradients, parameter(table, `${name}.weight`), values);
  };
  /** Adds the gradient of a linear layer's weight and returns that of its input. */
  const linearBackward = (name: string, dy: Values, x: Values, outputs: number, features: number) => {
    add(name, matmulTN(dy, x, outputs, features, rows));
    return matmulNN(dy, weight(name), rows, features, outputs);
  };
  const normBackward = (name: string, dy: Values, x: Values, rstd: Values) => {
    const { dx, dgain } = rmsnormBackward(dy, x, weight(name), rstd, rows, width);
    add(name, dgain);
    return dx;
  };

  const pass = run(table, parameters, inputs, windows);
  const { nats, dlogits } = crossEntropy(pass.logits, targets, rows, vocabulary);
  const head = tied ? 'model.embed_tokens' : 'lm_head';
  const dfinal = linearBackward(head, dlogits, pass.final.y, vocabulary, width);
  let dx = normBackward('model.norm', dfinal, pass.last, pass.final.rstd);

  for (let layer = layers - 1; layer >= 0; layer--) {
    const name = `model.layers.${layer}`;
    const block = pass.blocks[layer]!;

    const dinner = linearBackward(`${name}.mlp.down_proj`, dx, block.inner, width, mlp);
    const { dgate, dup } = swigluBackward(dinner, block.gate, block.up);
    const dmlpNormed = sum(
      linearBackward(`${name}.mlp.gate_proj`, dgate, block.mlpNorm.y, mlp, width),
      linearBackward(`${name}.mlp.up_proj`, dup, block.mlpNorm.y, mlp, width),
    );
    const mlpGain = `${name}.post_attention_layernorm`;
    dx = sum(dx, normBackward(mlpGain, dmlpNormed, block.middle, block.mlpNorm.rstd));

    const dout = linearBackward(`${name}.self_attn.o_proj`, dx, block.attended, width, width);
    const { dq, dk, dv } = attentionBackward(dout, block.q, block.k, block.v, shape);
    const normed = block.attentionNorm.y;
    const dnormed = sum(
      linearBackward(`${name}.self_attn.q_proj`, rotaryInverse(dq, shape), normed, width, width),
      linearBackward(`${name}.self_attn.k_proj`, rotaryInverse(dk, shape), normed, width, width),
      linearBackward(`${name}.self_attn.v_proj`, dv, normed, width, width),
    );
    dx = sum(dx, normBackward(`${name}.input_layernorm`, dnormed, block.input, block.attentionNorm.rstd));
  }
  add('model.embed_tokens', embeddingBackward(inputs, dx, vocabulary, width));
  return { loss: mean(nats), nats, gradients };
}

/** Everything the backward pass needs of one block, each [tokens × width] or, inside the MLP, [tokens × mlp]. */
type BlockPass = {
  readonly input: Float64Array;
  readonly attentionNorm: { readonly y: Float64Array; readonly rstd: Float64Array };
  /** q and k already turned. */
  readonly q: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
  readonly attended: Float64Array;
  /** The residual stream between attention and MLP. */
  readonly middle: Float64Array;
  readonly mlpNorm: { readonly y: Float64Array; readonly rstd: Float64Array };
  readonly gate: Float64Array;
  readonly up: Float64Array;
  readonly inner: Float64Array;
};

function run(table: ParameterTable, parameters: Values, inputs: Values, windows: number) {
  const { layers, width, mlp, vocabulary, tied } = table.config;
  const rows = inputs.length;
  const shape = attentionShape(table, rows, windows);
  const weight = (name: string) => readWeight(parameters, parameter(table, `${name}.weight`));
  const norm = (name: string, x: Values) => rmsnormForward(x, weight(name), rows, width, NORM_EPSILON);

  const embedding = weight('model.embed_tokens');
  const blocks: BlockPass[] = [];
  let x = embeddingForward(inputs, embedding, width);
  for (let layer = 0; layer < layers; layer++) {
    const name = `model.layers.${layer}`;
    const input = x;
    const attentionNorm = norm(`${name}.input_layernorm`, input);
    const project = (projection: string) =>
      matmulNT(attentionNorm.y, weight(`${name}.self_attn.${projection}`), rows, width, width);
    const q = rotary(project('q_proj'), shape);
    const k = rotary(project('k_proj'), shape);
    const v = project('v_proj');
    const attended = attentionForward(q, k, v, shape).out;
    const middle = sum(input, matmulNT(attended, weight(`${name}.self_attn.o_proj`), rows, width, width));
    const mlpNorm = norm(`${name}.post_attention_layernorm`, middle);
    const gate = matmulNT(mlpNorm.y, weight(`${name}.mlp.gate_proj`), rows, mlp, width);
    const up = matmulNT(mlpNorm.y, weight(`${name}.mlp.up_proj`), rows, mlp, width);
    const inner = swigluForward(gate, up);
    x = sum(middle, matmulNT(inner, weight(`${name}.mlp.down_proj`), rows, width, mlp));
    blocks.push({ input, attentionNorm, q, k, v, attended, middle, mlpNorm, gate, up, inner });
  }
  const final = norm('model.norm', x);
  const logits = matmulNT(final.y, tied ? embedding : weight('lm_head'), rows, vocabulary, width);
  return { blocks, last: x, final, logits };
}

function attentionShape(table: ParameterTable, rows: number, windows: number): AttentionShape {
  const { heads, width } = table.config;
  return { windows, context: rows / windows, heads, headDim: width / heads };
}

/** A tensor out of an arena without its padding, [rows × columns], in float64. */
export function readWeight(arena: Values, tensor: Parameter): Float64Array {
  const values = new Float64Array(tensor.rows * tensor.columns);
  for (let row = 0; row < tensor.rows; row++) {
    for (let column = 0; column < tensor.columns; column++) {
      values[row * tensor.columns + column] = arena[tensor.offset + row * tensor.paddedColumns + column]!;
    }
  }
  return values;
}

function addToArena(arena: Float64Array, tensor: Parameter, values: Values): void {
  for (let row = 0; row < tensor.rows; row++) {
    for (let column = 0; column < tensor.columns; column++) {
      arena[tensor.offset + row * tensor.paddedColumns + column]! += values[row * tensor.columns + column]!;
    }
  }
}

function sum(first: Float64Array, ...others: Float64Array[]): Float64Array {
  const total = first.slice();
  for (const other of others) {
    for (let i = 0; i < total.length; i++) total[i]! += other[i]!;
  }
  return total;
}

function mean(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
