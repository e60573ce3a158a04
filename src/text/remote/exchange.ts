/** One request and its answer, watched: a server that stops sending is left after a while, and so is one that is no longer wanted. */

import { concatenated } from '../readers/concatenated.ts';

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** A request that ended without its whole answer, for a reason that may pass. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly reason: 'slow' | 'broken';
  constructor(reason: 'slow' | 'broken', cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

export class Exchange {
  readonly response: Response;
  readonly #watch: Watch;

  private constructor(response: Response, watch: Watch) {
    this.response = response;
    this.#watch = watch;
  }

  /** Resolves with the head of the answer. Throws {@link Interrupted}, or the reason of `signal` when it aborts. */
  static async open(
    fetch: Fetch,
    url: string,
    init: RequestInit,
    idleMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Exchange> {
    const watch = new Watch(idleMs, signal);
    const response = await watch.over(() => fetch(url, { ...init, signal: watch.signal }));
    return new Exchange(response, watch);
  }

  /** The body, in chunks. Throws as {@link Exchange.open} does. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const reader = this.response.body?.getReader();
    if (!reader) return;
    for (;;) {
      const { done, value } = await this.#watch.over(() => reader.read());
      if (done) return;
      yield value;
    }
  }

  /** At most the first `bytes` bytes of the body; what is behind them is not fetched. */
  async head(bytes: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this.chunks()) {
      const part = chunk.subarray(0, bytes - length);
      parts.push(part);
      length += part.length;
      if (length === bytes) break;
    }
    return concatenated(parts, length);
  }

  /** Ends the transfer, wherever it stands. */
  close(): void {
    this.#watch.end();
  }
}

/** Waits, at most `idleMs` for each step, and no longer than the signal that was given allows. */
class Watch {
  readonly signal: AbortSignal;
  readonly #idleMs: number;
  readonly #outer: AbortSignal | undefined;
  readonly #own = new AbortController();

  constructor(idleMs: number, outer: AbortSignal | undefined) {
    this.#idleMs = idleMs;
    this.#outer = outer;
    this.signal = outer ? AbortSignal.any([outer, this.#own.signal]) : this.#own.signal;
  }

  async over<T>(step: () => Promise<T>): Promise<T> {
    this.#outer?.throwIfAborted();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.end();
    }, this.#idleMs);
    try {
      return await step();
    } catch (error) {
      this.#outer?.throwIfAborted();
      throw new Interrupted(isLate ? 'slow' : 'broken', error);
    } finally {
      clearTimeout(timer);
    }
  }

  end(): void {
    this.#own.abort();
  }
}

/** Resolves after a time, or throws the signal's reason. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
