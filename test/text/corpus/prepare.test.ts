import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { documentHash, isHeldOut, meaningKey } from '../../../src/text/corpus/documentHash.ts';
import { DocumentStore } from '../../../src/text/corpus/documentStore.ts';
import { floorBitsPerByte, withoutTranslations } from '../../../src/text/corpus/prepare.ts';
import type { RawDocument } from '../../../src/text/document.ts';
import { numbered, prepare, raw, textsOf } from './fixtures.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('documents', () => {
  test('are trimmed, in normal form C, and whole UTF-8', async () => {
    const { train, validation } = await prepare(['  e\u0301 ', '\u3000漢字\uFEFF\n', 'half a pair: \ud83d.']);
    expect([...textsOf(train), ...textsOf(validation)].sort()).toEqual([
      'half a pair: \uFFFD.',
      '\u00e9',
      '漢字',
    ]);
  });

  test('that are empty or came before, also in another form, are left out and counted', async () => {
    const { dropped, train, validation } = await prepare([
      'a',
      '',
      'b',
      ' a',
      ' \n',
      'e\u0301',
      '\u00e9',
      'a',
    ]);
    expect(dropped).toMatchObject({ empty: 2, duplicates: 3 });
    expect(train.count + validation.count).toBe(3);
  });

  test('are hashed as lines: neither white space nor empty documents nor the order of reading in parts has a say', async () => {
    const texts = [...numbered(0, 3000), 'x'.repeat(100_000), 'ß', 'a\nb'];
    const wanted = sha256(texts.map((text) => `${text}\n`).join(''));
    expect((await prepare(texts)).sha256).toBe(wanted);
    expect((await prepare(texts.flatMap((text) => ['', ` ${text}\n`, '  ']))).sha256).toBe(wanted);
    expect((await prepare([...texts, 'a'])).sha256).not.toBe(wanted);
    // Documents are hashed as read: a repetition counts.
    expect((await prepare([...texts, 'ß'])).sha256).not.toBe(wanted);
  });
});

describe('documents of one meaning', () => {
  const stories = (language: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) =>
      raw(`${language} story ${from + i}`, { meaning: `m${from + i}` }),
    );
  const meaningOf = (text: string) => text.split(' ').at(-1);

  test('fall on one side in every language', async () => {
    const [one, other] = [await prepare(stories('a', 0, 1500)), await prepare(stories('b', 700, 2000))];
    const held = new Set([...textsOf(one.validation), ...textsOf(other.validation)].map(meaningOf));
    expect(held.size).toBeGreaterThan(50);
    for (const { train } of [one, other]) {
      expect(textsOf(train).filter((text) => held.has(meaningOf(text)))).toEqual([]);
    }
  });

  test('do not come at the same place: a part of one language is no translation of a part of another', async () => {
    const [one, other] = [await prepare(stories('a', 0, 2000)), await prepare(stories('b', 0, 2000))];
    const first = new Set(textsOf(one.train).slice(0, 200).map(meaningOf));
    const shared = textsOf(other.train)
      .slice(0, 200)
      .filter((text) => first.has(meaningOf(text)));
    // About 200²/1900 = 21 by chance, with a standard deviation of 4; 200 if the meanings ordered.
    expect(shared.length).toBeLessThan(60);
  });

  test('are not trained on where a given validation holds one of them', async () => {
    const validation = [raw('given 3', { meaning: 'm3' }), 'a story 5', raw('given 3', { meaning: 'm9' })];
    const { train, dropped, validation: held } = await prepare(stories('a', 0, 20), { validation });
    expect(textsOf(held)).toEqual(['given 3', 'a story 5']);
    expect(textsOf(train).map(meaningOf)).not.toEqual(expect.arrayContaining(['3']));
    // 3 and 9 are translations, 5 is the same text.
    expect(train.count).toBe(17);
    expect(dropped).toMatchObject({ validationTranslations: 2, validationCopies: 1, duplicates: 1 });
  });

  test('leave training with the copy of a validation text that has their meaning', async () => {
    const documents = [
      raw('another telling', { meaning: 'm1' }),
      raw('the same text', { meaning: 'm1' }),
      ...stories('a', 10, 20),
    ];
    const { train, dropped } = await prepare(documents, { validation: ['the same text'] });
    expect(textsOf(train)).not.toContain('another telling');
    expect(dropped).toMatchObject({ validationTranslations: 1, validationCopies: 1 });
  });

  test('leave the training of another corpus that validates on them', async () => {
    const target = await prepare(stories('a', 0, 20), { validation: stories('v', 4, 8) });
    const source = await prepare(stories('b', 0, 400));
    const clean = withoutTranslations(source, target);
    const lost = textsOf(source.train).filter((text) => !textsOf(clean.train).includes(text));
    const there = new Set(textsOf(source.train));
    expect(lost.sort()).toEqual([4, 5, 6, 7].map((i) => `b story ${i}`).filter((text) => there.has(text)));
    expect(lost.length).toBeGreaterThan(1);
    expect(clean.dropped.validationTranslations).toBe(lost.length);
    expect(withoutTranslations(clean, target)).toBe(clean);
  });

  test('are held out by the hash of the meaning', async () => {
    const { validation } = await prepare(stories('a', 0, 1000));
    const expected = Array.from({ length: 1000 }, (_, i) => i).filter((i) => isHeldOut(meaningKey(`m${i}`)));
    expect(textsOf(validation)).toEqual(expected.map((i) => `a story ${i}`));
  });
});

describe('parallel files', () => {
  test('have no translation of a validation document in training, however often lines come again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => {
        // Few different lines, so that many stand on both sides of the split.
        const lines = (language: string, kinds: number) =>
          Array.from({ length: 1500 }, (_, i) => {
            return `${language} ${documentHash(`${seed} ${language} ${i}`).high % kinds}`;
          });
        const [a, b] = [lines('a', 700), lines('b', 1100)];
        const [one, other] = [await prepare(a, { split: 'number' }), await prepare(b, { split: 'number' })];
        for (const [held, texts, trained, translations] of [
          [textsOf(one.validation), a, textsOf(other.train), b],
          [textsOf(other.validation), b, textsOf(one.train), a],
        ] as const) {
          const heldTexts = new Set(held);
          const forbidden = new Set(translations.filter((_, i) => heldTexts.has(texts[i] ?? '')));
          expect(forbidden.size).toBeGreaterThan(0);
          expect(trained.filter((text) => forbidden.has(text))).toEqual([]);
        }
        const { dropped, train, validation } = one;
        expect(train.count + validation.count + dropped.duplicates + dropped.validationTranslations).toBe(
          1500,
        );
      }),
      { numRuns: 8, seed: 4 },
    );
  });

  test('count empty lines as lines', async () => {
    const a = numbered(0, 2000);
    const b = a.map((text, i) => (i % 3 === 0 ? '' : `${text} in b`));
    const [one, other] = [await prepare(a, { split: 'number' }), await prepare(b, { split: 'number' })];
    const held = new Set(textsOf(one.validation));
    expect(textsOf(other.validation).every((text) => held.has(text.replace(' in b', '')))).toBe(true);
  });
});

describe('of a text that is larger than what is held', () => {
  const texts = Array.from({ length: 5000 }, (_, i) => `text ${i} ${'x'.repeat((i * 31) % 97)}.`);

  /** What is to be kept: texts by their hash, until the size is reached. */
  function smallest(all: readonly string[], maxBytes: number): string[] {
    const order = [...new Set(all)]
      .map((text) => ({ text, ...documentHash(text) }))
      .sort((a, b) => a.high - b.high || a.low - b.low);
    let bytes = 0;
    const count = order.findIndex(({ text }) => {
      bytes += text.length;
      return bytes >= maxBytes;
    });
    return order.slice(0, count + 1).map(({ text }) => text);
  }

  test('a sample by hash is kept, the same in whatever order it comes', async () => {
    const maxBytes = 20_000;
    const wanted = smallest(texts, maxBytes);
    expect(wanted.length).toBeLessThan(500);
    for (const order of [texts, [...texts].reverse(), [...texts, ...texts]]) {
      const { train, validation, sample } = await prepare(order, { maxBytes });
      expect([...textsOf(train), ...textsOf(validation)].sort()).toEqual([...wanted].sort());
      expect(textsOf(train)).toEqual(wanted.filter((text) => !isHeldOut(documentHash(text))));
      const bytes = texts.reduce((sum, text) => sum + text.length, 0);
      expect(sample.read).toEqual({ documents: texts.length, bytes });
      expect(sample.kept).toEqual({ documents: wanted.length, bytes: train.bytes + validation.bytes });
    }
  });

  test('repetitions and the hash are those of the whole', async () => {
    const { dropped, sha256: of } = await prepare([...texts, '', ...texts], { maxBytes: 5000 });
    expect(dropped).toMatchObject({ duplicates: texts.length, empty: 1 });
    expect(of).toBe(sha256([...texts, ...texts].map((text) => `${text}\n`).join('')));
  });

  test('never more than twice the size is held', async () => {
    const maxBytes = 10_000;
    let most = 0;
    const add = DocumentStore.prototype.add;
    const spy = vi.spyOn(DocumentStore.prototype, 'add').mockImplementation(function (
      this: DocumentStore,
      document,
    ) {
      add.call(this, document);
      most = Math.max(most, this.bytes);
    });
    await prepare(texts, { maxBytes });
    spy.mockRestore();
    expect(most).toBeGreaterThan(maxBytes);
    expect(most).toBeLessThan(2 * maxBytes + 200);
  });

  test('the error says so where nothing can be held out', async () => {
    await expect(prepare(texts, { maxBytes: 1 })).rejects.toMatchObject({
      problem: 'too few documents',
      message: expect.stringContaining('of 5000 documents only 1 were taken'),
    });
  });
});

describe('the floor', () => {
  const told = (count: number, without = -1): RawDocument[] =>
    Array.from({ length: count }, (_, i) =>
      raw(`told ${String(i).padStart(4, '0')}`, { bits: i === without ? null : i }),
    );

  test('is the information of the validation documents over their bytes and ends', async () => {
    const { validation, train } = await prepare(told(400));
    const bits = textsOf(validation).reduce((sum, text) => sum + Number(text.slice(5)), 0);
    expect(validation.bits).toBe(bits);
    expect(floorBitsPerByte(validation)).toBe(bits / (validation.count * 10));
    expect(train.bits).toBe((399 * 400) / 2 - bits);
  });

  test('is not known where one document does not know its information', async () => {
    const held = Number(textsOf((await prepare(told(400))).validation)[0]?.slice(5));
    const { validation, train } = await prepare(told(400, held));
    expect(floorBitsPerByte(validation)).toBeNull();
    expect(train.bits).not.toBeNull();
  });
});

describe('near-duplicates of validation documents', () => {
  const sentence = (i: number) =>
    `The ${i * i}th traveller of the year ${1000 + 7 * i} brought ${i} letters.`;
  const validation = Array.from(
    { length: 20 },
    (_, i) => `${sentence(i)} It was a long way to the sea and back.`,
  );
  const planted = validation.slice(0, 7).map((text) => text.replace('sea and', 'sea, and'));
  const documents = [...planted, ...Array.from({ length: 200 }, (_, i) => sentence(100 + i))];

  test('are reported, dropped, or not looked for', async () => {
    const found = { validationDocuments: 7, trainingDocuments: 7 };
    const ignored = await prepare(documents, { validation });
    expect([ignored.nearDuplicates, ignored.train.count]).toEqual([null, 207]);
    const reported = await prepare(documents, { validation, nearDuplicates: 'report' });
    expect(reported.nearDuplicates).toMatchObject(found);
    expect([reported.train.count, reported.dropped.nearDuplicates]).toEqual([207, 0]);
    const dropped = await prepare(documents, { validation, nearDuplicates: 'drop' });
    expect(dropped.nearDuplicates).toMatchObject(found);
    expect([dropped.train.count, dropped.dropped.nearDuplicates]).toEqual([200, 7]);
    expect(textsOf(dropped.train).filter((text) => planted.includes(text))).toEqual([]);
    expect(textsOf(dropped.train)).toEqual(textsOf(ignored.train).filter((text) => !planted.includes(text)));
  });

  test('are an error where nothing else is left', async () => {
    await expect(prepare(planted, { validation, nearDuplicates: 'drop' })).rejects.toThrow(
      'none is left to train on',
    );
  });
});

test('documents of one meaning alone are refused', async () => {
  const same = ['a', 'b', 'c'].map((text) => raw(text, { meaning: 'one' }));
  await expect(prepare(same)).rejects.toMatchObject({
    problem: 'too few documents',
    message: expect.stringContaining('none of its 3 documents can be held out'),
  });
});

test('stops when told to, also where documents come without a pause, and tells how far it is', async () => {
  const controller = new AbortController();
  const read: number[] = [];
  function* endless() {
    for (let i = 0; ; i++) yield `document ${i % 1000} ${'x'.repeat(1000)}`;
  }
  setTimeout(() => controller.abort(), 1);
  const preparing = prepare(endless(), {
    signal: controller.signal,
    onProgress: ({ bytes }) => read.push(bytes),
  });
  await expect(preparing).rejects.toMatchObject({ name: 'AbortError' });
  expect(read.length).toBeGreaterThan(0);
  expect(read).toEqual([...read].sort((a, b) => a - b));
});
