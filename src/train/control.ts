/** The hand on the lever: how many steps a loop may take, and what it is asked to do between two chunks. */

type Request = { run: () => Promise<void>; resolve: () => void; reject: (error: unknown) => void };

export class Control {
  #allowance = Number.POSITIVE_INFINITY;
  #requests: Request[] = [];
  #steppers: (() => void)[] = [];
  #changed: (() => void)[] = [];
  #answered: Promise<void> = Promise.resolve();

  /** Steps that may be taken before the next pause. */
  get allowance(): number {
    return this.#allowance;
  }

  pause(): void {
    this.#allow(0);
  }

  resume(): void {
    this.#allow(Number.POSITIVE_INFINITY);
  }

  /** Lets `steps` steps pass, then pauses; resolves when they are taken, or when something else ends them. */
  step(steps: number): Promise<void> {
    this.#allow(steps);
    return steps > 0 ? new Promise((resolve) => this.#steppers.push(resolve)) : Promise.resolve();
  }

  /** The loop took so many steps. */
  spent(steps: number): void {
    this.#allowance -= steps;
    if (this.#allowance <= 0) this.#allow(0);
  }

  /** Has the loop do something between two chunks, paused or not; settles as it does. */
  request(run: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ run, resolve, reject });
      this.wake();
    });
  }

  /** Whether something waits to be answered. */
  get isAsked(): boolean {
    return this.#requests.length > 0;
  }

  /** Does what was asked, one after the other, whoever calls this. */
  answer(): Promise<void> {
    this.#answered = this.#answered.then(() => this.#answerAll());
    return this.#answered;
  }

  async #answerAll(): Promise<void> {
    for (let next = this.#requests.shift(); next; next = this.#requests.shift()) {
      await next.run().then(next.resolve, next.reject);
    }
  }

  /** Resolves at the next {@link wake}, or at once when something waits to be answered. */
  change(): Promise<void> {
    if (this.isAsked) return Promise.resolve();
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  wake(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }

  /** The loop has ended: nobody waits for steps any more. */
  release(): void {
    const waiting = this.#steppers;
    this.#steppers = [];
    for (const resolve of waiting) resolve();
  }

  #allow(steps: number): void {
    this.#allowance = steps;
    this.release();
    this.wake();
  }
}

/** What a loop that was told to end rejects with: always an `AbortError`. */
export function interruption({ reason }: AbortSignal): Error {
  return reason instanceof Error && reason.name === 'AbortError'
    ? reason
    : new DOMException('training was interrupted; a checkpoint is saved', 'AbortError');
}
