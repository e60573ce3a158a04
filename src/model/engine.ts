/**
 * What a trainer may ask of an engine, and nothing more.
 *
 * A fleet is a number of runs of one model shape and one batch size that train side by side on one token array,
 * each with its own plan, learning rates, hyper-parameters, seed and length. The interface is not about WebGPU:
 * no buffer, no device and no kernel shows through it, so another device can stand beside WebGPU.
 */

import type { LlamaConfig } from './config.ts';
import type { ParameterTable } from './parameters.ts';

/** Hyper-parameters of AdamW and of the gradient clip. */
export type AdamWOptions = {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled; matrices only, never norm gains. */
  readonly weightDecay: number;
  /** Largest global gradient norm; 0 leaves gradients alone. */
  readonly clip: number;
};

export type FleetRun = {
  /**
   * The batch plan, [steps × batch]: where each window begins, as an index into the fleet's tokens. A window at `o`
   * reads tokens o … o+context−1 and predicts tokens o+1 … o+context.
   */
  readonly windows: Uint32Array;
  /** Learning rate of each step, [steps]. */
  readonly learningRates: Float32Array;
  readonly optimizer: AdamWOptions;
  /** Arenas laid out by the parameter table, and how many steps they have behind them. */
  readonly state: RunState;
};

/** All that must be kept to go on bit for bit: three arenas of `table.arena` floats, and the step counter. */
export type RunState = {
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Steps already taken. */
  readonly step: number;
};

export type FleetSpec = {
  readonly config: LlamaConfig;
  /** Windows a step, over all micro-batches. */
  readonly batch: number;
  /** Every token that any run reads, each below 65,536. */
  readonly tokens: Uint16Array;
  readonly runs: readonly FleetRun[];
  /** Where the validation windows begin, as indices into `tokens`; the same for every run. */
  readonly evaluation: Uint32Array;
};

export type RunStatus = 'running' | 'done' | 'diverged' | 'stopped';

/** One training step as the engine saw it. */
export type StepLoss = {
  /** Steps taken after this one: the first step is 1. */
  readonly step: number;
  /** Mean nats a token over the batch, before the update. */
  readonly loss: number;
  /** Global gradient norm before clipping. */
  readonly gradientNorm: number;
};

export type RunProgress = {
  readonly status: RunStatus;
  readonly step: number;
  /** Steps since the last read, oldest first. */
  readonly losses: readonly StepLoss[];
};

/** Choices that suit a device, some of which move the last bits; kept in records and checkpoints, given back on resume. */
export type Tuning = {
  /** Rows of a matmul's register tile. */
  readonly tileRows: 4 | 8;
  /** Slices into which the tokens of a weight gradient are split before they are summed in order. */
  readonly gradientSlices: number;
};

export type FleetFacts = {
  readonly table: ParameterTable;
  readonly tuning: Tuning;
  /** Windows of one micro-batch, and micro-batches a step. */
  readonly microBatch: number;
  readonly microBatches: number;
  readonly dispatchesPerStep: number;
  /** Exact floating-point operations of one step of one run, forward, backward and update. */
  readonly flopsPerStep: number;
  /** Bytes of GPU memory that the whole fleet holds. */
  readonly bytes: number;
};

export interface Fleet {
  readonly facts: FleetFacts;
  /**
   * Queues `count` steps for every run that is still running; returns once the device has room for more
   * (two submits are in flight at most). A run past its last step, diverged or stopped rests in its slot.
   */
  advance(count: number): Promise<void>;
  /** Losses and states since the last call; waits until the queued steps are done. At most 4,096 steps apart. */
  progress(): Promise<readonly RunProgress[]>;
  /**
   * Summed nats of evaluation windows `from` … `from + count − 1` (all of them by default), [runs][count]: the mean
   * loss of a window is its sum / context.
   */
  evaluate(range?: { readonly from: number; readonly count: number }): Promise<readonly Float32Array[]>;
  /** Ends one run at the step it has reached. */
  stop(run: number): void;
  readState(run: number): Promise<RunState>;
  destroy(): void;
}

/** Makes fleets on one device. `tuning` repeats the choices of an earlier fleet, for a resume bit for bit. */
export interface Engine {
  createFleet(spec: FleetSpec, options?: { tuning?: Tuning; microBatch?: number }): Promise<Fleet>;
}
