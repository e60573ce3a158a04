/** Waiting that ends at once when a signal says so, whether or not the giver of the bytes listens to it. */

import type { ByteStream } from './lines.ts';

/** The promise's own end, or the signal's reason if that comes first. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  // A listener for each wait: one promise raced against many would keep every chunk until the end.
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const settled = () => signal.removeEventListener('abort', stop);
    promise.then(resolve, reject).finally(settled);
  });
}

/**
 * A stream that is read chunk by chunk and closed by hand, for its first chunks are looked at before it is known
 * what reads the rest.
 */
export class OpenStream implements AsyncIterableIterator<Uint8Array> {
  private readonly source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  private readonly signal: AbortSignal | undefined;
  /** Chunks that were looked at, to be given again. */
  private readonly ahead: Uint8Array[] = [];
  private isDone = false;

  constructor(stream: ByteStream, signal: AbortSignal | undefined) {
    this.source = Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
    this.signal = signal;
  }

  /** The first bytes, as many as asked for, or all where there are fewer; they will be read again. */
  async peek(bytes: number): Promise<Uint8Array> {
    const head: number[] = [];
    while (head.length < bytes) {
      const { done, value } = await this.pull();
      if (done) break;
      // A copy: the giver of the chunk may use its memory again.
      this.ahead.push(value.slice());
      head.push(...value.subarray(0, bytes - head.length));
    }
    return Uint8Array.from(head);
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const held = this.ahead.shift();
    return held ? { done: false, value: held } : this.pull();
  }

  /** Closes the source. May be called again. */
  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (!this.isDone) {
      this.isDone = true;
      this.ahead.length = 0;
      const closed = this.source.return?.();
      // A source that is stuck cannot close before it moves; an abort does not wait for it.
      if (this.signal?.aborted) Promise.resolve(closed).catch(() => {});
      else await closed;
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async pull(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.isDone) return { done: true, value: undefined };
    this.signal?.throwIfAborted();
    try {
      const result = await orAborted(Promise.resolve(this.source.next()), this.signal);
      if (!result.done) return result;
    } catch (error) {
      // A source that threw is closed; one that was left waiting is not.
      if (!this.signal?.aborted) this.isDone = true;
      throw error;
    }
    this.isDone = true;
    return { done: true, value: undefined };
  }
}
