/** Text generation: the model is run over the last `context` tokens for every new one. */

import { Allocator } from '../../gpu/allocator.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { type Program, ProgramBuilder } from '../../gpu/program.ts';
import { Readback } from '../../gpu/readback.ts';
import type { ParameterTable } from '../llama/parameters.ts';
import { fixedSizes } from '../program/chooseTuning.ts';
import { addLogits, addTrunk } from '../program/forward.ts';
import { type Sizes, stepShape } from '../program/sizes.ts';
import { type Activations, activations, uploadRotary } from '../program/tensors.ts';
import { checkSampling, type SamplingOptions, sampleToken, uniformStream } from './sampling.ts';

export type GenerateOptions = SamplingOptions & {
  /** At least one token; the model sees the last `context` of them. */
  readonly prompt: Uint16Array;
  /** How many tokens to draw at most. */
  readonly tokens: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
};

/** Works on one call at a time: the next waits for the one before. */
export interface Generator {
  /** Logits of the token after `prompt`, [vocabulary]. */
  logits(prompt: Uint16Array): Promise<Float32Array>;
  /** Logits after each token of `window`, of 1 to `context` tokens: [tokens × vocabulary]. @throws RangeError, DeviceLostError */
  everyLogits(window: Uint16Array): Promise<Float32Array>;
  /** Draws tokens one by one; the same options give the same tokens. @throws SamplingError, DeviceLostError */
  generate(options: GenerateOptions): AsyncIterable<number>;
  destroy(): void;
}

/** A generator for `parameters`, an arena of `table`. @throws LimitTooSmallError, OutOfMemoryError */
export async function createGenerator(
  gpu: GpuDevice,
  table: ParameterTable,
  parameters: Float32Array,
): Promise<Generator> {
  const sizes = fixedSizes({ ...stepShape(table, 1, 1), chunkRows: HEAD_ROWS }, gpu);
  const make = new Allocator(gpu.memory);
  try {
    const made = await gpu.memory.guarded('a generator', () => ({
      weights: make.floats('weights', table.arena),
      acts: activations(make, sizes, false),
      readback: new Readback(gpu, make, 'logits', HEAD_ROWS * table.paddedVocabulary * 4),
    }));
    gpu.device.queue.writeBuffer(made.weights.buffer, 0, Float32Array.from(parameters));
    uploadRotary(gpu.device, made.acts, sizes);
    const trunk = new ProgramBuilder('generation');
    addTrunk(trunk, sizes, made.weights, made.acts);
    const heads = headRows(sizes).map((first) => {
      const head = new ProgramBuilder('logits');
      addLogits(head, sizes, made.weights, made.acts, { first, rows: HEAD_ROWS });
      return head.build(gpu);
    });
    const programs = { trunk: await trunk.build(gpu), heads: await Promise.all(heads) };
    return new WebGpuGenerator(gpu, make, sizes, made.acts, programs, made.readback);
  } catch (error) {
    make.destroy();
    throw error;
  }
}

/** Logits are computed for the 16 rows around the last token, not for the whole window. */
const HEAD_ROWS = 16;

function headRows({ rows }: Sizes): number[] {
  return Array.from({ length: rows / HEAD_ROWS }, (_, index) => index * HEAD_ROWS);
}

class WebGpuGenerator implements Generator {
  readonly #gpu: GpuDevice;
  readonly #make: Allocator;
  readonly #sizes: Sizes;
  readonly #acts: Activations;
  readonly #programs: { readonly trunk: Program; readonly heads: readonly Program[] };
  readonly #readback: Readback;
  #isBusy = false;

  constructor(
    gpu: GpuDevice,
    make: Allocator,
    sizes: Sizes,
    acts: Activations,
    programs: { readonly trunk: Program; readonly heads: readonly Program[] },
    readback: Readback,
  ) {
    this.#gpu = gpu;
    this.#make = make;
    this.#sizes = sizes;
    this.#acts = acts;
    this.#programs = programs;
    this.#readback = readback;
  }

  async logits(prompt: Uint16Array): Promise<Float32Array> {
    const { context, vocabulary, paddedVocabulary } = this.#sizes;
    if (prompt.length === 0) throw new RangeError('a prompt has at least one token');
    if (this.#isBusy) throw new Error('this generator is at work; wait for the logits that were asked for');
    const seen = prompt.subarray(-context);
    const last = seen.length - 1;
    const head = this.#programs.heads[Math.floor(last / HEAD_ROWS)];
    if (!head) throw new RangeError(`there is no row ${last} in a context of ${context}`);
    this.#writeInputs(seen);
    this.#submit(this.#programs.trunk, head);
    const bytes = await this.#readback.read([
      {
        buffer: this.#acts.logits.buffer,
        offset: (last % HEAD_ROWS) * paddedVocabulary * 4,
        size: paddedVocabulary * 4,
      },
    ]);
    return new Float32Array(bytes, 0, vocabulary);
  }

  async everyLogits(window: Uint16Array): Promise<Float32Array> {
    const { context } = this.#sizes;
    const tokens = window.length;
    if (tokens < 1 || tokens > context) {
      throw new RangeError(`a window of ${tokens} tokens is not of 1 to ${context}`);
    }
    // Another call between two heads would put another text's rows into the trunk.
    if (this.#isBusy) throw new Error('this generator is at work; wait for the logits that were asked for');
    this.#isBusy = true;
    try {
      return await this.#headByHead(window);
    } finally {
      this.#isBusy = false;
    }
  }

  async #headByHead(window: Uint16Array): Promise<Float32Array> {
    const { vocabulary, paddedVocabulary } = this.#sizes;
    const tokens = window.length;
    const logits = new Float32Array(tokens * vocabulary);
    this.#writeInputs(window);
    const pieces = this.#programs.heads.slice(0, Math.ceil(tokens / HEAD_ROWS));
    for (const [piece, head] of pieces.entries()) {
      // The trunk's output stays where it is while head after head reads its rows.
      this.#submit(...(piece === 0 ? [this.#programs.trunk, head] : [head]));
      const first = piece * HEAD_ROWS;
      const rows = Math.min(HEAD_ROWS, tokens - first);
      const bytes = await this.#readback.read([
        { buffer: this.#acts.logits.buffer, size: rows * paddedVocabulary * 4 },
      ]);
      for (let row = 0; row < rows; row++) {
        const values = new Float32Array(bytes, row * paddedVocabulary * 4, vocabulary);
        logits.set(values, (first + row) * vocabulary);
      }
    }
    return logits;
  }

  async *generate(options: GenerateOptions): AsyncGenerator<number> {
    checkSampling(options);
    const { context } = this.#sizes;
    const uniform = uniformStream(options.seed);
    let text = options.prompt;
    for (let drawn = 0; drawn < options.tokens; drawn++) {
      options.signal?.throwIfAborted();
      const token = sampleToken(await this.logits(text), options, uniform);
      yield token;
      const longer = new Uint16Array(Math.min(text.length, context) + 1);
      longer.set(text.subarray(-context));
      longer[longer.length - 1] = token;
      text = longer;
    }
  }

  destroy(): void {
    this.#make.destroy();
  }

  /** Attention is causal: what stands after the last of `tokens` cannot touch their logits. */
  #writeInputs(tokens: Uint16Array): void {
    const inputs = new Uint32Array(this.#sizes.context);
    inputs.set(tokens);
    this.#gpu.device.queue.writeBuffer(this.#acts.inputs.buffer, 0, inputs);
  }

  #submit(...programs: readonly Program[]): void {
    const { device } = this.#gpu;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const program of programs) program.encode(pass);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }
}
