import { beforeAll, describe, expect, test } from 'vitest';
import { targetSubset } from '../../../src/text/corpus/corpus.ts';
import type { PreparedCorpus } from '../../../src/text/corpus/prepare.ts';
import { MOST_ROUNDS, trainSubsetBpe } from '../../../src/text/pair/subsetBpe.ts';
import { fertility } from '../../../src/text/tokenizer/fertility.ts';
import { prepare, textsOf } from '../corpus/fixtures.ts';

let swahili: PreparedCorpus;
let japanese: PreparedCorpus;
beforeAll(async () => {
  swahili = await prepare(documentsOf('ba ki mu nge tu wa li sha no ndi zu ru po'.split(' '), ' '));
  japanese = await prepare(documentsOf([...'かきくけこさしすせそたちつてとな'], ''));
});

/** Documents of words, which are made of syllables; few words come often and many seldom, in a fixed order. */
function documentsOf(syllables: readonly string[], space: string): string[] {
  let state = 9;
  const below = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor(((state >>> 8) / 2 ** 24) * limit);
  };
  const word = () => Array.from({ length: 1 + below(4) }, () => syllables[below(syllables.length)]).join('');
  const words = Array.from({ length: 1500 }, word);
  const often = () => words[Math.floor(1500 ** (below(1000) / 1000)) - 1] ?? '';
  return Array.from({ length: 1500 }, () => Array.from({ length: 5 + below(10) }, often).join(space));
}

const BPE = { vocabulary: 512, sourceShare: 0.5 };
/** Part of the subset that a BPE has seen at least, where no limit stands before. */
const NEARLY_ALL = 0.85;

describe('a BPE for D_T target tokens', () => {
  // The words repeat, so a token holds more bytes than is assumed at first; of Japanese, where a character has three, many more.
  test.each([1500, 6000, 15_000])(
    'has seen a part of the text of these %i tokens, and nearly all of it',
    async (targetTokens) => {
      for (const target of [swahili, japanese]) {
        const rounds: number[] = [];
        const source = target === swahili ? japanese : swahili;
        const { tokenizer, targetBytes } = await trainSubsetBpe({ target, source }, BPE, targetTokens, {
          onProgress: ({ round }) => rounds.push(round),
        });
        const subset = targetSubset(target, tokenizer, targetTokens);
        expect(subset.tokens).toBe(targetTokens);
        expect(targetBytes).toBeLessThanOrEqual(subset.bytes);
        expect(targetBytes).toBeGreaterThan(NEARLY_ALL * subset.bytes);
        expect(Math.max(...rounds)).toBeLessThanOrEqual(MOST_ROUNDS);
        expect(tokenizer.vocabulary).toBe(512);
      }
    },
  );

  test('is not moved by any text beyond them', async () => {
    const targetTokens = 3000;
    const whole = await trainSubsetBpe({ target: swahili, source: japanese }, BPE, targetTokens);
    const { documents } = targetSubset(swahili, whole.tokenizer, targetTokens);
    expect(documents).toBeLessThan(swahili.train.count / 2);
    // Every later document says something else, in as many bytes.
    const changed = otherBeyond(swahili, documents);
    const again = await trainSubsetBpe({ target: changed, source: japanese }, BPE, targetTokens);
    expect(again.targetBytes).toBe(whole.targetBytes);
    expect(again.tokenizer.fingerprint).toBe(whole.tokenizer.fingerprint);
  });

  test('of more tokens than there are sees the whole text', async () => {
    const { targetBytes } = await trainSubsetBpe({ target: swahili, source: null }, BPE, 1e7);
    expect(targetBytes).toBe(swahili.train.bytesWithEnds);
  });
});

describe('the share of the source', () => {
  test('decides for which language it is made; without a source it is of no consequence', async () => {
    const of = async (sourceShare: number, source: PreparedCorpus | null = japanese) =>
      (await trainSubsetBpe({ target: swahili, source }, { vocabulary: 512, sourceShare }, 6000)).tokenizer;
    const bytesPerToken = [];
    for (const share of [0.1, 0.9]) {
      const tokenizer = await of(share);
      bytesPerToken.push(
        [swahili, japanese].map(({ validation }) => fertility(tokenizer, textsOf(validation)).bytesPerToken),
      );
    }
    const [little, much] = bytesPerToken as [[number, number], [number, number]];
    expect(much[0]).toBeLessThan(little[0]);
    expect(much[1]).toBeGreaterThan(little[1]);
    expect((await of(0.9, null)).fingerprint).toBe((await of(0, japanese)).fingerprint);
  });

  test('of 1 sees no target at all', async () => {
    const pair = { target: swahili, source: japanese };
    const { targetBytes, tokenizer } = await trainSubsetBpe(pair, { vocabulary: 512, sourceShare: 1 }, 6000);
    expect(targetBytes).toBe(0);
    expect(tokenizer.vocabulary).toBe(512);
  });
});

test('can be stopped', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const training = trainSubsetBpe({ target: swahili, source: null }, BPE, 6000, {
    signal: abort.signal,
    onProgress: () => abort.abort(reason),
  });
  await expect(training).rejects.toBe(reason);
});

/** The corpus with other training documents from `first` on, of the same lengths. */
function otherBeyond(corpus: PreparedCorpus, first: number): PreparedCorpus {
  const train = Object.create(corpus.train, {
    textOf: {
      value: (index: number) =>
        index < first ? corpus.train.textOf(index) : 'z'.repeat(corpus.train.lengthOf(index)),
    },
    bytesOf: {
      value: (index: number) =>
        index < first
          ? corpus.train.bytesOf(index)
          : new Uint8Array(corpus.train.lengthOf(index)).fill('z'.charCodeAt(0)),
    },
  });
  return { ...corpus, train };
}
