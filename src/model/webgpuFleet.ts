/** A fleet on WebGPU: buffers, the training and evaluation programs, and what goes in and out of them. */

import type { GpuDevice } from '../gpu/device.ts';
import { FLOAT_BYTES } from '../gpu/kernel.ts';
import type { Program } from '../gpu/program.ts';
import { Replay } from '../gpu/replay.ts';
import { checkWindows, packTokens } from './corpusTokens.ts';
import type { Fleet, FleetFacts, FleetSpec, RunProgress, RunState, StepLoss, Tuning } from './engine.ts';
import { Evaluation, type EvaluationBuffers, evaluationBuffers } from './evaluation.ts';
import type { ParameterTable } from './parameters.ts';
import { Readback } from './readback.ts';
import {
  RUN_STATE_BYTES,
  readRunState,
  STATUS_OFFSET_BYTES,
  STOPPED_WORD,
  scheduleRows,
  writeRunState,
} from './runState.ts';
import { type Sizes, sizesOf } from './sizes.ts';
import {
  type Activations,
  Allocator,
  activations,
  type Gradients,
  gradients,
  uploadRotary,
} from './tensors.ts';
import { RING_STEPS, type TrainingBuffers, trainingBuffers, trainingProgram } from './training.ts';

/** What a fleet is made of, once the sizes are settled. */
export type FleetParts = {
  readonly spec: FleetSpec;
  readonly table: ParameterTable;
  readonly tuning: Tuning;
  readonly microBatch: number;
};

type Tensors = {
  readonly buffers: TrainingBuffers;
  readonly acts: Activations;
  readonly grads: Gradients;
  readonly evaluation: EvaluationBuffers;
  readonly progress: Readback;
  readonly arenas: Readback;
  readonly results: Readback;
};

function planStepsOf({ runs }: FleetSpec): number {
  return Math.max(...runs.map((run) => run.learningRates.length));
}

function makeTensors(gpu: GpuDevice, make: Allocator, sizes: Sizes, parts: FleetParts): Tensors {
  const { spec, table } = parts;
  const runs = spec.runs.length;
  const steps = planStepsOf(spec);
  const evaluated = Math.max(1, spec.evaluation.length);
  const acts = activations(make, sizes, true);
  return {
    buffers: trainingBuffers(make, sizes, { steps, batch: spec.batch, tokens: spec.tokens.length }),
    acts,
    grads: gradients(make, sizes),
    evaluation: evaluationBuffers(make, sizes, evaluated),
    progress: new Readback(gpu, make, 'progress', runs * (RUN_STATE_BYTES + RING_STEPS * 2 * FLOAT_BYTES)),
    arenas: new Readback(gpu, make, 'arenas of one run', 3 * table.arena * FLOAT_BYTES),
    results: new Readback(gpu, make, 'evaluation results', runs * evaluated * FLOAT_BYTES),
  };
}

function upload(gpu: GpuDevice, sizes: Sizes, { spec, table }: FleetParts, tensors: Tensors): void {
  const { queue } = gpu.device;
  const { buffers } = tensors;
  const steps = planStepsOf(spec);
  const states = new ArrayBuffer(spec.runs.length * RUN_STATE_BYTES);
  spec.runs.forEach((run, index) => {
    writeRunState(states, index, {
      step: run.state.step,
      steps: run.learningRates.length,
      planSteps: steps,
      optimizer: run.optimizer,
    });
    const arenaAt = index * table.arena * FLOAT_BYTES;
    queue.writeBuffer(buffers.weights.buffer, arenaAt, Float32Array.from(run.state.parameters));
    queue.writeBuffer(buffers.firstMoment.buffer, arenaAt, Float32Array.from(run.state.firstMoment));
    queue.writeBuffer(buffers.secondMoment.buffer, arenaAt, Float32Array.from(run.state.secondMoment));
    queue.writeBuffer(
      buffers.windows.buffer,
      index * steps * spec.batch * FLOAT_BYTES,
      Uint32Array.from(run.windows),
    );
    queue.writeBuffer(
      buffers.schedule.buffer,
      index * steps * 4 * FLOAT_BYTES,
      scheduleRows(run.learningRates, run.optimizer),
    );
  });
  queue.writeBuffer(buffers.state.buffer, 0, states);
  queue.writeBuffer(buffers.corpus.buffer, 0, packTokens(spec.tokens));
  if (spec.evaluation.length > 0) {
    queue.writeBuffer(tensors.evaluation.windows.buffer, 0, Uint32Array.from(spec.evaluation));
  }
  uploadRotary(gpu.device, tensors.acts, sizes);
}

function checkSpec({ spec, table }: FleetParts): void {
  const { batch, runs, tokens, evaluation, config } = spec;
  if (runs.length === 0) throw new RangeError('a fleet has at least one run');
  for (const run of runs) {
    const steps = run.learningRates.length;
    if (steps === 0 || run.windows.length !== steps * batch) {
      throw new RangeError(`${run.windows.length} windows do not make ${steps} steps of ${batch}`);
    }
    for (const arena of [run.state.parameters, run.state.firstMoment, run.state.secondMoment]) {
      if (arena.length !== table.arena) {
        throw new RangeError(`a state of ${arena.length} floats does not fit an arena of ${table.arena}`);
      }
    }
    checkWindows('plan', run.windows, config.context, tokens.length);
  }
  checkWindows('evaluation', evaluation, config.context, tokens.length);
}

export class WebGpuFleet implements Fleet {
  readonly facts: FleetFacts;
  readonly #gpu: GpuDevice;
  readonly #make: Allocator;
  readonly #tensors: Tensors;
  readonly #replay: Replay;
  readonly #evaluation: Evaluation;
  readonly #windows: number;
  /** Steps of each run whose losses were read. */
  readonly #read: number[];

  private constructor(
    gpu: GpuDevice,
    make: Allocator,
    parts: FleetParts,
    tensors: Tensors,
    program: Program,
    evaluation: Evaluation,
  ) {
    const { spec, table, tuning, microBatch } = parts;
    this.#gpu = gpu;
    this.#make = make;
    this.#tensors = tensors;
    this.#replay = new Replay(gpu, program);
    this.#evaluation = evaluation;
    this.#windows = spec.evaluation.length;
    this.#read = spec.runs.map((run) => run.state.step);
    this.facts = {
      table,
      tuning,
      microBatch,
      microBatches: spec.batch / microBatch,
      dispatchesPerStep: program.dispatches,
      flopsPerStep: program.flops / spec.runs.length,
      bytes: make.bytes,
    };
  }

  /**
   * @throws LimitTooSmallError, OutOfMemoryError before anything is left behind; WindowOutsideError or RangeError for a
   * spec that contradicts itself
   */
  static async create(gpu: GpuDevice, parts: FleetParts): Promise<WebGpuFleet> {
    checkSpec(parts);
    const { spec, table, tuning, microBatch } = parts;
    const sizes = sizesOf(table, tuning, spec.runs.length, microBatch);
    const make = new Allocator(gpu.memory);
    const tensors = await gpu.memory.guarded(`a fleet of ${spec.runs.length}`, () =>
      makeTensors(gpu, make, sizes, parts),
    );
    try {
      const { buffers, acts, grads } = tensors;
      const [program, evaluation] = await Promise.all([
        trainingProgram({
          sizes,
          microBatches: spec.batch / microBatch,
          buffers,
          acts,
          grads,
        }).build(gpu),
        Evaluation.create(gpu, {
          sizes,
          weights: buffers.weights,
          corpus: buffers.corpus,
          acts,
          buffers: tensors.evaluation,
          readback: tensors.results,
        }),
      ]);
      upload(gpu, sizes, parts, tensors);
      return new WebGpuFleet(gpu, make, parts, tensors, program, evaluation);
    } catch (error) {
      make.destroy();
      throw error;
    }
  }

  async advance(count: number): Promise<void> {
    await this.#replay.advance(count);
  }

  async progress(): Promise<readonly RunProgress[]> {
    await this.#replay.idle();
    const { state, ring } = this.#tensors.buffers;
    const runs = this.#read.length;
    const ringBytes = RING_STEPS * 2 * FLOAT_BYTES;
    const bytes = await this.#tensors.progress.read([
      { buffer: state.buffer, size: runs * RUN_STATE_BYTES },
      { buffer: ring.buffer, size: runs * ringBytes },
    ]);
    const words = new Uint32Array(bytes);
    return this.#read.map((read, run) => {
      const { step, status } = readRunState(words, run);
      const entries = new Float32Array(bytes, runs * RUN_STATE_BYTES + run * ringBytes, RING_STEPS * 2);
      const losses: StepLoss[] = [];
      for (let index = Math.max(read, step - RING_STEPS); index < step; index++) {
        const at = (index % RING_STEPS) * 2;
        losses.push({ step: index + 1, loss: entries[at] ?? 0, gradientNorm: entries[at + 1] ?? 0 });
      }
      this.#read[run] = step;
      return { status, step, losses };
    });
  }

  async evaluate(
    { from, count }: { readonly from: number; readonly count: number } = { from: 0, count: this.#windows },
  ): Promise<readonly Float32Array[]> {
    if (from + count > this.#windows) {
      throw new RangeError(`there are ${this.#windows} evaluation windows, not ${from + count}`);
    }
    await this.#replay.idle();
    return this.#evaluation.evaluate(from, count);
  }

  stop(run: number): void {
    if (!(run in this.#read)) throw new RangeError(`there is no run ${run}`);
    this.#gpu.device.queue.writeBuffer(
      this.#tensors.buffers.state.buffer,
      run * RUN_STATE_BYTES + STATUS_OFFSET_BYTES,
      new Uint32Array([STOPPED_WORD]),
    );
  }

  async readState(run: number): Promise<RunState> {
    if (!(run in this.#read)) throw new RangeError(`there is no run ${run}`);
    await this.#replay.idle();
    const { weights, firstMoment, secondMoment, state } = this.#tensors.buffers;
    const floats = this.facts.table.arena;
    const size = floats * FLOAT_BYTES;
    const words = await this.#tensors.progress.read([
      { buffer: state.buffer, offset: run * RUN_STATE_BYTES, size: RUN_STATE_BYTES },
    ]);
    const bytes = await this.#tensors.arenas.read(
      [weights, firstMoment, secondMoment].map(({ buffer }) => ({ buffer, offset: run * size, size })),
    );
    return {
      parameters: new Float32Array(bytes, 0, floats),
      firstMoment: new Float32Array(bytes, size, floats),
      secondMoment: new Float32Array(bytes, 2 * size, floats),
      step: readRunState(new Uint32Array(words), 0).step,
    };
  }

  destroy(): void {
    this.#make.destroy();
  }
}
