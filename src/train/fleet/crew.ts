/**
 * The runs of one group on their fleet: some train in its slots, some wait for one, some have left. A run that has ended and is
 * saved leaves its slot to the next that waits; where none waits, the fleet is smaller from then on.
 */

import type { Fleet, RunProgress } from '../../model/engine.ts';
import type { Store } from '../../store/store.ts';
import { forkMember } from '../checkpoint/fork.ts';
import type { OnTrainEvent, TrainEvent } from '../events.ts';
import { Pacings } from '../pacing.ts';
import { validate } from '../validation.ts';
import { dueForks, settleForks, stepsToMark, validationDue } from './forks.ts';
import { launch } from './launch.ts';
import { fleetRun, type Member, type Seated, saveMember, stateOf } from './member.ts';
import type { Group, ReadableRun, TrainerOptions } from './prepare.ts';

export type Chunk = {
  /** Steps that the fleet took, and that all its runs together took. */
  readonly steps: number;
  readonly runSteps: number;
  readonly seconds: number;
};

export class Crew {
  readonly group: Group;
  /** What is to be told of the fleet when it begins to train. */
  readonly news: readonly TrainEvent[];
  readonly #fleet: Fleet;
  readonly #store: Store;
  readonly #emit: OnTrainEvent;
  readonly #pacings = new Pacings();
  readonly #evaluationPacings = new Pacings();

  private constructor(group: Group, fleet: Fleet, news: readonly TrainEvent[], options: TrainerOptions) {
    this.group = group;
    this.news = news;
    this.#fleet = fleet;
    this.#store = options.store;
    this.#emit = options.onEvent;
  }

  /**
   * Puts the group's fleet on the device, its first runs in their slots. Throws what the engine and the store throw, and the
   * signal's reason.
   */
  static async launch(group: Group, options: TrainerOptions, signal?: AbortSignal): Promise<Crew> {
    const waiting = group.members.filter(({ run }) => !run.ended);
    const names = waiting.map(({ run }) => run.name);
    const { fleet, event } = await launch(group, names, options, signal);
    try {
      const warnings = waiting.flatMap(retuned);
      const { table, ...numbers } = fleet.facts;
      const started = waiting.map(({ run }) => ({
        run: run.name,
        realised: run.planned.realised,
        warnings: run.planned.warnings,
        step: run.step,
      }));
      const start = {
        event: 'start',
        runs: started,
        facts: { ...numbers, parameters: table.counts },
      } as const;
      const news: TrainEvent[] = [start, ...(names.length > 1 ? [event] : []), ...warnings];
      const crew = new Crew(group, fleet, news, options);
      await crew.seat();
      group.slots = fleet.slots;
      return crew;
    } catch (error) {
      fleet.destroy();
      for (const member of group.members) member.slot = null;
      throw error;
    }
  }

  /** Tokens that one run reads in a step, and operations that it takes. */
  get tokensPerStep(): number {
    const { microBatch, microBatches, table } = this.#fleet.facts;
    return microBatch * microBatches * table.config.context;
  }

  get flopsPerStep(): number {
    return this.#fleet.facts.flopsPerStep;
  }

  /** Runs that train. */
  get live(): Seated[] {
    return this.#seated().filter(({ run }) => !run.ended);
  }

  /** Runs in slots, those that have ended and not left included. */
  get readable(): readonly ReadableRun[] {
    const { table } = this.#fleet.facts;
    return this.#seated().map(({ run, slot }) => ({
      run: run.name,
      step: run.step,
      steps: run.steps,
      ended: run.ended,
      table,
      parameters: async () => (await this.#fleet.readState(slot)).parameters,
    }));
  }

  /** Gives free slots to runs that wait for one, and for nothing else. */
  async seat(): Promise<void> {
    settleForks(this.group.members);
    for (const member of this.group.members) {
      if (this.#fleet.occupied === this.#fleet.slots) return;
      if (member.slot !== null || member.run.ended || member.awaits) continue;
      const state = await stateOf(member, this.group.plan, this.#store);
      const slot = this.#fleet.occupied;
      this.#fleet.put(slot, fleetRun(member, state));
      member.slot = slot;
    }
  }

  /** Steps to the next step at which something is to be done with one of its runs. */
  get stepsToMark(): number {
    const toMark = this.live.map((member) =>
      Math.min(stepsToMark(member, this.group.members), member.lastStep - member.run.step),
    );
    return Math.min(...toMark);
  }

  /** Takes at most `limit` steps, then reads the losses; `mayGoOn` is asked whether more than so many steps may be taken. */
  async advance(limit: number, mayGoOn: (taken: number) => boolean): Promise<Chunk> {
    const live = this.live;
    const pacing = this.#pacings.of(live.length);
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    let queued = pacing.next(limit);
    let taken = 0;
    while (queued > 0) {
      await this.#fleet.advance(queued);
      taken += queued;
      queued = mayGoOn(taken) ? pacing.more(limit, { taken, queued, seconds: seconds() }) : 0;
    }
    const progress = await this.#fleet.progress();
    const trained = seconds();
    pacing.measured(taken, trained);
    const stepsOf = () => live.reduce((sum, { run }) => sum + run.step, 0);
    const before = stepsOf();
    for (const member of live) take(member, progress[member.slot]);
    return { steps: taken, runSteps: stepsOf() - before, seconds: trained };
  }

  /**
   * Measures losses where they are due, and ends runs at their last step. False when there was nothing to measure. Breaks off as
   * soon as `isWanted` says no; what was not measured is still due.
   */
  async validateDue(isWanted: () => boolean): Promise<boolean> {
    const due = this.live.filter((member) => validationDue(member, this.group.members));
    if (due.length === 0) return false;
    const measured = await validate(due, this.#fleet, this.group.plan, this.#evaluationPacings, isWanted);
    for (const { member, periodic, final } of measured) {
      const { run, history } = member;
      history?.addValidation(run.step, periodic);
      if (run.validationDue) run.addValidation(periodic);
      if (final) run.finish(final);
    }
    return true;
  }

  /** Makes checkpoints of runs that were to go on from here; false when there was none. They then wait for a slot alone. */
  async fork(): Promise<boolean> {
    const { members, plan } = this.group;
    let forked = false;
    for (const from of this.#seated()) {
      const due = dueForks(from, members);
      if (due.length === 0 || !from.history) continue;
      const { step, name } = from.run;
      const state = { ...(await this.#fleet.readState(from.slot)), step };
      for (const child of due) {
        await forkMember(child, from.history, state, plan, this.#store);
        this.#emit({ event: 'fork', run: child.run.name, from: name, step });
      }
      forked = true;
    }
    if (forked) settleForks(members);
    return forked;
  }

  /** Saves runs in their slots at the step they have reached. */
  async save(members: readonly Seated[]): Promise<void> {
    for (const member of members) {
      const state = await this.#fleet.readState(member.slot);
      const { resume } = await saveMember(member, state, this.group.plan, this.#store);
      this.#emit({ event: 'checkpoint', run: member.run.name, step: resume.step });
    }
  }

  /** Saves runs that have ended, tells of them, and frees their slots. */
  async release(): Promise<void> {
    for (const member of this.#seated().filter(({ run }) => run.ended)) {
      await this.save([member]);
      const { slot } = member;
      this.#fleet.leave(slot);
      const moved = this.#seated().find((other) => other.slot === this.#fleet.occupied);
      if (moved && moved !== member) moved.slot = slot;
      Object.assign<Member, Partial<Member>>(member, { slot: null, told: true });
      this.#emit({ event: 'done', run: member.run.name, record: member.run.record() });
    }
  }

  /** Gives the device's memory back. */
  destroy(): void {
    this.#fleet.destroy();
  }

  #seated(): Seated[] {
    return this.group.members.filter((member): member is Seated => member.slot !== null);
  }
}

/** Saves and tells of runs that have ended without a slot; what is saved of them already stays. */
export async function releaseUnseated(
  { plan, members }: Group,
  { store, onEvent }: TrainerOptions,
): Promise<void> {
  for (const member of members.filter(({ run, told }) => run.ended && !told)) {
    const run = member.run.name;
    if (!member.saved) {
      const { resume } = await saveMember(member, await stateOf(member, plan, store), plan, store);
      onEvent({ event: 'checkpoint', run, step: resume.step });
    }
    member.told = true;
    onEvent({ event: 'done', run, record: member.run.record() });
  }
}

function take({ run, slot, history }: Seated, progress: RunProgress | undefined): void {
  if (!progress) throw new Error(`the engine told nothing of slot ${slot}`);
  run.addLosses(progress.losses);
  history?.addLosses(progress.losses);
  run.step = progress.step;
  if (progress.status === 'diverged') run.diverge(progress.step);
}

function retuned({ run, retuned }: Member): TrainEvent[] {
  if (!retuned) return [];
  const message =
    'its checkpoint names kernels that this version or this device does not have; it goes on with others, so its last bits may ' +
    'differ from those of an unbroken run';
  return [{ event: 'warning', run: run.name, message }];
}
