/** What the page hears of the queue. */

import type { QueuedSweep } from '../../formats/queuedSweep.ts';
import type { Failure, FailureKind } from '../api/outcome.ts';
import type { QueueFacts, QueueState, RoundFacts, SweepFacts, SweepState } from '../api/sweep.ts';
import type { LiveTask } from './liveTask.ts';
import type { Entry } from './queueNotes.ts';

export type QueueNow = {
  readonly state: QueueState;
  readonly failure: Failure | null;
  readonly sitting: { readonly id: string; readonly live: LiveTask } | null;
  /** Of adaptive sweeps, by id. */
  readonly rounds: ReadonlyMap<string, readonly RoundFacts[]>;
};

/** Whether there is something to train, and nobody has paused it. */
export function isOpen({ paused, done, failure }: QueuedSweep): boolean {
  return !paused && !done && failure === null;
}

/** Whether two lists of ids are alike. */
export function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => b[index] === id);
}

export function queueFacts(entries: readonly Entry[], now: QueueNow): QueueFacts {
  const { state, failure, sitting } = now;
  return {
    state,
    failure,
    sweeps: entries.map((entry) => sweepFacts(entry, now)),
    current: sitting && { sweep: sitting.id, runs: sitting.live.runs },
  };
}

function sweepFacts({ id, sweep }: Entry, { sitting, rounds }: QueueNow): SweepFacts {
  const { name, addedAt, runs, stopped, refused, flops, perRound, failure } = sweep;
  const live = sitting?.id === id ? sitting.live : null;
  const progress = live?.progress ?? null;
  return {
    id,
    name,
    addedAt,
    state: stateOf(sweep, live !== null),
    runs,
    finished: progress?.finished ?? sweep.finished,
    stopped,
    refused,
    flops,
    // A sitting counts from its checkpoints on, and finds them one after the other.
    flopsDone: Math.min(flops, Math.max(progress?.flopsDone ?? 0, sweep.flopsDone)),
    remainingSeconds: progress?.remainingSeconds ?? null,
    failure: failure && { ...failure, kind: failure.kind as FailureKind },
    adaptive: perRound === null ? null : { perRound, rounds: rounds.get(id) ?? [], ended: sweep.done },
  };
}

function stateOf({ paused, done, failure }: QueuedSweep, isWorking: boolean): SweepState {
  if (failure) return 'failed';
  if (done) return 'done';
  if (paused) return 'paused';
  return isWorking ? 'working' : 'waiting';
}
