/** What every view knows: the device, what went wrong, what is worth saying aloud. */

import { type Signal, signal } from '@preact/signals-core';
import type { AdapterFacts, SavedFleet } from '../worker/api/fleet.ts';
import type { Opened } from '../worker/api/lab.ts';
import type { Failure, Outcome } from '../worker/api/outcome.ts';
import type { CorpusFacts } from '../worker/api/texts.ts';

export class AppState {
  /** What the worker found when it opened: texts and the fleet of an earlier visit; null until it has answered. */
  readonly opened: Signal<Opened | null> = signal(null);
  /** Null until the worker has answered. */
  readonly adapter: Signal<Outcome<AdapterFacts> | null> = signal(null);
  /** Whether the worker could not even look for an adapter. */
  readonly unopened = signal(false);
  readonly failure: Signal<Failure | null> = signal(null);
  /** What is worth knowing and needs no action, oldest first, until it is dismissed. */
  readonly notices: Signal<readonly string[]> = signal([]);
  /** What is under way, in a few words for the header ("Training, 42 %"), and the view where it is seen; null while nothing is. */
  readonly underWay: Signal<{ readonly words: string; readonly href: string } | null> = signal(null);
  /** What a screen reader is told next; the shell speaks at most every 10 s and keeps the last. */
  readonly spoken: Signal<string> = signal('');

  /** A view that is first shown later must know of the fleet that was removed, and of the text that was opened, since the lab was. */
  keepOpened({
    corpus,
    ...saved
  }: {
    readonly saved?: SavedFleet | null;
    readonly corpus?: CorpusFacts;
  }): void {
    const found = this.opened.peek();
    if (!found) return;
    const corpora = { ...found.corpora, ...(corpus && { [corpus.side]: corpus }) };
    this.opened.value = { ...found, ...saved, corpora };
  }

  /** Adds to the notices what does not stand there already. */
  notify(message: string): void {
    if (!this.notices.value.includes(message)) this.notices.value = [...this.notices.value, message];
  }

  say(words: string): void {
    this.spoken.value = words;
  }
}
