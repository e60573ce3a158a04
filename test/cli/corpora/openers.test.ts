import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSource, hubAddresses, keptTexts, nodeOpeners } from '../../../src/cli/corpora/openers.ts';
import { Io } from '../../../src/cli/io.ts';
import { InputError } from '../../../src/cli/report.ts';
import { parseCorpusSpec } from '../../../src/formats/corpusSpec.ts';
import type { ByteSource } from '../../../src/text/document.ts';
import { Bench } from '../commands.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.remove());

/** More than one chunk of the stream. */
const BYTES = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 31) % 251);

async function all(source: ByteSource): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a file on disk', () => {
  test('is read from its beginning, again and again, and in parts', async () => {
    const source = await fileSource(bench.file('some.bin', BYTES), '--text');
    expect([source.name, source.size]).toEqual(['some.bin', BYTES.length]);
    for (let time = 0; time < 2; time++) expect((await all(source)).equals(BYTES)).toBe(true);
    for (const [start, end] of [
      [0, 1],
      [1_048_570, 1_048_580],
      [BYTES.length - 3, BYTES.length],
      [7, 7],
    ] as const) {
      expect(await source.slice?.(start, end)).toEqual(BYTES.slice(start, end));
    }
  });

  test('that has become shorter gives what there is', async () => {
    const source = await fileSource(bench.file('short.bin', BYTES.subarray(0, 100)), '--text');
    expect(await source.slice?.(90, 110)).toEqual(BYTES.slice(90, 100));
  });

  test('that is not there, or a folder, is named with the option', async () => {
    await expect(fileSource(bench.path('none.txt'), '--text')).rejects.toThrow(
      new InputError(`--text: there is no file ${bench.path('none.txt')}`),
    );
    await expect(fileSource(bench.folder, 'corpus')).rejects.toThrow(
      new InputError(`corpus: ${bench.folder} is a folder; name a text file`),
    );
  });

  // Windows has no such file.
  test.skipIf(process.platform === 'win32')('that is none can only be streamed', async () => {
    const source = await fileSource('/dev/null', 'corpus');
    expect([source.size, source.slice]).toEqual([null, null]);
    expect(await all(source)).toHaveLength(0);
  });
});

test('fetched texts are kept in the folder for caches, and troubles are said', async () => {
  const said: string[] = [];
  const io = new Io(
    {
      out: () => {},
      error: (text) => said.push(text),
      terminal: false,
      signal: new AbortController().signal,
    },
    false,
  );
  const writer = keptTexts(io).begin();
  await writer.add('a line');
  await writer.commit({ spec: 'https://a.b/c', date: '2030-01-01', files: [], documents: 1, textBytes: 6 });
  expect(await nodeOpeners(io).cache.find('https://a.b/c')).toMatchObject({ documents: 1 });
  bench.file('blocked', '');
  process.env.M3LAB_CACHE = bench.path('blocked');
  const lost = keptTexts(io).begin();
  await lost.add('x');
  await lost.commit({ spec: 'https://a.b/d', date: '2030-01-01', files: [], documents: 1, textBytes: 1 });
  process.env.M3LAB_CACHE = bench.cache;
  expect(said).toEqual([expect.stringMatching(/^note: the fetched text is not kept .*again next time\n$/)]);
});

test('a corpus of a file is found under its path, and its error begins with what named it', async () => {
  const io = new Io(
    { out: () => {}, error: () => {}, terminal: false, signal: new AbortController().signal },
    false,
  );
  const spec = parseCorpusSpec(`file:${bench.path('none.csv')}#text`);
  if (spec.scheme !== 'file') throw new Error('no file');
  await expect(nodeOpeners(io, '--source').file(spec)).rejects.toThrow(/^--source: there is no file/);
});

test('M3LAB_HUB names another hub', () => {
  expect(hubAddresses({})).toBeUndefined();
  expect(hubAddresses({ M3LAB_HUB: '' })).toBeUndefined();
  const base = 'https://hub.example:8443/mirror';
  expect(hubAddresses({ M3LAB_HUB: `${base}/` })).toEqual({ hub: base, viewer: base });
  for (const wrong of ['hub.example', 'ftp://hub.example'])
    expect(() => hubAddresses({ M3LAB_HUB: wrong })).toThrow(/^M3LAB_HUB: .* is not an address/);
});
