/** The worker's end of a door: numbered calls, each under a signal of its own, and what is told unasked. */

import { expose, transfer } from 'comlink';
import { isAbort } from './abort.ts';
import type { Door } from './api/door.ts';
import type { Failure, Outcome } from './api/outcome.ts';

/**
 * What each command is answered by; whatever it throws becomes a failure. A room of commands has a table of its own, and a session
 * puts the tables together. A handler that can be broken off heeds the signal.
 */
export type Handlers<
  Command extends { readonly command: string },
  Reply extends Record<Command['command'], unknown>,
> = {
  readonly [C in Command['command']]: (
    command: Extract<Command, { readonly command: C }>,
    signal: AbortSignal,
  ) => Reply[C] | Promise<Reply[C]>;
};

/** Calls under way, by their numbers. */
export class Calls<
  Command extends { readonly command: string },
  Reply extends Record<Command['command'], unknown>,
> {
  readonly #handlers: Handlers<Command, Reply>;
  readonly #failureOf: (error: unknown) => Failure;
  readonly #running = new Map<number, AbortController>();

  /** `failureOf` says what went wrong in words; that a call was broken off is said here. */
  constructor(handlers: Handlers<Command, Reply>, failureOf: (error: unknown) => Failure) {
    this.#handlers = handlers;
    this.#failureOf = failureOf;
  }

  async send<C extends Command>(call: number, command: C): Promise<Outcome<Reply[C['command']]>> {
    const controller = new AbortController();
    this.#running.set(call, controller);
    const handlers: Readonly<Record<string, unknown>> = this.#handlers;
    // The table's type says which command belongs to which handler; the compiler cannot follow it through a name.
    const handler = handlers[command.command] as (
      command: C,
      signal: AbortSignal,
    ) => Promise<Reply[C['command']]>;
    try {
      return { ok: true, value: await handler(command, controller.signal) };
    } catch (error) {
      return { ok: false, failure: isAbort(error) ? CANCELLED : this.#failureOf(error) };
    } finally {
      this.#running.delete(call);
    }
  }

  abort(call: number): void {
    this.#running.get(call)?.abort();
  }
}

const CANCELLED: Failure = { kind: 'cancelled', message: 'It was stopped.', advice: '' };

/** Replies that are handed over, and what of them. */
const handed = new WeakMap<object, Transferable[]>();

/** A reply whose buffers go to the page rather than copies of them: the handler has no further use for them. */
export function handOver<T extends object>(reply: T, buffers: Transferable[]): T {
  handed.set(reply, buffers);
  return reply;
}

/**
 * Exposes a door to the page; it may still be opening. `transfersOf` gives the buffers of an event that are handed over rather than
 * copied: whoever told it has no further use for them.
 */
export function serve<Command extends { readonly command: string }, Reply, Event>(
  opening: Door<Command, Reply, Event> | Promise<Door<Command, Reply, Event>>,
  transfersOf: (event: Event) => Transferable[] = () => [],
): void {
  // Comlink takes the object at once; calls wait for their turn until the door is open.
  const opened = Promise.resolve(opening);
  const door: Door<Command, Reply, Event> = {
    async listen(listener) {
      await (await opened).listen((event) => {
        listener(transfer(event, transfersOf(event)));
      });
    },
    async send(call, command) {
      const outcome = await (await opened).send(call, command);
      const value: unknown = outcome.ok ? outcome.value : null;
      const buffers = typeof value === 'object' && value !== null ? handed.get(value) : undefined;
      return buffers ? transfer(outcome, buffers) : outcome;
    },
    async abort(call) {
      await (await opened).abort(call);
    },
  };
  expose(door);
}
