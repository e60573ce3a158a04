/** The fit that Fit makes and Map reads: which runs, which law, and where it stands; it follows the runs as they come. */

import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core';
import type { OwnLawFile } from '../../formats/ownLaw.ts';
import type { LawAsked, Sample } from '../../worker/api/fits.ts';
import { Arrivals } from './arrivals.ts';
import { Attention } from './attention.ts';
import type { Behind } from './deepening.ts';
import type { FitState } from './fitState.ts';
import { LawChoice } from './lawChoice.ts';
import { Searching } from './searching.ts';
import {
  AUTOMATIC,
  type Composition,
  compose,
  type FitSelection,
  type FitSource,
  fittedCount,
} from './selection.ts';
import { SentRuns } from './sentRuns.ts';
import type { Tables } from './tables.ts';
import { type LawDoor, Tasks } from './tasks.ts';

/** Choices that are made together are one change. */
const TOGETHER_MS = 20;
/** So long nothing must have changed before all starts are looked at again: a sweep's runs come one by one. */
const QUIET_MS = 2500;
/** For intervals by themselves; more on request. */
const RESAMPLES = 200;
/** Below, no law has anything to be fitted to. */
const FEWEST_RUNS = 3;

export type FitsOptions = {
  readonly door: LawDoor;
  /** All runs that may be fitted, each collection and table one. */
  readonly sources: ReadonlySignal<readonly FitSource[]>;
  readonly tables: Tables;
  /** Loads the runs; awaited before the first fit. */
  readonly prepare: () => Promise<void>;
  /** Reads what is kept in the browser again. */
  readonly readAgain?: () => Promise<void>;
};

export class Fits {
  readonly selection: Signal<FitSelection> = signal(AUTOMATIC);
  /** Name of the law that a person has chosen; null: the runs choose between the lab's two. */
  readonly chosenLaw: Signal<string | null>;
  /** Name of the law that is fitted. */
  readonly law: ReadonlySignal<string>;
  /** Why the runs chose as they did, in a sentence; '' where a person did, or there is nothing to say. */
  readonly why: ReadonlySignal<string>;
  /** What goes on behind a fit that is there. */
  readonly behind: ReadonlySignal<Behind | null>;
  /** What the last search did to the fit that was there, in a sentence; '' where nothing. */
  readonly lately: ReadonlySignal<string>;
  /** Laws of one's own, by which {@link law} may also be called. */
  readonly ownLaws: Signal<readonly OwnLawFile[]> = signal([]);
  readonly tasks: Tasks;
  /** All runs that may be fitted, each collection and table one. */
  readonly sources: ReadonlySignal<readonly FitSource[]>;
  /** Tables that were brought along, which are among the sources. */
  readonly tables: Tables;
  readonly #prepare: () => Promise<void>;
  readonly #readAgain: () => Promise<void>;
  readonly #prepared: Signal<boolean> = signal(false);
  readonly #choice: LawChoice;
  readonly #searching: Searching;
  readonly #arrivals = new Arrivals();
  readonly #wanted: ReadonlySignal<Composition>;
  readonly #sent: SentRuns;
  readonly #attention = new Attention();
  #begun = false;
  #going = new AbortController();
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor({ door, sources, tables, prepare, readAgain }: FitsOptions) {
    this.sources = sources;
    this.#prepare = prepare;
    this.#readAgain = readAgain ?? (async () => {});
    this.tables = tables;
    this.tasks = new Tasks(door);
    this.#choice = new LawChoice(door, this.tasks);
    const asked = (name: string) => this.asked(name);
    this.#searching = new Searching({ door, tasks: this.tasks, choice: this.#choice, asked });
    this.chosenLaw = this.#choice.chosen;
    this.law = this.#choice.law;
    this.why = this.#choice.why;
    this.behind = this.#searching.behind;
    this.lately = this.#searching.lately;
    this.#sent = new SentRuns(door);
    this.#wanted = computed(() => compose(this.#arrivals.sources.value, this.selection.value));
  }

  /** Whether the runs, tables and choices of earlier visits are here, as far as they could be loaded. */
  get prepared(): ReadonlySignal<boolean> {
    return this.#prepared;
  }

  get current(): ReadonlySignal<FitState> {
    return this.#searching.current;
  }

  /** The runs that the selection gives, whether they have been fitted yet or not. */
  get wanted(): ReadonlySignal<Composition> {
    return this.#wanted;
  }

  /** The runs that `current` is of, by row as the law's worker counts them. */
  get composition(): ReadonlySignal<Composition> {
    return this.#sent.composition;
  }

  /** The same runs with the same left out, as the law's worker is asked about them; null where none were sent. */
  sample(): Sample | null {
    return this.#sent.sample();
  }

  /** The law by that name as the law's worker is asked for it. */
  asked(name: string): LawAsked {
    return this.ownLaws.peek().find((own) => own.name === name) ?? name;
  }

  /** Fits what is here, where nobody has yet, and follows the runs from then on. */
  ensure(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#prepare().then(() => {
      this.#arrivals.follow(this.sources);
      this.#prepared.value = true;
      effect(() => {
        const wanted = this.#wanted.value;
        // Another law is fitted anew, though the runs are the same.
        void this.chosenLaw.value;
        untracked(() => this.#gather(wanted));
      });
    });
  }

  /** Takes in tables, laws and choices that have come to the browser's storage by another way than through here. */
  async readAgain(): Promise<void> {
    if (this.#begun) await this.#readAgain();
  }

  /** `seen`: whether a view that shows fits is looked at. While none is, runs that come wait, and so does what takes long. */
  lookedAtBy(seen: ReadonlySignal<boolean>): void {
    this.#arrivals.lookedAtBy(seen);
    this.#attention.add(seen);
  }

  /** Changes some of the selection. */
  choose(change: Partial<FitSelection>): void {
    // Who chooses may choose what has just come.
    this.#arrivals.takeNow();
    this.selection.value = { ...this.selection.peek(), ...change };
  }

  /** Leaves a run out, or puts it back. */
  toggle(key: string): void {
    const { leftOut } = this.selection.peek();
    this.choose({
      leftOut: leftOut.includes(key) ? leftOut.filter((one) => one !== key) : [...leftOut, key],
    });
  }

  /** Looks at all starts again, and draws so many resamples after it. */
  async search(resamples = RESAMPLES): Promise<void> {
    clearTimeout(this.#quiet);
    this.#attention.forget();
    const sample = this.sample();
    if (sample !== null) await this.#searching.deepen(sample, resamples, this.#going.signal);
  }

  /** Fits anew what is there: a law of one's own has changed under its name. */
  refresh(): void {
    this.#gather(this.#wanted.peek());
  }

  #gather(wanted: Composition): void {
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => void this.#follow(wanted), TOGETHER_MS);
  }

  async #follow(composition: Composition): Promise<void> {
    this.#going.abort();
    clearTimeout(this.#quiet);
    this.#attention.forget();
    const going = new AbortController();
    this.#going = going;
    const { signal } = going;
    this.#searching.rest();
    const runs = fittedCount(composition);
    if (runs < FEWEST_RUNS) {
      this.#sent.composition.value = composition;
      this.#searching.current.value = { status: 'none', reason: this.#whyNone(runs) };
      return;
    }
    const isNew = await this.#sent.send(composition);
    const sample = this.sample();
    if (signal.aborted || sample === null) return;
    const done = !isNew && (await this.#searching.goOn(this.law.peek(), sample, signal));
    if (!done && !signal.aborted) await this.#searching.fitFirst(sample, signal);
    if (signal.aborted || this.current.peek().status !== 'ready') return;
    this.#quiet = setTimeout(() => this.#attention.whenThere(() => void this.search()), done ? QUIET_MS : 0);
  }

  #whyNone(runs: number): string {
    if (this.sources.peek().length === 0) return 'There are no finished runs here yet.';
    return runs === 0
      ? 'None of the runs that are here is chosen.'
      : `${runs === 1 ? 'One run is' : 'Two runs are'} chosen; a law needs more.`;
  }
}
