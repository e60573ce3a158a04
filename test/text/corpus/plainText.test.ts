import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { VALIDATION_SHARE } from '../../../src/text/corpus/documentHash.ts';
import { byteTokenizer, END_OF_DOCUMENT } from '../../../src/text/tokenizer/bytes.ts';
import { buildCorpus, type CorpusOptions, numbered } from './fixtures.ts';

const encoder = new TextEncoder();

function build(text: string, more: Partial<CorpusOptions> = {}) {
  return buildCorpus({ name: 'c.txt', stream: [encoder.encode(text)], tokenizer: byteTokenizer, ...more });
}

/** The documents in a stream of tokens. */
function textsOf(tokens: Uint16Array): string[] {
  return byteTokenizer.decode(tokens).slice(1, -1).split('\n');
}

describe('a corpus', () => {
  const texts = numbered(0, 4000);

  test('holds every document once, on one side of the split', async () => {
    const corpus = await build(texts.join('\n'));
    const train = textsOf(corpus.train);
    const validation = textsOf(corpus.validation);
    expect([...train, ...validation].sort()).toEqual([...texts].sort());
    expect([corpus.documents, corpus.validationDocuments]).toEqual([train.length, validation.length]);
  });

  test('holds out 5 % of the documents', async () => {
    const corpus = await build(texts.join('\n'));
    const expected = VALIDATION_SHARE * texts.length;
    // Four standard deviations of a binomial count.
    const tolerance = 4 * Math.sqrt(expected * (1 - VALIDATION_SHARE));
    expect(Math.abs(corpus.validationDocuments - expected)).toBeLessThan(tolerance);
  });

  test('does not move a document when others come, or the order of the file changes', async () => {
    const small = await build(numbered(0, 1000).join('\n'));
    const large = await build([...texts].reverse().join('\n'));
    const smallTrain = textsOf(small.train);
    const shared = new Set(smallTrain);
    expect(textsOf(large.train).filter((text) => shared.has(text))).toEqual(smallTrain);
  });

  test('begins with an end of document and has one after each', async () => {
    const corpus = await build(texts.join('\n'));
    const ends = corpus.train.filter((token) => token === END_OF_DOCUMENT).length;
    expect(corpus.train[0]).toBe(END_OF_DOCUMENT);
    expect(corpus.train.at(-1)).toBe(END_OF_DOCUMENT);
    expect(ends).toBe(corpus.documents + 1);
  });

  test('counts bytes: those of the documents, and one for the end of each', async () => {
    const corpus = await build(texts.map((text) => `${text} ß`).join('\n'));
    expect(corpus.trainBytes).toBe(corpus.train.length - 1);
    expect(corpus.trainBytes + corpus.validationBytes).toBe(
      encoder.encode(`${texts.join(' ß\n')} ß\n`).length,
    );
  });

  test('drops and counts duplicates and empty documents', async () => {
    const long = 'y'.repeat(2 ** 20);
    const corpus = await build(`a\nb\na\n${long}\n\nc\n \nb\n`);
    expect(corpus.dropped).toMatchObject({ empty: 2, duplicates: 2 });
    expect(corpus.documents + corpus.validationDocuments).toBe(4);
  });

  test('has the SHA-256 of its file where that holds a document a line', async () => {
    const text = `${texts.join('\n')}\n`;
    expect((await build(text)).sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('validates on a text of its own where one is given, in file order, and trains on none of it', async () => {
    const validation = [...numbered(10, 20), 'only here'];
    const corpus = await build(texts.join('\n'), { validation: [encoder.encode(validation.join('\n'))] });
    expect(textsOf(corpus.validation)).toEqual(validation);
    expect(corpus.documents).toBe(texts.length - 10);
    expect(textsOf(corpus.train)).not.toContain('document number 10');
    expect(corpus.validationSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('of two documents trains on one and validates on the other', async () => {
    const corpus = await build('a\nb');
    expect([corpus.documents, corpus.validationDocuments]).toEqual([1, 1]);
  });

  test.each([
    ['one document', 'all on one line', 'too few documents'],
    ['no document', ' \n \n', 'empty'],
    ['no byte', '', 'empty'],
  ])('of %s is refused', async (_, text, problem) => {
    await expect(build(text)).rejects.toMatchObject({
      name: 'TextError',
      problem,
      message: expect.stringContaining('c.txt'),
    });
  });

  test('of validation documents alone is refused, and a bad validation file is named', async () => {
    const same = [encoder.encode('a\nb')];
    await expect(build('a\nb', { validation: same })).rejects.toThrow('none is left to train on');
    const bad = { validation: [Uint8Array.of(0xff)], validationName: 'v.txt' };
    await expect(build('a\nb', bad)).rejects.toThrow('v.txt: byte 0 (counted from 0; line 1)');
  });
});
