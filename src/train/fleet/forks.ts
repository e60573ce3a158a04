/**
 * Who waits for whom in a group: a run that will be forked from another takes no slot until that one has come to the step. Until then
 * the other keeps what it measures, and validates wherever one of those that wait would.
 */

import type { Fork } from '../checkpoint/fork.ts';
import { RunHistory } from '../history.ts';
import type { TrainingRun } from '../run.ts';
import type { Member } from './member.ts';

/** Has members wait for each other, as far as what is saved of them allows: who has come further already goes on by itself. */
export function awaitForks(members: readonly Member[], forks: readonly Fork[]): void {
  const byName = new Map(members.map((member) => [member.run.name, member]));
  for (const { from: trunk, step, to } of forks) {
    const [from, child] = [byName.get(trunk), byName.get(to)];
    // Other kernels than those it began with may have moved its last bits.
    if (!from || !child || from.retuned || child.run.step >= step) continue;
    child.awaits = { from, step };
    if (from.run.step === 0) from.history = new RunHistory();
    else if (from.saved?.resume.history) from.history = new RunHistory(from.saved.resume.history);
  }
  settleForks(members);
}

/** Lets go who waits in vain, to train by itself, and forgets what nobody waits for. */
export function settleForks(members: readonly Member[]): void {
  const waiting = members
    .filter(({ awaits }) => awaits !== null)
    // Whoever is waited for comes first.
    .sort((a, b) => (a.awaits?.step ?? 0) - (b.awaits?.step ?? 0));
  for (const member of waiting) if (!willFork(member)) member.awaits = null;
  for (const member of members) {
    if (childrenOf(member, members).length === 0) member.history = null;
  }
}

/** Whether the run that trains for `member` will come to its step, with all that is needed then. */
function willFork(member: Member): boolean {
  let at = member;
  let step = Number.POSITIVE_INFINITY;
  while (at.awaits) {
    if (at.run.ended) return false;
    step = Math.min(step, at.awaits.step);
    at = at.awaits.from;
  }
  const { run, history } = at;
  if (run.ended || run.step > step || history?.steps !== run.step) return false;
  // At the step that it has reached it may be about to validate.
  return history.covers(member.run, run.step - 1);
}

/** Members that go on from the step at which `member` is. */
export function dueForks({ run, history }: Member, members: readonly Member[]): Member[] {
  if (!history || run.status === 'diverged') return [];
  return childrenOf({ run }, members).filter(
    (child) => child.awaits?.step === run.step && history.covers(child.run, run.step),
  );
}

/** Steps to the next step at which something is to be measured or forked. */
export function stepsToMark(member: Member, members: readonly Member[]): number {
  const { step, stepsToMark: own } = member.run;
  let next = step + own;
  for (const { awaits } of childrenOf(member, members)) {
    if (awaits && awaits.step > step) next = Math.min(next, awaits.step);
  }
  for (const { run, until } of ridersOf(member, members)) {
    const { every } = run.planned.config.evaluation;
    const mark = (Math.floor(step / every) + 1) * every;
    if (mark <= until && mark < run.steps) next = Math.min(next, mark);
  }
  return next - step;
}

/** Whether a validation is due at the step that was reached: the run's own, or one of those that wait for it. */
export function validationDue(member: Member, members: readonly Member[]): boolean {
  const { run, history } = member;
  if (run.validationDue) return true;
  const { step } = run;
  if (run.ended || step === 0 || !history || history.hasValidation(step)) return false;
  for (const rider of ridersOf(member, members)) {
    if (step <= rider.until && step < rider.run.steps && rider.run.measuresAt(step)) return true;
  }
  return false;
}

type Rider = { readonly run: TrainingRun; readonly until: number };

/** Runs that `member` trains for, whoever they wait for directly, and the last step at which it does. */
function* ridersOf(
  member: Member,
  members: readonly Member[],
  until = Number.POSITIVE_INFINITY,
): Generator<Rider> {
  for (const child of childrenOf(member, members)) {
    const end = Math.min(until, child.awaits?.step ?? 0);
    yield { run: child.run, until: end };
    yield* ridersOf(child, members, end);
  }
}

function childrenOf({ run }: Pick<Member, 'run'>, members: readonly Member[]): Member[] {
  return members.filter((child) => child.awaits?.from.run === run && !child.run.ended);
}
