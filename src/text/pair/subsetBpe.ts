/**
 * A BPE for a run with D_T target tokens, which has seen no other target text than these. D_T counts tokens of the very tokenizer that
 * is being trained, so how much text they are is found by training: assume, train, measure, correct.
 */

import { targetSubset, trainingTexts } from '../corpus/corpus.ts';
import type { PreparedCorpus } from '../corpus/prepare.ts';
import type { Bpe } from '../tokenizer/bpe.ts';
import { type BpeProgress, trainBpe } from '../tokenizer/training/trainBpe.ts';

/** Text of a language that a BPE is trained on at most; more of it moves no merge that matters. */
export const MAX_BPE_TEXT_BYTES = 8 * 2 ** 20;

/** A BPE is trained at most so many times. */
export const MOST_ROUNDS = 3;
/** One that has seen this part of its subset is good enough; the next is given a little less than all of it. */
const ENOUGH = 0.9;
const NEXT = 0.97;

export type SubsetBpeProgress = BpeProgress & {
  /** From 1. */
  readonly round: number;
};

export type SubsetBpe = {
  readonly tokenizer: Bpe;
  /** Target text that it has seen, from the beginning, ends of documents counted: never more than the D_T tokens hold. */
  readonly targetBytes: number;
};

export type SubsetBpeOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SubsetBpeProgress) => void) | undefined;
};

/**
 * Trains on the first `targetTokens` tokens of the target, or nearly all of them, and on the source, whose share of the weight is
 * `sourceShare`, whatever the sizes. Throws `VocabularyError` where the texts do not hold so many tokens; rejects with the signal's
 * reason when aborted.
 */
export async function trainSubsetBpe(
  { target, source }: { readonly target: PreparedCorpus; readonly source: PreparedCorpus | null },
  { vocabulary, sourceShare }: { readonly vocabulary: number; readonly sourceShare: number },
  targetTokens: number,
  { signal, onProgress }: SubsetBpeOptions = {},
): Promise<SubsetBpe> {
  const ofSource = source === null ? 0 : sourceShare;
  const train = (targetBytes: number, round: number) =>
    trainBpe({
      texts: [
        { documents: trainingTexts(target, targetBytes), share: 1 - ofSource },
        ...(source ? [{ documents: trainingTexts(source, MAX_BPE_TEXT_BYTES), share: ofSource }] : []),
      ],
      vocabulary,
      signal,
      onProgress: (progress) => onProgress?.({ ...progress, round }),
    });
  if (ofSource === 1) return { tokenizer: await train(0, 1), targetBytes: 0 };

  const most = Math.min(target.train.bytesWithEnds, MAX_BPE_TEXT_BYTES);
  let best: SubsetBpe | null = null;
  let targetBytes = Math.min(most, Math.ceil(targetTokens * assumedBytesPerToken(vocabulary)));
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const tokenizer = await train(targetBytes, round);
    const { bytes } = targetSubset(target, tokenizer, targetTokens);
    if (targetBytes <= bytes) best = { tokenizer, targetBytes };
    if (best && best.targetBytes >= ENOUGH * Math.min(bytes, most)) return best;
    // All but the first token stand for a byte at least, so the last round is within its subset whatever comes of it.
    const isLast = round + 1 === MOST_ROUNDS;
    targetBytes =
      isLast && !best ? Math.min(most, targetTokens - 1) : Math.min(most, Math.floor(NEXT * bytes));
  }
  if (!best)
    throw new Error(`a BPE of ${vocabulary} tokens has seen more than its ${targetTokens} target tokens`);
  return best;
}

/** About what English has: 2.0 at a vocabulary of 512, 3.2 at 4,096, 4.4 at 32,768. */
function assumedBytesPerToken(vocabulary: number): number {
  return 0.4 * Math.log2(vocabulary) - 1.6;
}
