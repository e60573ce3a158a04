/** How far a list of runs has come, and how long it still takes: runs that wait count like those that train. */

import type { TrainEvent } from './events.ts';
import type { Group } from './fleet/prepare.ts';

/** Steps of the fleets, one after the other: those taken, and those there are. */
export type ListSteps = { readonly taken: number; readonly total: number };

export function listSteps(groups: readonly Pick<Group, 'members' | 'slots'>[]): ListSteps {
  let total = 0;
  let left = 0;
  for (const { members, slots } of groups) {
    total += makespan(
      members.map(({ run }) => run.steps),
      slots,
    );
    const live = members.filter(({ run }) => !run.ended);
    // Who trains goes first, whatever the order of the list.
    const inOrder = [
      ...live.filter(({ slot }) => slot !== null),
      ...live.filter(({ slot }) => slot === null),
    ];
    left += makespan(
      inOrder.map(({ run }) => run.steps - run.step),
      slots,
    );
  }
  return { taken: Math.max(0, total - left), total };
}

/** Steps that a fleet of `slots` takes for runs of so many steps, each of which takes the slot that is free first. */
export function makespan(lengths: readonly number[], slots: number): number {
  const ends = new Array<number>(Math.min(slots, lengths.length)).fill(0);
  for (const length of lengths) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + length;
  }
  return Math.max(0, ...ends);
}

/** What was done in a sitting, in exact operations and seconds, all that stands around the steps included. */
export type Sitting = { readonly seconds: number; readonly flops: number };

/** `rate` is that of the last steps, all runs together. */
export function progressEvent(
  groups: readonly Pick<Group, 'members' | 'slots'>[],
  sitting: Sitting,
  rate: { readonly tokensPerSecond: number; readonly flopsPerSecond: number },
): TrainEvent {
  const { taken, total } = listSteps(groups);
  const left = groups
    .flatMap(({ members }) => members)
    .filter(({ run }) => !run.ended)
    .reduce((sum, { run }) => sum + (run.steps - run.step) * run.facts.flopsPerStep, 0);
  return {
    event: 'progress',
    steps: taken,
    totalSteps: total,
    ...rate,
    elapsedSeconds: sitting.seconds,
    // Validations and checkpoints so far are in the time, so they are in the estimate too.
    remainingSeconds: sitting.flops > 0 ? (left * sitting.seconds) / sitting.flops : 0,
  };
}
