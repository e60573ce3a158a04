import { gzipSync } from 'node:zlib';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { openDocuments } from '../../../src/text/readers/open.ts';
import { joined, parquet, read, sentences, sourceOf, textsOf, utf8, zst } from './files.ts';

const TEXTS = sentences(5000);
const IDS = TEXTS.map((_, i) => i);

function table(texts: (string | null)[], options: Parameters<typeof parquet>[1] = {}): Uint8Array {
  return parquet(
    [
      { name: 'id', data: texts.map((_, i) => i), type: 'INT32' },
      { name: 'text', data: texts, type: 'STRING', nullable: true },
      { name: 'title', data: texts.map((_, i) => `title ${i}`.repeat(40)), type: 'STRING' },
    ],
    options,
  );
}

describe('a parquet file gives its texts', () => {
  test('whatever its row groups and pages', async () => {
    for (const options of [
      {},
      { rowGroupSize: 700 },
      { pageSize: 5000 },
      { rowGroupSize: 1500, pageSize: 100 },
    ]) {
      expect(await textsOf(sourceOf('a.parquet', table(TEXTS, options)))).toEqual(TEXTS);
    }
    expect(await textsOf(sourceOf('a.parquet', table(TEXTS, { pageSize: 5000 }), { slices: false }))).toEqual(
      TEXTS,
    );
  });

  test('with nulls, and with a dictionary, as empty documents and repeated ones', async () => {
    const texts = TEXTS.map((_, i) => (i % 7 === 0 ? null : `text ${i % 13}`));
    for (const options of [{}, { rowGroupSize: 999, pageSize: 500 }]) {
      const bytes = table(texts, options);
      expect(parquetMetadata(bytes).row_groups[0]?.columns[1]?.meta_data?.encodings).toContain(
        'RLE_DICTIONARY',
      );
      expect(await textsOf(sourceOf('a.parquet', bytes))).toEqual(texts.map((text) => text ?? ''));
    }
    expect(await read('a.parquet', table([null, null]))).toEqual(['', '']);
  });

  test.each([
    ['UNCOMPRESSED', undefined],
    ['SNAPPY', undefined],
    ['GZIP', (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes))],
    ['ZSTD', (bytes: Uint8Array) => zst(bytes, 60_000)],
  ] as const)('packed with %s', async (codec, pack) => {
    const compressors = pack ? { [codec]: pack } : {};
    const bytes = table(TEXTS, { codec, compressors, pageSize: 20_000 });
    expect(await textsOf(sourceOf('a.parquet', bytes))).toEqual(TEXTS);
  });

  test('of the column asked for, the one named text, or the only one', async () => {
    const bytes = table(['x'], {});
    expect(await read('a.parquet', bytes, { column: 'title' })).toEqual(['title 0'.repeat(40)]);
    const single = parquet([
      { name: 'id', data: [1, 2] },
      { name: 'body', data: ['one', 'two'], type: 'STRING' },
    ]);
    expect(await read('a.parquet', single)).toEqual(['one', 'two']);
    // Old writers do not mark texts as such.
    const bare = parquet([
      { name: 'id', data: [1] },
      { name: 'body', data: [utf8('ñ')], type: 'BYTE_ARRAY' },
    ]);
    expect(await read('a.parquet', bare, { column: 'body' })).toEqual(['ñ']);
    await expect(read('a.parquet', bare)).rejects.toMatchObject({ problem: 'no text column' });
  });

  test('and no more of the file than that column, and of that no more than is asked for', async () => {
    const bytes = table(TEXTS, { codec: 'UNCOMPRESSED' });
    const all = sourceOf('a.parquet', bytes);
    await textsOf(all, { column: 'text' });
    const column = parquetMetadata(bytes).row_groups.reduce(
      (sum, { columns }) => sum + Number(columns[1]?.meta_data?.total_compressed_size),
      0,
    );
    expect(bytes.length).toBeGreaterThan(1.5e6);
    // The column, the end of the file and its first bytes.
    expect(all.read).toBeLessThan(column + 2 ** 16 + 100);

    const many = table(sentences(60_000), { codec: 'UNCOMPRESSED' });
    const first = sourceOf('a.parquet', many);
    for await (const { text } of openDocuments(first)) {
      expect(text).toBe(TEXTS[0]);
      break;
    }
    expect(first.read).toBeLessThan(2.3e6);
  });

  test('whose page header is longer than what was read first', async () => {
    const long = 'x'.repeat(3_000_000);
    const bytes = table([long, `${long}y`], { statisticsTruncateLength: Number.POSITIVE_INFINITY });
    expect((await textsOf(sourceOf('a.parquet', bytes))).map((text) => text.length)).toEqual([3e6, 3e6 + 1]);
  });
});

describe('a parquet file that cannot be read', () => {
  test('lists the columns it could take the text from', async () => {
    const bytes = table(['x']);
    await expect(read('a.parquet', bytes, { column: 'body' })).rejects.toMatchObject({
      name: 'TextError',
      problem: 'no text column',
      file: 'a.parquet',
      columns: ['text', 'title'],
      message: 'a.parquet: there is no column "body"; choose one of "text", "title"',
    });
    await expect(read('a.parquet', bytes, { column: 'id' })).rejects.toMatchObject({
      message: 'a.parquet: the column "id" holds no text; choose one of "text", "title"',
    });
    const numbers = parquet([{ name: 'id', data: IDS, type: 'INT32' }]);
    await expect(read('a.parquet', numbers)).rejects.toMatchObject({
      message: expect.stringContaining('none of its columns holds text; there are "id"'),
    });
    const lists = parquet([{ name: 'text', data: [{ a: 'x' }], type: 'JSON' }]);
    await expect(read('a.parquet', lists)).rejects.toMatchObject({ problem: 'no text column' });
  });

  test('cut off anywhere is told', async () => {
    const bytes = table(TEXTS.slice(0, 300), { pageSize: 3000 });
    for (let length = 5; length < bytes.length; length += 997) {
      await expect(textsOf(sourceOf('a.parquet', bytes.subarray(0, length)))).rejects.toMatchObject({
        problem: 'truncated',
        byte: length,
        message: expect.stringMatching(/its end, at byte \d+, is missing; fetch or save it again/),
      });
    }
    // A giver of bytes that says more than it has.
    const source = sourceOf('a.parquet', bytes);
    const short = {
      ...source,
      slice: async (start: number, end: number) => bytes.slice(start, Math.min(end, 5000)),
    };
    await expect(textsOf({ ...short, size: bytes.length })).rejects.toMatchObject({ problem: 'truncated' });
  });

  test('damaged at any place is an error of ours or reads other texts, and never ends otherwise', async () => {
    const bytes = table(TEXTS.slice(0, 200), { pageSize: 3000, rowGroupSize: 100 });
    const from = bytes.length - 2200;
    const outcomes = new Set<string>();
    const places = [...Array(60).keys()]
      .map((i) => 4 + i)
      .concat([...Array(440).keys()].map((i) => from + 5 * i));
    for (const at of places) {
      const damaged = bytes.slice();
      damaged[at]! ^= 0xff;
      const outcome = await textsOf(sourceOf('a.parquet', damaged), { column: 'text' }).then(
        (texts) => (texts.length === 200 ? 'read' : `read ${texts.length}`),
        (error: Error) => (error.name === 'TextError' ? 'refused' : `${at}: ${error.stack}`),
      );
      outcomes.add(outcome);
    }
    expect([...outcomes].filter((outcome) => !/^read|^refused$/.test(outcome))).toEqual([]);
    expect(outcomes).toContain('refused');
  });

  test('with text that is not UTF-8 says where', async () => {
    const latin = new Uint8Array([0x63, 0x61, 0x66, 0xe9]);
    const data = [...Array(50).keys()].map((i) => (i === 40 ? latin : utf8(`row ${i} of many`)));
    for (const [place, values] of [
      ['in rows 30 to 49', data],
      ['in its dictionary', data.map((_, i) => data[i % 2 ? 40 : 0]!)],
    ] as const) {
      const bytes = parquet([{ name: 'text', data: values, type: 'BYTE_ARRAY' }], { rowGroupSize: 30 });
      await expect(read('a.parquet', bytes, { column: 'text' })).rejects.toMatchObject({
        problem: 'not UTF-8',
        message: expect.stringContaining(`a text of the column "text", ${place} (counted from 0)`),
      });
    }
  });

  test('packed in a way that is not read, or encrypted, says so', async () => {
    const bytes = table(['x'], { codec: 'LZO', compressors: { LZO: (data) => data } });
    await expect(read('a.parquet', bytes)).rejects.toMatchObject({
      problem: 'unsupported',
      message: expect.stringContaining('packed with LZO'),
    });
    const closed = table(['x']);
    closed[closed.length - 1] = 0x45;
    await expect(read('a.parquet', closed)).rejects.toMatchObject({ problem: 'encrypted' });
  });

  test('that unfolds too far in one page is refused', async () => {
    // A page that says it is 1 GiB long: the header's second field, a zigzag number of 32 bits.
    const bytes = table(['x'], { codec: 'SNAPPY' });
    const start = Number(parquetMetadata(bytes).row_groups[0]?.columns[1]?.meta_data?.data_page_offset);
    // Type, then the unpacked size in one byte, which becomes five.
    expect([bytes[start], bytes[start + 2]]).toEqual([0x15, 0x15]);
    const gibibyte = new Uint8Array([0x80, 0x80, 0x80, 0x80, 0x08]);
    const bomb = joined(bytes.subarray(0, start + 3), gibibyte, bytes.subarray(start + 4));
    await expect(read('a.parquet', bomb, { column: 'text' })).rejects.toMatchObject({
      problem: 'too large',
      byte: expect.any(Number),
    });
  });
});
