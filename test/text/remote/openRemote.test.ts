import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../../src/store/memory.ts';
import { StorageFullError } from '../../../src/store/store.ts';
import { TextCache } from '../../../src/store/textCache.ts';
import { TextError } from '../../../src/text/errors.ts';
import type { TextCache as TextCacheContract } from '../../../src/text/remote/cache.ts';
import { describeRemote } from '../../../src/text/remote/describeRemote.ts';
import { RemoteError } from '../../../src/text/remote/errors.ts';
import { openRemote, type RemoteOptions, type RemoteProgress } from '../../../src/text/remote/openRemote.ts';
import { parquet, remoteSpec, texts, textsOf, utf8 } from './fixtures.ts';
import { IMPATIENT, useServer } from './server.ts';

const server = useServer();

/** 4 MB of text beside as much that nobody asks for, in groups of 0.3 MB. */
const DOCUMENTS = texts(2000, 2000);
const PARQUET = parquet(DOCUMENTS, 150);
const LINES = texts(300, 200, 2);
const JSONL = LINES.map((text) => JSON.stringify({ text })).join('\n');

function cacheOf(store = new MemoryStore()): { cache: TextCache; store: MemoryStore; problems: string[] } {
  const problems: string[] = [];
  return { cache: new TextCache(store, (words) => problems.push(words)), store, problems };
}

const open = (text: string, options: Partial<RemoteOptions> = {}) =>
  openRemote(remoteSpec(text), { fetch, cache: null, patience: IMPATIENT, ...options });

const dataRequests = () => server().asked.length;

describe('documents of a file elsewhere', () => {
  test('are read from the first one on until there is enough, out of the parts that hold them', async () => {
    const url = server().serve('/data/file.parquet?download=true', PARQUET);
    const told: RemoteProgress[] = [];
    const { documents, name, fromCache } = await open(`${url}#text&bytes=500000`, {
      onProgress: (progress) => told.push(progress),
    });
    const found = await textsOf(documents);
    const bytes = found.map(utf8);
    expect(found).toEqual(DOCUMENTS.slice(0, found.length));
    const total = bytes.reduce((sum, one) => sum + one, 0);
    expect(total).toBeGreaterThanOrEqual(500_000);
    // The document that reaches what was asked for is the last.
    expect(total - (bytes.at(-1) ?? 0)).toBeLessThan(500_000);
    expect({ name, fromCache }).toEqual({ name: `${new URL(url).host}/data/file.parquet`, fromCache: false });
    // A look at its head, its end, and the text of two groups of rows.
    expect(dataRequests()).toBe(4);
    expect(PARQUET.length).toBeGreaterThan(8_000_000);
    expect(server().sent).toBeLessThan(1_300_000);
    expect(told.at(-1)).toEqual({
      downloadedBytes: server().sent,
      textBytes: total,
      wantedBytes: 500_000,
      documents: found.length,
    });
  });

  test('are all of them where there are fewer', async () => {
    const url = server().serve('/lines.jsonl', JSONL);
    expect(await textsOf((await open(url)).documents)).toEqual(LINES);
  });

  test('may be read twice at one time', async () => {
    const { documents } = await open(`${server().serve('/lines.jsonl', JSONL)}#text&bytes=9000`);
    const [one, two] = await Promise.all([textsOf(documents), textsOf(documents)]);
    expect(one).toEqual(two);
    expect(one).toEqual(LINES.slice(0, one.length));
  });

  test('come out of a packed file that breaks off on the way', async () => {
    const stop = (_: number, request: number) =>
      request === 1 ? { after: 20_000, how: 'end' as const } : null;
    const url = server().serve('/lines.jsonl.gz', new Uint8Array(gzipSync(JSONL)), { stop });
    expect(await textsOf((await open(url)).documents)).toEqual(LINES);
    expect(dataRequests()).toBe(3);
  });

  test('of a parquet file come out of the whole of it where its server sends no parts', async () => {
    const small = parquet(LINES, 100);
    const url = server().serve('/file.parquet', small, { ranges: false });
    expect(await textsOf((await open(`${url}#text`)).documents)).toEqual(LINES);
  });

  test('a packed file that is cut off on the server is said to be, and nothing of it is kept', async () => {
    const { cache, store } = cacheOf();
    const packed = gzipSync(JSONL);
    const url = server().serve('/lines.jsonl.gz', new Uint8Array(packed.subarray(0, packed.length - 2000)));
    const { documents } = await open(url, { cache });
    await expect(textsOf(documents)).rejects.toThrow(TextError);
    expect(await store.list('')).toEqual([]);
  });

  test('a column that is not there is said, with those that are', async () => {
    const url = server().serve('/file.parquet', PARQUET);
    await expect(textsOf((await open(`${url}#words`)).documents)).rejects.toThrow(
      /"words".*"id", "extra", "text"/,
    );
  });

  test('end where a person says so', async () => {
    const controller = new AbortController();
    const { cache, store } = cacheOf();
    const url = server().serve('/file.parquet', PARQUET);
    const { documents } = await open(`${url}#text`, { cache, signal: controller.signal });
    const reading = (async () => {
      for await (const _ of documents) controller.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(await store.list('')).toEqual([]);
    const asked = dataRequests();
    await expect(textsOf(documents)).rejects.toThrow('enough');
    expect(dataRequests()).toBe(asked);
  });
});

describe('documents that were fetched once', () => {
  test('are read again without a request', async () => {
    const { cache, problems } = cacheOf();
    const url = server().serve('/file.parquet', PARQUET);
    const spec = `${url}#column=text&bytes=900000`;
    const first = await textsOf((await open(spec, { cache })).documents);
    const asked = dataRequests();
    const again = await open(`${spec}&sha256=${'0'.repeat(64)}`, { cache });
    expect(again.fromCache).toBe(true);
    expect(await textsOf(again.documents)).toEqual(first);
    // And again, for they may be read as often as one likes.
    expect(await textsOf(again.documents)).toEqual(first);
    expect(dataRequests()).toBe(asked);
    expect(problems).toEqual([]);
    expect(await cache.list()).toMatchObject([
      {
        spec,
        files: [{ url, size: PARQUET.length, version: '"1"' }],
        documents: first.length,
        textBytes: first.reduce((sum, text) => sum + utf8(text), 0),
      },
    ]);
  });

  test('keep what a document knows of itself, line breaks and all', async () => {
    const { cache } = cacheOf();
    const odd = ['a\nb\r\n\u2028c', '"quoted" \\', '', '\ud83d\ude00 日本語', ' spaces '];
    const url = server().serve('/odd.jsonl', odd.map((text) => JSON.stringify({ text })).join('\n'));
    await textsOf((await open(url, { cache })).documents);
    expect(await textsOf((await open(url, { cache })).documents)).toEqual(odd);
  });

  test('are another corpus where more or other text is asked for', async () => {
    const { cache } = cacheOf();
    const url = server().serve('/file.parquet', PARQUET);
    for (const fragment of ['text&bytes=1000', 'text&bytes=2000', 'extra&bytes=1000']) {
      const corpus = await open(`${url}#${fragment}`, { cache });
      expect(corpus.fromCache).toBe(false);
      await textsOf(corpus.documents);
    }
    expect(await cache.list()).toHaveLength(3);
  });

  test('are fetched again on request, and the new ones kept', async () => {
    const { cache } = cacheOf();
    const url = server().serve('/lines.txt', 'old\n');
    await textsOf((await open(url, { cache })).documents);
    server().serve('/lines.txt', 'new\n', { etag: '"2"' });
    expect(await textsOf((await open(url, { cache })).documents)).toEqual(['old']);
    expect(await textsOf((await open(url, { cache, anew: true })).documents)).toEqual(['new']);
    expect(await textsOf((await open(url, { cache })).documents)).toEqual(['new']);
    expect(await cache.list()).toHaveLength(1);
  });

  test('are not kept where they were not read to the end', async () => {
    const { cache, store } = cacheOf();
    const url = server().serve('/lines.jsonl', JSONL);
    for await (const _ of (await open(url, { cache })).documents) break;
    expect(await store.list('')).toEqual([]);
    expect((await open(url, { cache })).fromCache).toBe(false);
  });

  test('are fetched anew where what was kept is damaged', async () => {
    const { cache, store, problems } = cacheOf();
    const url = server().serve('/lines.jsonl', JSONL);
    await textsOf((await open(url, { cache })).documents);
    const [piece = ''] = await store.list('texts/pieces');
    const bytes = (await store.read(piece)) ?? new Uint8Array();
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await store.write(piece, bytes);
    const again = await open(url, { cache });
    expect(again.fromCache).toBe(false);
    expect(await textsOf(again.documents)).toEqual(LINES);
    expect(problems).toEqual([`the text kept for ${url}#bytes=20000000 is damaged; it is fetched anew`]);
    expect((await open(url, { cache })).fromCache).toBe(true);
  });

  test('are read to the end where there is no room to keep them', async () => {
    class FullStore extends MemoryStore {
      override async write(path: string): Promise<void> {
        throw new StorageFullError(path, 100);
      }
    }
    const { cache, problems } = cacheOf(new FullStore());
    const url = server().serve('/lines.jsonl', JSONL);
    expect(await textsOf((await open(url, { cache })).documents)).toEqual(LINES);
    expect(problems).toEqual([
      expect.stringMatching(/is not kept \(storage is full.*fetched again next time$/),
    ]);
  });
});

describe('what fetching will take', () => {
  test('is told without any text being fetched', async () => {
    const { cache } = cacheOf();
    const url = server().serve('/file.parquet', PARQUET);
    const spec = remoteSpec(`${url}#text&bytes=500000`);
    const options = { fetch, cache, patience: IMPATIENT };
    const told = await describeRemote(spec, options);
    expect(told).toMatchObject({ bytesOnServer: PARQUET.length, licence: null, isKept: false });
    expect(told.files).toMatchObject([{ url, size: PARQUET.length }]);
    expect(dataRequests()).toBe(2);
    const before = server().sent;
    expect(before).toBeLessThan(600_000);
    await textsOf((await openRemote(spec, options)).documents);
    // Text is fetched in whole groups here, of which the last holds more than is wanted.
    const fetched = server().sent - before;
    expect(told.willDownload).toBeGreaterThan(0.8 * fetched);
    expect(told.willDownload).toBeLessThan(1.1 * fetched);
    expect(await describeRemote(spec, options)).toMatchObject({ willDownload: 0, isKept: true });
  });

  test('is all of a small file', async () => {
    const url = server().serve('/lines.jsonl', JSONL);
    const told = await describeRemote(remoteSpec(url), { fetch, cache: null, patience: IMPATIENT });
    expect(told.willDownload).toBe(utf8(JSONL));
  });

  test('or that there is nothing', async () => {
    const describing = describeRemote(remoteSpec(`${server().base}/no`), { fetch, cache: null });
    await expect(describing).rejects.toThrow(RemoteError);
  });
});

test('the cache over a store is the one that the fetching wants', () => {
  // A type is an arrow: neither room imports the other, so it is held here that they agree.
  const cache: TextCacheContract = cacheOf().cache;
  expect(cache).toBeInstanceOf(TextCache);
});
