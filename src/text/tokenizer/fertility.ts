/** How finely a tokenizer cuts a text: the more tokens a word takes, the more a model must compute for the same text. */

import { givesBack } from './file/fidelity.ts';
import type { Tokenizer } from './tokenizer.ts';

export type Fertility = {
  readonly bytes: number;
  /** Unicode code points. */
  readonly characters: number;
  /** As Unicode cuts text into words (UAX #29), with a dictionary where a script has no spaces. */
  readonly words: number;
  readonly tokens: number;
  /** Documents that the tokenizer does not give back; 0 but for some that were brought along. */
  readonly changed: number;
  /** These four are 0 for a sample without text. */
  readonly bytesPerToken: number;
  readonly tokensPerByte: number;
  readonly tokensPerCharacter: number;
  readonly tokensPerWord: number;
};

/** Of all documents of a sample together, their ends not counted. */
export function fertility(tokenizer: Tokenizer, sample: Iterable<string>): Fertility {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const encoder = new TextEncoder();
  let [bytes, characters, words, tokens, changed] = [0, 0, 0, 0, 0];
  for (const text of sample) {
    tokens += tokenizer.encode(text).length;
    bytes += encoder.encode(text).length;
    for (const _ of text) characters++;
    for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words++;
    if (!givesBack(tokenizer, text)) changed++;
  }
  const per = (count: number, whole: number) => (whole === 0 ? 0 : count / whole);
  return {
    bytes,
    characters,
    words,
    tokens,
    changed,
    bytesPerToken: per(bytes, tokens),
    tokensPerByte: per(tokens, bytes),
    tokensPerCharacter: per(tokens, characters),
    tokensPerWord: per(tokens, words),
  };
}
