/**
 * A file on a web server, in parts or from its beginning. A transfer that breaks off is taken up where it stopped, as
 * long as the file is still the same one.
 *
 * That it is the same is told by comparing what each answer says of it (ETag, date, size) with the first answer. The
 * header `If-Range` would leave the comparison to the server, but a browser must ask a foreign server's leave before it
 * sends that header, and most give none.
 */

import type { ByteSource } from '../document.ts';
import type { HttpClient } from './client.ts';
import { RemoteError } from './errors.ts';
import { Interrupted } from './exchange.ts';
import {
  type ContentRange,
  contentLength,
  contentRange,
  isEmptyFile,
  isSameVersion,
  type Version,
  versionOf,
} from './headers.ts';

export interface HttpSource extends ByteSource {
  readonly url: string;
  /** Where the address led to. */
  readonly finalUrl: string;
  readonly version: Version;
  /** Its first bytes, which are known already. */
  readonly head: Uint8Array;
}

/** Read first: enough to tell a web page from data, and all there is of a very small file. */
const PROBE_BYTES = 16 * 2 ** 10;

/** After as much as this the transfer counts as going well again. */
const RECOVERED_BYTES = 2 ** 20;

/**
 * Asks once for what is there: size, version, and whether parts can be had. Throws {@link RemoteError}: also where the
 * file is empty, or a web page.
 */
export async function openHttp(
  url: string,
  name: string,
  client: HttpClient,
  signal: AbortSignal | undefined,
): Promise<HttpSource> {
  const exchange = await client.send(url, { Range: `bytes=0-${PROBE_BYTES - 1}` }, signal);
  const { response } = exchange;
  let head: Uint8Array;
  try {
    if (response.status === 416) throw isEmptyFile(response.headers) ? empty(url) : unfit(url, response);
    // Its length is not relied upon; what is missing is fetched again.
    head = await exchange.head(PROBE_BYTES).catch((error: unknown) => {
      throw error instanceof Interrupted ? client.cutOff(url, error) : error;
    });
    client.count(head.length);
  } finally {
    exchange.close();
  }
  const range = contentRange(response.headers);
  if (range !== null && range.start !== 0) throw unfit(url, response);
  const isPartial = response.status === 206;
  let size = isPartial ? (range?.size ?? null) : contentLength(response.headers);
  if (size === null && isPartial) {
    size = head.length < PROBE_BYTES ? head.length : await sizeByHead(url, client, signal);
  }
  if (size === 0 || head.length === 0) throw empty(url);
  if (isWebPage(response.headers, head)) {
    const words = 'this is a web page, not a file of text; give the address that the download itself has';
    throw new RemoteError(url, 'not data', words, { status: response.status, byte: 0 });
  }
  const whole = head.length === size ? head : null;
  const file: Remote = { url, size, version: versionOf(response.headers), client };
  return {
    name,
    url,
    finalUrl: response.url || url,
    version: file.version,
    head,
    size,
    stream: (streamSignal) => (whole ? [whole.slice()] : bytesOf(file, 0, null, streamSignal)),
    slice:
      isPartial && size !== null
        ? async (start, end, sliceSignal) => collect(bytesOf(file, start, end, sliceSignal), end - start)
        : null,
  };
}

type Remote = {
  readonly url: string;
  readonly size: number | null;
  readonly version: Version;
  readonly client: HttpClient;
};

/** Bytes `start` … `end − 1`, or to the last one. */
async function* bytesOf(
  file: Remote,
  start: number,
  end: number | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const { client, url } = file;
  let at = start;
  let want = end ?? file.size;
  let failures = 0;
  let lastFailureAt = start;
  for (;;) {
    // Said even where all is wanted: with it a browser asks for the bytes as they are, not compressed.
    const range = `bytes=${at}-${end === null ? '' : end - 1}`;
    const exchange = await client.send(url, { Range: range }, signal, at > start ? { byte: at } : {});
    const { response } = exchange;
    let reason: Interrupted | null = null;
    try {
      let skip = bytesToSkip(file, at, response, end !== null);
      // Sent compressed after all, its length is not that of the file.
      if (response.status === 200 && contentLength(response.headers) === null) want = null;
      for await (const chunk of exchange.chunks()) {
        client.count(chunk.length);
        const fresh = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - fresh.length;
        const wanted = end === null ? fresh : fresh.subarray(0, end - at);
        if (wanted.length === 0) continue;
        at += wanted.length;
        yield wanted;
        if (at === end) return;
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      reason = error;
    } finally {
      exchange.close();
    }
    // An answer of status 200 may be longer than it says: a browser hides it when the body was compressed on the way.
    const isWhole = want === null || at >= want;
    if (isWhole && (reason === null || (want !== null && response.status === 206))) return;
    if (at - lastFailureAt >= RECOVERED_BYTES) failures = 0;
    lastFailureAt = at;
    failures++;
    if (failures >= client.patience.tries) throw brokenOff(file, at, want, failures, reason);
    await client.backOff(failures, signal);
  }
}

/** How much of the answer to a request from byte `at` on has been had already. Throws where it is about another file. */
function bytesToSkip(file: Remote, at: number, response: Response, isPart: boolean): number {
  const { url } = file;
  const range: ContentRange | null = contentRange(response.headers);
  const size = response.status === 206 ? (range?.size ?? null) : contentLength(response.headers);
  const isSame = isSameVersion(file.version, versionOf(response.headers));
  const hasOtherSize = size !== null && file.size !== null && size !== file.size;
  if (response.status === 416 || isSame === false || hasOtherSize) {
    const words = `the file on the server has changed while it was read (at byte ${at}); start again to read the new one`;
    throw new RemoteError(url, 'changed', words, { status: response.status, byte: at });
  }
  if (response.status === 206) {
    if (range !== null && range.start !== at) throw unfit(url, response);
    return 0;
  }
  if (at === 0 && !isPart) return 0;
  if (isPart || isSame !== true) {
    const words = `the transfer broke off at byte ${at}, and the server does not send the rest alone; try again, or download it and open it as a file`;
    throw new RemoteError(url, 'truncated', words, { status: response.status, byte: at });
  }
  return at;
}

function brokenOff(
  file: Remote,
  at: number,
  want: number | null,
  tries: number,
  reason: Interrupted | null,
): RemoteError {
  const of = want === null ? '' : ` of ${want}`;
  const what =
    reason?.reason === 'slow'
      ? `the server sent nothing for ${file.client.patience.idleMs / 1000} s`
      : 'the transfer broke off';
  const words = `${what} at byte ${at}${of}, ${tries} times in a row; try later`;
  const problem = reason?.reason === 'slow' ? 'slow' : 'truncated';
  return new RemoteError(file.url, problem, words, { byte: at, cause: reason?.cause });
}

/** The size of a file of which a browser shows the parts, but not the header that says of how much they are parts. */
async function sizeByHead(
  url: string,
  client: HttpClient,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const exchange = await client.send(url, { Range: 'bytes=0-' }, signal, { method: 'HEAD' });
  exchange.close();
  return contentLength(exchange.response.headers);
}

async function collect(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const whole = new Uint8Array(length);
  let at = 0;
  for await (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function isWebPage(headers: Headers, head: Uint8Array): boolean {
  if (/^(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '')) return true;
  const text = new TextDecoder().decode(head.subarray(0, 256)).trimStart().toLowerCase();
  return text.startsWith('<!doctype html') || text.startsWith('<html');
}

function empty(url: string): RemoteError {
  return new RemoteError(url, 'empty', 'this file is empty (0 bytes); check the address');
}

function unfit(url: string, { status }: Response): RemoteError {
  const words = `the server sent other bytes than it was asked for (status ${status}); download it and open it as a file`;
  return new RemoteError(url, 'refused', words, { status });
}
