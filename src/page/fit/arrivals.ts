/** Runs as they come: what comes together is one change, and while nobody looks it waits, for putting thousands together takes the page's time. */

import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core';
import { Attention } from './attention.ts';
import type { FitSource } from './selection.ts';

/** Runs that arrive together are one change. */
const GATHER_MS = 80;

export class Arrivals {
  readonly #attention = new Attention();
  readonly #sources: Signal<readonly FitSource[]> = signal([]);
  #gathering: ReturnType<typeof setTimeout> | undefined;

  #take = () => {};

  /** None until {@link follow}. */
  get sources(): ReadonlySignal<readonly FitSource[]> {
    return this.#sources;
  }

  lookedAtBy(seen: ReadonlySignal<boolean>): void {
    this.#attention.add(seen);
  }

  /** Takes what is there at once, and what comes as it comes. */
  follow(all: ReadonlySignal<readonly FitSource[]>): void {
    this.#take = () => {
      this.#sources.value = all.peek();
    };
    this.#take();
    effect(() => {
      if (all.value === untracked(() => this.#sources.value)) return;
      clearTimeout(this.#gathering);
      this.#gathering = setTimeout(() => this.#attention.whenThere(this.#take), GATHER_MS);
    });
  }

  /** What has come is waited for no longer. */
  takeNow(): void {
    clearTimeout(this.#gathering);
    this.#attention.forget();
    this.#take();
  }
}
