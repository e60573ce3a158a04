import { expect, test } from 'vitest';
import { readable } from '../../../src/page/parts/readable.ts';

test('letters of all scripts and ends of lines stay as they are', () => {
  for (const text of ['Paka anakula.\nMbwa?', '猫が見た', 'كلب', 'naïve – “so”', 'می\u200cخواهم'])
    expect(readable(text)).toBe(text);
});

test('bytes that are no text, and signs that are not seen, are dots', () => {
  expect(readable('a\ufffd\u0007b\u202ec\r')).toBe('a··b·c·');
});
