import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRuns } from '../../../src/formats/runs/read.ts';
import { readTable } from '../../../src/formats/runs/table.ts';

const read = (text: string) => readTable(text, 'runs.csv');

test('cells, whatever ends the lines and parts the columns', () => {
  for (const [text, delimiter] of [
    ['\uFEFFN,loss\r\n1,2\r\n\r\n3,4\r\n', ','],
    ['N\tloss\n1\t2\n3\t4', '\t'],
    ['\nN;loss\n1;2\n;\n3;4\n', ';'],
  ] as const) {
    const table = read(text);
    expect(table.delimiter).toBe(delimiter);
    expect(table.header).toEqual(['N', 'loss']);
    expect(table.records.map(({ cells }) => cells)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  }
});

test('a quoted line break does not shift the places below it', () => {
  const table = read('name,N\n"two\r\nlines, and ""quotes""",1\n\nplain, 22 \n');
  expect(table.records.map(({ cells, line }) => [line, ...cells])).toEqual([
    [2, 'two\r\nlines, and "quotes"', '1'],
    [5, 'plain', '22'],
  ]);
  const [first, second] = table.records;
  expect(table.placeOf(first?.index ?? -1, 1)).toEqual({ line: 3, column: 24 });
  expect(table.placeOf(second?.index ?? -1, 1)).toEqual({ line: 5, column: 7 });
});

test.each<[string, string, RegExp]>([
  ['nothing', '', /^runs\.csv: there is nothing in it; give a header/],
  ['blank lines', '\n \n', /^runs\.csv: there is nothing in it/],
  ['no header', '1e6,2e9,3.1\n1e6,4e9,3\n', /^runs\.csv:1:1: the first line holds numbers alone/],
  ['a column twice', 'N,loss,N\n', /^runs\.csv:1:8: N: a second column has this name/],
  ['too many cells', 'N,loss\n1,2,5\n', /^runs\.csv:2:3: this line has 3 cells where the header has 2/],
  ['too few cells', 'N,D,loss\n1,2,3\n1,2\n', /^runs\.csv:3:3: this line has 2 cells where the header has 3/],
  ['an open quote', 'N,loss\n1,"2\n3,4\n', /^runs\.csv:2:3: this quote is not closed/],
  ['text behind a quote', 'N,loss\n"1"x,2\n', /^runs\.csv:2:1: .*or text follows/],
])('%s is refused', (_, text, words) => {
  expect(() => read(text)).toThrow(words);
});

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test('every table of words comes back, and every cell stands where it is said to stand', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '7', ',', '"', '\n', '\r\n', ';', '\t', ' é'),
    maxLength: 6,
  });
  const tables = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(tables, (rows) => {
      const header = (rows[0] ?? []).map((_, field) => `column ${field}`);
      const text = [header, ...rows].map((row) => row.map(quoted).join(',')).join('\n');
      const table = read(text);
      const trimmed = rows
        .map((row) => row.map((one) => one.trim()))
        .filter((row) => row.some((one) => one !== ''));
      expect(table.records.map(({ cells }) => cells)).toEqual(trimmed);
      for (const { cells, index } of table.records) {
        cells.forEach((_, field) => {
          const { line, column } = table.placeOf(index, field);
          const rest = text
            .split(/\r\n|\n|\r/)
            .slice(line - 1)
            .join('\n')
            .slice(column - 1);
          const raw = quoted(rows[index - 1]?.[field] ?? '').replaceAll(/\r\n|\r/g, '\n');
          expect(rest.startsWith(raw)).toBe(true);
        });
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('every finite run comes back from its line', () => {
  const positive = fc.double({ min: 1e-3, max: 1e15, noNaN: true });
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(positive, positive, positive, share, share, positive, (N, D_T, k, one, other, loss) => {
      const r = Math.min(one, other);
      const r_f = Math.max(one, other);
      const { rows } = readRuns(`N,D_T,k,r,r_f,loss\n${[N, D_T, k, r, r_f, loss].join(',')}\n`, 'a.csv');
      expect(rows).toEqual([
        {
          N,
          D_T,
          k,
          r,
          r_f,
          D: (k * D_T) / r,
          loss,
          weight: 1,
          r_1: null,
          s: null,
          groups: {},
          place: 'a.csv:2',
        },
      ]);
    }),
    { seed: 6, numRuns: 200 },
  );
});
