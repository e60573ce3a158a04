/** What a run's losses are held against: the entropy of its target, and what knowing the spelling alone gives. */

import type { References } from '../../formats/record.ts';
import { targetSubset } from '../corpus/corpus.ts';
import { floorBitsPerByte, type PreparedCorpus } from '../corpus/prepare.ts';
import { referenceBitsPerByte } from '../corpus/reference.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';

/**
 * Both on all validation documents of the target; the n-gram is trained on the bytes that the first `targetTokens` (D_T) tokens stand
 * for. Rejects with the signal's reason when aborted.
 */
export async function targetReferences(
  target: PreparedCorpus,
  tokenizer: Tokenizer,
  targetTokens: number,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<References> {
  const { bytes } = targetSubset(target, tokenizer, targetTokens);
  const { bitsPerByte } = await referenceBitsPerByte(target, bytes, { signal });
  return { floorBitsPerByte: floorBitsPerByte(target.validation), ngramBitsPerByte: bitsPerByte };
}
