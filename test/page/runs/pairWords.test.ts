import { expect, test } from 'vitest';
import { NOT_SAID, pairWords, shortPair } from '../../../src/page/runs/pairWords.ts';

const HASH = '0123456789abcdef'.repeat(4);
const OTHER_HASH = 'fedcba9876543210'.repeat(4);
const pair = `file:deu-a.txt#sha256=${HASH} with world:en`;

test('texts are called by their languages', () => {
  expect(pairWords('world:id?bytes=8000000 with world:en')).toBe('Indonesian with English');
  expect(pairWords(pair, [pair, 'world:id'])).toBe('German with English');
  expect(pairWords(NOT_SAID, [pair])).toBe('texts that are not said');
});

test('and by their files, then by digits of their hashes, where that does not tell them apart', () => {
  expect(pairWords(pair, [pair, 'world:de with world:en'])).toBe('deu-a.txt with world:en');
  const other = pair.replace(HASH, OTHER_HASH);
  expect(pairWords(pair, [pair, other])).toBe('deu-a.txt (01234567) with world:en');
  expect(shortPair(other)).toBe('file:deu-a.txt#sha256=fedcba98 with world:en');
});
