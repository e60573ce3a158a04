/** What a trainer tells while it works. Plain data: it crosses to a page, or becomes JSON lines. */

import type { RunRecord } from '../formats/record.ts';
import type { FleetFacts } from '../model/engine.ts';
import type { ParameterCounts } from '../model/llama/parameters.ts';
import type { Realised } from '../recipe/accounting.ts';

/** The engine's facts of a group's fleet, without the table of tensors. */
export type FleetNumbers = Omit<FleetFacts, 'table'> & { readonly parameters: ParameterCounts };

export type StartedRun = {
  readonly run: string;
  readonly realised: Realised;
  readonly warnings: readonly string[];
  /** Steps already taken, by a checkpoint that was resumed. */
  readonly step: number;
};

/** A number of runs side by side, and the tokens that all of them together read in a second. */
export type Throughput = { readonly runs: number; readonly tokensPerSecond: number };

export type TrainEvent =
  /** A group of runs that share a fleet begins: those that train at once, and those that wait for a slot. Once a group. */
  | { readonly event: 'start'; readonly runs: readonly StartedRun[]; readonly facts: FleetNumbers }
  /** How many runs of the group that has just begun train side by side, where there are several. */
  | {
      readonly event: 'fleet';
      /** In the order in which they take slots: the first `size` at once. */
      readonly runs: readonly string[];
      /** Runs side by side, and runs that there are. */
      readonly size: number;
      readonly wanted: number;
      /** GPU memory of that size, and of each further run. */
      readonly bytes: number;
      readonly bytesPerRun: number;
      /** What was measured; empty where nothing had to be. */
      readonly throughput: readonly Throughput[];
      /** Why this size, in a sentence. */
      readonly reason: string;
    }
  /** What a person should know and need not act on. */
  | { readonly event: 'warning'; readonly run?: string; readonly message: string }
  /** `loss` in nats a token: the mean over the steps since the last such event of the run; `tokens` read so far. */
  | {
      readonly event: 'loss';
      readonly run: string;
      readonly step: number;
      readonly tokens: number;
      readonly loss: number;
    }
  | {
      readonly event: 'eval';
      readonly run: string;
      readonly step: number;
      readonly tokens: number;
      readonly targetLoss: number;
      readonly targetBitsPerByte: number;
      readonly sourceLoss?: number;
      readonly sourceBitsPerByte?: number;
    }
  /**
   * Of the whole list, runs that wait for a slot or for their group included. `steps` and `totalSteps` are those of the fleets,
   * one after the other: of the longest run, where all train side by side. The rates count every run that trains.
   */
  | {
      readonly event: 'progress';
      readonly steps: number;
      readonly totalSteps: number;
      readonly tokensPerSecond: number;
      readonly flopsPerSecond: number;
      readonly elapsedSeconds: number;
      readonly remainingSeconds: number;
    }
  | { readonly event: 'diverged'; readonly run: string; readonly step: number }
  /** `run` has a checkpoint that was made from what `from` had at this step; it goes on from there when it has a slot. */
  | { readonly event: 'fork'; readonly run: string; readonly from: string; readonly step: number }
  | { readonly event: 'checkpoint'; readonly run: string; readonly step: number }
  | { readonly event: 'done'; readonly run: string; readonly record: RunRecord };

export type OnTrainEvent = (event: TrainEvent) => void;
