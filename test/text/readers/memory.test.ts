import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ByteSource } from '../../../src/text/document.ts';
import { openDocuments } from '../../../src/text/readers/open.ts';
import { parquet, sentences, sourceOf, utf8, zip, zst } from './files.ts';

const MEBIBYTE = 2 ** 20;

/** Part of a file that is given again and again, so that the file itself takes no memory. */
const PART = sentences(4000).map((text) => text.repeat(5));
const TIMES = 32;

/**
 * What may stay alive while a file is read: a few chunks, a window, a page and a batch of rows, each of a mebibyte or
 * two; a reader that keeps what it has read would hold 40 MiB and more.
 */
const MOST_ALIVE_BYTES = 16 * MEBIBYTE;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are alive: what the collector leaves, so that its moods do not matter. */
function alive(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function repeated(name: string, first: string, part: Uint8Array): ByteSource {
  return {
    name,
    size: null,
    slice: null,
    *stream() {
      if (first !== '') yield utf8(first);
      for (let i = 0; i < TIMES; i++) {
        for (let at = 0; at < part.length; at += 65_536) yield part.subarray(at, at + 65_536);
      }
    },
  };
}

/** Documents read, and the most that was alive at five places on the way above what was before. */
async function growth(source: ByteSource, expected: number): Promise<{ documents: number; most: number }> {
  const before = alive();
  let documents = 0;
  let most = 0;
  for await (const { text } of openDocuments(source)) {
    if (text.length > 20) documents++;
    if (documents % Math.floor(expected / 5) === 0) most = Math.max(most, alive() - before);
  }
  return { documents, most };
}

const LINES = `${PART.join('\n')}\n`;
const ROWS = `${PART.map((text, i) => `${i},"${text}, ""${i}"""`).join('\n')}\n`;
const OBJECTS = `${PART.map((text) => JSON.stringify({ text })).join('\n')}\n`;

test.each([
  ['a.txt', '', utf8(LINES)],
  ['a.csv', 'id,text\n', utf8(ROWS)],
  ['a.jsonl', '', utf8(OBJECTS)],
  ['a.txt.gz', '', Uint8Array.from(gzipSync(LINES, { level: 1 }))],
  ['a.txt.zst', '', zst(LINES, 131_072)],
] as const)('%s of 40 MiB and more is never held', async (name, first, part) => {
  const expected = PART.length * TIMES;
  const { documents, most } = await growth(repeated(name, first, part), expected);
  expect(documents).toBe(expected);
  expect(most).toBeLessThan(MOST_ALIVE_BYTES);
});

test('a parquet file of one row group, and a file in an archive, are never held', async () => {
  const texts = sentences(20_000).map((text) => text.repeat(16));
  const bytes = parquet([{ name: 'text', data: texts, type: 'STRING' }], {
    rowGroupSize: texts.length,
    codec: 'SNAPPY',
  });
  for (const [name, file] of [
    ['a.parquet', bytes],
    ['b.zip', zip({ 'a.txt': texts.join('\n') }, 0)],
  ] as const) {
    const { documents, most } = await growth(sourceOf(name, file), texts.length);
    expect(documents).toBe(texts.length);
    expect(most).toBeLessThan(MOST_ALIVE_BYTES);
  }
});
