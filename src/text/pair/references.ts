/** What a run's losses are held against: the entropy of its target, and what knowing the spelling alone gives. */

import type { References } from '../../formats/record.ts';
import { firstTokens, targetSubset } from '../corpus/corpus.ts';
import type { PreparedCorpus } from '../corpus/prepare.ts';
import { referenceBitsPerByte } from '../corpus/reference.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

/** The run that is held against them. */
export type ReferenceWish = {
  readonly tokenizer: Tokenizer;
  /** D_T: the n-gram is trained on the bytes that these tokens stand for. */
  readonly targetTokens: number;
  /** Validation tokens that the final loss scores, without the one before them. */
  readonly scoredTokens: number;
};

export type ReferenceOptions = {
  readonly signal?: AbortSignal | undefined;
  /** How large the n-gram may become: see `MAX_NODES`. */
  readonly maxNodes?: number | undefined;
};

/**
 * Both on the bytes that the final loss scores, and on no other: between the first documents and all there is a difference by chance,
 * and a good model could seem to cross the floor of the others. Of the one document that is cut the n-gram reads the scored bytes; to
 * the floor it adds its information by the share of these bytes, for where in it the information lies is not known. Null where
 * nothing is scored. Rejects with the signal's reason when aborted.
 */
export async function targetReferences(
  target: PreparedCorpus,
  { tokenizer, targetTokens, scoredTokens }: ReferenceWish,
  options: ReferenceOptions = {},
): Promise<References> {
  const { train, validation } = target;
  // Tokens of a document that is cut may claim more bytes than it has.
  const bytes = Math.min(targetSubset(target, tokenizer, targetTokens).bytes, train.bytesWithEnds);
  // A text begins with an end of document, which is read and not scored.
  const first = firstTokens(validation, tokenizer, scoredTokens + 1);
  const scored = Math.min(first.bytes, validation.bytesWithEnds);
  if (scored === 0) return { floorBitsPerByte: null, ngramBitsPerByte: null };
  const ngram = await referenceBitsPerByte(target, bytes, { ...options, measuredBytes: scored });
  const bits = validation.bitsOfFirst(scored);
  return {
    floorBitsPerByte: bits === null ? null : bits / scored,
    ngramBitsPerByte: ngram.bitsPerByte,
    ...(ngram.trainedBytes < bytes && { ngramTrainedBytes: ngram.trainedBytes }),
  };
}
