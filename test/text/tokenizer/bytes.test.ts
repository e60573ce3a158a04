import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BYTE_VOCABULARY, byteTokenizer, END_OF_DOCUMENT } from '../../../src/text/tokenizer/bytes.ts';

test('a token is a byte of UTF-8', () => {
  expect([...byteTokenizer.encode('aß')]).toEqual([0x61, 0xc3, 0x9f]);
  expect(byteTokenizer.vocabulary).toBe(257);
  expect(BYTE_VOCABULARY).toBe(END_OF_DOCUMENT + 1);
});

test('decoding gives back every text, also token by token', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const tokens = byteTokenizer.encode(text);
      const decoder = byteTokenizer.decoder();
      let streamed = '';
      for (const token of tokens) streamed += decoder.push(token);
      streamed += decoder.end();
      expect(byteTokenizer.decode(tokens)).toBe(text);
      expect(streamed).toBe(text);
    }),
  );
});

test('the end of a document is a line break, and ends a character that is not whole', () => {
  const tokens = [END_OF_DOCUMENT, 0x61, END_OF_DOCUMENT, 0xc3, END_OF_DOCUMENT, 0xc3];
  expect(byteTokenizer.decode(tokens)).toBe('\na\n\uFFFD\n\uFFFD');
  const decoder = byteTokenizer.decoder();
  expect(tokens.map((token) => decoder.push(token))).toEqual(['\n', 'a', '\n', '', '\uFFFD\n', '']);
  expect(decoder.end()).toBe('\uFFFD');
});
