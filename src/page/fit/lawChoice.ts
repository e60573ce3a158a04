/** Which law is fitted: the one that a person has chosen, or else that of the lab's two which the runs ask for. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { FitFacts, Sample } from '../../worker/api/fits.ts';
import { RICHER_LAW, richerReason } from './richerLaw.ts';
import type { CommandOf, LawDoor, Tasks } from './tasks.ts';

/** What is fitted where nobody chose a law, until the runs ask for the richer one. */
export const FIRST_LAW = 'm3';

/** Descents of the first look: a twelfth of a full search, which follows. */
export const QUICK_DESCENTS = 40;

export class LawChoice {
  /** Null: the runs choose. */
  readonly chosen: Signal<string | null> = signal(null);
  readonly #askedByRuns: Signal<string> = signal(FIRST_LAW);
  readonly #whyAsked: Signal<string> = signal('');
  readonly law: ReadonlySignal<string> = computed(() => this.chosen.value ?? this.#askedByRuns.value);
  readonly why: ReadonlySignal<string> = computed(() =>
    this.chosen.value === null ? this.#whyAsked.value : '',
  );
  readonly #door: LawDoor;
  readonly #tasks: Tasks;
  /** The runs that have last asked for the richer law. */
  #asking = '';

  constructor(door: LawDoor, tasks: Tasks) {
    this.#door = door;
    this.#tasks = tasks;
  }

  /** The law that a search from nothing begins with. */
  get first(): string {
    return this.chosen.peek() ?? FIRST_LAW;
  }

  /** What the runs have asked for is forgotten. */
  forget(): void {
    this.#take(FIRST_LAW, '', '');
  }

  /** Where nobody chose: the fit of the other of the two laws, if that is what the runs of `fit` ask for. */
  async otherOf(fit: FitFacts, sample: Sample, signal: AbortSignal): Promise<FitFacts | null> {
    if (this.chosen.peek() !== null) return null;
    if (fit.law.name === FIRST_LAW) return await this.#richerThan(fit, sample, signal);
    return fit.law.name === RICHER_LAW ? await this.#plainerThan(fit, sample, signal) : null;
  }

  async #richerThan(plain: FitFacts, sample: Sample, signal: AbortSignal): Promise<FitFacts | null> {
    const outcome = await this.#door.law.send(
      { command: 'extend', law: RICHER_LAW, from: plain.fit, sample },
      { signal },
    );
    if (signal.aborted) return null;
    const reason = outcome.ok ? richerReason(plain.file, outcome.value.file) : '';
    if (!outcome.ok || reason === '') {
      this.forget();
      return null;
    }
    this.#take(RICHER_LAW, reason, runsOf(plain));
    return outcome.value;
  }

  /** What some runs have asked for others need not. */
  async #plainerThan(richer: FitFacts, sample: Sample, signal: AbortSignal): Promise<FitFacts | null> {
    if (runsOf(richer) === this.#asking) return null;
    const outcome = await this.#tasks.run<CommandOf<'fit'>>(
      { command: 'fit', law: FIRST_LAW, sample, descents: QUICK_DESCENTS },
      { signal },
    );
    if (signal.aborted || !outcome.ok) return null;
    const reason = richerReason(outcome.value.file, richer.file);
    if (reason !== '') {
      this.#take(RICHER_LAW, reason, runsOf(richer));
      return null;
    }
    this.forget();
    return outcome.value;
  }

  #take(law: string, why: string, runs: string): void {
    this.#askedByRuns.value = law;
    this.#whyAsked.value = why;
    this.#asking = runs;
  }
}

/** Names the runs of a fit: the dataset grows, and runs of it are left out. */
function runsOf({ dataset, file, without }: FitFacts): string {
  return `${dataset} ${file.rows} ${JSON.stringify(without)}`;
}
