import { expect, test } from 'vitest';
import { lostCharacters } from '../../src/play/lost.ts';
import { pieceWords } from '../../src/play/pieces.ts';
import { byteTokenizer, END_OF_DOCUMENT } from '../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';

/** One token, of these bytes. */
function pieceOf(...bytes: number[]): string {
  const tokenizer = { endOfDocument: 1, pieceOf: () => Uint8Array.from(bytes) } as Partial<Tokenizer>;
  return pieceWords(tokenizer as Tokenizer, 0);
}

const utf8 = (text: string) => [...new TextEncoder().encode(text)];

test.each<[string, number[], string]>([
  ['letters', utf8('the'), 'the'],
  ['a space before a word', utf8(' the'), '␣the'],
  ['a line break and a tab', utf8('\n\t'), '↵⇥'],
  ['whole characters of several bytes', utf8('猫🙂é'), '猫🙂é'],
  ['the first bytes of one', [0x61, 0xe7, 0x8c], 'a‹E7›‹8C›'],
  ['the last bytes of one, and a letter', [0xab, 0x61], '‹AB›a'],
  ['bytes that UTF-8 forbids', [0xc0, 0xaf, 0xff, 0xed, 0xa0, 0x80], '‹C0›‹AF›‹FF›‹ED›‹A0›‹80›'],
  ['a control character', [0x07], '‹07›'],
  ['one without width', utf8('\u200b'), '‹U+200B›'],
  ['a mark that needs a letter', utf8('\u0301'), '◌\u0301'],
  ['a byte order mark', utf8('\ufeff'), '‹U+FEFF›'],
])('%s can be read', (_, bytes, words) => {
  expect(pieceOf(...bytes)).toBe(words);
});

test('tokens that are no text have names', () => {
  expect(pieceWords(byteTokenizer, END_OF_DOCUMENT)).toBe('‹end›');
  const special = { endOfDocument: 1, pieceOf: () => new Uint8Array(0) } as Partial<Tokenizer>;
  expect(pieceWords(special as Tokenizer, 12)).toBe('‹12›');
});

test('every byte has a name of its own', () => {
  const names = Array.from({ length: 256 }, (_, byte) => pieceWords(byteTokenizer, byte));
  expect(new Set(names).size).toBe(256);
});

test('characters that a tokenizer lacks or changes are named once each', () => {
  const ascii: Pick<Tokenizer, 'encode' | 'decode'> = {
    encode: (text) =>
      Uint16Array.from(
        [...text.toLowerCase()].filter((one) => one < '\x7f'),
        (one) => one.charCodeAt(0),
      ),
    decode: (tokens) => String.fromCharCode(...Array.from(tokens)),
  };
  expect(lostCharacters(ascii as Tokenizer, 'Ein Käse, 猫 und 🙂🙂, Ä')).toEqual([
    'E',
    'K',
    'ä',
    '猫',
    '🙂',
    'Ä',
  ]);
  expect(lostCharacters(ascii as Tokenizer, 'plain')).toEqual([]);
  expect(lostCharacters(byteTokenizer, 'Käse 猫🙂\0')).toEqual([]);
});
