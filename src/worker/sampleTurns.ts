/** Whose turn it is to write: training must go on, and what the runs write is to be seen while they learn. */

/** Of its steps a run has taken so much before it is heard: until then it writes noise, and writing holds all others up. */
const EARLIEST_SHARE = 0.05;
/** Who has written for so long in one go lets training go on; the other runs are heard next time. */
const LONGEST_MS = 600;
/** Between two goes training goes on for so long at least, for so many times what the writing took, and for no longer than that. */
const LEAST_PAUSE_MS = 3000;
const PAUSE_TIMES = 12;
const MOST_PAUSE_MS = 15_000;

/** A run as far as turns go by it. */
export type Turn = {
  readonly run: string;
  readonly step: number;
  /** That it takes in all. */
  readonly steps: number;
  readonly ended: boolean;
};

export class SampleTurns {
  readonly #now: () => number;
  /** At which step a run was heard last, in the order in which they were. */
  readonly #heard = new Map<string, number>();
  #notBefore = 0;

  /** `now` counts milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Runs that may write now: those that have ended and were not heard since, then those that were not heard for longest. */
  due<Run extends Turn>(runs: readonly Run[]): Run[] {
    const ended = runs.filter(({ run, step, ended: isOver }) => isOver && this.#heard.get(run) !== step);
    if (this.#now() < this.#notBefore) return ended;
    const order = [...this.#heard.keys()];
    const going = runs.filter(({ ended: isOver, step, steps }) => !isOver && step >= EARLIEST_SHARE * steps);
    // Who was never heard is in no place of the order, -1, and comes first.
    going.sort((a, b) => order.indexOf(a.run) - order.indexOf(b.run));
    return [...ended, ...going];
  }

  /** Whether a run that is due may still write in a go that has taken so long; one that has ended is heard in any case. */
  mayWrite({ ended }: Turn, tookMs: number): boolean {
    return ended || tookMs < LONGEST_MS;
  }

  wrote({ run, step }: Turn): void {
    this.#heard.delete(run);
    this.#heard.set(run, step);
  }

  /** Lets training go on after a go in which writing took so long. */
  rest(tookMs: number): void {
    const pause = Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, PAUSE_TIMES * tookMs));
    this.#notBefore = this.#now() + pause;
  }
}
