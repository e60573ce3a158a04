/** Tells a screen reader what is worth saying, at most every ten seconds: who listens must be able to do something else too. */

const QUIET_MS = 10_000;

/** Of what comes while it has to be quiet, it keeps the last. */
export class Speaker {
  readonly #utter: (words: string) => void;
  #spokeAt = Number.NEGATIVE_INFINITY;
  #waiting = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `utter` writes the words where a screen reader hears them. */
  constructor(utter: (words: string) => void) {
    this.#utter = utter;
  }

  say(words: string): void {
    if (words === '') return;
    this.#waiting = words;
    this.#timer ??= setTimeout(
      () => this.#speak(),
      Math.max(0, this.#spokeAt + QUIET_MS - performance.now()),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #speak(): void {
    this.#timer = undefined;
    this.#spokeAt = performance.now();
    this.#utter(this.#waiting);
  }
}
