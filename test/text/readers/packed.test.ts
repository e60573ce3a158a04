import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/text/readers/crc32.ts';
import { gz, joined, read, sentences, sourceOf, textsOf, utf8, zip, zst, zstOfOne } from './files.ts';

const LINES = sentences(3000);
const TEXT = utf8(LINES.join('\n'));

/** A line of a mebibyte, over and over: text that unfolds a thousandfold. */
function repeated(mebibytes: number): Uint8Array {
  const line = new Uint8Array(2 ** 20).fill(0x61);
  line[line.length - 1] = 0x0a;
  return joined(...Array<Uint8Array>(mebibytes).fill(line));
}

/** Reads until the error, and holds nothing. */
async function error(name: string, bytes: Uint8Array, slices = true): Promise<unknown> {
  try {
    return `${(await textsOf(sourceOf(name, bytes, { slices, chunkBytes: 50_000 }))).length} documents`;
  } catch (thrown) {
    return thrown;
  }
}

test('the checksum is that of the standards', () => {
  // The check value of CRC-32/ISO-HDLC.
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
  expect(crc32(utf8('56789'), crc32(utf8('1234')))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

describe('gzip', () => {
  test('of several members, empty ones among them, is one text', async () => {
    const third = Math.floor(TEXT.length / 3);
    const bytes = joined(
      gz(TEXT.subarray(0, third)),
      gz(''),
      gz(TEXT.subarray(third, 2 * third)),
      gz(TEXT.subarray(2 * third)),
      gz(''),
    );
    expect(await read('a.txt.gz', bytes)).toEqual(LINES);
  });

  test('may have a name, a comment and extras in its header', async () => {
    const bytes = gz('one\ntwo');
    // FEXTRA of two bytes, FNAME and FCOMMENT.
    const header = new Uint8Array([
      ...bytes.subarray(0, 3),
      4 | 8 | 16,
      ...bytes.subarray(4, 10),
      2,
      0,
      7,
      7,
    ]);
    const named = joined(header, utf8('a.txt\0note\0'), bytes.subarray(10));
    expect(await read('b.gz', joined(named, named))).toEqual(['one', 'twoone', 'two']);
  });

  test('cut off anywhere is told', async () => {
    const bytes = gz(LINES.slice(0, 20).join('\n'));
    for (let length = 11; length < bytes.length; length++) {
      const found = await error('a.txt.gz', bytes.subarray(0, length), length % 2 === 0);
      expect(found, `${length} bytes`).toMatchObject({
        name: 'TextError',
        problem: expect.stringMatching(/truncated|corrupt/),
        byte: length,
        message: expect.stringMatching(/cut off.*again/),
      });
    }
  });

  test('cut off gives what came before', async () => {
    const bytes = gz(TEXT);
    const found: string[] = [];
    const { openDocuments } = await import('../../../src/text/readers/open.ts');
    const all = (async () => {
      const source = sourceOf('a.txt.gz', bytes.subarray(0, bytes.length - 20));
      for await (const { text } of openDocuments(source, { column: null, documents: 'line' }))
        found.push(text);
    })();
    await expect(all).rejects.toMatchObject({ problem: 'truncated' });
    expect(found.length).toBeGreaterThan(2000);
    expect(found).toEqual(LINES.slice(0, found.length));
  });

  test('with a wrong checksum, a wrong length or a damaged middle is corrupt, in whichever member', async () => {
    for (const [at, flip] of [
      [-8, 1],
      [-1, 1],
      [-5, 128],
    ] as const) {
      const bytes = gz(TEXT);
      bytes[bytes.length + at]! ^= flip;
      expect(await error('a.txt.gz', bytes)).toMatchObject({ problem: 'corrupt', byte: bytes.length });
      expect(await error('a.txt.gz', joined(bytes, gz('end')))).toMatchObject({
        problem: 'corrupt',
        byte: bytes.length,
      });
    }
    const bytes = gz(TEXT);
    bytes.fill(0xff, 3000, 3010);
    expect(await error('a.txt.gz', bytes)).toMatchObject({
      problem: expect.stringMatching(/corrupt|not UTF-8/),
    });
    expect(await error('a.txt.gz', joined(gz(TEXT), utf8('rubbish')))).toMatchObject({ problem: 'corrupt' });
  });

  test.each([1, 8, 9, 40, 512, 200_000])(
    'may end in %i zero bytes, as blocks and tapes do',
    async (zeros) => {
      const padding = new Uint8Array(zeros);
      const small = LINES.slice(0, 20);
      for (const member of [
        gz(small.join('\n')),
        joined(gz(''), gz(small.join('\n'))),
        joined(gz(small.join('\n')), gz('')),
      ]) {
        expect(await textsOf(sourceOf('a.txt.gz', joined(member, padding)))).toEqual(small);
      }
      const padded = joined(gz(TEXT), padding);
      for (const end of [utf8('rubbish'), gz('more')]) {
        expect(await error('a.txt.gz', joined(padded, end))).toMatchObject({ problem: 'corrupt' });
      }
      const cut = gz(TEXT).subarray(0, -20);
      expect(await error('a.txt.gz', joined(cut, padding))).toMatchObject({
        problem: expect.stringMatching(/truncated|corrupt|not UTF-8|binary/),
      });
    },
  );

  test('zero bytes in its own end are its own', async () => {
    // 16 MiB: three of the four bytes of its length are zero.
    const text = repeated(16);
    const [found, padded] = [gz(text), joined(gz(text), new Uint8Array(100))];
    for (const bytes of [found, padded]) {
      expect((await textsOf(sourceOf('a.txt.gz', bytes))).map(({ length }) => length)).toEqual(
        Array<number>(16).fill(2 ** 20 - 1),
      );
    }
    // A second member of which nothing has come out where the zeros begin: it was not written to its end.
    const second = gz(LINES.slice(0, 200).join('\n'));
    for (let length = 10; length < 60; length++) {
      const begun = joined(gz('one'), second.subarray(0, length), new Uint8Array(500));
      expect(await error('a.txt.gz', begun), `${length} bytes`).toMatchObject({
        problem: expect.stringMatching(/truncated|corrupt/),
      });
    }
  });

  test('a bomb is stopped, and the limit is said', async () => {
    const found = await error('a.txt.gz', gz(repeated(80)), false);
    expect(found).toMatchObject({
      problem: 'too large',
      message: expect.stringMatching(/packed bytes unfold to .* 250 times the packed size/),
    });
  });
});

describe('zstd', () => {
  test('of several frames, one of them to be skipped, is one text', async () => {
    const skipped = new Uint8Array([0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
    const half = TEXT.length >> 1;
    const bytes = joined(
      skipped,
      zst(TEXT.subarray(0, half), 5000),
      skipped,
      zst(TEXT.subarray(half), 131_072),
    );
    expect(await read('a.txt.zst', bytes)).toEqual(LINES);
  });

  test('cut off anywhere is told', async () => {
    const bytes = zst(LINES.slice(0, 5).join('\n'));
    for (let length = 5; length < bytes.length; length++) {
      expect(await error('a.txt.zst', bytes.subarray(0, length)), `${length} bytes`).toMatchObject({
        problem: 'truncated',
        byte: length,
      });
    }
  });

  test('damaged, or of a window too large, is refused', async () => {
    const damaged = zst(TEXT);
    damaged[9]! |= 6; // The reserved type of block.
    expect(await error('a.txt.zst', damaged)).toMatchObject({ problem: 'corrupt' });
    const wide = zstOfOne(0x0a, 10);
    wide[5] = 18 << 3;
    expect(await error('a.txt.zst', wide)).toMatchObject({
      problem: 'too large',
      message: expect.stringContaining('window of 256 MiB'),
    });
  });

  test('a window too large is refused in whichever frame', async () => {
    const wide = zstOfOne(0x0a, 10);
    wide[5] = 18 << 3;
    const skipped = new Uint8Array([0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9]);
    const checked = zst(TEXT, 5000);
    // With the flag of a checksum, and its four bytes, which nobody looks at.
    checked[4]! |= 4;
    // One segment of 1 GiB, which is its own window.
    const large = zst('a');
    new DataView(large.buffer).setUint32(5, 2 ** 30, true);
    for (const [before, last] of [
      [[skipped], wide],
      [[zst(TEXT)], wide],
      [[zst(TEXT), skipped, zstOfOne(0x0a, 300_000)], wide],
      [[checked, new Uint8Array(4)], wide],
      [[zst(TEXT)], large],
    ] as const) {
      const bytes = joined(...before, last);
      expect(await error('a.txt.zst', bytes)).toMatchObject({
        problem: 'too large',
        message: expect.stringMatching(/window of (256|1024) MiB, and at most 128 MiB/),
      });
      // Not only where the frame begins a chunk.
      expect(await error('a.txt.zst', bytes, false)).toMatchObject({ problem: 'too large' });
    }
    expect(await read('a.txt.zst', joined(checked, new Uint8Array(4), zst('')))).toEqual(LINES);
  });

  test('a bomb is stopped', async () => {
    expect(await error('a.txt.zst', zstOfOne(0x61, 80 * 2 ** 20))).toMatchObject({
      problem: expect.stringMatching(/too large|document too long/),
    });
    const lines = joined(...Array<Uint8Array>(80).fill(joined(zstOfOne(0x61, 2 ** 20), zst('\n'))));
    expect(await error('a.txt.zst', lines)).toMatchObject({ problem: 'too large' });
  });
});

describe('zip', () => {
  test('gives the files it can read, in the order of their names', async () => {
    const bytes = zip({
      'b/two.jsonl': '{"text":"3"}',
      'b/': '',
      'a.csv': 'text\n2',
      'README.md': 'nothing',
      'about.json': '{\n"title": "none of the texts"\n}',
      '__MACOSX/a.csv': 'text\nno',
      '.hidden.txt': 'no',
      'b/.git/x.txt': 'no',
      'empty.txt': '',
      'A.txt': '1',
      'z.parquet.gz.png': 'no',
    });
    expect(await read('some.zip', bytes)).toEqual(['1', '2', '3']);
    expect(await read('some.zip', zip({ 'a.json': '"1"', 'b.md': '' }))).toEqual(['1']);
  });

  test('is as good stored as deflated, and large', async () => {
    for (const level of [0, 6] as const) {
      expect(await textsOf(sourceOf('b.zip', zip({ 'a.txt': TEXT }, level)))).toEqual(LINES);
    }
  });

  test('with a comment behind its end, and with sizes in 64 bits', async () => {
    const bytes = zip({ 'a.txt': 'one\ntwo' });
    const view = new DataView(bytes.buffer);
    const end = bytes.length - 22;
    const comment = utf8('a comment');
    const commented = joined(bytes, comment);
    new DataView(commented.buffer).setUint16(end + 20, comment.length, true);
    expect(await read('b.zip', commented)).toEqual(['one', 'two']);

    // The same archive with the numbers of its entry, and of its end, in the fields of Zip64.
    const start = view.getUint32(end + 16, true);
    const entry = bytes.slice(start, end);
    const entryView = new DataView(entry.buffer);
    const extra = new DataView(new ArrayBuffer(4 + 24));
    extra.setUint16(0, 1, true);
    extra.setUint16(2, 24, true);
    for (const [i, at] of [24, 20, 42].entries()) {
      extra.setUint32(4 + 8 * i, entryView.getUint32(at, true), true);
      entryView.setUint32(at, 0xffffffff, true);
    }
    entryView.setUint16(30, 28, true);
    const directory = joined(entry, new Uint8Array(extra.buffer));
    const tail = new DataView(new ArrayBuffer(56 + 20));
    tail.setUint32(0, 0x06064b50, true);
    tail.setUint32(32, 1, true);
    tail.setUint32(40, directory.length, true);
    tail.setUint32(48, start, true);
    tail.setUint32(56, 0x07064b50, true);
    tail.setUint32(64, start + directory.length, true);
    const last = bytes.slice(end);
    last.fill(0xff, 8, 20);
    const wide = joined(bytes.subarray(0, start), directory, new Uint8Array(tail.buffer), last);
    expect(await read('b.zip', wide)).toEqual(['one', 'two']);
  });

  test('without a file to read says what there is', async () => {
    await expect(read('b.zip', zip({}))).rejects.toMatchObject({ problem: 'empty' });
    await expect(read('b.zip', zip({ 'a.png': 'x', 'c.txt': '' }))).rejects.toMatchObject({
      problem: 'no text file',
      message: expect.stringMatching(/none of the 2 files .* a\.png, c\.txt \(empty\); .*\.parquet/),
    });
    await expect(read('b.zip', zip({ 'a.txt': 'x', 'in.zip': zip({ 'b.txt': 'y' }) }))).rejects.toMatchObject(
      {
        problem: 'unsupported',
        file: 'b.zip/in.zip',
      },
    );
    await expect(read('b.zip', zip({ 'a.txt': zip({ 'b.txt': 'y' }) }))).rejects.toMatchObject({
      problem: 'unsupported',
      file: 'b.zip/a.txt',
    });
  });

  test('cut off anywhere is told', async () => {
    const bytes = zip({ 'a.txt': LINES.slice(0, 5).join('\n') });
    for (let length = 5; length < bytes.length; length += 3) {
      expect(await error('b.zip', bytes.subarray(0, length), length % 2 === 0)).toMatchObject({
        problem: 'truncated',
        file: 'b.zip',
      });
    }
  });

  test('encrypted, packed by an unknown method, or damaged names the file inside', async () => {
    const change = (edit: (view: DataView, directory: number) => void): Uint8Array => {
      const bytes = zip({ 'a.txt': TEXT });
      const view = new DataView(bytes.buffer);
      edit(view, view.getUint32(bytes.length - 6, true));
      return bytes;
    };
    const file = 'b.zip/a.txt';
    const cases: [string, Uint8Array][] = [
      ['encrypted', change((view, at) => view.setUint16(at + 8, 1, true))],
      ['unsupported', change((view, at) => view.setUint16(at + 10, 12, true))],
      ['corrupt', change((view, at) => view.setUint32(at + 16, 1, true))],
      ['corrupt', change((view, at) => view.setUint32(at + 24, TEXT.length - 1, true))],
      ['corrupt', change((view, at) => view.setUint32(at + 24, TEXT.length + 1, true))],
      ['corrupt', change((view, at) => view.setUint32(at + 42, 5, true))],
      ['corrupt', change((view) => view.setUint32(1000, 0xffffffff, true))],
    ];
    for (const [problem, bytes] of cases) {
      expect(await error('b.zip', bytes)).toMatchObject({ problem: expect.stringMatching(problem), file });
    }
    const misplaced = change((view, at) => view.setUint32(at, 0, true));
    expect(await error('b.zip', misplaced)).toMatchObject({ problem: 'corrupt', file: 'b.zip' });
  });

  test('what is packed twice is held against the bytes of the archive', async () => {
    // 1 MiB that packs to some 10 kB, over and over: of each of the two packings the ratio is allowed, and of each file the size.
    const member = gz(joined(TEXT.subarray(0, 50_000), repeated(1)));
    const members = joined(...Array<Uint8Array>(40).fill(member));
    const bytes = zip({ 'a.txt.gz': members, 'b.gz': members });
    expect(40 * 2 ** 20).toBeLessThan(200 * members.length);
    expect(2 * members.length).toBeLessThan(200 * bytes.length);
    expect(await error('b.zip', bytes)).toMatchObject({
      problem: 'too large',
      file: 'b.zip',
      message: expect.stringContaining(`${bytes.length} packed bytes unfold to`),
    });
  });

  test('a bomb is refused before it is unpacked, and one that lies about its size while it is', async () => {
    const bomb = zip({ 'a.txt': repeated(80) });
    const source = sourceOf('b.zip', bomb);
    await expect(textsOf(source)).rejects.toMatchObject({ problem: 'too large', file: 'b.zip' });
    expect(source.read).toBeLessThan(70_000);
    const view = new DataView(bomb.buffer);
    view.setUint32(view.getUint32(bomb.length - 6, true) + 24, 1000, true);
    expect(await error('b.zip', bomb)).toMatchObject({
      problem: 'corrupt',
      message: expect.stringContaining('more than its 1000 bytes'),
    });
  });
});
