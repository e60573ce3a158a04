import { expect, test } from 'vitest';
import { amount, counted, duration, labelled, table, wrap } from '../../../src/cli/words/words.ts';

test('amounts keep three digits that matter', () => {
  expect([0, 0.25, 13, 99.96, 740_912, 2_097_152, 1.5e9, 3e15].map((value) => amount(value))).toEqual([
    '0',
    '0.25',
    '13',
    '100',
    '740,912',
    '2.1 M',
    '1.5 G',
    '3 P',
  ]);
  expect([amount(512, 'B'), amount(21_100_000, 'B')]).toEqual(['512 B', '21.1 MB']);
});

test('one of a thing is not several', () => {
  expect([0, 1, 2000].map((value) => counted(value, 'window'))).toEqual([
    '0 windows',
    '1 window',
    '2,000 windows',
  ]);
});

test('durations are as long as they need to be', () => {
  expect([0.04, 9.94, 59.4, 59.6, 200, 7500].map(duration)).toEqual([
    '0.0 s',
    '9.9 s',
    '59 s',
    '1 min 0 s',
    '3 min 20 s',
    '2 h 5 min',
  ]);
});

test('words are put on lines that are no wider than asked, but for a longer word', () => {
  expect(wrap(['one', 'two', 'three', 'a-long-feature', 'four'], 9)).toEqual([
    'one two',
    'three',
    'a-long-feature',
    'four',
  ]);
  expect(wrap(['one', 'two'], 7)).toEqual(['one two']);
  expect(wrap([], 7)).toEqual([]);
});

test('columns line up', () => {
  expect(
    table([
      ['run', 'D'],
      ['a longer one', '1,234'],
    ]),
  ).toBe('run               D\na longer one  1,234');
});

test('a table may have several columns of words', () => {
  const rows = [
    ['a', 'bcd', '1'],
    ['ab', 'c', '10'],
  ];
  expect(table(rows, 2)).toBe('a   bcd   1\nab  c    10');
});

test('values stand beside their names, all lines of them', () => {
  expect(
    labelled([
      ['a', 'one\ntwo'],
      ['long', ''],
    ]),
  ).toBe('a     one\n      two\nlong');
});
