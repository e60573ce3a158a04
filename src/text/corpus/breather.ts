/** Long work on one thread: gives way to the event loop now and then, so that a stop can be heard and a page stays alive. */

/** Short enough for a progress bar, long enough that a browser's shortest timer (4 ms) costs little. */
const REST_EVERY_MS = 50;

export class Breather {
  private readonly signal: AbortSignal | undefined;
  private rested = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
    signal?.throwIfAborted();
  }

  get isDue(): boolean {
    return performance.now() - this.rested > REST_EVERY_MS;
  }

  /** Lets others run. Rejects with the signal's reason when aborted. */
  async rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.signal?.throwIfAborted();
    this.rested = performance.now();
  }
}
