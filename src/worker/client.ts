/** The page's end of the door: starts the worker and sends it commands. */

import { proxy, wrap } from 'comlink';
import type { Command, LabApi, Listener, Outcome, Reply } from './api.ts';

export type LabClient = {
  /** Never rejects: a worker that has died answers with a failure too. */
  send<C extends Command>(command: C): Promise<Outcome<Reply[C['command']]>>;
  close(): void;
};

/** Starts the lab's worker; `listener` hears everything it tells unasked. */
export function openLab(listener: Listener): LabClient {
  const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'm3lab' });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    listener({
      event: 'failure',
      failure: {
        kind: 'internal',
        message: `The lab's worker has stopped: ${event.message || 'it could not be loaded'}.`,
        advice: 'Load the page again. What was saved at the last checkpoint is kept.',
      },
    });
  });
  const remote = wrap<LabApi>(worker);
  const listening = Promise.resolve(remote.listen(proxy(listener)));
  return {
    async send<C extends Command>(command: C) {
      await listening;
      // Comlink's types forget which reply belongs to which command.
      return (await remote.send(command)) as Outcome<Reply[C['command']]>;
    },
    close() {
      worker.terminate();
    },
  };
}
