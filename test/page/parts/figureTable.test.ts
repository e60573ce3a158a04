import { expect, test } from 'vitest';
import { fileNameOf } from '../../../src/page/parts/download/save.ts';
import { cellWords, csvOf, isNumeric, objectsOf } from '../../../src/page/parts/table/figureTable.ts';

const TABLE = {
  columns: [{ name: 'law' }, { name: 'loss', unit: 'nats a token' }],
  rows: [
    ['M³, own', 0.123456789],
    ['a "quoted" one', null],
    ['two\nlines', Number.NaN],
  ],
} as const;

test('a CSV has units in its head, every digit, and quotes where a reader needs them', () => {
  expect(csvOf(TABLE)).toBe(
    'law,loss (nats a token)\n"M³, own",0.123456789\n"a ""quoted"" one",\n"two\nlines",\n',
  );
});

test('rows that are shorter than the head are filled up', () => {
  expect(csvOf({ columns: [{ name: 'a' }, { name: 'b' }], rows: [[1]] })).toBe('a,b\n1,\n');
});

test('JSON rows go by the names of their columns', () => {
  expect(objectsOf(TABLE)[0]).toEqual({ law: 'M³, own', loss: 0.123456789 });
});

test.each([
  [null, '–'],
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '∞'],
  ['words', 'words'],
  [12_500, '12,500'],
  [-3, '−3'],
  [Math.LN2, '0.69315'],
  [1.234e19, '1.234e+19'],
  [1.5e-9, '1.5e−9'],
])('%s is read as %s', (cell, words) => {
  expect(cellWords(cell)).toBe(words);
});

test('a column of numbers is one although some are missing', () => {
  expect(isNumeric(TABLE, 0)).toBe(false);
  expect(isNumeric(TABLE, 1)).toBe(true);
  expect(isNumeric({ columns: [{ name: 'a' }], rows: [[null]] }, 0)).toBe(false);
});

test.each([
  ['Loss: mono / bi?.csv', 'Loss-mono-bi.csv'],
  ['../../etc.svg', 'etc.svg'],
  ['???.png', 'm3lab.png'],
  ['Größe.json', 'Größe.json'],
])('%s is saved as %s', (asked, saved) => {
  expect(fileNameOf(asked)).toBe(saved);
});
