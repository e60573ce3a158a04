import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Parting, ReadOptions } from '../../../src/text/document.ts';
import { MAX_LINE_BYTES } from '../../../src/text/readers/lines.ts';
import { textDocuments } from '../../../src/text/readers/text.ts';

const encoder = new TextEncoder();

type Reading = {
  readonly chunkBytes?: number;
  readonly parting?: ReadOptions['documents'];
  readonly onParting?: (parting: Parting) => void;
};

async function read(bytes: Uint8Array | string, reading: Reading = {}): Promise<string[]> {
  const { chunkBytes = 5, parting, onParting } = reading;
  const all = typeof bytes === 'string' ? encoder.encode(bytes) : bytes;
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < all.length; from += chunkBytes) chunks.push(all.slice(from, from + chunkBytes));
  const found: string[] = [];
  for await (const text of textDocuments(chunks, 'some.txt', parting, onParting)) found.push(text);
  return found;
}

describe('documents of a text', () => {
  test('are its lines where no line is blank', async () => {
    expect(await read('one\ntwo\r\nthree')).toEqual(['one', 'two', 'three']);
  });

  test('are its blocks where blank lines part them', async () => {
    expect(await read('\none\ntwo\n\n \nthree\nfour\n\n')).toEqual(['one\ntwo', 'three\nfour']);
  });

  test('are its lines where the only blank lines are at its ends; then they are empty documents', async () => {
    expect(await read('\n\none\ntwo\n\n')).toEqual(['', '', 'one', 'two', '']);
  });

  const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `line ${from + i}`);

  test('are its lines where a blank one slipped in, as if that had been said', async () => {
    const text = [...numbered(100), '', ...numbered(100, 100)];
    expect(await read(text.join('\n'))).toEqual(text);
    expect(await read(text.join('\n'), { parting: 'line' })).toEqual(text);
    expect(await read(text.join('\n'), { parting: 'block' })).toHaveLength(2);
  });

  test('are blocks of wrapped lines, however long the file is', async () => {
    const paragraphs = Array.from({ length: 3000 }, (_, i) =>
      Array.from({ length: 1 + (i % 9) }, (_, line) => `${i} ${line} ${'wrapped '.repeat(9)}`).join('\n'),
    );
    const text = paragraphs.join('\n\n');
    expect(text.length).toBeGreaterThan(2 ** 20);
    expect(await read(text, { chunkBytes: 65_536 })).toEqual(paragraphs);
  });

  test.each<[lines: number, gaps: number, 'line' | 'block']>([
    [6, 1, 'block'],
    [20, 1, 'block'],
    [21, 1, 'line'],
    [60, 2, 'block'],
    [61, 2, 'line'],
    [200, 4, 'block'],
    [400, 9, 'block'],
    [401, 9, 'line'],
  ])('%i lines with %i gaps are parted by %s', async (count, gaps, taken) => {
    const lines = numbered(count);
    // The gaps stand together at the end, each of several blank lines: how many there are is what counts, not where.
    for (let gap = 1; gap <= gaps; gap++) lines.splice(count - gap, 0, '', ' ');
    const heard: string[] = [];
    const found = await read(lines.join('\n'), { onParting: (parting) => heard.push(parting) });
    expect(heard).toEqual([taken]);
    expect(found).toHaveLength(taken === 'block' ? gaps + 1 : count + 2 * gaps);
  });

  test('whoever stops early closes the file', async () => {
    let isClosed = false;
    function* stream() {
      try {
        for (;;) yield encoder.encode('one\ntwo\n');
      } finally {
        isClosed = true;
      }
    }
    for await (const text of textDocuments(stream(), 'some.txt', 'line')) {
      expect(text).toBe('one');
      break;
    }
    expect(isClosed).toBe(true);
  });

  test('are lines for good once a mebibyte had no blank line; a later one is an empty document', async () => {
    const line = 'x'.repeat(1023);
    const text = `${`${line}\n`.repeat(1100)}\nlast\n`;
    const found = await read(text, { chunkBytes: 65_536 });
    expect(found.length).toBe(1102);
    expect(found.slice(-3)).toEqual([line, '', 'last']);
  });

  test('are as they stand there, without byte order mark', async () => {
    expect(await read('\uFEFF  e\u0301 \nb')).toEqual(['  e\u0301 ', 'b']);
  });

  test('do not depend on where the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'ß', '漢', '😀', ' ', '\n', '\r\n') }), {
          minLength: 1,
        }),
        fc.integer({ min: 1, max: 9 }),
        async (parts, chunkBytes) => {
          const text = `x${parts.join('')}`;
          expect(await read(text, { chunkBytes })).toEqual(await read(text, { chunkBytes: 1_000_000 }));
        },
      ),
    );
  });
});

describe('bytes that are no text', () => {
  const bytesOf = (...parts: (string | number[])[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...encoder.encode(part)] : part)));

  test.each([
    ['a lone continuation byte', bytesOf('ab\ncd', [0x80], 'e\n'), 5, 2],
    ['Latin-1', bytesOf('one\ntwo\ncaf', [0xe9], ' au lait'), 11, 3],
    ['an overlong slash', bytesOf('ß', [0xc0, 0xaf]), 2, 1],
    ['a surrogate', bytesOf('漢\n', [0xed, 0xa0, 0x80]), 4, 2],
    ['past the last code point', bytesOf([0xf4, 0x90, 0x80, 0x80]), 0, 1],
    ['a character cut off by the end', bytesOf('a\nb', [0xf0, 0x9f, 0x98]), 3, 2],
  ])('%s is told with its offset and line', async (_, bytes, byte, line) => {
    for (const chunkBytes of [1, 2, 3, 100]) {
      await expect(read(bytes, { chunkBytes })).rejects.toMatchObject({
        name: 'TextError',
        problem: 'not UTF-8',
        byte,
        line,
        message: expect.stringContaining(`some.txt: byte ${byte} (counted from 0; line ${line})`),
      });
    }
  });

  test('NUL is binary', async () => {
    for (const chunkBytes of [1, 3, 100]) {
      await expect(read(bytesOf('ab\nc', [0], 'd\n'), { chunkBytes })).rejects.toMatchObject({
        problem: 'binary',
        byte: 4,
        line: 2,
      });
    }
  });

  test.each([
    ['little-endian', bytesOf([0xff, 0xfe, 0x61, 0, 0x0a, 0])],
    ['big-endian', bytesOf([0xfe, 0xff, 0, 0x61, 0, 0x0a])],
    ['without a NUL', bytesOf([0xff, 0xfe, 0x22, 0x6f])],
  ])('UTF-16, %s, is told by its byte order mark', async (_, bytes) => {
    for (const chunkBytes of [1, 2, 3, 100]) {
      await expect(read(bytes, { chunkBytes })).rejects.toMatchObject({
        problem: 'not UTF-8',
        message: 'some.txt: this looks like UTF-16; save it as UTF-8',
      });
    }
  });

  test('nothing at all is empty', async () => {
    await expect(read('')).rejects.toMatchObject({
      problem: 'empty',
      message: expect.stringContaining('some.txt'),
    });
  });

  test('a line without end is refused before it is held whole', async () => {
    const chunk = new Uint8Array(2 ** 20).fill(0x61);
    let given = 0;
    function* endless() {
      for (; given < 2 * MAX_LINE_BYTES; given += chunk.length) yield chunk;
    }
    const all = (async () => {
      for await (const text of textDocuments(endless(), 'long.txt')) expect(text).toBeUndefined();
    })();
    await expect(all).rejects.toMatchObject({ problem: 'document too long' });
    expect(given).toBeLessThanOrEqual(MAX_LINE_BYTES + chunk.length);
  });
});
