/** The page's end of the door: starts the worker and sends it commands. */

import { proxy, wrap } from 'comlink';
import type { Command, LabApi, Listener, Outcome, Reply } from './api.ts';

export type LabClient = {
  /** Never rejects: a worker that has died, or dies before it answers, answers with a failure too. */
  send<C extends Command>(command: C): Promise<Outcome<Reply[C['command']]>>;
  close(): void;
};

type Failed = Extract<Outcome<never>, { ok: false }>;

/** Starts the lab's worker; `listener` hears everything it tells unasked. */
export function openLab(listener: Listener): LabClient {
  const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'm3lab' });
  const died = deathOf(worker);
  void died.then(({ failure }) => listener({ event: 'failure', failure }));
  const remote = wrap<LabApi>(worker);
  const listening = answerOf(Promise.resolve(remote.listen(proxy(listener))));

  async function answer<C extends Command>(command: C): Promise<Outcome<Reply[C['command']]>> {
    const listened = await listening;
    if (!listened.ok) return listened;
    // Comlink's types forget which reply belongs to which command.
    const answered = await answerOf(remote.send(command) as Promise<Outcome<Reply[C['command']]>>);
    return answered.ok ? answered.value : answered;
  }

  return {
    send<C extends Command>(command: C): Promise<Outcome<Reply[C['command']]>> {
      return Promise.race([died, answer(command)]);
    },
    close() {
      worker.terminate();
    },
  };
}

/** Resolves when the worker could not be loaded, or threw what nobody caught. What it would do next is unknown: it is ended. */
function deathOf(worker: Worker): Promise<Failed> {
  return new Promise((resolve) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      resolve(failed(event.message || 'it could not be loaded'));
    });
  });
}

/** What comes through the door, or in what words it failed to: storage that cannot be opened, say. */
async function answerOf<T>(promise: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function failed(reason: string): Failed {
  return {
    ok: false,
    failure: {
      kind: 'internal',
      message: `The lab's worker has stopped: ${reason.replace(/\.$/, '')}.`,
      advice: 'Load the page again. What was saved at the last checkpoint is kept.',
    },
  };
}
