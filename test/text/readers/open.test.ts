import { describe, expect, test } from 'vitest';
import { counted } from '../../../src/text/readers/counted.ts';
import { isReadable, READABLE_ENDINGS } from '../../../src/text/readers/format.ts';
import { openDocuments } from '../../../src/text/readers/open.ts';
import { held, MAX_HELD_BYTES } from '../../../src/text/readers/source.ts';
import { gz, parquet, read, sourceOf, textsOf, utf8, zip, zst } from './files.ts';

const TEXTS = ['one', 'two, 山', 'three'];
const LINES = TEXTS.join('\n');
const JSON_LINES = TEXTS.map((text) => JSON.stringify({ id: 1, text })).join('\n');
const CSV = `id,text\n${TEXTS.map((text, i) => `${i},"${text}"`).join('\n')}\n`;
const TSV = `id\ttext\n${TEXTS.map((text, i) => `${i}\t${text}`).join('\n')}\n`;
const PARQUET = parquet([
  { name: 'id', data: [1, 2, 3], type: 'INT32' },
  { name: 'text', data: TEXTS, type: 'STRING' },
]);

describe('a file of each kind gives its documents', () => {
  const plain: [string, string | Uint8Array][] = [
    ['a.txt', LINES],
    ['a', LINES],
    ['a.jsonl', JSON_LINES],
    ['a.ndjson', JSON_LINES],
    ['a.json', JSON_LINES],
    ['a.csv', CSV],
    ['A.TSV', TSV],
    ['a.parquet', PARQUET],
  ];
  test.each(plain)('%s, also as .gz, .zst and in a .zip', async (name, bytes) => {
    expect(await read(name, bytes)).toEqual(TEXTS);
    expect(await read(`${name}.gz`, gz(bytes))).toEqual(TEXTS);
    expect(await read(`${name}.zst`, zst(bytes))).toEqual(TEXTS);
    if (name === 'a') return;
    expect(await read('b.zip', zip({ [name]: bytes }))).toEqual(TEXTS);
    expect(await read('b.zip', zip({ [`${name}.gz`]: gz(bytes) }, 0))).toEqual(TEXTS);
  });

  test('the first bytes have the last word', async () => {
    expect(await read('a.txt', gz(LINES))).toEqual(TEXTS);
    expect(await read('a.txt', zst(LINES))).toEqual(TEXTS);
    expect(await read('a.txt', zip({ 'b.csv': CSV }))).toEqual(TEXTS);
    expect(await read('download', PARQUET)).toEqual(TEXTS);
    // A server may unpack on the way.
    expect(await read('a.csv.gz', CSV)).toEqual(TEXTS);
    // A word is no mark of a format.
    expect(await read('a.txt', 'PAR1S is a town.')).toEqual(['PAR1S is a town.']);
    expect(await read('a.txt', 'PK')).toEqual(['PK']);
  });

  test('documents are as they stand in the file, and know no meaning and no information', async () => {
    const found = [];
    for await (const document of openDocuments(sourceOf('a.txt', '  e\u0301 \nb'))) found.push(document);
    expect(found).toEqual([
      { text: '  e\u0301 ', meaning: null, bits: null },
      { text: 'b', meaning: null, bits: null },
    ]);
  });

  test('a plain text is parted as asked', async () => {
    const text = 'a\nb\n\nc\n';
    expect(await read('a.txt', text)).toEqual(['a\nb', 'c']);
    expect(await read('a.txt', text, { documents: 'block' })).toEqual(['a\nb', 'c']);
    expect(await read('a.txt', text, { documents: 'line' })).toEqual(['a', 'b', '', 'c']);
    expect(await read('a.txt', 'a\nb\n', { documents: 'block' })).toEqual(['a\nb']);
  });

  test('names that are offered', () => {
    for (const name of ['a.txt', 'a.CSV', 'a.parquet', 'x/y.z/a.jsonl.gz', 'a.zst', 'b.zip', 'corpus.gz']) {
      expect([name, isReadable(name)]).toEqual([name, true]);
    }
    for (const name of ['a', 'a.png', 'a.tar.gz', 'a.md', 'txt', 'x.txt/a']) {
      expect([name, isReadable(name)]).toEqual([name, false]);
    }
    expect(READABLE_ENDINGS).toContain('.parquet');
  });
});

describe('what is opened is closed', () => {
  const files: [string, Uint8Array | string][] = [
    ['a.txt', LINES],
    ['a.csv', CSV],
    ['a.txt.gz', gz(LINES)],
    ['a.txt.zst', zst(LINES)],
    ['a.zip', zip({ 'a.txt.gz': gz(LINES) })],
    ['a.parquet', PARQUET],
  ];
  test.each(files)('%s, when the reader stops, fails or ends', async (name, bytes) => {
    for (const slices of [true, false]) {
      const source = sourceOf(name, bytes, { slices, chunkBytes: 3 });
      for await (const { text } of openDocuments(source)) {
        expect(text).toBe('one');
        break;
      }
      expect(source.open).toBe(0);
      const failing = sourceOf(name, bytes, { slices, chunkBytes: 3 });
      await textsOf(failing, { column: 'missing' }).catch(() => {});
      expect(failing.open).toBe(0);
    }
  });

  test('a text is not read further than it is asked for', async () => {
    const source = sourceOf('a.txt', 'x\n'.repeat(3_000_000), { chunkBytes: 10_000 });
    for await (const { text } of openDocuments(source)) {
      expect(text).toBe('x');
      break;
    }
    expect(source.read).toBeLessThan(2.2e6);
  });

  test('an abort ends it with its reason', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const reader = openDocuments(sourceOf('a.txt', 'x\n'.repeat(3_000_000)), undefined, stop.signal);
    await reader.next();
    stop.abort(reason);
    await expect(reader.next()).rejects.toBe(reason);
    await expect(openDocuments(sourceOf('a.txt', LINES), undefined, stop.signal).next()).rejects.toBe(reason);
  });

  test.each(['a.txt', 'a.txt.gz', 'a.parquet'])(
    'an abort ends the wait for a source that is stuck: %s',
    async (name) => {
      const reason = new Error('enough');
      const never = new Promise<never>(() => {});
      for (const slices of [true, false]) {
        const stop = new AbortController();
        const source = {
          name,
          size: slices ? 1000 : null,
          slice: slices ? () => never : null,
          async *stream() {
            yield gz('x\n').subarray(0, name.endsWith('.gz') ? 16 : 0);
            yield await never;
          },
        };
        const first = openDocuments(source, undefined, stop.signal).next();
        setTimeout(() => stop.abort(reason), 5);
        await expect(first).rejects.toBe(reason);
      }
    },
  );

  test('an error of the source stays what it is', async () => {
    const lost = new Error('connection lost');
    const failing = {
      name: 'a.txt.gz',
      size: null,
      slice: null,
      *stream() {
        yield gz(LINES).subarray(0, 20);
        throw lost;
      },
    };
    await expect(textsOf(failing)).rejects.toBe(lost);
    const broken = { ...sourceOf('a.parquet', PARQUET), slice: () => Promise.reject(lost) };
    await expect(textsOf(broken)).rejects.toBe(lost);
  });
});

test('counted bytes are those of the file', async () => {
  const bytes = gz(LINES.repeat(50));
  const said: number[] = [];
  await textsOf(counted(sourceOf('a.txt.gz', bytes, { slices: false }), (sum) => said.push(sum)));
  expect(said.at(-1)).toBe(bytes.length);
  await textsOf(counted(sourceOf('a.parquet', PARQUET), (sum) => said.push(sum)));
  expect(said.at(-1)).toBeGreaterThan(0);
});

describe('a stream that must be read from its end', () => {
  test('is held in blocks, and read across them', async () => {
    const bytes = new Uint8Array(9 * 2 ** 20).map((_, i) => i % 251);
    const chunks = [bytes.subarray(0, 5_000_001), bytes.subarray(5_000_001)];
    const { size, slice } = await held('a', null, chunks);
    expect(size).toBe(bytes.length);
    const edge = 4 * 2 ** 20;
    for (const [start, end] of [
      [0, 3],
      [edge - 2, edge + 2],
      [edge, 2 * edge],
      [edge - 1, 2 * edge + 1],
      [size - 1, size],
    ] as const) {
      expect(Buffer.compare(await slice(start, end), bytes.subarray(start, end))).toBe(0);
    }
  });

  test('is refused above the limit, at once where its size is known', async () => {
    const chunk = new Uint8Array(64 * 2 ** 20);
    let given = 0;
    function* endless() {
      for (; given < 2 * MAX_HELD_BYTES; given += chunk.length) yield chunk;
    }
    await expect(held('a.parquet', MAX_HELD_BYTES + 1, endless())).rejects.toMatchObject({
      problem: 'too large',
      file: 'a.parquet',
      message: expect.stringContaining('512 MiB'),
    });
    expect(given).toBe(0);
  });
});

describe('bad files of any kind', () => {
  test('nothing at all', async () => {
    for (const name of ['a.txt', 'a.csv', 'a.parquet', 'a.txt.gz', 'a.zip']) {
      await expect(read(name, '')).rejects.toMatchObject({
        name: 'TextError',
        problem: 'empty',
        file: name,
        message: expect.stringContaining('0 bytes'),
      });
    }
  });

  test.each(['a.gz', 'a.zst', 'a.zip', 'a.parquet'])('%s that is none', async (name) => {
    await expect(read(name, new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]))).rejects.toMatchObject({
      problem: 'corrupt',
      file: name,
      byte: 0,
    });
  });

  test('UTF-16 and Latin-1, told through every packing with the name of the file inside', async () => {
    const latin = new Uint8Array([...utf8('one\ncaf'), 0xe9, ...utf8(' au lait')]);
    const place = { problem: 'not UTF-8', byte: 7, line: 2 };
    await expect(read('a.txt.gz', gz(latin))).rejects.toMatchObject({ ...place, file: 'a.txt.gz' });
    await expect(read('b.zip', zip({ 'd/a.csv': latin }))).rejects.toMatchObject({
      ...place,
      file: 'b.zip/d/a.csv',
    });
    const utf16 = new Uint8Array([0xff, 0xfe, 0x61, 0, 0x0a, 0]);
    for (const [name, bytes] of [
      ['a.jsonl', utf16],
      ['a.csv.gz', gz(utf16)],
    ] as const) {
      await expect(read(name, bytes)).rejects.toMatchObject({ message: expect.stringContaining('UTF-16') });
    }
  });

  test('kinds of archives that are not read, and packing in packing', async () => {
    await expect(read('a.tar.gz', gz('x'))).rejects.toMatchObject({
      problem: 'unsupported',
      file: 'a.tar.gz',
    });
    await expect(read('a.txt.gz.gz', gz(gz('x')))).rejects.toMatchObject({ problem: 'unsupported' });
    await expect(read('a.zip.gz', gz(zip({ 'a.txt': 'x' })))).rejects.toMatchObject({
      problem: 'unsupported',
    });
  });
});
