/** A fleet on WebGPU: what goes in and out of its slots, and what they do together. */

import { Allocator } from '../../gpu/allocator.ts';
import type { GpuDevice } from '../../gpu/device.ts';
import { FLOAT_BYTES } from '../../gpu/kernel.ts';
import { type Profile, profileProgram } from '../../gpu/profile.ts';
import type { Program } from '../../gpu/program.ts';
import { Replay } from '../../gpu/replay.ts';
import type { Fleet, FleetFacts, FleetRun, FleetSpec, RunProgress, RunState, StepLoss } from '../engine.ts';
import { checkWindows, packTokens } from '../program/corpusTokens.ts';
import { Evaluation } from '../program/evaluation.ts';
import { RUN_STATE_BYTES, readRunState, scheduleRows, writeRunState } from '../program/runState.ts';
import { uploadRotary } from '../program/tensors.ts';
import { RING_STEPS } from '../program/training.ts';
import { fleetFacts } from './outline.ts';
import {
  type FleetLayout,
  type FleetTensors,
  fleetProgram,
  fleetSizes,
  fleetTensors,
  RING_BYTES,
  stretches,
} from './tensors.ts';

function checkSpec({ runs, tokens, evaluation }: FleetSpec, layout: FleetLayout): void {
  const { slots, table } = layout;
  if (slots === 0) throw new RangeError('a fleet has at least one run');
  if (runs.length > slots) throw new RangeError(`${runs.length} runs do not fit into ${slots} slots`);
  for (const run of runs) checkRun(run, layout);
  checkWindows('evaluation', evaluation, table.config.context, tokens.length);
}

function checkRun({ windows, learningRates, state }: FleetRun, { shape, table }: FleetLayout): void {
  const steps = learningRates.length;
  if (steps === 0 || windows.length !== steps * shape.batch) {
    throw new RangeError(`${windows.length} windows do not make ${steps} steps of ${shape.batch}`);
  }
  if (steps > shape.planSteps) {
    throw new RangeError(`a plan of ${steps} steps does not fit into a fleet for ${shape.planSteps}`);
  }
  for (const arena of [state.parameters, state.firstMoment, state.secondMoment]) {
    if (arena.length !== table.arena) {
      throw new RangeError(`a state of ${arena.length} floats does not fit an arena of ${table.arena}`);
    }
  }
  checkWindows('plan', windows, table.config.context, shape.tokens);
}

export class WebGpuFleet implements Fleet {
  readonly facts: FleetFacts;
  readonly slots: number;
  readonly #gpu: GpuDevice;
  readonly #make: Allocator;
  readonly #layout: FleetLayout;
  readonly #tensors: FleetTensors;
  readonly #program: Program;
  readonly #replay: Replay;
  readonly #evaluation: Evaluation;
  /** Steps of the run in each occupied slot whose losses were read. */
  readonly #read: number[] = [];

  private constructor(
    gpu: GpuDevice,
    make: Allocator,
    layout: FleetLayout,
    tensors: FleetTensors,
    program: Program,
    evaluation: Evaluation,
  ) {
    this.#gpu = gpu;
    this.#make = make;
    this.#layout = layout;
    this.#tensors = tensors;
    this.#program = program;
    this.#replay = new Replay(gpu, program);
    this.#evaluation = evaluation;
    this.slots = layout.slots;
    this.facts = fleetFacts(layout, program.kernels, make.bytes);
  }

  /**
   * `spec` fills what `layout` was made for.
   * @throws LimitTooSmallError, OutOfMemoryError before anything is left behind; WindowOutsideError or RangeError for a
   * spec that contradicts itself
   */
  static async create(gpu: GpuDevice, layout: FleetLayout, spec: FleetSpec): Promise<WebGpuFleet> {
    checkSpec(spec, layout);
    const make = new Allocator(gpu.memory);
    const tensors = await gpu.memory.guarded(`a fleet of ${layout.slots}`, () =>
      fleetTensors(gpu, make, layout),
    );
    try {
      const sizes = fleetSizes(layout);
      const { buffers, acts, scratch } = tensors;
      const [program, evaluation] = await Promise.all([
        fleetProgram(layout, tensors).build(gpu),
        Evaluation.create(gpu, {
          sizes,
          weights: scratch ? { buffer: scratch } : buffers.weights,
          corpus: buffers.corpus,
          acts,
          buffers: tensors.evaluation,
          readback: tensors.results,
        }),
      ]);
      const { queue } = gpu.device;
      queue.writeBuffer(buffers.corpus.buffer, 0, packTokens(spec.tokens));
      if (spec.evaluation.length > 0) {
        queue.writeBuffer(tensors.evaluation.windows.buffer, 0, Uint32Array.from(spec.evaluation));
      }
      uploadRotary(gpu.device, acts, sizes);
      const fleet = new WebGpuFleet(gpu, make, layout, tensors, program, evaluation);
      for (const [slot, run] of spec.runs.entries()) fleet.#write(slot, run);
      return fleet;
    } catch (error) {
      make.destroy();
      throw error;
    }
  }

  get occupied(): number {
    return this.#read.length;
  }

  async advance(count: number): Promise<void> {
    await this.#replay.advance(count, this.occupied);
  }

  async progress(): Promise<readonly RunProgress[]> {
    await this.#replay.idle();
    const { state, ring } = this.#tensors.buffers;
    const runs = this.occupied;
    if (runs === 0) return [];
    const bytes = await this.#tensors.progress.read([
      { buffer: state.buffer, size: runs * RUN_STATE_BYTES },
      { buffer: ring.buffer, size: runs * RING_BYTES },
    ]);
    const words = new Uint32Array(bytes);
    return this.#read.map((read, run) => {
      const { step, status } = readRunState(words, run);
      const entries = new Float32Array(bytes, runs * RUN_STATE_BYTES + run * RING_BYTES, RING_STEPS * 2);
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
    range?: { readonly from: number; readonly count: number },
    slots: readonly number[] = this.#read.map((_, slot) => slot),
  ): Promise<readonly Float32Array[]> {
    const { evaluation: windows } = this.#layout.shape;
    const { from, count } = range ?? { from: 0, count: windows };
    if (from + count > windows) {
      throw new RangeError(`there are ${windows} evaluation windows, not ${from + count}`);
    }
    for (const slot of slots) this.#check(slot);
    await this.#replay.idle();
    this.#gatherWeights(slots);
    return this.#evaluation.evaluate(from, count, slots.length);
  }

  async readState(slot: number): Promise<RunState> {
    this.#check(slot);
    await this.#replay.idle();
    const { weights, firstMoment, secondMoment, state } = this.#tensors.buffers;
    const floats = this.facts.table.arena;
    const size = floats * FLOAT_BYTES;
    const words = await this.#tensors.progress.read([
      { buffer: state.buffer, offset: slot * RUN_STATE_BYTES, size: RUN_STATE_BYTES },
    ]);
    const bytes = await this.#tensors.arenas.read(
      [weights, firstMoment, secondMoment].map(({ buffer }) => ({ buffer, offset: slot * size, size })),
    );
    return {
      parameters: new Float32Array(bytes, 0, floats),
      firstMoment: new Float32Array(bytes, size, floats),
      secondMoment: new Float32Array(bytes, 2 * size, floats),
      step: readRunState(new Uint32Array(words), 0).step,
    };
  }

  put(slot: number, run: FleetRun): void {
    if (slot >= this.slots) throw new RangeError(`a fleet of ${this.slots} has no slot ${slot}`);
    if (slot !== this.occupied) this.#check(slot);
    checkRun(run, this.#layout);
    this.#write(slot, run);
  }

  leave(slot: number): void {
    this.#check(slot);
    const last = this.occupied - 1;
    if (slot !== last) this.#move(last, slot);
    this.#read[slot] = this.#read[last] ?? 0;
    this.#read.length = last;
  }

  /**
   * Where the time of a step goes, by `replays` steps of every run in a slot or not: for a fleet that nobody needs afterwards.
   * @throws DeviceLostError
   */
  async profile(replays: number): Promise<Profile> {
    await this.#replay.idle();
    return profileProgram(this.#gpu, this.#program, replays);
  }

  destroy(): void {
    this.#make.destroy();
  }

  #check(slot: number): void {
    if (!(slot in this.#read)) throw new RangeError(`there is no run ${slot}`);
  }

  /** What is queued comes after the steps under way, so nobody waits. */
  #write(slot: number, run: FleetRun): void {
    const { queue } = this.#gpu.device;
    const { shape, table } = this.#layout;
    const { buffers } = this.#tensors;
    const { parameters, firstMoment, secondMoment, step } = run.state;
    const state = new ArrayBuffer(RUN_STATE_BYTES);
    const steps = run.learningRates.length;
    writeRunState(state, 0, { step, steps, planSteps: shape.planSteps, optimizer: run.optimizer });
    queue.writeBuffer(buffers.state.buffer, slot * RUN_STATE_BYTES, state);
    const arenaAt = slot * table.arena * FLOAT_BYTES;
    queue.writeBuffer(buffers.weights.buffer, arenaAt, Float32Array.from(parameters));
    queue.writeBuffer(buffers.firstMoment.buffer, arenaAt, Float32Array.from(firstMoment));
    queue.writeBuffer(buffers.secondMoment.buffer, arenaAt, Float32Array.from(secondMoment));
    const stepAt = slot * shape.planSteps * FLOAT_BYTES;
    queue.writeBuffer(buffers.windows.buffer, stepAt * shape.batch, Uint32Array.from(run.windows));
    const schedule = scheduleRows(run.learningRates, run.optimizer, run.stepsBefore);
    queue.writeBuffer(buffers.schedule.buffer, stepAt * 4, schedule);
    this.#read[slot] = step;
  }

  /** Copies what lies in slot `from` to slot `to`, by way of the scratch buffer: a buffer cannot be copied into itself. */
  #move(from: number, to: number): void {
    const { scratch, buffers } = this.#tensors;
    if (!scratch) return;
    const encoder = this.#gpu.device.createCommandEncoder();
    for (const { buffer, bytes } of stretches(buffers, this.#layout)) {
      for (let done = 0; done < bytes; done += scratch.size) {
        const size = Math.min(scratch.size, bytes - done);
        encoder.copyBufferToBuffer(buffer, from * bytes + done, scratch, 0, size);
        encoder.copyBufferToBuffer(scratch, 0, buffer, to * bytes + done, size);
      }
    }
    this.#gpu.device.queue.submit([encoder.finish()]);
  }

  #gatherWeights(slots: readonly number[]): void {
    const { scratch, buffers } = this.#tensors;
    if (!scratch || slots.length === 0) return;
    const size = this.facts.table.arena * FLOAT_BYTES;
    const encoder = this.#gpu.device.createCommandEncoder();
    for (const [index, slot] of slots.entries()) {
      encoder.copyBufferToBuffer(buffers.weights.buffer, slot * size, scratch, index * size, size);
    }
    this.#gpu.device.queue.submit([encoder.finish()]);
  }
}
