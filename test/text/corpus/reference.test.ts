/** The n-gram reference, and on real text the figures that others found; `M3LAB_DATA` names the folder with these texts. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentList } from '../../../src/text/corpus/documentList.ts';
import { crossEntropy, referenceBitsPerByte, trainNgram } from '../../../src/text/corpus/reference.ts';
import { numbered, prepare } from './fixtures.ts';

const FOLDER = process.env.M3LAB_DATA;
const isHere = FOLDER !== undefined && existsSync(join(FOLDER, 'corpora'));
if (!isHere)
  console.warn('M3LAB_DATA names no folder with corpora/: the n-gram reference is not held against it');

describe('the n-gram reference', () => {
  test('is that of the best order, on documents it was not trained on', async () => {
    const corpus = await prepare(numbered(0, 3000));
    const reference = await referenceBitsPerByte(corpus);
    expect(reference.byOrder).toHaveLength(6);
    expect(reference.bitsPerByte).toBe(Math.min(...reference.byOrder));
    expect(reference.byOrder[reference.order]).toBe(reference.bitsPerByte);
    expect(reference.trainedBytes).toBe(corpus.train.bytesWithEnds);
    // Only the digits are news: four of 21 bytes, at log2(10) bits each.
    expect(reference.bitsPerByte).toBeGreaterThan(0.5);
    expect(reference.bitsPerByte).toBeLessThan(1);
  });

  test('is trained on as many bytes as it is told, cut within a document', async () => {
    const corpus = await prepare(numbered(0, 3000));
    for (const bytes of [1, 22, 1000]) {
      expect((await referenceBitsPerByte(corpus, bytes)).trainedBytes).toBe(bytes);
    }
    const [little, much] = [
      await referenceBitsPerByte(corpus, 200),
      await referenceBitsPerByte(corpus, 20_000),
    ];
    expect(little.bitsPerByte).toBeGreaterThan(much.bitsPerByte);
    const first = corpus.train.textOf(0);
    const alone = await trainNgram(documentList([first]));
    const cut = await trainNgram(corpus.train, { trainBytes: first.length + 1 });
    const texts = documentList(['document']);
    expect(await crossEntropy(cut, texts)).toEqual(await crossEntropy(alone, texts));
  });

  test('of another language is higher than of its own', async () => {
    const own = await trainNgram(documentList(['mtoto anasoma kitabu', 'watoto wanasoma vitabu']));
    const texts = documentList(['mtoto anasoma']);
    const other = await trainNgram(documentList(['the child reads a book', 'the children read books']));
    const [near, far] = [await crossEntropy(own, texts), await crossEntropy(other, texts)];
    expect(near.bitsPerByte).toBeLessThan(far.bitsPerByte);
  });

  test('stops when told to', async () => {
    const corpus = await prepare(numbered(0, 100));
    const signal = AbortSignal.abort();
    await expect(referenceBitsPerByte(corpus, 100, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

/** Two digits were published, of the text in another order. */
const TOLERANCE = 0.03;

describe.skipIf(!isHere)('on real text the reference is what others found:', () => {
  const lines = (name: string) =>
    readFileSync(join(FOLDER ?? '', 'corpora', name), 'utf8')
      .split('\n')
      .filter(Boolean);

  // The others take longer: eng-bible 1.62, deu-bible 1.70, eng-commonvoice 1.97, jpn-aozora 1.96.
  test.each([
    ['ind-commonvoice', 1.8],
    ['deu-commonvoice', 2.02],
  ])('%s, %f bits per byte', async (name, published) => {
    const corpus = await prepare(lines(`${name}.train.txt`), { validation: lines(`${name}.valid.txt`) });
    const { bitsPerByte } = await referenceBitsPerByte(corpus);
    console.log(`${name}: ${bitsPerByte.toFixed(3)} bits per byte, published ${published}`);
    expect(Math.abs(bitsPerByte - published)).toBeLessThan(TOLERANCE);
  });
});
