import { describe, expect, test } from 'vitest';
import { documentHash } from '../../../src/text/corpus/documentHash.ts';
import { documentList } from '../../../src/text/corpus/documentList.ts';
import { findNearDuplicates, NEAR_DUPLICATE_SIMILARITY } from '../../../src/text/corpus/nearDuplicates.ts';
import { shinglesOf, similarity } from '../../../src/text/corpus/shingles.ts';

const encoder = new TextEncoder();

/** Text of so many words, the same for the same seed. */
function words(seed: string, count: number, kinds = 4000): string[] {
  return Array.from({ length: count }, (_, i) =>
    (documentHash(`${seed} ${i}`).high % kinds).toString(36).padStart(3, 'k'),
  );
}

/** The text with every n-th word replaced. */
function altered(text: readonly string[], every: number): string {
  return text.map((word, i) => (i % every === every - 1 ? `${word}q` : word)).join(' ');
}

describe('near-duplicates', () => {
  const validation = Array.from({ length: 300 }, (_, i) => words(`v${i}`, 15 + (i % 200)));
  const strangers = Array.from({ length: 1500 }, (_, i) => words(`t${i}`, 10 + (i % 100)).join(' '));
  const list = documentList(validation.map((text) => text.join(' ')));

  test('are found where they were planted, and nowhere else', async () => {
    // One word of 40 to 60 touches about 9 of its 5-byte sequences: a similarity near 0.9.
    const planted = validation.slice(0, 120).map((text) => altered(text, 40 + (text.length % 20)));
    const longEnough = planted.filter((_, i) => (validation[i]?.length ?? 0) >= 60);
    const { found, trainingIndices } = await findNearDuplicates(
      documentList([...strangers, ...longEnough]),
      list,
    );
    expect(longEnough.length).toBeGreaterThan(50);
    expect([...trainingIndices].sort((a, b) => a - b)).toEqual(
      longEnough.map((_, i) => strangers.length + i),
    );
    expect(found).toMatchObject({
      validationDocuments: longEnough.length,
      trainingDocuments: longEnough.length,
    });
    expect(found.examples).toHaveLength(5);
    for (const example of found.examples) {
      expect(example.similarity).toBeGreaterThanOrEqual(NEAR_DUPLICATE_SIMILARITY);
      expect(example.similarity).toBeLessThan(1);
      expect([...example.training].length).toBeLessThanOrEqual(201);
    }
  });

  test('are none where none are', async () => {
    const { found, trainingIndices } = await findNearDuplicates(documentList(strangers), list);
    expect(found).toEqual({ validationDocuments: 0, trainingDocuments: 0, examples: [] });
    expect(trainingIndices.size).toBe(0);
  });

  test('are those that a comparison of all pairs finds', async () => {
    // From hardly altered to hardly alike, so that many lie around the bound.
    const training = validation.map((text, i) => altered(text, 4 + (i % 30)));
    const held = validation.map((text) => shinglesOf(encoder.encode(text.join(' '))));
    const expected = training.flatMap((text, index) => {
      const own = shinglesOf(encoder.encode(text));
      const isNear = held.some((other) => similarity(own, other, NEAR_DUPLICATE_SIMILARITY) !== null);
      return isNear ? [index] : [];
    });
    const { trainingIndices } = await findNearDuplicates(documentList(training), list);
    expect(expected.length).toBeGreaterThan(50);
    expect(expected.length).toBeLessThan(250);
    expect([...trainingIndices].sort((a, b) => a - b)).toEqual(expected);
  });

  test('are counted once on each side', async () => {
    const text = words('once', 60);
    const { found } = await findNearDuplicates(
      documentList([altered(text, 50), altered(text, 45)]),
      documentList([
        text.join(' '),
        `${text.join(' ')} too`,
        'a stranger to all of the other documents here',
      ]),
    );
    expect(found).toMatchObject({ validationDocuments: 2, trainingDocuments: 2 });
  });

  test('are not looked for among documents of fewer than 40 bytes', async () => {
    const short = 'a sentence of thirty-nine bytes, it is.';
    expect(short.length).toBe(39);
    const of = async (text: string) =>
      (await findNearDuplicates(documentList([`${text}.`]), documentList([text]))).found.validationDocuments;
    expect([await of(short), await of(`x${short}`)]).toEqual([0, 1]);
  });
});
