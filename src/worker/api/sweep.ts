/** What the door says of sweeps: what a design means and costs, and the queue that trains them. */

import type { Nominal } from '../../formats/manifest.ts';
import type { Aim } from '../../sweep/adaptive/nextRound.ts';
import type { FleetEstimate } from '../../sweep/design/estimate.ts';
import type { DropReason } from '../../sweep/design/planSweep.ts';
import type { Failure } from './outcome.ts';

/** Runs of one kind. */
export type KindFacts = {
  readonly kind: Nominal['kind'];
  readonly runs: number;
  readonly steps: number;
  /** Tokens that are read, of both languages. */
  readonly tokens: number;
  readonly flops: number;
};

/** A run that a design asks for, or that a queue holds. */
export type RunFacts = Nominal & {
  readonly id: string;
  /** For a person. */
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  readonly seed: number;
  readonly steps: number;
  readonly flops: number;
};

/** What a design comes to, before any device was asked. */
export type PlanFacts = {
  /** Of the first design. */
  readonly name: string;
  readonly runs: number;
  /** Combinations that asked for a run which was there already. */
  readonly merged: number;
  readonly dropped: number;
  readonly reasons: readonly DropReason[];
  /** Runs that a warning is about, and the first one's. */
  readonly warnings: readonly { readonly count: number; readonly message: string }[];
  readonly kinds: readonly KindFacts[];
  /** 6·N·D; saved steps are in it. */
  readonly flops: number;
  /** What need not be trained, since runs begin alike. */
  readonly saved: { readonly forks: number; readonly steps: number; readonly flops: number };
  /** Parts that processes take, one after the other. */
  readonly tasks: number;
  /** The first runs, in the order of the manifest. */
  readonly shown: readonly RunFacts[];
  /** Of an adaptive design: runs a round, and C of the threshold where it is said. All else here is of all runs that may be chosen. */
  readonly adaptive: { readonly runs: number; readonly compute: number | null } | null;
};

/** The same with a device: measured in a few seconds. */
export type CostFacts = {
  readonly fleets: readonly FleetEstimate[];
  /** Of all fleets, one after the other. */
  readonly seconds: number;
  /** As the engine counts them. */
  readonly flops: number;
  readonly savedFlops: number;
  /** Whether a processor plays the GPU. */
  readonly software: boolean;
};

export type ManifestFacts = {
  /** JSON lines, for `m3lab sweep run` and `m3lab sweep submit`. */
  readonly text: string;
  readonly runs: number;
  readonly tasks: number;
  /** Files that must lie beside the manifest, by name. */
  readonly files: readonly string[];
};

/** A round of an adaptive design, and why it was chosen. */
export type RoundFacts = {
  /** Ids of its runs, in the order in which they were chosen. */
  readonly runs: readonly string[];
  /** Milliseconds since 1970. */
  readonly chosenAt: number;
  /** Null where the runs were spread over the design. */
  readonly aim: Aim | null;
  /** Finished runs that were fitted, runs that a fit needs, and runs of the design that were left after this round. */
  readonly results: number;
  readonly needed: number;
  readonly left: number;
  /** C of the threshold, in FLOPs. */
  readonly compute: number;
};

/** `working`: the queue is at it. `paused` by a person. `failed`: see `failure`. */
export type SweepState = 'waiting' | 'working' | 'paused' | 'done' | 'failed';

export type SweepFacts = {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly state: SweepState;
  /** Runs of its manifest; of those, finished, ended by hand, and such as cannot be. */
  readonly runs: number;
  readonly finished: number;
  readonly stopped: readonly string[];
  readonly refused: readonly { readonly run: string; readonly field: string; readonly problem: string }[];
  readonly flops: number;
  readonly flopsDone: number;
  /** At the rate of this sitting; null where it has none. */
  readonly remainingSeconds: number | null;
  readonly failure: Failure | null;
  /** Null where the design is not adaptive; `ended`: no further round is to come. */
  readonly adaptive: {
    readonly perRound: number;
    readonly rounds: readonly RoundFacts[];
    readonly ended: boolean;
  } | null;
};

/**
 * What the queue does. `idle`: there is nothing to train, or all of it is paused. `aside`: somebody else has the GPU, a fleet of Train say. `elsewhere`: another tab has it. `choosing`: the next
 * round of an adaptive design. `blocked`: see `failure`; it goes on when it is told to.
 */
export type QueueState =
  | 'idle'
  | 'preparing'
  | 'choosing'
  | 'training'
  | 'saving'
  | 'aside'
  | 'elsewhere'
  | 'blocked';

/** Where a run stands that the queue is at. */
export type LiveRun = {
  readonly run: string;
  readonly status: 'waiting' | 'training' | 'done' | 'diverged';
  readonly step: number;
};

export type QueueFacts = {
  readonly state: QueueState;
  readonly failure: Failure | null;
  /** In the order in which they are trained. */
  readonly sweeps: readonly SweepFacts[];
  /** The task that is being trained. */
  readonly current: { readonly sweep: string; readonly runs: readonly LiveRun[] } | null;
};

/** `begun`: it has a checkpoint. */
export type SweepRun = RunFacts & {
  readonly status: 'open' | 'begun' | 'done' | 'stopped' | 'refused';
  /** Of an adaptive design, from 1. */
  readonly round: number | null;
};

/** Validations of a run, as they are saved. */
export type SweepCurve = {
  readonly run: string;
  readonly tokens: Float64Array;
  /** Bits per byte on held-out text of the target. */
  readonly targetBits: Float32Array;
  /** What no model can go below; null where it is not known. */
  readonly floorBits: number | null;
};

export type SweepCommand =
  /** What the design means, and what was left out of it and why. Trains nothing and asks no device. */
  | { readonly command: 'planSweep'; readonly design: string }
  /** What it takes of this device; only while nothing trains, or the queue can stand aside. */
  | { readonly command: 'estimateSweep'; readonly design: string }
  /** The manifest of a design, or of a sweep in the queue. */
  | {
      readonly command: 'sweepManifest';
      readonly of: { readonly design: string } | { readonly sweep: string };
    }
  /** The design that a sweep in the queue was made of, as JSON, with the full names of its texts. */
  | { readonly command: 'sweepDesign'; readonly sweep: string }
  /** Puts the runs of a design at the end of the queue, and answers with the id of the sweep. */
  | { readonly command: 'enqueueSweep'; readonly design: string; readonly name: string }
  | { readonly command: 'queue' }
  /** Lets every sweep go on, also after the queue was blocked; or pauses all that are not done: what is under way is saved. */
  | { readonly command: 'runQueue'; readonly run: boolean }
  /** A sweep that is paused is passed over. Going on takes away its failure too. */
  | { readonly command: 'pauseSweep'; readonly sweep: string; readonly paused: boolean }
  /** `to` counts from 0. Whichever sweep is first of those that can be trained is trained. */
  | { readonly command: 'moveSweep'; readonly sweep: string; readonly to: number }
  /** Takes it out of the queue, with its checkpoints; finished runs stay in the library. */
  | { readonly command: 'removeSweep'; readonly sweep: string }
  /** Ends one run where it is, or lets it go on from there. */
  | {
      readonly command: 'stopSweepRun';
      readonly sweep: string;
      readonly run: string;
      readonly stopped: boolean;
    }
  | { readonly command: 'sweepRuns'; readonly sweep: string }
  | { readonly command: 'sweepCurves'; readonly sweep: string; readonly runs: readonly string[] };

export type SweepReply = {
  planSweep: PlanFacts;
  estimateSweep: CostFacts;
  sweepManifest: ManifestFacts;
  sweepDesign: string;
  enqueueSweep: string;
  queue: QueueFacts;
  runQueue: null;
  pauseSweep: null;
  moveSweep: null;
  removeSweep: null;
  stopSweepRun: null;
  sweepRuns: readonly SweepRun[];
  sweepCurves: readonly SweepCurve[];
};

export type SweepEvent =
  /** At every change of the queue; of progress alone at most every 500 ms. */
  | { readonly event: 'queue'; readonly queue: QueueFacts }
  /** How far a plan or an estimate is: texts read (`of` is a text's name), tasks looked at, fleets measured. */
  | {
      readonly event: 'planning';
      readonly doing: 'reading' | 'comparing' | 'measuring';
      readonly of: string;
      readonly done: number;
      readonly all: number;
    };
