/** What a plan must know of the texts that runs read: how much there is, of how many kinds of tokens, and which text it is. */

import type { CorpusHashes, TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import { corpusHashes } from '../../train/checkpoint/resume.ts';
import type { Corpora } from '../../train/fleet/plan.ts';

/** Tokens of a language. */
export type TextSizes = { readonly training: number; readonly validation: number };

export type TextFacts = {
  /** Distinct tokens. */
  readonly vocabulary: number;
  /** Null where nobody knows: then no run is refused for want of text. */
  readonly target: TextSizes | null;
  readonly source: TextSizes | null;
  readonly hashes: CorpusHashes;
};

/** Why these tokens cannot be had: a BPE of more tokens than so few target tokens give. */
export type TextRefusal = { readonly field: string; readonly problem: string };

/** The facts of texts that were read. */
export function textFacts(corpora: Corpora): TextFacts {
  const { target, source, tokenizer } = corpora;
  return {
    vocabulary: tokenizer.vocabulary,
    target: { training: target.train.length, validation: target.validation.length },
    source: source && { training: source.train.length, validation: source.validation.length },
    hashes: corpusHashes(corpora),
  };
}

/** The same for configs that read the same tokens: a BPE is trained on D_T of the target, so each D_T has its own. */
export function textKey({ corpora, tokenizer, recipe }: TrainConfig): string {
  return canonicalJson([corpora, tokenizer, tokenizer.kind === 'bpe' ? recipe.targetTokens : null]);
}
