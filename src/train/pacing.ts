/** How many steps, or evaluation windows, to ask the engine for at once. */

// Long enough that waiting for the losses costs little, short enough that pause and stop answer at once.
const CHUNK_SECONDS = 0.15;
/** Reading the losses makes the device wait for the CPU: it is not worth it more often than this. */
export const READ_EVERY_SECONDS = 0.1;
/** The engine keeps so many losses of a run between two reads. */
const LARGEST_CHUNK_STEPS = 4096;
// One chunk may have waited for something else on the machine: the estimate follows slowly.
const NEW_SHARE = 0.3;
const GROWTH = 4;

/** A pacing for each number of runs: a step, or a window, of many takes many times as long as one of a single run. */
export class Pacings {
  readonly #byRuns = new Map<number, Pacing>();

  of(runs: number): Pacing {
    const pacing = this.#byRuns.get(runs) ?? new Pacing();
    this.#byRuns.set(runs, pacing);
    return pacing;
  }
}

export class Pacing {
  #secondsPerStep = 0;
  #last = 0;

  /** Steps of the next chunk, at most `limit`; the first chunk is small. */
  next(limit: number): number {
    const fitting = this.#secondsPerStep === 0 ? 1 : Math.floor(CHUNK_SECONDS / this.#secondsPerStep);
    // Growing step by step, since the first ones on a device, with all that is set up then, say little about the next.
    const chunk = Math.min(fitting, GROWTH * this.#last || 1, LARGEST_CHUNK_STEPS, limit);
    return Math.max(1, chunk);
  }

  /**
   * More steps before the losses of a chunk are read, or 0 when it is time to read them. So far `taken` steps were queued, the last
   * `queued` of them at once, and `seconds` have passed. The device may still be at work on those last ones, and only on those.
   */
  more(
    limit: number,
    { taken, queued, seconds }: { taken: number; queued: number; seconds: number },
  ): number {
    const left = Math.min(limit, LARGEST_CHUNK_STEPS) - taken;
    if (left <= 0 || seconds >= READ_EVERY_SECONDS) return 0;
    const done = taken - queued;
    const fitting = done === 0 ? taken : Math.floor(((CHUNK_SECONDS - seconds) * done) / seconds);
    // No more than there were, so that a guess from few steps is never far off.
    return Math.max(1, Math.min(fitting, taken, left));
  }

  /** Tells what a chunk took. */
  measured(steps: number, seconds: number): void {
    const perStep = seconds / steps;
    this.#secondsPerStep =
      this.#secondsPerStep === 0 ? perStep : (1 - NEW_SHARE) * this.#secondsPerStep + NEW_SHARE * perStep;
    this.#last = steps;
  }
}
