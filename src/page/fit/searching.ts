/** How a fit comes to be: on from an earlier one, by a quick look, from all starts; and then its intervals. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { CertaintyFacts, FitFacts, LawAsked, Sample } from '../../worker/api/fits.ts';
import { type Behind, Deepening } from './deepening.ts';
import type { FitState } from './fitState.ts';
import { type LawChoice, QUICK_DESCENTS } from './lawChoice.ts';
import type { CommandOf, LawDoor, Tasks } from './tasks.ts';

export type SearchingOptions = {
  readonly door: LawDoor;
  readonly tasks: Tasks;
  readonly choice: LawChoice;
  /** The law by that name as the law's worker is asked for it. */
  readonly asked: (name: string) => LawAsked;
};

/** Whatever takes a signal changes nothing any more once it is aborted. */
export class Searching {
  readonly current: Signal<FitState> = signal({ status: 'none', reason: 'The runs are being loaded.' });
  readonly #options: SearchingOptions;
  readonly #deepening: Deepening;

  constructor(options: SearchingOptions) {
    this.#options = options;
    this.#deepening = new Deepening(options.tasks);
  }

  get behind(): ReadonlySignal<Behind | null> {
    return this.#deepening.behind;
  }

  get lately(): ReadonlySignal<string> {
    return this.#deepening.lately;
  }

  /** What goes on behind a fit goes on no more. */
  rest(): void {
    this.#deepening.behind.value = null;
  }

  /** Goes on from the fit that is there, if that is of this law as it is now. Gives whether it did. */
  async goOn(law: string, sample: Sample, signal: AbortSignal): Promise<boolean> {
    const before = this.current.peek();
    if (before.status !== 'ready' || before.facts.law.name !== law || !this.#isSame(before.facts))
      return false;
    const from = before.facts.fit;
    const outcome = await this.#options.door.law.send({ command: 'refit', from, sample }, { signal });
    if (signal.aborted || !outcome.ok) return false;
    this.#show(outcome.value, null, false);
    return true;
  }

  /** A law of one's own may have been changed under its name. */
  #isSame({ law }: FitFacts): boolean {
    const asked = this.#options.asked(law.name);
    return typeof asked === 'string' || JSON.stringify(asked) === JSON.stringify(law.own);
  }

  /** A quick look from nothing; where nobody chose a law, the runs choose. */
  async fitFirst(sample: Sample, signal: AbortSignal): Promise<void> {
    const { choice, tasks, asked } = this.#options;
    const name = choice.first;
    this.current.value = { status: 'fitting', law: name, share: 0 };
    this.#deepening.lately.value = '';
    const outcome = await tasks.run<CommandOf<'fit'>>(
      { command: 'fit', law: asked(name), sample, descents: QUICK_DESCENTS },
      {
        signal,
        onProgress: (_, share) => {
          if (!signal.aborted) this.current.value = { status: 'fitting', law: name, share };
        },
      },
    );
    if (signal.aborted) return;
    if (!outcome.ok) {
      choice.forget();
      this.current.value = { status: 'failed', law: name, failure: outcome.failure };
      return;
    }
    const other = await choice.otherOf(outcome.value, sample, signal);
    if (!signal.aborted) this.#show(other ?? outcome.value, null, false);
  }

  /** From all starts, where that has not been done for these runs, and then so many resamples. */
  async deepen(sample: Sample, resamples: number, signal: AbortSignal): Promise<void> {
    await this.#searchAll(sample, signal);
    await this.#askAgain(sample, signal);
    await this.#resample(resamples, signal);
  }

  async #searchAll(sample: Sample, signal: AbortSignal): Promise<void> {
    const before = this.current.peek();
    if (before.status !== 'ready' || before.isThorough) return;
    const { facts } = before;
    const law = this.#options.asked(facts.law.name);
    const found = await this.#deepening.allStarts(facts, law, sample, signal);
    if (found === null) return;
    if (found === facts) this.current.value = { ...before, isThorough: true };
    else this.#show(found, null, true);
  }

  /** Runs that have come since, or were left out, may ask for the other of the lab's laws. */
  async #askAgain(sample: Sample, signal: AbortSignal): Promise<void> {
    const state = this.current.peek();
    if (signal.aborted || state.status !== 'ready') return;
    const other = await this.#options.choice.otherOf(state.facts, sample, signal);
    if (other === null) return;
    this.#show(other, null, false);
    await this.#searchAll(sample, signal);
  }

  async #resample(resamples: number, signal: AbortSignal): Promise<void> {
    const before = this.current.peek();
    if (signal.aborted || before.status !== 'ready') return;
    if ((before.certainty?.resamples ?? 0) >= resamples) return;
    await this.#deepening.resample(before.facts, resamples, signal, (certainty) => {
      const now = this.current.peek();
      if (now.status !== 'ready' || now.facts.fit !== before.facts.fit) return;
      this.current.value = { ...now, facts: { ...now.facts, file: certainty.file }, certainty };
    });
  }

  #show(facts: FitFacts, certainty: CertaintyFacts | null, isThorough: boolean): void {
    const { dataset, theta } = facts;
    this.current.value = { status: 'ready', facts, dataset, theta, certainty, isThorough };
  }
}
