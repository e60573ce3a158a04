/**
 * Firefox looks only every 100 ms whether the device has finished something, and whenever something is submitted: there
 * a wait goes on with empty submits. To be removed with https://bugzilla.mozilla.org/show_bug.cgi?id=1870699.
 */

/** Timers of browsers are held to 4 ms anyway. */
const NUDGE_MS = 4;

/** Whether this is a browser that must be nudged. */
export function needsNudging(userAgent = globalThis.navigator?.userAgent ?? ''): boolean {
  return /\bFirefox\//.test(userAgent);
}

/** Nudges a queue as long as anybody waits for it. */
export class Nudger {
  readonly #queue: GPUQueue;
  #waiting = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(queue: GPUQueue) {
    this.#queue = queue;
  }

  async during<T>(promise: Promise<T>): Promise<T> {
    this.#waiting++;
    this.#timer ??= setInterval(() => this.#queue.submit([]), NUDGE_MS);
    try {
      return await promise;
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    }
  }
}
