import { describe, expect, test } from 'vitest';
import { VocabularyError } from '../../../src/text/tokenizer/errors.ts';
import { preTokens } from '../../../src/text/tokenizer/preTokens.ts';
import { type BpeProgress, type BpeText, trainBpe } from '../../../src/text/tokenizer/training/trainBpe.ts';
import { documentsOf, MIXED } from './fixtures.ts';

/** The same by the definition: every pair of every word counted anew for every merge, in exact fractions. */
function naiveMerges(texts: { documents: readonly string[]; share: number }[], count: number): string[] {
  const encoder = new TextEncoder();
  const size = (documents: readonly string[]) =>
    documents.reduce((sum, d) => sum + encoder.encode(d).length, 0);
  // The weight of one occurrence, share/size, over the common denominator of all.
  const sizes = texts.map(({ documents }) => BigInt(size(documents)));
  const factors = texts.map(({ share }, i) =>
    sizes.reduce((product, bytes, j) => (i === j ? product : product * bytes), BigInt(share)),
  );
  const words = texts.flatMap(({ documents }, i) =>
    documents.flatMap((document) =>
      preTokens(document, 'lab').map((word) => ({
        tokens: [...encoder.encode(word)],
        weight: factors[i]!,
      })),
    ),
  );
  const merges: string[] = [];
  while (merges.length < count) {
    const pairs = new Map<string, { left: number; right: number; weight: bigint; count: number }>();
    for (const { tokens, weight } of words) {
      for (let i = 0; i + 1 < tokens.length; i++) {
        const [left, right] = [tokens[i]!, tokens[i + 1]!];
        const pair = pairs.get(`${left} ${right}`) ?? { left, right, weight: 0n, count: 0 };
        pairs.set(`${left} ${right}`, { ...pair, weight: pair.weight + weight, count: pair.count + 1 });
      }
    }
    const [best] = [...pairs.values()]
      .filter((pair) => pair.count >= 2)
      .sort((a, b) =>
        a.weight === b.weight ? a.left - b.left || a.right - b.right : a.weight > b.weight ? -1 : 1,
      );
    if (!best) return merges;
    const merged = 257 + merges.length;
    merges.push(`${best.left} ${best.right}`);
    for (const word of words) {
      const out: number[] = [];
      for (let i = 0; i < word.tokens.length; i++) {
        const isPair = word.tokens[i] === best.left && word.tokens[i + 1] === best.right;
        out.push(isPair ? merged : word.tokens[i]!);
        if (isPair) i++;
      }
      word.tokens = out;
    }
  }
  return merges;
}

/** The merges of a file in ids. */
function mergesOf(file: Readonly<Record<string, unknown>>): string[] {
  const { vocab, merges } = file.model as { vocab: Record<string, number>; merges: string[] };
  return merges.map((merge) =>
    merge
      .split(' ')
      .map((name) => vocab[name])
      .join(' '),
  );
}

async function* slowly(documents: readonly string[]) {
  for (const document of documents) yield new TextEncoder().encode(document);
}

describe('training', () => {
  test('learns the pairs of the definition, in its order, with runs of one letter whose pairs overlap', async () => {
    const runs = ['aaaaaaa aaaa aaaaaaaaaaa aa aaa', 'abababab ababa babab'];
    const texts = [{ documents: [...MIXED.filter((_, i) => i % 2 === 0), ...runs], share: 1 }];
    const bpe = await trainBpe({ texts, vocabulary: 520 });
    expect(bpe.vocabulary).toBe(520);
    expect(mergesOf(bpe.file())).toEqual(naiveMerges(texts, 520 - 257));
  });

  test('weighs texts by their shares, whatever their sizes', async () => {
    const english = [...documentsOf('english', 40), ...documentsOf('japanese', 40)];
    const swahili = [...documentsOf('swahili', 7), ...documentsOf('indonesian', 7)];
    const texts = [
      { documents: english, share: 1 },
      { documents: swahili, share: 3 },
    ];
    const bpe = await trainBpe({ texts, vocabulary: 512 });
    expect(mergesOf(bpe.file())).toEqual(naiveMerges(texts, 255));

    const larger = [
      { documents: [...english, ...english, ...english], share: 0.25 },
      { documents: swahili, share: 0.75 },
    ];
    // A pair that occurs once in English occurs three times now; what is learnt before them must not change.
    expect(mergesOf((await trainBpe({ texts: larger, vocabulary: 512 })).file()).slice(0, 200)).toEqual(
      mergesOf(bpe.file()).slice(0, 200),
    );
    const tokensOf = async (share: number) => {
      const tokenizer = await trainBpe({
        texts: [
          { documents: english, share: 1 - share },
          { documents: swahili, share },
        ],
        vocabulary: 512,
      });
      return swahili.reduce((sum, document) => sum + tokenizer.encode(document).length, 0);
    };
    expect(await tokensOf(0.9)).toBeLessThan(await tokensOf(0.1));
  });

  test('leaves out a text of no share', async () => {
    const only: BpeText = { documents: MIXED, share: 2 };
    const alone = await trainBpe({ texts: [only], vocabulary: 520 });
    const other: BpeText = { documents: documentsOf('japanese', 100), share: 0 };
    const both = await trainBpe({ texts: [other, only], vocabulary: 520 });
    expect(both.fingerprint).toBe(alone.fingerprint);
  });

  test('takes bytes from a stream as it takes text', async () => {
    const fromText = await trainBpe({ texts: [{ documents: MIXED, share: 1 }], vocabulary: 520 });
    const fromBytes = await trainBpe({ texts: [{ documents: slowly(MIXED), share: 1 }], vocabulary: 520 });
    expect(fromBytes.fingerprint).toBe(fromText.fingerprint);
  });

  test('says how many tokens a text holds, and can learn that many', async () => {
    const texts = [{ documents: MIXED, share: 1 }];
    const error = await trainBpe({ texts, vocabulary: 32_768 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(VocabularyError);
    const { asked, possible, message } = error as VocabularyError;
    expect(asked).toBe(32_768);
    expect(message).toMatch(/a vocabulary of 32,768 is more than these texts hold: .* ask for at most \d+/);
    expect((await trainBpe({ texts, vocabulary: possible! })).vocabulary).toBe(possible);
    await expect(trainBpe({ texts, vocabulary: possible! + 1 })).rejects.toThrow(VocabularyError);
  });

  test('says where a text is too small for any', async () => {
    await expect(trainBpe({ texts: [{ documents: ['abc'], share: 1 }], vocabulary: 512 })).rejects.toThrow(
      /with 257 tokens no two stand side by side twice; that is less than the 512/,
    );
  });

  test.each([511, 32_769, 600.5, Number.NaN])('refuses a vocabulary of %d', async (vocabulary) => {
    await expect(trainBpe({ texts: [{ documents: MIXED, share: 1 }], vocabulary })).rejects.toThrow(
      /from 512 to 32768/,
    );
  });

  test.each([[[-1, 2]], [[0, 0]], [[Number.NaN, 1]], [[]]])('refuses shares of %j', async (shares) => {
    const texts = shares.map((share) => ({ documents: MIXED, share }));
    await expect(trainBpe({ texts, vocabulary: 512 })).rejects.toThrow(RangeError);
  });

  test('tells how far it is, to the end', async () => {
    const told: BpeProgress[] = [];
    const texts = [{ documents: MIXED, share: 1 }];
    await trainBpe({ texts, vocabulary: 520, onProgress: (progress) => told.push(progress) });
    const bytes = MIXED.reduce((sum, document) => sum + new TextEncoder().encode(document).length, 0);
    expect(told.at(-1)).toEqual({ bytes, merges: 520 - 257, share: 1 });
  });

  test('ends when it is aborted', async () => {
    const stop = new AbortController();
    function* endless() {
      for (;;) yield* MIXED;
    }
    const training = trainBpe({
      texts: [{ documents: endless(), share: 1 }],
      vocabulary: 512,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(training).rejects.toThrow('enough');
    const late = trainBpe({
      texts: [{ documents: endless(), share: 1 }],
      vocabulary: 512,
      signal: stop.signal,
    });
    await expect(late).rejects.toThrow('enough');
  });
});
