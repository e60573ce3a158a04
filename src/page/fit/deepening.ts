/** What takes long behind a fit that is there: a search from all starts, and resamples. */

import { type Signal, signal } from '@preact/signals-core';
import type { CertaintyFacts, FitFacts, LawAsked, Sample } from '../../worker/api/fits.ts';
import type { CommandOf, Tasks } from './tasks.ts';

/** What goes on, and the share of it that is done. */
export type Behind = { readonly doing: string; readonly share: number };

/** Relative: a search that ends lower by less has found the same place. */
const SAME_OBJECTIVE = 1e-6;

export class Deepening {
  readonly behind: Signal<Behind | null> = signal(null);
  /** What the last search did to the fit that was there, in a sentence; '' where nothing. */
  readonly lately: Signal<string> = signal('');
  readonly #tasks: Tasks;

  constructor(tasks: Tasks) {
    this.#tasks = tasks;
  }

  /** A better fit than `before` where one is found, `before` where there is none, null where the search did not come to its end. */
  async allStarts(
    before: FitFacts,
    law: LawAsked,
    sample: Sample,
    signal: AbortSignal,
  ): Promise<FitFacts | null> {
    const outcome = await this.#tasks.run<CommandOf<'fit'>>(
      { command: 'fit', law, sample },
      { signal, onProgress: (_, share) => this.#tell('Looking from all starts', share, signal) },
    );
    if (signal.aborted) return null;
    this.behind.value = null;
    if (!outcome.ok) return null;
    const gain = 1 - outcome.value.file.objective / before.file.objective;
    const isBetter = gain > SAME_OBJECTIVE;
    this.lately.value = isBetter
      ? `A search from all starts found a better fit than the quick one: its objective is ${percentOf(gain)} lower.`
      : '';
    return isBetter ? outcome.value : before;
  }

  /** `take` hears of intervals as they become sharper. */
  async resample(
    { fit }: FitFacts,
    resamples: number,
    signal: AbortSignal,
    take: (certainty: CertaintyFacts) => void,
  ): Promise<void> {
    const outcome = await this.#tasks.run<CommandOf<'certainty'>>(
      { command: 'certainty', fit, resamples },
      {
        signal,
        onProgress: (_, share) => this.#tell('Resampling the recipes', share, signal),
        onTold: (event) => {
          if (event.event === 'certainty' && !signal.aborted) take(event.certainty);
        },
      },
    );
    if (signal.aborted) return;
    this.behind.value = null;
    if (outcome.ok) take(outcome.value);
  }

  #tell(doing: string, share: number, signal: AbortSignal): void {
    if (!signal.aborted) this.behind.value = { doing, share };
  }
}

function percentOf(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
