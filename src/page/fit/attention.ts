/** Whether anybody looks: what takes long waits for somebody who does, for a training may need the machine. */

import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals-core';

export class Attention {
  readonly #lookers: Signal<readonly ReadonlySignal<boolean>[]> = signal([]);
  /** Nobody has said anything: somebody may look. */
  readonly #isThere: ReadonlySignal<boolean> = computed(
    () => this.#lookers.value.length === 0 || this.#lookers.value.some((one) => one.value),
  );
  #waiting: (() => void) | null = null;

  constructor() {
    effect(() => {
      if (!this.#isThere.value) return;
      const act = this.#waiting;
      this.#waiting = null;
      if (act) untracked(act);
    });
  }

  /** `seen`: whether a view is looked at. */
  add(seen: ReadonlySignal<boolean>): void {
    this.#lookers.value = [...this.#lookers.peek(), seen];
  }

  /** Does it at once where somebody looks, else as soon as somebody does; what waited before is forgotten. */
  whenThere(act: () => void): void {
    this.forget();
    if (this.#isThere.peek()) act();
    else this.#waiting = act;
  }

  /** What waits is not done any more. */
  forget(): void {
    this.#waiting = null;
  }
}
