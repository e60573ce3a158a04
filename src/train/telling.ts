/** How far a list of runs has come, and how long it still takes: runs that wait count like those that train. */

import type { TrainEvent } from './events.ts';
import type { Member, Origin } from './fleet/member.ts';
import type { Group } from './fleet/prepare.ts';

/** Steps of the fleets, one after the other: those taken, and those there are. */
export type ListSteps = { readonly taken: number; readonly total: number };

export function listSteps(groups: readonly Pick<Group, 'members' | 'slots'>[]): ListSteps {
  let total = 0;
  let left = 0;
  for (const { members, slots } of groups) {
    total += makespan(
      jobsOf(members, ({ awaits, forked }) => awaits ?? forked),
      slots,
    );
    const live = members.filter(({ run }) => !run.ended);
    // Who trains goes first, whatever the order of the list.
    const inOrder = [
      ...live.filter(({ slot }) => slot !== null),
      ...live.filter(({ slot }) => slot === null),
    ];
    left += makespan(
      jobsOf(
        inOrder,
        ({ awaits }) => awaits,
        ({ run }) => run.step,
      ),
      slots,
    );
  }
  return { taken: Math.max(0, total - left), total };
}

/** Step at which a run stands, or will stand when it goes on from another one. */
const standsAt = ({ run, awaits }: Member) => Math.max(run.step, awaits?.step ?? 0);

/** Steps that a run takes; where it goes on from another one, after so many steps of that. */
export type Job = {
  readonly steps: number;
  readonly after?: { readonly job: number; readonly steps: number };
};

function jobsOf(
  members: readonly Member[],
  originOf: (member: Member) => Origin | null,
  stepOf: (member: Member) => number = () => 0,
): Job[] {
  const begins = (member: Member) => Math.max(originOf(member)?.step ?? 0, stepOf(member));
  return members.map((member) => {
    const origin = originOf(member);
    const job = origin ? members.indexOf(origin.from) : -1;
    return {
      steps: member.run.steps - begins(member),
      ...(origin && job >= 0 && { after: { job, steps: origin.step - begins(origin.from) } }),
    };
  });
}

/** Steps that a fleet of `slots` takes for such runs: the slot that is free first goes to the first of them that may begin. */
export function makespan(jobs: readonly Job[], slots: number): number {
  const ends = new Array<number>(Math.min(slots, jobs.length)).fill(0);
  const starts = new Map<number, number>();
  const left = new Set(jobs.keys());
  while (left.size > 0) {
    const free = Math.min(...ends);
    let next = { job: -1, start: Number.POSITIVE_INFINITY };
    for (const job of left) {
      const after = jobs[job]?.after;
      const begun = after ? starts.get(after.job) : 0;
      if (begun === undefined) continue;
      const start = Math.max(free, begun + (after?.steps ?? 0));
      if (start < next.start) next = { job, start };
      if (start === free) break;
    }
    // Whoever waits for one that is not there begins by itself.
    if (next.job < 0) next = { job: [...left][0] ?? 0, start: free };
    left.delete(next.job);
    starts.set(next.job, next.start);
    ends[ends.indexOf(free)] = next.start + (jobs[next.job]?.steps ?? 0);
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
    .reduce((sum, member) => sum + (member.run.steps - standsAt(member)) * member.run.facts.flopsPerStep, 0);
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
