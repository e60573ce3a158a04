import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type ClientOptions, HttpClient } from '../../../src/text/remote/client.ts';
import { RemoteError } from '../../../src/text/remote/errors.ts';
import { type HttpSource, openHttp } from '../../../src/text/remote/httpSource.ts';
import { IMPATIENT, useServer } from './server.ts';

const server = useServer();

/** Larger than what is read to see what a file is, and than one chunk of a connection. */
const FILE_BYTES = 300_000;
const FILE = Uint8Array.from({ length: FILE_BYTES }, (_, i) => (i * 7 + (i >> 8)) % 251);

const open = (url: string, options: Partial<ClientOptions> = {}, signal?: AbortSignal) =>
  openHttp(url, 'file.bin', new HttpClient({ fetch, patience: IMPATIENT, ...options }), signal);

async function all(source: HttpSource, signal?: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.stream(signal)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** By Node's comparison: the one of the tests takes half a second for so many numbers. */
async function isFile(bytes: Promise<Uint8Array>): Promise<void> {
  expect(Buffer.compare(await bytes, FILE)).toBe(0);
}

async function failure(work: Promise<unknown>): Promise<RemoteError> {
  const error = await work.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
}

const ranges = () => server().asked.map(({ range }) => range);

describe('a file whose server sends parts', () => {
  test('is known after one small request, and read in parts or whole', async () => {
    const url = server().serve('/f', FILE);
    const source = await open(url);
    expect(source).toMatchObject({ url, finalUrl: url, size: FILE_BYTES, version: { etag: '"1"' } });
    expect(ranges()).toEqual(['bytes=0-16383']);
    expect(server().sent).toBe(16384);
    expect(await source.slice?.(200_000, 200_010)).toEqual(FILE.slice(200_000, 200_010));
    expect(await source.slice?.(FILE_BYTES - 5, FILE_BYTES)).toEqual(FILE.slice(-5));
    expect(source.head).toEqual(FILE.slice(0, 16384));
    expect(ranges().slice(1)).toEqual(['bytes=200000-200009', `bytes=${FILE_BYTES - 5}-${FILE_BYTES - 1}`]);
    await isFile(all(source));
  });

  test('and is very small takes one request', async () => {
    const source = await open(server().serve('/f', 'small\n'));
    expect(source.size).toBe(6);
    expect(new TextDecoder().decode(await all(source))).toBe('small\n');
    expect(server().asked).toHaveLength(1);
  });

  test('has a size also where the browser hides the header that says it', async () => {
    const source = await open(server().serve('/f', FILE, { hidesRange: true }));
    expect(source.size).toBe(FILE_BYTES);
    expect(await source.slice?.(100_000, 100_003)).toEqual(FILE.slice(100_000, 100_003));
    expect(server().asked.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'GET']);
  });

  test.each(['close', 'end'] as const)('is taken up where it broke off (%s)', async (how) => {
    // The first request is the look at the file; the second breaks off, the third brings the rest.
    const stop = (_: number, request: number) => (request === 1 ? { after: 100_000, how } : null);
    const source = await open(server().serve('/f', FILE, { stop }));
    await isFile(all(source));
    expect(server().asked).toHaveLength(3);
    // What was on its way when the connection closed may be lost.
    const resumedAt = Number(/^bytes=(\d+)-$/.exec(ranges()[2] ?? '')?.[1]);
    expect(resumedAt).toBeGreaterThan(0);
    expect(resumedAt).toBeLessThanOrEqual(100_000);
  });

  test('a part of it is taken up as well', async () => {
    const stop = (_: number, request: number) =>
      request === 1 ? { after: 50_000, how: 'end' as const } : null;
    const source = await open(server().serve('/f', FILE, { stop }));
    expect(Buffer.compare((await source.slice?.(100_000, 250_000))!, FILE.slice(100_000, 250_000))).toBe(0);
    expect(ranges().slice(1)).toEqual(['bytes=100000-249999', 'bytes=150000-249999']);
  });

  test('a server whose first answer breaks off is said to have done so, not to be out of reach', async () => {
    const stop = () => ({ after: 1000, how: 'close' as const });
    const error = await failure(open(server().serve('/f', FILE, { stop })));
    expect(error).toMatchObject({ problem: 'truncated' });
    expect(error.message).toContain('broke off in the middle of its answer');
  });

  test('a server that always breaks off at one place is given up there', async () => {
    const stop = (start: number) => ({ after: Math.max(0, 120_000 - start), how: 'end' as const });
    const source = await open(server().serve('/f', FILE, { stop }));
    const error = await failure(all(source));
    expect(error).toMatchObject({ problem: 'truncated', byte: 120_000 });
    expect(error.message).toContain('at byte 120000 of 300000, 3 times in a row; try later');
    expect(server().asked).toHaveLength(1 + 3);
  });

  test('one that stops sending is left after a while, and asked again', async () => {
    const stop = (_: number, request: number) =>
      request === 1 ? { after: 40_000, how: 'stall' as const } : null;
    const source = await open(server().serve('/f', FILE, { stop }), {
      patience: { ...IMPATIENT, idleMs: 300 },
    });
    await isFile(all(source));
    expect(server().left).toBeGreaterThan(0);
  });

  test('one that stops sending each time is said to be slow', async () => {
    const stop = (start: number) => ({ after: Math.max(0, 40_000 - start), how: 'stall' as const });
    const patience = { ...IMPATIENT, idleMs: 250 };
    const source = await open(server().serve('/f', FILE, { stop }), { patience });
    const error = await failure(all(source));
    expect(error).toMatchObject({ problem: 'slow', byte: 40_000 });
    expect(error.message).toContain('sent nothing for 0.25 s at byte 40000');
  });

  test('a file that changes while it is read is not mixed with the old one', async () => {
    const stop = (_: number, request: number) =>
      request === 1 ? { after: 60_000, how: 'end' as const } : null;
    const next = FILE.map((byte) => byte ^ 1);
    // Another file takes its place while the old one is being sent.
    const before = (request: number) => {
      if (request === 1) server().serve('/f', next, { etag: '"2"' });
    };
    const url = server().serve('/f', FILE, { stop, before });
    const source = await open(url);
    const reading = all(source);
    expect(await failure(reading)).toMatchObject({ problem: 'changed', byte: 60_000, url });
    // And a part of the new file is not taken for one of the old.
    expect(await failure(source.slice?.(20_000, 20_010) ?? Promise.resolve())).toMatchObject({
      problem: 'changed',
    });
  });

  test('a file that became shorter has changed, whatever else its server says', async () => {
    const source = await open(server().serve('/f', FILE, { etag: null }));
    server().serve('/f', FILE.subarray(0, 90_000), { etag: null });
    expect(await failure(source.slice?.(20_000, 20_010) ?? Promise.resolve())).toMatchObject({
      problem: 'changed',
    });
    expect(await failure(source.slice?.(200_000, 200_010) ?? Promise.resolve())).toMatchObject({
      problem: 'changed',
    });
  });
});

describe('a file whose server sends no parts', () => {
  test('is read whole', async () => {
    const source = await open(server().serve('/f', FILE, { ranges: false }));
    expect(source.slice).toBeNull();
    expect(source.size).toBe(FILE_BYTES);
    await isFile(all(source));
  });

  test('is read again from its beginning after a break, where it is surely the same', async () => {
    const stop = (_: number, request: number) =>
      request === 1 ? { after: 100_000, how: 'end' as const } : null;
    const source = await open(server().serve('/f', FILE, { ranges: false, stop }));
    // Without a length, an end is an end: the size of the first answer tells that it is not.
    expect(source.size).toBe(FILE_BYTES);
    const stopLater = (_: number, request: number) =>
      request === 0 ? { after: 100_000, how: 'close' as const } : null;
    server().serve('/f', FILE, { ranges: false, stop: stopLater });
    await isFile(all(source));
    expect(server().asked).toHaveLength(3);
  });

  test('is given up after a break where it may be another', async () => {
    const source = await open(server().serve('/f', FILE, { ranges: false, etag: null }));
    const stop = (_: number, request: number) =>
      request === 0 ? { after: 100_000, how: 'close' as const } : null;
    server().serve('/f', FILE, { ranges: false, etag: null, stop });
    const error = await failure(all(source));
    expect(error.problem).toBe('truncated');
    expect(error.message).toMatch(/broke off at byte \d+, and the server does not send the rest alone/);
  });

  test('is as long as it is where it was packed on the way', async () => {
    const packed = gzipSync(FILE);
    const url = server().serve('/f', FILE, { ranges: false });
    const handed: ClientOptions['fetch'] = async (address, init) => {
      const response = await fetch(address, init);
      // As fetch does with it: unpacked, and still with the length of the packed body.
      const headers = { 'content-encoding': 'gzip', 'content-length': String(packed.length) };
      await response.body?.cancel();
      return new Response(FILE, { headers });
    };
    const source = await open(url, { fetch: handed });
    expect(source.size).toBeNull();
    await isFile(all(source));
  });
});

describe('what is no file', () => {
  test.each([
    [404, 'missing', 'has nothing at this address (status 404)'],
    [410, 'missing', 'check it'],
    [401, 'login', 'the lab sends no credentials: fetch the file with your own account'],
    [403, 'login', 'after a login or an agreement (status 403)'],
    [451, 'refused', 'answered with status 451'],
  ])('status %i is said to be %s, after one request', async (status, problem, words) => {
    const error = await failure(open(server().serve('/f', FILE, { first: [{ status }, { status }] })));
    expect(error).toMatchObject({ problem, status });
    expect(error.message).toContain(words);
    expect(server().asked).toHaveLength(1);
  });

  test('what the server says of it is passed on', async () => {
    const first = [{ status: 403, body: '{"error": "Access to\\u001b[31m this is\\n restricted"}' }];
    const error = await failure(open(server().serve('/f', FILE, { first })));
    expect(error.message).toContain('(it says: Access to [31m this is restricted)');
  });

  test('a server that has trouble is asked again', async () => {
    const first = [{ status: 500 }, { status: 502 }];
    expect((await open(server().serve('/f', FILE, { first }))).size).toBe(FILE_BYTES);
    const error = await failure(open(server().serve('/g', FILE, { first: [...first, { status: 504 }] })));
    expect(error).toMatchObject({ problem: 'server', status: 504 });
  });

  test('a server that asks to wait is waited for, as long as it asks', async () => {
    const first = [{ status: 429, headers: { 'retry-after': '1' } }];
    const times: number[] = [];
    const before = () => times.push(performance.now());
    expect((await open(server().serve('/f', FILE, { first, before }))).size).toBe(FILE_BYTES);
    // A timer may come a millisecond early; nothing is said of how late it comes.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(990);
  });

  test.each([429, 503])('but not for ever (status %i)', async (status) => {
    const first = [{ status, headers: { 'retry-after': '3600' } }];
    const error = await failure(open(server().serve('/f', FILE, { first })));
    expect(error).toMatchObject({ problem: 'busy', status });
    expect(error.message).toContain('try again in 3600 s');
    expect(server().asked).toHaveLength(1);
  });

  test('a host that is not there is named, and not asked again', async () => {
    let calls = 0;
    const counting: ClientOptions['fetch'] = (url, init) => {
      calls++;
      return fetch(url, init);
    };
    // Nothing listens on port 1.
    const error = await failure(open('http://127.0.0.1:1/f', { fetch: counting }));
    expect(error).toMatchObject({ problem: 'unreachable', status: null });
    expect(error.message).toContain('127.0.0.1:1 cannot be reached');
    expect(error.message).toContain('CORS');
    expect(calls).toBe(1);
  });

  test('a server that takes the request and says nothing is slow', async () => {
    const never: ClientOptions['fetch'] = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const error = await failure(
      open(`${server().base}/f`, { fetch: never, patience: { ...IMPATIENT, idleMs: 20 } }),
    );
    expect(error.problem).toBe('slow');
  });

  test('a web page is no data, whatever it is called', async () => {
    const page = '\n <!DOCTYPE html><html><body>Please log in</body></html>';
    for (const type of ['text/html; charset=utf-8', 'application/octet-stream']) {
      const error = await failure(open(server().serve('/f', page, { type })));
      expect(error).toMatchObject({ problem: 'not data', byte: 0 });
    }
  });

  test.each([true, false])('nor is a file without bytes (parts: %s)', async (hasRanges) => {
    const error = await failure(open(server().serve('/f', '', { ranges: hasRanges })));
    expect(error).toMatchObject({ problem: 'empty' });
  });
});

describe('an address that leads on', () => {
  const to = (location: string) => ({
    first: [302, 302].map((status) => ({ status, headers: { location } })),
  });

  test('is followed on its own host', async () => {
    const target = server().serve('/target', FILE);
    const source = await open(server().serve('/f', '', to('/target')));
    expect(source).toMatchObject({ size: FILE_BYTES, finalUrl: target });
  });

  test('to another host is not followed: both are named, and the address that it led to', async () => {
    server().serve('/target', FILE);
    const other = `${server().otherName}/target`;
    const error = await failure(open(server().serve('/f', '', to(`${other}?token=secret`))));
    expect(error.problem).toBe('redirected');
    expect(error.message).toContain(`this address of ${new URL(server().base).host} leads to`);
    expect(error.message).toContain(`give the final address: ${other}`);
    expect(error.message).not.toContain('secret');
    // It was not even asked.
    expect(server().asked.map(({ path }) => path)).toEqual(['/f']);
  });

  test('to what is no web server is not followed, nor from https to http', async () => {
    const asked: string[] = [];
    const answer = (location: string): ClientOptions['fetch'] => {
      return async (url) => {
        asked.push(url);
        return new Response(null, { status: 307, headers: { location } });
      };
    };
    const from = 'https://a.example/f';
    for (const location of [
      'http://a.example/f',
      'file:///etc/hosts',
      'data:text/plain,x',
      '//b.example/',
      'https://',
    ]) {
      const error = await failure(open(from, { fetch: answer(location) }));
      expect(error, location).toMatchObject({ problem: 'redirected', status: 307 });
    }
    expect(new Set(asked)).toEqual(new Set([from]));
    asked.length = 0;
    const error = await failure(open(from, { fetch: answer('https://me:secret@a.example/g') }));
    expect(error.message).toContain('leads on without end');
    expect(asked.slice(0, 2)).toEqual([from, 'https://a.example/g']);
    expect(asked.length).toBeLessThan(30);
  });

  /** A browser shows that an address leads on, and not where to. */
  const asInBrowsers: NonNullable<ClientOptions['fetch']> = async (url, init) => {
    const response = await fetch(url, init);
    if (init?.redirect !== 'manual' || !response.headers.has('location')) return response;
    await response.body?.cancel();
    return Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
  };

  test('is followed unseen in a browser, and asked no more whether it leads on', async () => {
    server().serve('/target', FILE);
    const always = {
      first: Array.from({ length: 9 }, () => ({ status: 302, headers: { location: '/target' } })),
    };
    const source = await open(server().serve('/f', '', always), { fetch: asInBrowsers });
    await isFile(all(source));
    expect(server().asked.map(({ path }) => path)).toEqual(['/f', '/f', '/target', '/f', '/target']);
  });

  test('to another host is not read in a browser', async () => {
    server().serve('/target', FILE);
    const url = server().serve('/f', '', to(`${server().otherName}/target`));
    expect(await failure(open(url, { fetch: asInBrowsers }))).toMatchObject({ problem: 'redirected' });
    // The look at the address, the way it leads, and no second try.
    expect(server().asked).toHaveLength(3);
  });

  test('is followed to a host that was named', async () => {
    server().serve('/target', FILE);
    const other = `${server().otherName}/target`;
    const mayLeadTo = (host: string) => host === new URL(other).host;
    const source = await open(server().serve('/f', '', to(other)), { mayLeadTo });
    expect(source).toMatchObject({ size: FILE_BYTES, finalUrl: other });
  });
});

test('what is no longer wanted is no longer fetched', async () => {
  const stop = () => ({ after: 50_000, how: 'stall' as const });
  const source = await open(server().serve('/f', FILE, { stop }));
  const controller = new AbortController();
  const reading = (async () => {
    for await (const _ of source.stream(controller.signal)) controller.abort(new Error('not wanted'));
  })();
  await expect(reading).rejects.toThrow('not wanted');
  // The server learns of it by the closed connection.
  while (server().left === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(server().asked).toHaveLength(2);
  await expect(source.slice?.(100_000, 100_001, controller.signal)).rejects.toThrow('not wanted');
  expect(server().asked).toHaveLength(2);
});
