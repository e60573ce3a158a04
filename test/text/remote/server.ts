/** A web server on this machine, with the faults that web servers have. It counts what it is asked for and what it sends. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import type { Patience } from '../../../src/text/remote/client.ts';

/** So that no test waits long; the waits themselves are the client's. */
export const IMPATIENT: Patience = { idleMs: 2_000, tries: 3, backoffMs: 1, longestWaitMs: 1_500 };

export type Asked = { readonly method: string; readonly path: string; readonly range: string | null };

/** An answer in place of the file. */
export type Special = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Quirks = {
  readonly ranges?: boolean;
  /** Default: `"1"`; null: no validator at all. */
  readonly etag?: string | null;
  readonly type?: string;
  /** Answers, in order, to the first requests. */
  readonly first?: readonly Special[];
  /** Answers a part without saying which part it is, as a browser shows it where the server does not expose the header. */
  readonly hidesRange?: boolean;
  /**
   * For a body of some bytes from `start` on: after how many it stops, and how: by closing the connection, by sending no
   * more, or by ending as if that were all. Null: it does not.
   */
  readonly stop?: (
    start: number,
    request: number,
  ) => { after: number; how: 'close' | 'stall' | 'end' } | null;
  /** Called before each answer. */
  readonly before?: (request: number) => void;
};

type File = { bytes: Uint8Array; quirks: Quirks; requests: number };

export class TestServer {
  readonly asked: Asked[] = [];
  /** Bytes of bodies. */
  sent = 0;
  /** Answers whose connection the client closed before their end. */
  left = 0;
  base = '';
  readonly #files = new Map<string, File>();
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Serves bytes, or a value as JSON, under a path (with its query, where it has one); gives the address. */
  serve(path: string, content: Uint8Array | string | object, quirks: Quirks = {}): string {
    const isValue = typeof content !== 'string' && !(content instanceof Uint8Array);
    const type = isValue ? { type: 'application/json' } : {};
    const text = isValue ? JSON.stringify(content) : content;
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    this.#files.set(path, { bytes, quirks: { ...type, ...quirks }, requests: 0 });
    return `${this.base}${path}`;
  }

  /** The same server under another name. */
  get otherName(): string {
    return this.base.replace('127.0.0.1', 'localhost');
  }

  #answer({ method = 'GET', url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const range = headers.range ?? null;
    this.asked.push({ method, path: url, range });
    const file = this.#files.get(url);
    if (!file) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error": "Not found."}');
      return;
    }
    const { quirks } = file;
    const special = quirks.first?.[file.requests];
    quirks.before?.(file.requests);
    file.requests++;
    if (special) {
      response.writeHead(special.status, special.headers).end(special.body ?? '');
      return;
    }
    this.#send(file, method, range, response);
  }

  #send(
    { bytes, quirks, requests }: File,
    method: string,
    range: string | null,
    response: ServerResponse,
  ): void {
    const { etag = '"1"', ranges = true, hidesRange = false, type = 'application/octet-stream' } = quirks;
    response.setHeader('content-type', type);
    if (etag !== null) response.setHeader('etag', etag);
    const asked = ranges ? /^bytes=(\d+)-(\d*)$/.exec(range ?? '') : null;
    const start = asked ? Number(asked[1]) : 0;
    const end = asked?.[2] ? Math.min(Number(asked[2]) + 1, bytes.length) : bytes.length;
    if (asked && start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    if (asked && !hidesRange)
      response.setHeader('content-range', `bytes ${start}-${end - 1}/${bytes.length}`);
    const stop = quirks.stop?.(start, requests - 1) ?? null;
    if (stop?.how !== 'end') response.setHeader('content-length', end - start);
    response.writeHead(asked ? 206 : 200).flushHeaders();
    if (method === 'HEAD') {
      response.end();
      return;
    }
    response.on('close', () => {
      if (!response.writableFinished) this.left++;
    });
    const body = bytes.subarray(start, stop ? Math.min(end, start + stop.after) : end);
    this.#write(body, response, () => {
      if (stop === null || stop.how === 'end') response.end();
      else if (stop.how === 'close') response.destroy();
    });
  }

  /** Piece by piece, and no faster than it is taken, so that what is counted is what went out. */
  #write(body: Uint8Array, response: ServerResponse, done: () => void): void {
    if (response.destroyed) return;
    const piece = body.subarray(0, 2 ** 14);
    if (piece.length === 0) {
      // What was written must have left before a connection is closed behind it.
      setTimeout(done, 5);
      return;
    }
    this.sent += piece.length;
    const goOn = (): void => this.#write(body.subarray(piece.length), response, done);
    if (response.write(piece)) setImmediate(goOn);
    else response.once('drain', goOn);
  }
}

/** A server for each test of a file. */
export function useServer(): () => TestServer {
  let server: TestServer;
  beforeEach(async () => {
    server = new TestServer();
    await server.start();
  });
  afterEach(() => server.stop());
  return () => server;
}
