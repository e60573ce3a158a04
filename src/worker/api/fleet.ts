/** What may be asked and told of the adapter and of fleets. */

import type { TrainConfig } from '../../formats/config.ts';
import type { References, RunRecord } from '../../formats/record.ts';
import type { StepBench } from '../../model/bench/step.ts';
import type { TrainEvent } from '../../train/events.ts';
import type { CorpusFacts, Side, TokenizerFacts } from './texts.ts';

export type AdapterFacts = {
  /** What the browser says about the adapter; empty strings where it keeps silent. */
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True when the "GPU" is a program on the CPU. */
  readonly software: boolean;
};

/**
 * Where a fleet stands. `pausing`: the steps under way are being finished. `ending`: the last evaluation and checkpoint
 * are being made. `stopped`: over, but a run stands before its end, and can go on.
 */
export type Phase = 'idle' | 'preparing' | 'training' | 'pausing' | 'paused' | 'ending' | 'stopped' | 'done';

/** A run found in storage. Its record holds the curve up to the checkpoint; null before the first one. */
export type SavedRun = {
  readonly run: string;
  readonly config: TrainConfig;
  readonly record: RunRecord | null;
  /** Steps behind the checkpoint. */
  readonly step: number;
  /** Why what is saved of it cannot be read; null when it can. A fleet with such a run can only be discarded. */
  readonly damage: string | null;
  /** Its place in the palette, from 1; null where nobody said one. */
  readonly slot: number | null;
};

export type SavedFleet = {
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  /** Whether every run came to its end or was stopped; otherwise the fleet was interrupted. Stopped runs can go on too. */
  readonly finished: boolean;
  readonly runs: readonly SavedRun[];
};

/**
 * Losses that one run has told since the last such message, oldest first. Its arrays are handed over, not copied: no number is a message
 * of its own.
 */
export type RunMetrics = {
  readonly run: string;
  /** Of training batches, both languages together: nats a token, the mean over the steps since the point before. */
  readonly losses: {
    readonly steps: Uint32Array;
    /** Read so far. */
    readonly tokens: Float64Array;
    readonly nats: Float32Array;
  };
  /** On held-out text, in bits a byte; NaN where there is no source. */
  readonly evaluations: {
    readonly steps: Uint32Array;
    readonly tokens: Float64Array;
    readonly targetBits: Float32Array;
    readonly sourceBits: Float32Array;
  };
};

/** Who trains: the fleet of Train, or the queue of Sweep. */
export type Trains = 'fleet' | 'queue';

/** What one fleet of a list of runs would be. */
export type FleetOutlook = {
  /** Runs that train side by side, in the order in which they take slots. */
  readonly runs: readonly string[];
  /** GPU memory of all of them, and operations of one step of one; null where there is no GPU, or not even one run fits it. */
  readonly bytes: number | null;
  readonly flopsPerStep: number | null;
};

/** What the device can do at most, measured: our matmul in its best tile, and a pass over memory. */
export type DevicePeak = { readonly flopsPerSecond: number; readonly bytesPerSecond: number };

/** What a run wrote with the weights it had after a step. */
export type Sample = { readonly run: string; readonly step: number; readonly text: string };

export type FleetCommand =
  /** Says what fleets the configs would make, one after the other; a failure carries the first field that forbids it. `start` as in `train`. */
  | { readonly command: 'check'; readonly configs: readonly TrainConfig[]; readonly start?: string }
  /**
   * Trains one run for each config: those of one model and batch side by side, the others after them. Replaces the saved fleet. Answers
   * when the first step is taken; until then it can be broken off.
   */
  | {
      readonly command: 'train';
      readonly configs: readonly TrainConfig[];
      /** The place of each run in the palette, from 1; kept for whoever opens the page again. */
      readonly slots?: readonly number[];
      /**
       * A model by its id: all runs begin with its weights and read with its tokenizer, which the configs then name; their `model` must be of
       * its shape, with a context that is no longer.
       */
      readonly start?: string;
    }
  /** Goes on with the saved fleet, interrupted or stopped, bit for bit from its last checkpoint; answers with its texts. */
  | { readonly command: 'continue' }
  | { readonly command: 'discard' }
  | { readonly command: 'pause' }
  | { readonly command: 'resume' }
  /** Takes so many steps, then pauses again; only while paused. */
  | { readonly command: 'step'; readonly steps: number }
  /** Ends every run, or one, at the step it has reached. */
  | { readonly command: 'stop'; readonly run?: string }
  | { readonly command: 'checkpoint' }
  /** Measures one step of the config's model and batch, `runs` of them side by side, from 1 to 1,024; only while no fleet is at work. */
  | { readonly command: 'profile'; readonly config: TrainConfig; readonly runs: number }
  /** Measures what the device can do at most, once as long as it is open; only while no fleet is at work. */
  | { readonly command: 'peak' };

export type FleetReply = {
  check: readonly FleetOutlook[];
  train: null;
  continue: Readonly<Record<Side, CorpusFacts>>;
  discard: null;
  pause: null;
  resume: null;
  step: null;
  stop: null;
  checkpoint: null;
  profile: StepBench;
  peak: DevicePeak;
};

export type FleetEvent =
  | { readonly event: 'phase'; readonly phase: Phase }
  /** What the trainer told since the last such event but losses, oldest first. */
  | { readonly event: 'train'; readonly from: Trains; readonly events: readonly TrainEvent[] }
  /** The losses that it told, about ten times a second. */
  | { readonly event: 'metrics'; readonly from: Trains; readonly runs: readonly RunMetrics[] }
  /** What the runs that train write on from a prompt in the target language, now and then: as many of them at once as training can wait for, in turn. */
  | { readonly event: 'samples'; readonly prompt: string; readonly samples: readonly Sample[] }
  /** Kernels are being measured, since the adapter or the model is new to the lab; so many classes were measured before this one. Null: they no longer are. */
  | { readonly event: 'tuning'; readonly classes: number | null }
  /** A fleet's kernels are being compiled: so many of those that were asked for are there. Null: they no longer are. */
  | {
      readonly event: 'compiling';
      readonly kernels: { readonly compiled: number; readonly asked: number } | null;
    }
  /** A fleet's tokenizer is being trained, for the `round`-th time (from 1); `share` of it is done, 0 to 1. */
  | { readonly event: 'tokenizing'; readonly round: number; readonly share: number }
  /** What the runs of the fleet are held against: the entropy of the target and its n-gram reference. */
  | { readonly event: 'references'; readonly references: References }
  /** A fleet's texts have been cut into tokens. */
  | { readonly event: 'tokenizer'; readonly facts: TokenizerFacts }
  /** A fleet ended in a failure, was brought back or was removed; this is what can go on. */
  | { readonly event: 'saved'; readonly saved: SavedFleet | null };
