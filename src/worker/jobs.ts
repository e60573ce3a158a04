/** What is under way and can be broken off, one of each job. */

import type { Job } from './api.ts';

export class Jobs {
  readonly #running = new Map<Job, AbortController>();

  /**
   * Does `action` under a signal that {@link cancel} aborts. An action of the same job that is still under way is broken off:
   * whoever asks again no longer wants the first answer.
   */
  async run<T>(job: Job, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.cancel(job);
    const controller = new AbortController();
    this.#running.set(job, controller);
    try {
      return await action(controller.signal);
    } finally {
      if (this.#running.get(job) === controller) this.#running.delete(job);
    }
  }

  cancel(job: Job): void {
    this.#running.get(job)?.abort();
  }
}
