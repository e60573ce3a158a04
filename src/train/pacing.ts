/** How many steps, or evaluation windows, to ask the engine for at once. */

// Long enough that waiting for the losses costs little, short enough that pause and stop answer at once.
const CHUNK_SECONDS = 0.15;
// The engine keeps so many losses of a run between two reads.
const LARGEST_CHUNK_STEPS = 4096;
// One chunk may have waited for something else on the machine: the estimate follows slowly.
const NEW_SHARE = 0.3;
const GROWTH = 4;

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

  /** Tells what a chunk took. */
  measured(steps: number, seconds: number): void {
    const perStep = seconds / steps;
    this.#secondsPerStep =
      this.#secondsPerStep === 0 ? perStep : (1 - NEW_SHARE) * this.#secondsPerStep + NEW_SHARE * perStep;
    this.#last = steps;
  }
}
