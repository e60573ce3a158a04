/** The page's end of the doors: starts the workers, numbers the calls, and answers for a worker that has died. */

import { proxy, transfer, wrap } from 'comlink';
import type { Client, Door } from './api/door.ts';
import type { Command, LabEvent, Reply } from './api/lab.ts';
import type { LawCommand, LawEvent, LawReply } from './api/law.ts';
import type { Failure, Outcome } from './api/outcome.ts';
import type { PlayCommand, PlayEvent, PlayReply } from './api/play.ts';

export type LabClient = Client<Command, Reply>;
export type LawClient = Client<LawCommand, LawReply>;
export type PlayClient = Client<PlayCommand, PlayReply>;

type Failed = Extract<Outcome<never>, { ok: false }>;

/** Starts the lab's worker; `listener` hears everything it tells unasked, and of its death. */
export function openLab(listener: (event: LabEvent) => void): LabClient {
  const client = connect<Command, Reply, LabEvent>(
    () => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'm3lab' }),
    { listener, onDeath: (failure) => listener({ event: 'failure', failure }) },
  );
  client.start();
  return client;
}

/** The worker of the laws: it starts with the first command. */
export function openLaw(listener: (event: LawEvent) => void = () => {}): LawClient {
  return connect<LawCommand, LawReply, LawEvent>(
    () => new Worker(new URL('./law.worker.ts', import.meta.url), { type: 'module', name: 'm3lab-law' }),
    { listener },
  );
}

/** The worker of play: it starts with the first command. */
export function openPlay(listener: (event: PlayEvent) => void = () => {}): PlayClient {
  return connect<PlayCommand, PlayReply, PlayEvent>(
    () => new Worker(new URL('./play.worker.ts', import.meta.url), { type: 'module', name: 'm3lab-play' }),
    { listener, transfersOf: playTransfers },
  );
}

/** Whole models and their logits pass through the page, which has no further use for them. */
export function playTransfers(command: PlayCommand): Transferable[] {
  const arrays =
    command.command === 'openModel'
      ? Object.values(command.files.files)
      : command.command === 'checkModel'
        ? [command.probe.windows, command.probe.logits]
        : [];
  return [...new Set(arrays.map(({ buffer }) => buffer))];
}

type Ends<Command, Event> = {
  readonly listener: (event: Event) => void;
  /** Buffers of a command that are handed over rather than copied. */
  readonly transfersOf?: (command: Command) => Transferable[];
  /** Hears it once, should the worker die; each call that is under way or comes later is answered with the same. */
  readonly onDeath?: (failure: Failure) => void;
};

/** A client of the worker that `make` starts with the first command, or with `start`. */
export function connect<
  Command extends { readonly command: string },
  Reply extends Record<Command['command'], unknown>,
  Event,
>(
  make: () => Worker,
  { listener, onDeath, transfersOf = () => [] }: Ends<Command, Event>,
): Client<Command, Reply> & { start(): void } {
  let connection: Connection<Command, Reply, Event> | undefined;
  const connected = () => {
    if (connection) return connection;
    connection = openConnection(make(), listener);
    const { died } = connection;
    if (onDeath) died.addEventListener('abort', () => onDeath(deathIn(died).failure), { once: true });
    return connection;
  };
  let calls = 0;
  return {
    start() {
      connected();
    },
    async send<C extends Command>(
      command: C,
      { signal }: { readonly signal?: AbortSignal } = {},
    ): Promise<Outcome<Reply[C['command']]>> {
      if (signal?.aborted) return CANCELLED;
      const { died, listening, door } = connected();
      const call = calls++;
      const abort = () => void Promise.resolve(door.abort(call)).catch(() => {});
      const answer = async (): Promise<Outcome<Reply[C['command']]>> => {
        const listened = await listening;
        if (!listened.ok) return listened;
        // Nothing was sent yet that could be broken off.
        if (signal?.aborted) return CANCELLED;
        signal?.addEventListener('abort', abort, { once: true });
        // Comlink's types forget which reply belongs to which command.
        const sent = door.send(call, transfer(command, transfersOf(command)));
        const answered = await answerOf(sent as Promise<Outcome<Reply[C['command']]>>);
        return answered.ok ? answered.value : answered;
      };
      // A listener of its own, taken away afterwards: whatever waited on one promise of death would be kept as long as the page.
      let forget = () => {};
      const death = new Promise<Failed>((resolve) => {
        const die = () => resolve(deathIn(died));
        if (died.aborted) die();
        died.addEventListener('abort', die, { once: true });
        forget = () => died.removeEventListener('abort', die);
      });
      try {
        return await Promise.race([death, answer()]);
      } finally {
        forget();
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}

type Connection<Command extends { readonly command: string }, Reply, Event> = {
  readonly door: Door<Command, Reply[keyof Reply], Event>;
  /** Aborted when the worker has died, with the {@link Failed} that says of what. */
  readonly died: AbortSignal;
  readonly listening: Promise<Outcome<void>>;
};

function openConnection<Command extends { readonly command: string }, Reply, Event>(
  worker: Worker,
  listener: (event: Event) => void,
): Connection<Command, Reply, Event> {
  // What Comlink makes of a door has the door's own methods, each with a promise.
  const door = wrap(worker) as unknown as Door<Command, Reply[keyof Reply], Event>;
  const listening = answerOf(Promise.resolve(door.listen(proxy(listener))));
  return { door, died: deathOf(worker), listening };
}

const CANCELLED: Failed = {
  ok: false,
  failure: { kind: 'cancelled', message: 'It was stopped.', advice: '' },
};

/**
 * Aborted when the worker could not be loaded, threw what nobody caught, or said what cannot be read: its call would wait for ever. What it
 * would do next is unknown, so it is ended.
 */
function deathOf(worker: Worker): AbortSignal {
  const death = new AbortController();
  const end = (reason: string) => {
    worker.terminate();
    death.abort(failed(reason));
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(event.message || 'it could not be loaded');
  });
  worker.addEventListener('messageerror', () => end('it said what cannot be read here'));
  return death.signal;
}

function deathIn(died: AbortSignal): Failed {
  return died.reason as Failed;
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
