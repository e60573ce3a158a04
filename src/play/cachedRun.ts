/** Runs a model over a text, keeping keys and values of what it has read: the next token then costs one token. */

import { OrtRunError } from '../export/ort/errors.ts';
import { cachedFeeds, type KeyValues, keyValuesOf, noKeyValues } from '../export/ort/feeds.ts';
import { floatsOf } from '../export/ort/session.ts';
import type { PlayModel } from './playModel.ts';

export class CachedRun {
  readonly #model: Pick<PlayModel, 'config' | 'session'>;
  #held = 0;
  #cache: KeyValues;

  constructor(model: Pick<PlayModel, 'config' | 'session'>) {
    this.#model = model;
    this.#cache = noKeyValues(model.config);
  }

  /** Tokens whose keys and values are kept. */
  get held(): number {
    return this.#held;
  }

  /** Forgets all that was read. */
  clear(): void {
    this.#held = 0;
    this.#cache = noKeyValues(this.#model.config);
  }

  /**
   * Reads on: logits of the token after each of `tokens`, [tokens.length, vocabulary]. Positions count on from what is held.
   * @throws RangeError where both together are longer than the context, or `tokens` is empty; OrtRunError
   */
  async read(tokens: Uint16Array): Promise<Float32Array> {
    const { session, config } = this.#model;
    const all = this.#held + tokens.length;
    if (tokens.length === 0 || all > config.context) {
      throw new RangeError(
        `${tokens.length} tokens after ${this.#held} do not fit a context of ${config.context}`,
      );
    }
    const outputs = await session.run(cachedFeeds(tokens, this.#held, this.#cache));
    const logits = floatsOf(outputs, 'logits');
    if (logits.length !== tokens.length * config.vocabulary) {
      throw new OrtRunError(
        `it gave ${logits.length} logits for ${tokens.length} tokens of a vocabulary of ${config.vocabulary}`,
      );
    }
    this.#cache = keyValuesOf(outputs);
    this.#held = all;
    return logits;
  }
}
