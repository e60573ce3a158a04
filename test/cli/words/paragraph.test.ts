import { expect, test } from 'vitest';
import { beginning, ending, oneLine, paragraph } from '../../../src/cli/words/paragraph.ts';

test('text with spaces is broken at them, text without anywhere, and wide letters take two columns', () => {
  expect(paragraph('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(paragraph('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  expect(paragraph('猫がいる。', 6)).toEqual(['猫がい', 'る。']);
  expect(paragraph('a 猫がいる', 6)).toEqual(['a 猫が', 'いる']);
  expect(paragraph('', 6)).toEqual([]);
});

test('nothing of a text commands a terminal', () => {
  expect(oneLine(' a\u001b[31m\r\nb\t\u0085c\u0007 ')).toBe('a [31m b c');
  expect(paragraph('a\u001bb', 80)).toEqual(['a b']);
});

test('what is cut says so', () => {
  expect(beginning('one two three', 8)).toBe('one two…');
  expect(beginning('one two', 8)).toBe('one two');
  expect(ending('/a/long/path/to/file.txt', 12)).toBe('…to/file.txt');
  expect(ending('file.txt', 12)).toBe('file.txt');
});
