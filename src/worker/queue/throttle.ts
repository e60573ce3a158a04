/** Does something at once, or soon: then at most once in so long. */

export class Throttle {
  readonly #everyMs: number;
  readonly #action: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #done = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number, action: () => void) {
    this.#everyMs = everyMs;
    this.#action = action;
  }

  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#done = performance.now();
    this.#action();
  }

  soon(): void {
    const left = this.#done + this.#everyMs - performance.now();
    if (left <= 0) this.now();
    else this.#timer ??= setTimeout(() => this.now(), left);
  }
}
