/** How far a list of runs has come and how long it still takes, weighed by planned FLOPs: a large run is not as quick as a small one. */

import type { ManifestRun } from '../../formats/manifest.ts';

export type SweepProgress = {
  readonly runs: number;
  /** Runs that are finished, by whomever. */
  readonly finished: number;
  readonly flops: number;
  /** FLOPs behind all runs, of those under way too. */
  readonly flopsDone: number;
  readonly elapsedSeconds: number;
  /** At the rate of this sitting; null before it has one. */
  readonly remainingSeconds: number | null;
};

type Entry = {
  readonly flops: number;
  readonly steps: number;
  step: number;
  /** Steps that this sitting did not take. */
  given: number;
  finished: boolean;
  /** Others see to it: it is no work of ours. */
  elsewhere: boolean;
};

export class Progress {
  readonly #entries: Map<string, Entry>;
  readonly #now: () => number;
  readonly #begun: number;

  constructor(runs: readonly Pick<ManifestRun, 'id' | 'flops' | 'steps'>[], now = () => performance.now()) {
    this.#entries = new Map(
      runs.map(({ id, flops, steps }) => [
        id,
        { flops, steps, step: 0, given: 0, finished: false, elsewhere: false },
      ]),
    );
    this.#now = now;
    this.#begun = now();
  }

  /** The run was found at this step: resumed, or forked off another. */
  found(id: string, step: number): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.given += step - entry.step;
    entry.step = step;
  }

  reached(id: string, step: number): void {
    const entry = this.#entries.get(id);
    if (entry) entry.step = Math.max(entry.step, step);
  }

  /** The run has its record; `here` where this sitting made it. */
  finish(id: string, here: boolean): void {
    const entry = this.#entries.get(id);
    if (!entry || entry.finished) return;
    if (!here) entry.given += entry.steps - entry.step;
    entry.step = entry.steps;
    entry.finished = true;
  }

  /** Another process is at it. */
  leave(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) entry.elsewhere = true;
  }

  get state(): SweepProgress {
    let [flops, done, taken, left, finished] = [0, 0, 0, 0, 0];
    for (const entry of this.#entries.values()) {
      const perStep = entry.flops / entry.steps;
      flops += entry.flops;
      done += perStep * entry.step;
      taken += perStep * (entry.step - entry.given);
      if (entry.finished) finished++;
      else if (!entry.elsewhere) left += perStep * (entry.steps - entry.step);
    }
    const elapsedSeconds = (this.#now() - this.#begun) / 1000;
    return {
      runs: this.#entries.size,
      finished,
      flops,
      flopsDone: done,
      elapsedSeconds,
      remainingSeconds: left === 0 ? 0 : taken > 0 ? (left * elapsedSeconds) / taken : null,
    };
  }
}
