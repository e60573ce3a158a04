/** Tokens with what they add to a text, and what the model made of their places. */

import { logSum } from '../model/inference/nats.ts';
import type { TokenDecoder, Tokenizer } from '../text/tokenizer/tokenizer.ts';
import { likeliest } from './likelihoods.ts';
import { pieceWords } from './pieces.ts';

/** A token that could have stood there. */
export type Alternative = {
  readonly id: number;
  /** The token as it can be read: a byte that is no character by itself is `‹E3›`, the end of a document `‹end›`. */
  readonly text: string;
  /** The model's own: before temperature, top-k and top-p. */
  readonly probability: number;
};

/** One token of a text, and what the model made of its place. */
export type ReadToken = {
  readonly id: number;
  /**
   * What it adds to the text: '' for a byte of a character that a later token completes, and a line break for the end of a document. The
   * texts of all tokens end to end are the text.
   */
  readonly text: string;
  /** The token alone, as it can be read, as in {@link Alternative}. */
  readonly piece: string;
  /** The model's own: before temperature, top-k and top-p. */
  readonly probability: number;
  /** The eight likeliest, the likeliest first; this one need not be among them. */
  readonly alternatives: readonly Alternative[];
};

export class TokenReader {
  readonly #tokenizer: Tokenizer;
  readonly #decoder: TokenDecoder;

  /** `before`: the tokens before the first that is read, the end of a document among them. */
  constructor(tokenizer: Tokenizer, before: Uint16Array) {
    this.#tokenizer = tokenizer;
    this.#decoder = tokenizer.decoder();
    for (const token of before) this.#decoder.push(token);
  }

  /**
   * The next token of the text, and the logits [vocabulary] from which it was to be told. The last one says as well what is left of a
   * character that no token completed.
   */
  read(
    id: number,
    logits: Float32Array,
    { isLast }: { readonly isLast: boolean },
  ): ReadToken & { readonly nats: number } {
    const normaliser = logSum(logits);
    const nats = normaliser - (logits[id] ?? Number.NEGATIVE_INFINITY);
    return {
      id,
      text: this.#decoder.push(id) + (isLast ? this.#decoder.end() : ''),
      piece: pieceWords(this.#tokenizer, id),
      probability: Math.exp(-nats),
      nats,
      alternatives: likeliest(logits, normaliser).map(({ token, probability }) => ({
        id: token,
        text: pieceWords(this.#tokenizer, token),
        probability,
      })),
    };
  }
}
