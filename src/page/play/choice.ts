/** Which models stand side by side. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { ModelFacts } from '../../worker/api/models.ts';

/** Beside each other there is room for so many. */
export const MOST_CHOSEN = 4;

export class Choice {
  readonly #all: ReadonlySignal<readonly ModelFacts[] | null>;
  /** Null until a person has chosen. */
  readonly #picked: Signal<readonly string[] | null> = signal(null);

  /** Those of last time, where nobody has chosen: others that come do not push them out. */
  #shown: ReadonlySet<string> = new Set();

  /** In the order of the list; the first few where nobody has chosen yet, or all that were chosen are gone. */
  readonly models: ReadonlySignal<readonly ModelFacts[]> = computed(() => {
    const all = this.#all.value ?? [];
    const picked = this.#picked.value;
    const here = all.filter(({ id }) => picked?.includes(id));
    const isStale = picked === null || (picked.length > 0 && here.length === 0);
    return isStale ? this.#first(all) : here;
  });

  constructor(all: ReadonlySignal<readonly ModelFacts[] | null>) {
    this.#all = all;
  }

  #first(all: readonly ModelFacts[]): readonly ModelFacts[] {
    const ids = all.map(({ id }) => id);
    const stay = ids.filter((id) => this.#shown.has(id));
    const others = ids.filter((id) => !this.#shown.has(id));
    this.#shown = new Set([...stay, ...others].slice(0, MOST_CHOSEN));
    return all.filter(({ id }) => this.#shown.has(id));
  }

  get isFull(): boolean {
    return this.models.value.length >= MOST_CHOSEN;
  }

  has(id: string): boolean {
    return this.models.value.some((model) => model.id === id);
  }

  /** Adds a model, or takes it out; adds none where there is no room. */
  flip(id: string): void {
    const ids = this.models.peek().map((model) => model.id);
    if (ids.includes(id)) this.#picked.value = ids.filter((one) => one !== id);
    else if (ids.length < MOST_CHOSEN) this.#picked.value = [...ids, id];
  }

  /** Puts a model among the chosen ones, in the place of the last where there is no room; gives the one that made room. */
  add(id: string): ModelFacts | null {
    const others = this.models.peek().filter((model) => model.id !== id);
    const stay = others.slice(0, MOST_CHOSEN - 1);
    this.#picked.value = [...stay.map((model) => model.id), id];
    return others[stay.length] ?? null;
  }

  /** Of what was made for models, as much as is of those that are chosen: of one that is gone, or put aside, nothing is shown. */
  ofChosen<T extends { readonly model: ModelFacts }>(made: readonly T[]): readonly T[] {
    return made.filter(({ model }) => this.has(model.id));
  }
}
