/**
 * Forks: a run that reads the same windows at the same learning rates as another one for its first steps need not take them. The
 * checkpoint of the other one at such a step is, with a record of its own, its own checkpoint, and it goes on from there as from a
 * resume. What comes out is bit for bit what it would be alone.
 */

import type { RunState } from '../../model/engine.ts';
import type { Store } from '../../store/store.ts';
import { type Member, saveMember } from '../fleet/member.ts';
import type { FleetPlan, PlannedRun } from '../fleet/plan.ts';
import { RunHistory } from '../history.ts';

/** At step `step`, the run `to` goes on from where the run `from` is; both by their names. */
export type Fork = { readonly from: string; readonly step: number; readonly to: string };

/** A fork that would not give the bits of the run alone, or that nobody would come to. */
export class ForkError extends Error {
  override readonly name = 'ForkError';
  readonly fork: Fork;
  constructor(fork: Fork, problem: string) {
    super(`${fork.to} cannot go on from ${fork.from} at step ${fork.step}: ${problem}`);
    this.fork = fork;
  }
}

/**
 * Steps, from the first on, in which two runs of one fleet plan compute the same bits: they begin with the same weights, and their
 * windows, learning rates and AdamW numbers agree. The first `known` steps are taken to agree without a look.
 */
export function sharedSteps(a: PlannedRun, b: PlannedRun, known = 0): number {
  if (!beginAlike(a, b)) return 0;
  const { batch, windows } = a.plan;
  const most = Math.min(a.plan.steps, b.plan.steps);
  for (let step = known; step < most; step++) {
    if (a.learningRates[step] !== b.learningRates[step]) return step;
    for (let window = step * batch; window < (step + 1) * batch; window++) {
      if (windows[window] !== b.plan.windows[window]) return step;
    }
  }
  return most;
}

/** Whether two runs of one fleet plan begin with the same weights, take steps in the same way, and are measured on the same text. */
export function beginAlike(a: PlannedRun, b: PlannedRun): boolean {
  return likenessOf(a) === likenessOf(b);
}

/**
 * What runs of one fleet plan that {@link beginAlike} have in common, as a key. A run that begins from a model is like no other: it is
 * measured before its first step, which the history of another does not tell.
 */
export function likenessOf({ config, optimizer, plan: { batch }, hasSource }: PlannedRun): string {
  const { beta1, beta2, epsilon, weightDecay, clip } = optimizer;
  const { seed, start, name } = config;
  return JSON.stringify([
    start ? name : null,
    seed,
    beta1,
    beta2,
    epsilon,
    weightDecay,
    clip,
    batch,
    hasSource,
  ]);
}

/** Throws {@link ForkError} for the first fork that cannot be. */
export function checkForks(forks: readonly Fork[], plans: readonly FleetPlan[]): void {
  const forkOf = new Map<string, Fork>();
  for (const fork of forks) {
    const { from, to, step } = fork;
    if (forkOf.has(to)) throw new ForkError(fork, `it goes on from ${forkOf.get(to)?.from} already`);
    forkOf.set(to, fork);
    const plan = plans.find(({ runs }) => runs.some(({ name }) => name === to));
    const [child, trunk] = [to, from].map((of) => plan?.runs.find(({ name }) => name === of));
    if (!child) throw new ForkError(fork, `there is no run ${to}`);
    if (!trunk) {
      throw new ForkError(fork, `no run ${from} has its model, batch, texts and tokenizer`);
    }
    if (child === trunk) throw new ForkError(fork, 'they are the same run');
    if (!Number.isSafeInteger(step) || step < 1) throw new ForkError(fork, `${step} is no step`);
    const shared = sharedSteps(trunk, child);
    if (step > shared) {
      throw new ForkError(fork, `they agree in their first ${shared.toLocaleString('en')} steps only`);
    }
  }
  for (const fork of forks) {
    const earlier = forkOf.get(fork.from);
    // A run is never at a step before the one where it begins. Steps that grow along every way also leave no circle.
    if (earlier && earlier.step >= fork.step) {
      throw new ForkError(
        fork,
        `${fork.from} itself begins at step ${earlier.step}, from ${earlier.from}; fork from that one`,
      );
    }
  }
}

/**
 * Makes a checkpoint of `child` from the state that another run has at step `state.step`, and has the child stand there. Its seconds
 * stay its own. Throws what the store throws; the child then stands where it stood.
 */
export async function forkMember(
  child: Member,
  history: RunHistory,
  state: RunState,
  plan: FleetPlan,
  store: Store,
): Promise<void> {
  const { run } = child;
  const twin = run.twin();
  history.playTo(twin, state.step);
  twin.seconds = run.seconds;
  const kept = child.history && new RunHistory(history.facts(state.step));
  const saved = await saveMember({ ...child, run: twin, history: kept }, state, plan, store);
  run.restore(twin.progressRecord());
  Object.assign<Member, Partial<Member>>(child, {
    saved,
    history: kept,
    awaits: null,
    forked: child.awaits,
  });
}
