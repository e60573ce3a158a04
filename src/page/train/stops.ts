/** Commands that a person can break off, one of each job. */

import type { Command, Reply } from '../../worker/api/lab.ts';
import type { Outcome } from '../../worker/api/outcome.ts';
import type { Side } from '../../worker/api/texts.ts';
import type { LabClient } from '../lab.ts';

/** The reading, or describing, of a side's text; a reference; the preparation of a fleet. */
export type Job = Side | 'reference' | 'preparation';

export class Stops {
  readonly #client: LabClient;
  readonly #running = new Map<Job, AbortController>();

  constructor(client: LabClient) {
    this.#client = client;
  }

  /** Sends a command that {@link cancel} breaks off until it is answered. Whoever asks again no longer wants the first answer. */
  async send<C extends Command>(job: Job, command: C): Promise<Outcome<Reply[C['command']]>> {
    this.cancel(job);
    const controller = new AbortController();
    this.#running.set(job, controller);
    try {
      return await this.#client.send(command, { signal: controller.signal });
    } finally {
      if (this.#running.get(job) === controller) this.#running.delete(job);
    }
  }

  cancel(job: Job): void {
    this.#running.get(job)?.abort();
  }
}
