import { describe, expect, test } from 'vitest';
import { samplePair, sampleText } from '../../corpora/samples.ts';
import { buildCorpus } from '../../src/text/corpus/build.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';

async function read(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** A story is at most a few hundred bytes, and a text ends with the one that reaches its size. */
const STORY_BYTES = 1000;

describe.each([
  ['target', samplePair().target, 'sample:sw', 120_000],
  ['source', samplePair().source, 'sample:en', 600_000],
])('the %s sample', (_, sample, name, bytes) => {
  test('is the same every time, of its size', async () => {
    const text = await read(sample.stream());
    expect(await read(sample.stream())).toBe(text);
    expect(sample.name).toBe(name);
    expect(text.length).toBeGreaterThanOrEqual(bytes);
    expect(text.length).toBeLessThan(bytes + STORY_BYTES);
  });

  test('makes a corpus of many different stories', async () => {
    const corpus = await buildCorpus({ name, stream: sample.stream(), tokenizer: byteTokenizer });
    expect(corpus.documents).toBeGreaterThan(bytes / 400);
    expect(corpus.dropped.duplicates).toBeLessThan(corpus.documents / 1000 + 1);
    expect(corpus.dropped.empty).toBe(0);
  });
});

describe('what the sample says', () => {
  test('in Swahili agrees: subject, tense, object marker, class', async () => {
    const text = await read(sampleText('sw').stream());
    for (const right of [
      'alikula',
      'wakanywa',
      'alimwita',
      'vitabu vipya',
      'jembe jipya',
      'hakukipata',
      'mbwa mdogo',
    ]) {
      expect(text).toContain(right);
    }
    // A class 7 noun with a class 9 adjective, a verb of one syllable without its ku-, an undefined word.
    expect(text).not.toMatch(/kitabu (nzuri|ndogo|mpya)|\b(a|wa)(li|na|ta)(la|nywa)\b|undefined| {2}/);
  });

  test('in English agrees: article, person, participle', async () => {
    const text = await read(sampleText('en').stream());
    for (const right of ['an egg', 'carries', 'have eaten', 'has gone to', 'did not find it', 'washes']) {
      expect(text).toContain(right);
    }
    expect(text).not.toMatch(/\ba [aeio]|\ban [^aeio]|undefined| {2}|\b(he|she|it) (go|see|buy)\b/);
  });
});
