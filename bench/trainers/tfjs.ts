/**
 * The peer TensorFlow.js on its WebGPU backend: tape gradients, one kernel an operation, AdamW written inline.
 *
 * What differs from ours, all in its favour: the parameters lie in one flat tensor, so that AdamW is a dozen kernels at any depth
 * and not a dozen for every tensor; q, k, v (gate, up) are stacked into one matrix; the scale of attention is folded
 * into the rotary table of q; the embedding is a gather, faster than one-hot here; the batches and every constant lie on the
 * device beforehand. Its attention keeps the whole [context × context] matrix.
 * The ESM entries are needed: the CommonJS bundle of the core carries no gradients.
 */

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgpu';
import { NORM_EPSILON, ROTARY_BASE } from '../../src/model/llama/config.ts';
import {
  BATCHES,
  batchTokens,
  LEARNING_RATE,
  OPTIMIZER,
  rotaryTables,
  stackRows,
  type Weight,
  type Workload,
  weightOf,
} from '../workload.ts';
import type { Trainer } from './trainer.ts';

/** Finite, so that a masked score cannot turn into a NaN on the way. */
const MASKED = -1e9;

/** The tensors of one block, in the order in which they lie in the flat parameter tensor. */
const BLOCK_TENSORS = 6;

/** Embedding, six tensors a block, last norm, head. */
function orderedWeights(workload: Workload): Weight[] {
  const get = (name: string) => weightOf(workload, `${name}.weight`);
  const blocks = Array.from({ length: workload.size.config.layers }, (_, layer) => {
    const block = `model.layers.${layer}`;
    const attention = (name: string) => get(`${block}.self_attn.${name}`);
    const mlp = (name: string) => get(`${block}.mlp.${name}`);
    return [
      get(`${block}.input_layernorm`),
      stackRows('qkv', ['q_proj', 'k_proj', 'v_proj'].map(attention)),
      attention('o_proj'),
      get(`${block}.post_attention_layernorm`),
      stackRows('gateUp', ['gate_proj', 'up_proj'].map(mlp)),
      mlp('down_proj'),
    ];
  });
  return [get('model.embed_tokens'), ...blocks.flat(), get('model.norm'), get('lm_head')];
}

function concatenate(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let end = 0;
  for (const array of arrays) {
    all.set(array, end);
    end += array.length;
  }
  return all;
}

type Loss = (parameters: tf.Tensor[], inputs: tf.Tensor1D, targets: tf.Tensor1D) => tf.Scalar;

function makeLoss(workload: Workload): { loss: Loss; constants: tf.Tensor[] } {
  const { config, batch } = workload.size;
  const { context, heads, width, mlp, vocabulary } = config;
  const headDim = width / heads;
  const rows = batch * context;
  const tables = rotaryTables(context, headDim, ROTARY_BASE);
  const scale = 1 / Math.sqrt(headDim);
  const forQandK = (table: Float32Array) =>
    tf.tensor(concatenate([table.map((value) => value * scale), table]), [2, 1, 1, context, headDim]);
  const cosine = forQandK(tables.cosine);
  const sine = forQandK(tables.sine);
  const causal = Float32Array.from({ length: context * context }, (_, index) =>
    index % context > Math.floor(index / context) ? MASKED : 0,
  );
  const mask = tf.tensor(causal, [1, 1, context, context]);
  const epsilon = tf.scalar(NORM_EPSILON);

  function rmsNorm(x: tf.Tensor, gain: tf.Tensor): tf.Tensor {
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon));
    return tf.mul(tf.mul(x, inverse), gain);
  }

  /** x [rows, inputs] by a weight [outputs, inputs]. */
  function project(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
    return tf.matMul(x, weight, false, true);
  }

  function attention(x: tf.Tensor, qkvWeight: tf.Tensor, outputWeight: tf.Tensor): tf.Tensor {
    const qkv = tf.reshape(project(x, qkvWeight), [batch, context, 3, heads, headDim]);
    const [qk, values] = tf.split(tf.transpose(qkv, [2, 0, 3, 1, 4]), [2, 1], 0);
    const halves = tf.reshape(qk!, [2 * batch * heads * context, 2, headDim / 2]);
    const swapped = tf.reshape(tf.reverse(halves, 1), qk!.shape);
    const rotated = tf.add(tf.mul(qk!, cosine), tf.mul(swapped, sine));
    const [q, k] = tf.unstack(rotated, 0);
    const scores = tf.add(tf.matMul(q!, k!, false, true), mask);
    const v = tf.reshape(values!, [batch, heads, context, headDim]);
    const mixed = tf.transpose(tf.matMul(tf.softmax(scores), v), [0, 2, 1, 3]);
    return project(tf.reshape(mixed, [rows, width]), outputWeight);
  }

  function feedForward(x: tf.Tensor, gateUp: tf.Tensor, down: tf.Tensor): tf.Tensor {
    const [gate, up] = tf.split(project(x, gateUp), [mlp, mlp], 1);
    return project(tf.mul(tf.mul(gate!, tf.sigmoid(gate!)), up!), down);
  }

  const loss: Loss = (parameters, inputs, targets) => {
    const [embedding, ...rest] = parameters;
    const [norm, head] = rest.slice(-2);
    let x: tf.Tensor = tf.gather(embedding!, inputs);
    for (let layer = 0; layer < config.layers; layer++) {
      const [attentionNorm, qkv, output, mlpNorm, gateUp, down] = rest.slice(layer * BLOCK_TENSORS);
      x = tf.add(x, attention(rmsNorm(x, attentionNorm!), qkv!, output!));
      x = tf.add(x, feedForward(rmsNorm(x, mlpNorm!), gateUp!, down!));
    }
    const logits = project(rmsNorm(x, norm!), head!);
    const wanted = tf.oneHot(targets, vocabulary, 1, 0, 'float32');
    return tf.losses.softmaxCrossEntropy(wanted, logits, undefined, 0, tf.Reduction.MEAN) as tf.Scalar;
  };
  return { loss, constants: [cosine, sine, mask, epsilon] };
}

export async function createTfjsTrainer(workload: Workload): Promise<Trainer> {
  await tf.setBackend('webgpu');
  await tf.ready();
  const { beta1, beta2, epsilon, weightDecay } = OPTIMIZER;

  const batches = Array.from({ length: BATCHES }, (_, index) => {
    const { inputs, targets } = batchTokens(workload, index);
    return { inputs: tf.tensor1d(inputs, 'int32'), targets: tf.tensor1d(targets, 'int32') };
  });
  const weights = orderedWeights(workload);
  const sizes = weights.map((weight) => weight.values.length);
  // What AdamW's decay leaves of each parameter: all of a norm gain.
  const kept = tf.tensor1d(
    concatenate(
      weights.map(({ values, gain }) => values.map(() => (gain ? 1 : 1 - LEARNING_RATE * weightDecay))),
    ),
  );
  const { loss, constants } = makeLoss(workload);
  const factors = {
    beta1: tf.scalar(beta1),
    beta2: tf.scalar(beta2),
    rest1: tf.scalar(1 - beta1),
    rest2: tf.scalar(1 - beta2),
    epsilon: tf.scalar(epsilon),
  };
  let parameters: tf.Tensor = tf.tensor1d(concatenate(weights.map((weight) => weight.values)));
  let first: tf.Tensor = tf.zerosLike(parameters);
  let second: tf.Tensor = tf.zerosLike(parameters);
  let taken = 0;

  function step(): tf.Scalar {
    const { inputs, targets } = batches[taken % BATCHES]!;
    taken++;
    const learningRate = LEARNING_RATE / (1 - beta1 ** taken);
    const correction2 = 1 / (1 - beta2 ** taken);
    const [value, ...next] = tf.tidy(() => {
      const tensors = tf
        .split(parameters, sizes)
        .map((part, index) => tf.reshape(part, [...weights[index]!.shape]));
      const result = tf.valueAndGrads((...leaves: tf.Tensor[]) => loss(leaves, inputs, targets))(tensors);
      const gradient = tf.concat(result.grads.map((part) => tf.reshape(part, [-1])));
      const m = tf.add(tf.mul(first, factors.beta1), tf.mul(gradient, factors.rest1));
      const v = tf.add(tf.mul(second, factors.beta2), tf.mul(tf.square(gradient), factors.rest2));
      const denominator = tf.add(tf.sqrt(tf.mul(v, correction2)), factors.epsilon);
      const update = tf.div(tf.mul(m, learningRate), denominator);
      return [result.value, tf.sub(tf.mul(parameters, kept), update), m, v];
    });
    tf.dispose([parameters, first, second]);
    [parameters, first, second] = next as [tf.Tensor, tf.Tensor, tf.Tensor];
    return value as tf.Scalar;
  }

  return {
    async train(steps) {
      let last: tf.Scalar | null = null;
      for (let count = 0; count < steps; count++) {
        last?.dispose();
        last = step();
      }
      if (!last) throw new Error('train was asked for no step');
      const values = await last.data();
      last.dispose();
      return values[0]!;
    },
    destroy() {
      tf.dispose([parameters, first, second, kept, constants, factors, batches]);
    },
  };
}
