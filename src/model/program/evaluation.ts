/** Evaluation: the summed nats of each validation window, for every run of a fleet at once. */

import type { Allocator } from '../../gpu/allocator.ts';
import type { Slice } from '../../gpu/buffers.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { beginEvaluation, collectEvaluation } from '../../gpu/kernels/evaluation.ts';
import { type Program, ProgramBuilder } from '../../gpu/program.ts';
import type { Readback } from '../../gpu/readback.ts';
import { Replay } from '../../gpu/replay.ts';
import { addLosses, addTrunk } from './forward.ts';
import type { Sizes } from './sizes.ts';
import type { Activations } from './tensors.ts';

export type EvaluationBuffers = {
  readonly cursor: Slice;
  readonly windows: Slice;
  readonly losses: Slice;
  readonly results: Slice;
  readonly count: number;
};

export function evaluationBuffers(make: Allocator, sizes: Sizes, count: number): EvaluationBuffers {
  return {
    cursor: make.floats('evaluation cursor', 3),
    windows: make.floats('evaluation windows', count),
    losses: make.floats('evaluation losses', sizes.runs * sizes.rows),
    results: make.floats('evaluation results', sizes.runs * count),
    count,
  };
}

function evaluationProgram(
  sizes: Sizes,
  weights: Slice,
  corpus: Slice,
  acts: Activations,
  buffers: EvaluationBuffers,
): ProgramBuilder {
  const { runs, rows, context } = sizes;
  const batch = { runs, rows, context };
  const program = new ProgramBuilder('evaluation');
  program.add(beginEvaluation(batch), {
    cursor: buffers.cursor,
    windows: buffers.windows,
    corpus,
    inputs: acts.inputs,
    targets: acts.targets,
  });
  addTrunk(program, sizes, weights, acts);
  addLosses(program, sizes, weights, acts, buffers.losses);
  program.add(collectEvaluation(batch), {
    losses: buffers.losses,
    cursor: buffers.cursor,
    results: buffers.results,
  });
  return program;
}

export class Evaluation {
  readonly #gpu: GpuDevice;
  readonly #sizes: Sizes;
  readonly #buffers: EvaluationBuffers;
  readonly #replay: Replay;
  readonly #readback: Readback;

  private constructor(
    gpu: GpuDevice,
    sizes: Sizes,
    buffers: EvaluationBuffers,
    program: Program,
    readback: Readback,
  ) {
    this.#gpu = gpu;
    this.#sizes = sizes;
    this.#buffers = buffers;
    this.#replay = new Replay(gpu, program);
    this.#readback = readback;
  }

  /** Makes the program on buffers that the caller made in a guarded stretch. */
  static async create(
    gpu: GpuDevice,
    parts: {
      readonly sizes: Sizes;
      readonly weights: Slice;
      readonly corpus: Slice;
      readonly acts: Activations;
      readonly buffers: EvaluationBuffers;
      readonly readback: Readback;
    },
  ): Promise<Evaluation> {
    const { sizes, weights, corpus, acts, buffers, readback } = parts;
    const program = await evaluationProgram(sizes, weights, corpus, acts, buffers).build(gpu);
    return new Evaluation(gpu, sizes, buffers, program, readback);
  }

  /**
   * Summed nats of windows `from` … `from + count − 1` for the first `runs` runs, all by default, [runs][count].
   * @throws DeviceLostError, RangeError
   */
  async evaluate(from: number, count: number, runs = this.#sizes.runs): Promise<Float32Array[]> {
    const { microBatch } = this.#sizes;
    const { results, cursor } = this.#buffers;
    if (from < 0 || count < 0 || from + count > this.#buffers.count) {
      throw new RangeError(
        `windows ${from} … ${from + count - 1} of ${this.#buffers.count} cannot be evaluated`,
      );
    }
    if (count === 0) return Array.from({ length: runs }, () => new Float32Array(0));
    this.#gpu.device.queue.writeBuffer(cursor.buffer, 0, new Uint32Array([from, from, this.#buffers.count]));
    await this.#replay.advance(Math.ceil(count / microBatch), runs);
    await this.#replay.idle();
    const pieces = Array.from({ length: runs }, (_, run) => ({
      buffer: results.buffer,
      offset: (run * this.#buffers.count + from) * 4,
      size: count * 4,
    }));
    const bytes = await this.#readback.read(pieces);
    return pieces.map((_, run) => new Float32Array(bytes, run * count * 4, count));
  }
}
