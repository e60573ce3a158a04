/**
 * The peer @jax-js/jax on its WebGPU device: forward, backward and AdamW in one jit, fused as its compiler sees fit.
 *
 * Its best form of those tried: q, k, v (gate, up) stacked into one matrix; the embedding by take(), a little faster here
 * than one-hot; attention spelled out, four dispatches fewer than dotProductAttention; the moments flat, so that AdamW is
 * not three kernels for every tensor; the batches on the device beforehand, and β1ᵗ and β2ᵗ carried there, so that a step
 * sends it nothing. No faster on a software adapter, and so left out: weights stored transposed; q and k rotated as one;
 * gpuBufferSync; the parameters in one array too, which saves a twentieth of the dispatches. It has no fused attention: the
 * whole [context × context] matrix is kept.
 * Arrays are moved, not shared: an array passed to an operation is gone, unless it went as `.ref`.
 */

import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
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

type Layer = {
  attentionNorm: np.Array;
  qkv: np.Array;
  output: np.Array;
  mlpNorm: np.Array;
  gateUp: np.Array;
  down: np.Array;
};

type Parameters = { embedding: np.Array; layers: Layer[]; norm: np.Array; head: np.Array };

/** Everything that one step turns into the next; the moments are flat, and `powers` is [β1ᵗ, β2ᵗ]. */
type State = { parameters: Parameters; first: np.Array; second: np.Array; powers: np.Array };

function upload(weight: Weight): np.Array {
  return np.array(weight.values).reshape([...weight.shape]);
}

function initialParameters(workload: Workload): Parameters {
  const get = (name: string) => weightOf(workload, `${name}.weight`);
  return {
    embedding: upload(get('model.embed_tokens')),
    layers: Array.from({ length: workload.size.config.layers }, (_, layer) => {
      const block = `model.layers.${layer}`;
      const attention = (name: string) => get(`${block}.self_attn.${name}`);
      const mlp = (name: string) => get(`${block}.mlp.${name}`);
      return {
        attentionNorm: upload(get(`${block}.input_layernorm`)),
        qkv: upload(stackRows('qkv', ['q_proj', 'k_proj', 'v_proj'].map(attention))),
        output: upload(attention('o_proj')),
        mlpNorm: upload(get(`${block}.post_attention_layernorm`)),
        gateUp: upload(stackRows('gateUp', ['gate_proj', 'up_proj'].map(mlp))),
        down: upload(mlp('down_proj')),
      };
    }),
    norm: upload(get('model.norm')),
    head: upload(get('lm_head')),
  };
}

/** x · gain / √(mean x² + ε) over the last axis. */
function rmsNorm(x: np.Array, gain: np.Array): np.Array {
  const scale = np.sqrt(np.mean(np.square(x.ref), -1, { keepdims: true }).add(NORM_EPSILON));
  return x.div(scale).mul(gain);
}

/** x [rows, inputs] by a weight [outputs, inputs]. */
function project(x: np.Array, weight: np.Array): np.Array {
  return np.matmul(x, np.transpose(weight));
}

function makeLoss(
  workload: Workload,
): (parameters: Parameters, inputs: np.Array, targets: np.Array) => np.Array {
  const { config, batch } = workload.size;
  const { context, heads, width, mlp, vocabulary } = config;
  const headDim = width / heads;
  const tables = rotaryTables(context, headDim, ROTARY_BASE);
  const rows = batch * context;
  // Positions lie on axis 1 of [batch, context, heads, headDim].
  const table = (values: Float32Array<ArrayBuffer>) => np.array(values).reshape([1, context, 1, headDim]);
  const cosine = table(tables.cosine);
  const sine = table(tables.sine);

  const causal = Float32Array.from({ length: context * context }, (_, index) =>
    index % context > Math.floor(index / context) ? MASKED : 0,
  );
  const mask = np.array(causal).reshape([1, 1, context, context]);

  /** Exchanges positions and heads, in either direction. */
  function headsFirst(x: np.Array): np.Array {
    return np.transpose(x, [0, 2, 1, 3]);
  }

  function rotate(x: np.Array): np.Array {
    const halves = x.ref.reshape([batch, context, heads, 2, headDim / 2]);
    const swapped = np.flip(halves, 3).reshape([batch, context, heads, headDim]);
    return x.mul(cosine.ref).add(swapped.mul(sine.ref));
  }

  function attention(x: np.Array, layer: Layer): np.Array {
    const qkv = project(x, layer.qkv).reshape([batch, context, 3, heads, headDim]);
    const q = rotate(qkv.ref.slice([], [], 0));
    const k = rotate(qkv.ref.slice([], [], 1));
    const v = qkv.slice([], [], 2);
    const scores = np.matmul(headsFirst(q), np.transpose(k, [0, 2, 3, 1])).mul(1 / Math.sqrt(headDim));
    const mixed = np.matmul(nn.softmax(scores.add(mask.ref), -1), headsFirst(v));
    return project(headsFirst(mixed).reshape([rows, width]), layer.output);
  }

  function feedForward(x: np.Array, layer: Layer): np.Array {
    const both = project(x, layer.gateUp);
    const gate = both.ref.slice([], [0, mlp]);
    const up = both.slice([], [mlp, 2 * mlp]);
    return project(nn.silu(gate).mul(up), layer.down);
  }

  return (parameters, inputs, targets) => {
    let x = np.take(parameters.embedding, inputs, 0);
    for (const layer of parameters.layers) {
      x = x.ref.add(attention(rmsNorm(x, layer.attentionNorm), layer));
      x = x.ref.add(feedForward(rmsNorm(x, layer.mlpNorm), layer));
    }
    const logits = project(rmsNorm(x, parameters.norm), parameters.head);
    const wanted = logits.ref.mul(nn.oneHot(targets, vocabulary)).sum(-1);
    return nn.logsumexp(logits, -1).sub(wanted).mean();
  };
}

function makeStep(
  workload: Workload,
): (state: State, inputs: np.Array, targets: np.Array) => [np.Array, State] {
  const { beta1, beta2, epsilon, weightDecay } = OPTIMIZER;
  const lossOf = makeLoss(workload);
  const betas = np.array([beta1, beta2]);

  return (state, inputs, targets) => {
    // The batch is caught, not passed: valueAndGrad puts a stop_gradient on what is passed, and the scatter in the
    // gradient of take() cannot be compiled (0.1.25) when its indices are the result of another operation.
    const lossAndGradient = valueAndGrad((parameters: Parameters) => lossOf(parameters, inputs, targets));
    const [loss, gradient] = lossAndGradient(tree.ref(state.parameters));
    const powers = state.powers.mul(betas.ref);
    const corrections = np.array(1).sub(powers.ref);
    const correction1 = corrections.ref.slice(0);
    const correction2 = corrections.slice(1);
    const gradients = tree.leaves(gradient as Parameters) as np.Array[];
    const g = np.concatenate(gradients.map((part) => part.reshape([-1])));
    const first = state.first.mul(beta1).add(g.ref.mul(1 - beta1));
    const second = state.second.mul(beta2).add(np.square(g).mul(1 - beta2));
    const denominator = np.sqrt(second.ref.div(correction2)).add(epsilon);
    const update = first.ref.div(correction1).div(denominator).mul(LEARNING_RATE);
    let from = 0;
    const parameters = tree.map((parameter: np.Array) => {
      const { shape, size, ndim } = parameter;
      const part = update.ref.slice([from, from + size]).reshape(shape);
      from += size;
      // Norm gains are the only vectors, and are not decayed.
      const kept = ndim > 1 ? 1 - LEARNING_RATE * weightDecay : 1;
      return parameter.mul(kept).sub(part);
    }, state.parameters) as Parameters;
    update.dispose();
    return [loss, { parameters, first, second, powers }];
  };
}

export async function createJaxTrainer(workload: Workload): Promise<Trainer> {
  const devices = await init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('jax-js found no WebGPU device');
  defaultDevice('webgpu');

  const batches = Array.from({ length: BATCHES }, (_, index) => {
    const { inputs, targets } = batchTokens(workload, index);
    return { inputs: np.array(inputs), targets: np.array(targets) };
  });
  const parameters = initialParameters(workload);
  const size = (tree.leaves(parameters) as np.Array[]).reduce((sum, leaf) => sum + leaf.size, 0);
  let state: State = {
    parameters,
    first: np.zeros([size]),
    second: np.zeros([size]),
    powers: np.ones([2]),
  };
  const step = jit(makeStep(workload));
  let taken = 0;

  return {
    async train(steps) {
      let last: np.Array | null = null;
      for (let count = 0; count < steps; count++) {
        const { inputs, targets } = batches[taken % BATCHES]!;
        last?.dispose();
        [last, state] = step(state, inputs.ref, targets.ref) as [np.Array, State];
        taken++;
        // Operations wait until someone looks; asking for the buffer (which consumes a reference) sends them off without
        // waiting for them, so that the next step can use this one's buffers again.
        await last.ref.gpuBuffer();
      }
      if (!last) throw new Error('train was asked for no step');
      const values = await last.data();
      return values[0]!;
    },
    destroy() {
      tree.dispose(state);
      for (const { inputs, targets } of batches) {
        inputs.dispose();
        targets.dispose();
      }
      step.dispose();
    },
  };
}
