/** Where the runs stand that a sweep is at, as its events tell. */

import type { SweepEvent as Told } from '../../sweep/run/events.ts';
import type { SweepProgress } from '../../sweep/run/progress.ts';
import type { LiveRun } from '../api/sweep.ts';

/** A rate of fewer seconds than this is none. */
const TELLING_S = 1;

export class LiveTask {
  readonly #runs = new Map<string, LiveRun>();
  #progress: SweepProgress | null = null;
  /** Seconds until the first run began: texts were read and kernels made, which is not to be done again. */
  #preparedSeconds: number | null = null;
  #hasBegun = false;

  get runs(): readonly LiveRun[] {
    return [...this.#runs.values()];
  }

  get progress(): SweepProgress | null {
    return this.#progress;
  }

  /** Gives whether more has changed than how far runs are. */
  take(event: Told): boolean {
    switch (event.event) {
      case 'sweep': {
        const { event: _, ...progress } = event;
        if (this.#hasBegun) this.#preparedSeconds ??= progress.elapsedSeconds;
        this.#progress = { ...progress, remainingSeconds: this.#remaining(progress) };
        return false;
      }
      case 'task':
        this.#runs.clear();
        for (const run of event.runs) this.#runs.set(run, { run, status: 'waiting', step: 0 });
        return true;
      case 'start':
        this.#hasBegun = true;
        for (const { run, step } of event.runs) this.#runs.set(run, { run, status: 'training', step });
        return true;
      case 'fleet':
        // Nothing tells that a run takes a slot but its first loss.
        for (const run of event.runs.slice(event.size)) this.#change(run, { status: 'waiting' });
        return true;
      case 'loss':
      case 'eval':
        return this.#reached(event.run, event.step);
      case 'fork':
        this.#change(event.run, { step: event.step });
        return false;
      case 'diverged':
        this.#change(event.run, { status: 'diverged', step: event.step });
        return true;
      case 'record': {
        const { status, realised } = event.record;
        const ended = status === 'diverged' ? 'diverged' : 'done';
        this.#change(event.id, { status: ended, step: realised.steps });
        return true;
      }
      case 'refused':
        this.#runs.delete(event.id);
        return true;
      default:
        return false;
    }
  }

  /** At the rate since the first run began; null as long as that tells nothing yet. */
  #remaining({ remainingSeconds, elapsedSeconds }: SweepProgress): number | null {
    if (remainingSeconds === null || remainingSeconds === 0) return remainingSeconds;
    const prepared = this.#preparedSeconds ?? elapsedSeconds;
    const seconds = elapsedSeconds - prepared;
    return seconds < TELLING_S ? null : (remainingSeconds * seconds) / elapsedSeconds;
  }

  #reached(run: string, step: number): boolean {
    const isNew = this.#runs.get(run)?.status === 'waiting';
    this.#change(run, { step, ...(isNew && { status: 'training' as const }) });
    return isNew;
  }

  #change(run: string, change: Partial<LiveRun>): void {
    const before = this.#runs.get(run);
    if (before) this.#runs.set(run, { ...before, ...change });
  }
}
