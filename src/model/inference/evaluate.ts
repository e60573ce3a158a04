/** Evaluates one model on tokens of its own, without a fleet. */

import { Allocator } from '../../gpu/allocator.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { Readback } from '../../gpu/readback.ts';
import type { ParameterTable } from '../llama/parameters.ts';
import { fixedSizes } from '../program/chooseTuning.ts';
import { checkWindows, packTokens } from '../program/corpusTokens.ts';
import { Evaluation, evaluationBuffers } from '../program/evaluation.ts';
import { stepShape } from '../program/sizes.ts';
import { activations, uploadRotary } from '../program/tensors.ts';

/**
 * Summed nats of each window, [windows], a window at `o` reading `context` tokens from `o` on and predicting the token
 * after each.
 * @throws LimitTooSmallError, OutOfMemoryError, DeviceLostError, WindowOutsideError
 */
export async function evaluateTokens(
  gpu: GpuDevice,
  table: ParameterTable,
  parameters: Float32Array,
  tokens: Uint16Array,
  windows: Uint32Array,
  batch = 8,
): Promise<Float32Array> {
  if (windows.length === 0) return new Float32Array(0);
  checkWindows('evaluation', windows, table.config.context, tokens.length);
  const sizes = fixedSizes(stepShape(table, 1, Math.min(batch, windows.length)), gpu);
  const make = new Allocator(gpu.memory);
  try {
    const made = await gpu.memory.guarded('an evaluation', () => ({
      weights: make.floats('weights', table.arena),
      corpus: make.floats('tokens', Math.ceil(tokens.length / 2)),
      acts: activations(make, sizes, false),
      buffers: evaluationBuffers(make, sizes, windows.length),
      readback: new Readback(gpu, make, 'evaluation results', windows.length * 4),
    }));
    const { queue } = gpu.device;
    queue.writeBuffer(made.weights.buffer, 0, Float32Array.from(parameters));
    queue.writeBuffer(made.corpus.buffer, 0, packTokens(tokens));
    queue.writeBuffer(made.buffers.windows.buffer, 0, Uint32Array.from(windows));
    uploadRotary(gpu.device, made.acts, sizes);
    const evaluation = await Evaluation.create(gpu, { sizes, ...made });
    const [nats] = await evaluation.evaluate(0, windows.length);
    return nats ?? new Float32Array(0);
  } finally {
    make.destroy();
  }
}
