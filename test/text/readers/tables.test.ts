import { csvFormatRows, tsvFormatRows } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_LINE_BYTES } from '../../../src/text/readers/lines.ts';
import { read, sentences, sourceOf, textsOf, utf8 } from './files.ts';

describe('lines of JSON', () => {
  test('are objects with a text, or strings; blank lines are passed over', async () => {
    const text =
      '\uFEFF{"id":1,"text":"one\\ntwo"}\r\n\n"three"\n{"text":"\\u5c71"}\n   \n{"n":0,"text":" x "}';
    expect(await read('a.jsonl', text)).toEqual(['one\ntwo', 'three', '山', ' x ']);
  });

  test('without a text give an empty document', async () => {
    const text = '{"text":"one"}\n{"text":null}\n{"text":7}\n{"other":"x"}\n{}';
    expect(await read('a.jsonl', text)).toEqual(['one', '', '', '', '']);
  });

  test('give the field asked for, also where the first objects lack it', async () => {
    const text = '{"text":"no"}\n{"n":1}\n{"body":"yes"}\n{"body":"also"}';
    expect(await read('a.jsonl', text, { column: 'body' })).toEqual(['', '', 'yes', 'also']);
    await expect(read('a.jsonl', text, { column: 'title' })).rejects.toMatchObject({
      problem: 'no text column',
      columns: ['text', 'n', 'body'],
      message: 'a.jsonl: there is no column "title"; choose one of "text", "n", "body"',
    });
    // A name that every object has from its prototype is no field of it.
    await expect(read('a.jsonl', text, { column: 'constructor' })).rejects.toMatchObject({
      problem: 'no text column',
    });
  });

  test('give the only field of text, and ask where there are several', async () => {
    expect(await read('a.jsonl', '{"id":1,"body":"one"}\n{"body":"two","note":"x"}')).toEqual(['one', 'two']);
    await expect(read('a.jsonl', '{"id":1,"body":"x","title":null}')).rejects.toMatchObject({
      problem: 'no text column',
      columns: ['body', 'title'],
    });
    await expect(read('a.jsonl', '{"id":1}')).rejects.toMatchObject({
      problem: 'no text column',
      message: expect.stringContaining('none of its columns holds text; there are "id"'),
    });
    await expect(read('a.jsonl', '{"id":1,"text":"x"}', { column: 'id' })).rejects.toMatchObject({
      message: expect.stringContaining('the column "id" holds no text; choose one of "text"'),
    });
  });

  test('that are none are told with line and column', async () => {
    const cases: [string, number, RegExp][] = [
      ['{"text":"one"}\n{"text":"two}\n', 2, /line 2, column 9, is no JSON/],
      ['"a"\n\n{"text":"x",}', 3, /line 3, column 13, is no JSON/],
      ['[{"text":"x"}]', 1, /line 1 is a list; each line is one JSON object or string/],
      ['{"text":"x"}\n7', 2, /line 2 is a number/],
      ['null', 1, /line 1 is null/],
      ['[\n{"text":"x"}\n]', 1, /line 1, column 2/],
    ];
    for (const [text, line, message] of cases) {
      await expect(read('a.jsonl', text)).rejects.toMatchObject({
        problem: 'bad record',
        line,
        message: expect.stringMatching(message),
      });
    }
  });

  test('that escape half a character give the mark for it', async () => {
    expect(await read('a.jsonl', '"a\\ud83d\\ude00 b\\ud83d c"')).toEqual(['a😀 b\uFFFD c']);
  });
});

describe('tables', () => {
  test('may hold line breaks, commas and quotes in quotes', async () => {
    const csv = 'id,text\r\n1,"one, two\r\n\r\n""three"""\r\n2,four\r\n\r\n3,""\r\n4,"five"\r\n';
    expect(await read('a.csv', csv)).toEqual(['one, two\n\n"three"', 'four', '', 'five']);
  });

  test('with a row too short have an empty document there, and a row too long is taken as it is', async () => {
    expect(await read('a.csv', 'id,text\n1\n2,two,too,long\n,\n3,x')).toEqual(['', 'two', '', 'x']);
  });

  test('give the column asked for, or the only one', async () => {
    expect(await read('a.csv', 'text,body\nno,yes\n', { column: 'body' })).toEqual(['yes']);
    expect(await read('a.csv', '\uFEFFsentence\none\ntwo')).toEqual(['one', 'two']);
    expect(await read('a.csv', 'id;text\n1;one\n2;"two; three"\n')).toEqual(['one', 'two; three']);
    await expect(read('a.csv', 'id,body\n1,x\n')).rejects.toMatchObject({
      problem: 'no text column',
      columns: ['id', 'body'],
      message: expect.stringContaining('choose one of "id", "body"'),
    });
    await expect(read('a.tsv', 'text\nx\n', { column: 'body' })).rejects.toMatchObject({
      problem: 'no text column',
      message: expect.stringContaining('there is no column "body"'),
    });
  });

  test('with a header alone have no documents; with nothing are empty', async () => {
    expect(await read('a.csv', 'id,text\n')).toEqual([]);
    await expect(read('a.csv', '\n\n')).rejects.toMatchObject({ problem: 'empty' });
  });

  test('with tabs take a quote that opens nothing as a letter', async () => {
    const tsv = 'id\ttext\n1\t"Yes," she said.\n2\t"No"\n3\t"one\ttwo"\n4\t5" wide\n5\t"a\nb"\n6\t""x" "y\n';
    expect(await read('a.tsv', tsv)).toEqual([
      '"Yes," she said.',
      'No',
      'one\ttwo',
      '5" wide',
      'a\nb',
      '""x" "y',
    ]);
  });

  test('with a quote that is not closed are told with the line where it opens', async () => {
    await expect(read('a.csv', 'text\none\n"two\nthree\nfour')).rejects.toMatchObject({
      problem: 'bad record',
      line: 3,
      message: expect.stringContaining('line 3'),
    });
    await expect(read('a.csv', 'id,text\n1,one\n2,"two" and more\n')).rejects.toMatchObject({
      problem: 'bad record',
      line: 3,
      message: expect.stringContaining('line 3, column 8'),
    });
    await expect(read('a.csv', 'id,text\n1,"one\n\nx"y"\n')).rejects.toMatchObject({
      line: 4,
      message: expect.stringContaining('(opened in line 2)'),
    });
  });

  test('with a quote that is not closed are not swallowed whole', async () => {
    const line = utf8(`${'x'.repeat(2 ** 20 - 1)}\n`);
    let given = 0;
    const source = {
      name: 'a.csv',
      size: null,
      slice: null,
      *stream() {
        yield utf8('text\n"');
        for (; given < 2 * MAX_LINE_BYTES; given += line.length) yield line;
      },
    };
    await expect(textsOf(source)).rejects.toMatchObject({
      problem: 'bad record',
      line: 2,
      message: expect.stringContaining('within 64 MiB'),
    });
    expect(given).toBeLessThanOrEqual(MAX_LINE_BYTES + 2 * line.length);
  });

  test('of any fields come back as they were written', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\t', ' ', '山', '😀') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, chunkBytes) => {
          const expected = rows
            .filter((row) => row.join('') !== '' || row.length > 1)
            .map(([, text]) => text);
          const table = [['id', 'text'], ...rows];
          for (const [name, written] of [
            ['a.csv', csvFormatRows(table)],
            ['a.tsv', tsvFormatRows(table)],
          ] as const) {
            expect(await textsOf(sourceOf(name, written, { chunkBytes }))).toEqual(expected);
          }
        },
      ),
    );
  });

  test('of many batches keep every row', async () => {
    const texts = sentences(20_000);
    const csv = csvFormatRows([['id', 'text'], ...texts.map((text, id) => [String(id), `${text}\n"${id}"`])]);
    const found = await textsOf(sourceOf('a.csv', csv, { chunkBytes: 65_536 }));
    expect(found.length).toBe(texts.length);
    expect(found).toEqual(texts.map((text, id) => `${text}\n"${id}"`));
  });
});
