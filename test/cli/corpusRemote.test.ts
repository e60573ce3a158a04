/** Corpora elsewhere by command: what is said first, what is kept, and every answer a server may give instead. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parquet, texts } from '../text/remote/fixtures.ts';
import { type Quirks, type Special, useServer } from '../text/remote/server.ts';
import { Bench, jsonValue, run } from './commands.ts';

const server = useServer();
let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  process.env.M3LAB_HUB = server().base;
});
afterEach(() => {
  delete process.env.M3LAB_HUB;
  bench.remove();
});

const corpus = (...args: string[]) => run(['corpus', ...args]);

const value = (...args: string[]) => jsonValue(['corpus', ...args]);

/** Without line breaks in them. */
const DOCUMENTS = texts(600, 500).map((text) => text.replaceAll('\n', ' '));
const PARQUET = parquet(DOCUMENTS, 100);
const HUB = '/api/datasets/o/d/parquet';
const SPEC = 'hf:o/d/20231101.sw#text&bytes=60000';
/** As it is kept. */
const KEPT = 'hf:o/d/20231101.sw#column=text&bytes=60000';

/** A dataset as the hub lists it, with its licence; its dataset viewer knows nothing. */
function serveHub(quirks?: Quirks, file: Uint8Array = PARQUET): void {
  const url = server().serve('/files/0000.parquet', file, quirks);
  server().serve(HUB, { '20231101.sw': { train: [url] } });
  server().serve('/api/datasets/o/d', { cardData: { license: 'cc-by-sa-3.0' } });
}

/** Paths asked for since the last call. */
function asked(): string[] {
  return server()
    .asked.splice(0)
    .map(({ path }) => path);
}

describe('a corpus of the hub', () => {
  test('is described before it is fetched; then it is kept, and no server is asked again', async () => {
    serveHub();
    const { download } = await value('show', SPEC, '--no-download');
    expect(download).toMatchObject({
      spec: KEPT,
      files: [{ name: 'o/d/20231101.sw/train/0000.parquet', size: PARQUET.length }],
      bytesOnServer: PARQUET.length,
      textBytes: 60_000,
      licence: 'cc-by-sa-3.0',
      keptSince: null,
    });
    expect((await value('list', '--kept')).texts).toEqual([]);

    asked();
    const first = await corpus('show', SPEC, '--json');
    expect(first.code, first.error).toBe(0);
    expect(first.error).toMatch(/files +o\/d\/20231101\.sw\/train\/0000\.parquet, .*\n.*on the server/);
    expect(first.error).toMatch(/licence +cc-by-sa-3\.0\n/);
    expect(first.error).toMatch(/download +about .*B, for at most 60,000 B of text\n$/);
    const facts = JSON.parse(first.out);
    expect(facts.sample.read.bytes).toBeGreaterThanOrEqual(60_000);
    expect(facts.sample.read.bytes).toBeLessThan(61_000);
    expect(asked().length).toBeGreaterThan(0);

    const second = await corpus('show', SPEC, '--json');
    expect(second.out).toBe(first.out);
    expect(second.error).toMatch(/kept since \d{4}-\d\d-\d\d, .* of text; nothing is fetched\n$/);
    expect(asked()).toEqual([]);
    expect((await value('show', SPEC, '--no-download')).download).toMatchObject({ willDownload: 0 });
  });

  test('is written, listed and forgotten', async () => {
    serveHub();
    const place = SPEC.split('&')[0] ?? '';
    const written = await value('write', place, '--bytes', '60000', '--out', bench.path('a.txt'));
    expect(written).toMatchObject({ layout: 'line', floorBitsPerByte: null });
    expect(written.textBytes).toBeGreaterThanOrEqual(60_000);
    const { texts: kept, bytes } = (await value('list', '--kept')) as { texts: object[]; bytes: number };
    expect(kept).toEqual([expect.objectContaining({ spec: KEPT, documents: expect.any(Number) })]);
    expect(bytes).toBeGreaterThan(60_000);
    expect((await corpus('list', '--kept')).out).toContain(KEPT);
    await corpus('show', `${place}&bytes=1000`);
    // Without a size all sizes are meant, with one that one.
    expect(await value('forget', `${place}&bytes=1000`)).toMatchObject({
      forgotten: [`${KEPT.split('&')[0]}&bytes=1000`],
    });
    expect(await value('forget', place)).toEqual({ forgotten: [KEPT], bytes });
    expect((await value('list', '--kept')).texts).toEqual([]);
  });

  test('that is damaged half-way is an error, and neither kept nor written', async () => {
    // Within the text of the second of six groups of rows.
    const damaged = PARQUET.slice().fill(0xff, 0.3 * PARQUET.length, 0.33 * PARQUET.length);
    serveHub({}, damaged);
    const { code, error } = await corpus('write', SPEC, '--out', bench.path('a.txt'));
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(/0000\.parquet: its parquet page at byte \d+ is damaged/),
    ]);
    expect(bench.list()).toEqual([]);
    expect(await value('list', '--kept')).toMatchObject({ texts: [], bytes: 0 });
  });

  test('stops at a signal while its server says nothing', async () => {
    serveHub({ stop: (start) => (start > 0 ? { after: 100, how: 'stall' } : null) });
    const abort = new AbortController();
    const interrupted = Object.assign(new Error('interrupted'), { name: 'AbortError', code: 130 });
    const timer = setTimeout(() => abort.abort(interrupted), 500);
    const ended = await run(['corpus', 'write', SPEC, '--out', bench.path('f')], { signal: abort.signal });
    clearTimeout(timer);
    expect([ended.code, ended.error]).toEqual([130, expect.stringMatching(/^m3lab: interrupted\n$/m)]);
    expect(bench.list()).toEqual([]);
  });

  test('without the column says which there are, before any text is fetched', async () => {
    serveHub();
    const { code, error } = await corpus('show', 'hf:o/d/20231101.sw#body');
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(/"body".*"text".*: hf:o\/d\/20231101\.sw#\w+\n$/),
    ]);
  });

  test('of a name that is none says what there is', async () => {
    serveHub();
    expect(await corpus('show', 'hf:o/d/20231101.xx#text')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/o\/d has no config 20231101\.xx; it has 20231101\.sw/),
    });
    expect(await corpus('show', 'hf:o/none/x#text')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/shows no dataset o\/none without a login/),
    });
  });
});

describe('an address', () => {
  test.each<[string, Special, RegExp]>([
    ['404', { status: 404 }, /a\.jsonl: .* has nothing at this address \(status 404\)/],
    [
      '429',
      { status: 429, headers: { 'retry-after': '3600' } },
      /asked too often \(status 429\); try again in 3600 s/,
    ],
    ['a login', { status: 401 }, /only after a login or an agreement \(status 401\)/],
  ])('that answers with %s', async (_, special, words) => {
    const url = server().serve('/a.jsonl', '{"text": "x"}', { first: Array(8).fill(special) });
    const { code, out, error } = await corpus('show', url);
    expect([code, out, error]).toEqual([2, '', expect.stringMatching(words)]);
    expect(error.trim().split('\n')).toHaveLength(1);
    expect(await value('list', '--kept')).toMatchObject({ texts: [] });
  });

  test('that leads to another host is not followed in silence', async () => {
    server().serve('/b.jsonl', '{"text": "x"}');
    const location = `${server().otherName}/b.jsonl`;
    const url = server().serve('/a.jsonl', '', {
      first: Array(8).fill({ status: 302, headers: { location } }),
    });
    const { code, error } = await corpus('show', url);
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(/leads to http:\/\/localhost:\d+, another host/),
    ]);
  });

  test('at which nobody answers', async () => {
    await server().stop();
    const { code, error } = await corpus('show', `${server().base}/a.jsonl`);
    expect([code, error]).toEqual([2, expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/)]);
    await server().start();
  });

  test('with JSON lines is read and kept', async () => {
    const url = server().serve('/a.jsonl', DOCUMENTS.map((text) => JSON.stringify({ text })).join('\n'));
    expect(await value('show', `${url}#text&bytes=30000`)).toMatchObject({
      train: { documents: expect.any(Number) },
    });
    expect((await value('list', '--kept')).texts).toHaveLength(1);
  });
});

test('a hub that is no address is refused', async () => {
  process.env.M3LAB_HUB = 'nowhere';
  expect(await corpus('show', 'hf:o/d/x#text')).toMatchObject({
    code: 2,
    error: expect.stringMatching(/^m3lab: M3LAB_HUB: nowhere is not an address/),
  });
});
