import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentList } from '../../../src/text/corpus/documentList.ts';
import { textStatistics } from '../../../src/text/corpus/statistics.ts';

describe('statistics', () => {
  test('count characters, words and bytes as the language itself does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: fc.constantFrom('a', 'ß', '漢', '😀', ' ', '\n', '\u3000', '\u00a0', 'é') }),
        ),
        async (texts) => {
          const found = await textStatistics(documentList(texts));
          const bytes = new TextEncoder().encode(texts.join('')).length;
          expect(found.documents).toBe(texts.length);
          expect(found.bytes).toBe(bytes);
          expect(found.characters).toBe([...texts.join('')].length);
          expect(found.charactersPerByte).toBe(bytes === 0 ? 0 : found.characters / bytes);
          const words = texts.reduce((sum, text) => sum + text.split(/\s+/u).filter(Boolean).length, 0);
          if (found.words !== null) expect(found.words).toBe(words);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  test('know scripts, marks and shared characters', async () => {
    const { scripts } = await textStatistics(documentList(['Mtoto 123, …', 'ребёнок', 'हिन्दी']));
    // Five letters; seven; and three letters with three vowel signs and a virama, less what is no code point of its own.
    expect(scripts).toEqual([
      { script: 'Cyrillic', letters: 7, share: 7 / 18 },
      { script: 'Devanagari', letters: 6, share: 6 / 18 },
      { script: 'Latin', letters: 5, share: 5 / 18 },
    ]);
    expect((await textStatistics(documentList(['\u{10330}\u{10331}']))).scripts).toEqual([
      { script: 'Other', letters: 2, share: 1 },
    ]);
    expect((await textStatistics(documentList(['42!']))).scripts).toEqual([]);
  });

  test('count words only where the script parts them by spaces', async () => {
    const words = async (text: string) => (await textStatistics(documentList([text]))).words;
    expect(await words('これは ペン です')).toBeNull();
    expect(await words('ภาษาไทย เขียนติดกัน')).toBeNull();
    expect(await words('나는 학교에 간다')).toBe(3);
    expect(await words(' Ninakula\nchakula, 漢 ')).toBe(3);
  });

  test('give the entropy of single bytes', async () => {
    const entropy = async (text: string) => (await textStatistics(documentList([text]))).byteEntropy;
    expect(await entropy('aaaa')).toBe(0);
    expect(await entropy('abab')).toBe(1);
    expect(await entropy('aabc')).toBe(1.5);
    expect(await entropy('')).toBe(0);
  });

  test('stop when told to', async () => {
    const signal = AbortSignal.abort();
    await expect(textStatistics(documentList(['a']), { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
