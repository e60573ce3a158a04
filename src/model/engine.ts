/**
 * What a trainer may ask of an engine, and nothing more.
 *
 * A fleet is a number of runs of one model shape and one batch size that train side by side on one token array,
 * each with its own plan, learning rates, hyper-parameters, seed and length. The interface is not about WebGPU:
 * no buffer, no device and no kernel shows through it, so another device can stand beside WebGPU.
 */

import type { LlamaConfig } from './llama/config.ts';
import type { ParameterTable } from './llama/parameters.ts';

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
  /** Steps that the moments had behind them before the plan's first one, for their bias corrections; 0 when left out. */
  readonly stepsBefore?: number;
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
  /** The runs that begin in the first slots. */
  readonly runs: readonly FleetRun[];
  /** Places for runs; as many as there are runs when left out. */
  readonly slots?: number;
  /** Steps of the longest plan that will ever take a slot; that of the longest of `runs` when left out. */
  readonly planSteps?: number;
  /** Where the validation windows begin, as indices into `tokens`; the same for every run. */
  readonly evaluation: Uint32Array;
};

/** What decides the memory that a fleet takes, but for the number of its slots. */
export type FleetShape = {
  readonly config: LlamaConfig;
  readonly batch: number;
  /** How many tokens, evaluation windows, and steps of the longest plan there are. */
  readonly tokens: number;
  readonly evaluation: number;
  readonly planSteps: number;
};

/** What fleets of one shape would be, known before any of them is made. */
export type FleetOutline = {
  /** Facts of a fleet of `slots` slots, to the byte, whether the device allows it or not. */
  facts(slots: number): FleetFacts;
  /** Slots that the device's limits allow, 1 or more. */
  readonly mostSlots: number;
  /** Whether the tuning that was asked for is one that this engine or device does not know, so that another was taken. */
  readonly retuned: boolean;
  /** Whether a processor does the work: one run fills it, and a second gains next to nothing. */
  readonly software: boolean;
};

export type RunStatus = 'running' | 'done' | 'diverged';

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
  /** Slices into which the tokens of a weight gradient are split; they are summed in their order. */
  readonly gradientSlices: number;
  /** Kernel and shape → the variant that computes it: its tile, its strips, how many take a row. */
  readonly variants: Readonly<Record<string, string>>;
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
  /** Bytes of GPU memory that the whole fleet holds, all slots. */
  readonly bytes: number;
};

/**
 * Runs side by side. They lie in the slots 0 … {@link Fleet.occupied} − 1, and only these cost anything: a run that leaves is
 * followed by the last one, which moves into its slot. Bits depend neither on the slot nor on how many there are.
 */
export interface Fleet {
  readonly facts: FleetFacts;
  readonly slots: number;
  /** Slots that hold a run. */
  readonly occupied: number;
  /**
   * Queues `count` steps for every run that is still running; returns once the device has room for more
   * (two submits are in flight at most). A run past its last step, or diverged, rests in its slot.
   */
  advance(count: number): Promise<void>;
  /** Losses and states since the last call, by slot; waits until the queued steps are done. At most 4,096 steps apart. */
  progress(): Promise<readonly RunProgress[]>;
  /**
   * Summed nats of evaluation windows `from` … `from + count − 1` (all of them by default) for the runs in `slots` (all by
   * default), [slots][count]: the mean loss of a window is its sum / context.
   */
  evaluate(
    range?: { readonly from: number; readonly count: number },
    slots?: readonly number[],
  ): Promise<readonly Float32Array[]>;
  readState(slot: number): Promise<RunState>;
  /**
   * Puts a run into a slot: in place of the run that was there, or into the first free one. What was not read of the run that was
   * there is lost. Throws a `RangeError` for a run that does not fit the fleet.
   */
  put(slot: number, run: FleetRun): void;
  /** Takes the run out of a slot; that of the last occupied slot moves there. What was not read of the one that leaves is lost. */
  leave(slot: number): void;
  destroy(): void;
}

/** Choices to repeat, those of an earlier fleet: for a resume bit for bit. */
export type FleetChoices = { readonly tuning?: Tuning; readonly microBatch?: number };

/** Choices that a checkpoint holds; whether this engine knows them is for it to say. */
export type OutlineChoices = {
  readonly tuning?: unknown;
  readonly microBatch?: number;
  /** Ends the measurements that new choices take. */
  readonly signal?: AbortSignal;
};

/** Makes fleets on one device. */
export interface Engine {
  /**
   * Says what fleets of that shape would be. `tuning` is what a checkpoint holds: this engine may not know it.
   * Throws where not even one run fits the device's limits, and the signal's reason when it is told to end a measurement.
   */
  outline(shape: FleetShape, choices?: OutlineChoices): Promise<FleetOutline>;
  createFleet(spec: FleetSpec, choices?: FleetChoices): Promise<Fleet>;
  /** Whether a fleet could not be made for want of memory, so that one of fewer slots may fit. */
  isOutOfMemory(error: unknown): boolean;
}
