/** What a trainer tells while it works. Plain data: it crosses to a page, or becomes JSON lines. */

import type { RunRecord } from '../formats/record.ts';
import type { FleetFacts } from '../model/engine.ts';
import type { ParameterCounts } from '../model/parameters.ts';
import type { Realised } from '../recipe/accounting.ts';

/** The engine's facts, without the table of tensors. */
export type FleetNumbers = Omit<FleetFacts, 'table'> & { readonly parameters: ParameterCounts };

export type StartedRun = {
  readonly run: string;
  readonly realised: Realised;
  readonly warnings: readonly string[];
  /** Steps already taken, by a checkpoint that was resumed. */
  readonly step: number;
};

export type TrainEvent =
  | { readonly event: 'start'; readonly runs: readonly StartedRun[]; readonly facts: FleetNumbers }
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
  /** Of the whole fleet. `steps` and `totalSteps` are those of its longest run; the rates count every run. */
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
  | { readonly event: 'checkpoint'; readonly run: string; readonly step: number }
  | { readonly event: 'done'; readonly run: string; readonly record: RunRecord };

export type OnTrainEvent = (event: TrainEvent) => void;
