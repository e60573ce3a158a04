/** How many steps go into one submit, so that none holds the device for too long. */

/**
 * Milliseconds that a submit may hold the device. One that takes much longer than a frame makes the page, and the whole
 * desktop, stutter; where nobody looks on, only the watchdogs of drivers count, the strictest of which bites after 2 s.
 */
export const SUBMIT_MS = { seen: 16, unseen: 100 } as const;

/** How long a submit may hold the device now; whoever knows whether the page is seen sets it. */
export type Pace = { submitMs: number };

/** Of the time that a submit may take, the part that is planned: steps do not all take the same. */
const PLANNED_SHARE = 7 / 8;
/** More gain nothing: by then a submit's own cost is lost among its dispatches. */
const MOST_STEPS = 256;
/** A submit of many times the steps that were ever measured would be a guess. */
const GROWTH = 2;
/** Clocks of browsers are coarse, and a step is never faster than this. */
const SHORTEST_STEP_MS = 0.01;
/** A step that was slower than thought counts at once, a faster one by and by. */
const SHARE_OF_FASTER = 0.5;

/** One for each program and each number of runs that it serves: their steps differ. */
export class SubmitSize {
  #stepMs: number | undefined;
  #largest = 0;

  /** Steps of the next submit, at least one and at most `left`. */
  next(left: number, { submitMs }: Pace): number {
    if (this.#stepMs === undefined) return 1;
    const fitting = Math.floor((submitMs * PLANNED_SHARE) / this.#stepMs);
    return Math.max(1, Math.min(left, fitting, GROWTH * this.#largest, MOST_STEPS));
  }

  /** Tells that the device was at work on a submit of `steps` for so long. */
  measured(steps: number, milliseconds: number): void {
    const stepMs = Math.max(SHORTEST_STEP_MS, milliseconds / steps);
    const before = this.#stepMs ?? stepMs;
    this.#stepMs = stepMs >= before ? stepMs : before + SHARE_OF_FASTER * (stepMs - before);
    this.#largest = Math.max(this.#largest, steps);
  }
}
