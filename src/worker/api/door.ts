/** The shape of a door between the page and a worker: commands go in, outcomes come back, events are told unasked. */

import type { Outcome } from './outcome.ts';

/** What a worker exposes through Comlink. Nothing is thrown across. */
export type Door<Command extends { readonly command: string }, Reply, Event> = {
  listen(listener: (event: Event) => void): void | Promise<void>;
  /** `call` is a number that the caller gives and {@link abort} names. */
  send(call: number, command: Command): Promise<Outcome<Reply>>;
  /** Breaks off the call, which then answers with `cancelled`; one that is over, or cannot be broken off, is left alone. */
  abort(call: number): void | Promise<void>;
};

/** The page's end of it. */
export type Client<
  Command extends { readonly command: string },
  Reply extends Record<Command['command'], unknown>,
> = {
  /**
   * Never rejects: a worker that has died, or dies before it answers, answers with a failure too. An abort is answered with
   * the failure `cancelled`.
   */
  send<C extends Command>(
    command: C,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Outcome<Reply[C['command']]>>;
};
