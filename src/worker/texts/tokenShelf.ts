/** The open texts as tokens: made when a fleet is planned, and kept until texts or tokenizer are others. */

import type { CorporaConfig, TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import type { References } from '../../formats/record.ts';
import { type PreparedCorpus, withoutTranslations } from '../../text/corpus/prepare.ts';
import { type PreparedPair, type TokenizedPair, tokenizePair } from '../../text/pair/pair.ts';
import { tokenizerFor } from '../../text/pair/pairTokenizer.ts';
import { targetReferences } from '../../text/pair/references.ts';
import { byteTokenizer } from '../../text/tokenizer/bytes.ts';
import { TokenizerError } from '../../text/tokenizer/errors.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { finalTokens } from '../../train/layout.ts';
import { type KeptText, textKey } from './corpusFiles.ts';

export type OpenTexts = { readonly target: KeptText; readonly source: KeptText | null };

export type TokenOptions = {
  /** The tokenizer of the model that a run starts from, which its config names. */
  readonly given?: Tokenizer | undefined;
  readonly signal?: AbortSignal;
  /** Hears of a tokenizer in training: the how-manieth from 1, and how much of it is done, 0 to 1. */
  readonly onProgress?: (round: number, share: number) => void;
};

export class TokenShelf {
  readonly #pair = new Last<PreparedPair>();
  readonly #tokenizer = new Last<Promise<Tokenizer>>();
  readonly #tokens = new Last<Promise<TokenizedPair>>();
  readonly #references = new Last<Promise<References>>();

  /** The texts as a config wants them prepared, whatever it calls them. */
  pair({ target, source }: OpenTexts, { nearDuplicates }: CorporaConfig): PreparedPair {
    const key = canonicalJson([textKey(target), source && textKey(source), nearDuplicates ?? null]);
    return this.#pair.get(key, () =>
      apart(prepared(target, nearDuplicates), source && prepared(source, nearDuplicates)),
    );
  }

  /** The tokenizer of a config; a BPE is trained unless it is there already. Throws `PairError`. */
  tokenizer(
    pair: PreparedPair,
    { tokenizer, recipe }: TokenWish,
    options: TokenOptions = {},
  ): Promise<Tokenizer> {
    const { given, signal, onProgress } = options;
    if (given) return Promise.resolve(given);
    return this.#tokenizer.get(keyOf(pair, { tokenizer, recipe }), () =>
      tokenizerFor(tokenizer, pair, recipe.targetTokens, {
        file: noFile,
        signal,
        onProgress: ({ round, share }) => onProgress?.(round, share),
      }),
    );
  }

  /** All that the runs of a config read, and the tokenizer that made it. Throws `PairError`. */
  async tokens(texts: OpenTexts, config: TrainConfig, options: TokenOptions = {}): Promise<TokenizedPair> {
    const pair = this.pair(texts, config.corpora);
    const tokenizer = await this.tokenizer(pair, config, options);
    return this.#tokenized(pair, tokenizer);
  }

  /**
   * The same as far as it is known before a tokenizer is trained: where there is none yet, of bytes, of which there are at least as
   * many as tokens.
   */
  async atMost(texts: OpenTexts, config: TrainConfig, { given }: TokenOptions = {}): Promise<TokenizedPair> {
    const pair = this.pair(texts, config.corpora);
    const known = given ?? this.#tokenizer.find(keyOf(pair, config))?.catch(() => undefined);
    return this.#tokenized(pair, (await known) ?? byteTokenizer);
  }

  /** What the losses of a run are held against. */
  async references(texts: OpenTexts, config: TrainConfig, options: TokenOptions = {}): Promise<References> {
    const pair = this.pair(texts, config.corpora);
    const { targetTokens } = config.recipe;
    const { context } = config.model;
    return this.#references.get(canonicalJson([keyOf(pair, config), targetTokens, context]), async () => {
      const tokenizer = await this.tokenizer(pair, config, options);
      const { validation } = (await this.#tokenized(pair, tokenizer)).target;
      const scoredTokens = finalTokens(validation.length, context);
      return targetReferences(pair.target, { tokenizer, targetTokens, scoredTokens }, options);
    });
  }

  #tokenized(pair: PreparedPair, tokenizer: Tokenizer): Promise<TokenizedPair> {
    const key = canonicalJson([pairKey(pair), tokenizer.fingerprint]);
    return this.#tokens.get(key, () => tokenizePair(pair, tokenizer));
  }
}

/** What decides on a tokenizer. */
export type TokenWish = {
  readonly tokenizer: TrainConfig['tokenizer'];
  readonly recipe: { readonly targetTokens: number };
};

/** The last thing that was made, by what it was made from. */
class Last<T> {
  #made: { readonly key: string; readonly value: T } | undefined;

  find(key: string): T | undefined {
    return this.#made?.key === key ? this.#made.value : undefined;
  }

  get(key: string, make: () => T): T {
    const known = this.find(key);
    if (known !== undefined) return known;
    const value = make();
    const made = { key, value };
    this.#made = made;
    // What failed is tried anew.
    if (value instanceof Promise) {
      value.catch(() => {
        if (this.#made === made) this.#made = undefined;
      });
    }
    return value;
  }
}

function pairKey({ target, source }: PreparedPair): readonly unknown[] {
  // Sizes too: without its near-duplicates a text is another.
  return [target, source].map((text) => text && [text.name, text.sha256, text.train.count]);
}

function keyOf(pair: PreparedPair, { tokenizer, recipe }: TokenWish): string {
  return canonicalJson([pairKey(pair), tokenizer, tokenizer.kind === 'bpe' ? recipe.targetTokens : null]);
}

/** Neither trains on what the other validates on, nor on a translation of it. */
function apart(target: PreparedCorpus, source: PreparedCorpus | null): PreparedPair {
  if (!source) return { target, source };
  return { target: withoutTranslations(target, source), source: withoutTranslations(source, target) };
}

/** A text with or without training documents that nearly repeat one that is kept back. */
export function prepared(text: KeptText, wish: CorporaConfig['nearDuplicates']): PreparedCorpus {
  const { prepared: whole, nearDuplicates } = text;
  if (wish === 'ignore') return { ...whole, nearDuplicates: null };
  if (wish === undefined || nearDuplicates.length === 0) return whole;
  return {
    ...whole,
    train: whole.train.without(new Set(nearDuplicates)),
    dropped: { ...whole.dropped, nearDuplicates: nearDuplicates.length },
  };
}

function noFile(path: string): never {
  throw new TokenizerError(path, '', 'a page cannot open it; train with it on the command line');
}
