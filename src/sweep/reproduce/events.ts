/** What a reproduction tells while it runs. Plain data, as the events of the sweeps in it, which go through. */

import type { Dropped } from '../design/planSweep.ts';
import type { Holder } from '../run/claims.ts';
import type { SweepEvent } from '../run/events.ts';
import type { Replaced } from './place.ts';

/** A round as it was planned. */
export type RoundFacts = {
  readonly round: string;
  readonly why: string;
  /** From 1, and of how many. */
  readonly index: number;
  readonly rounds: number;
  readonly runs: number;
  /** Runs of it that are finished already. */
  readonly found: number;
  /** Runs that cannot be, and those that were asked for twice. */
  readonly dropped: readonly Dropped[];
  readonly merged: number;
  /** 6·N·D of the runs that are to be trained, and what of it forks save. */
  readonly flops: number;
  readonly savedFlops: number;
  /** In the reproduction's folder; null where the round asks for nothing. */
  readonly manifest: string | null;
  /** What the round asked for in this folder before, where that was other runs. */
  readonly replaced: Replaced | null;
};

export type ReproduceEvent =
  | SweepEvent
  /** Nothing is left to do here, but the next round needs what other processes are at. */
  | { readonly event: 'waiting'; readonly runs: readonly string[]; readonly holder: Holder };

export type OnReproduceEvent = (event: ReproduceEvent) => void;
