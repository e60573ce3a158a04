/** Writing on a text, told while it goes on. */

import { lostCharacters } from '../../play/lost.ts';
import type { PlayModel } from '../../play/playModel.ts';
import { type WrittenToken, write } from '../../play/write.ts';
import { promptTokens } from '../../text/tokenizer/prompt.ts';
import type { Writing, Written } from '../api/play.ts';

/** Often enough to look live, seldom enough to cost nothing. */
const GATHER_MS = 50;

/**
 * Writes until the model ends its document, or as much as is asked for; `tell` hears of every token before the end, also where it is
 * broken off.
 */
export async function written(
  { tokenizer, ...model }: PlayModel,
  writing: Writing,
  tell: (tokens: readonly WrittenToken[]) => void,
  signal: AbortSignal,
): Promise<Written> {
  const begun = performance.now();
  const prompt = writing.prompt.normalize('NFC');
  const tokens: WrittenToken[] = [];
  let told = 0;
  let toldAt = begun;
  const tellNow = () => {
    if (tokens.length > told) tell(tokens.slice(told));
    told = tokens.length;
    toldAt = performance.now();
  };
  try {
    for await (const token of write({ ...model, tokenizer }, { ...writing, signal })) {
      tokens.push(token);
      if (token.id === tokenizer.endOfDocument) break;
      if (performance.now() - toldAt >= GATHER_MS) tellNow();
    }
  } finally {
    tellNow();
  }
  const hasEnded = tokens.at(-1)?.id === tokenizer.endOfDocument;
  const text = tokens.map((token) => token.text).join('');
  const start = promptTokens(tokenizer, prompt).length;
  return {
    // What is left of a character that was broken off comes with the end, before its line break.
    text: hasEnded ? text.replace(/\n$/, '') : text,
    tokens,
    ended: hasEnded ? 'document' : 'tokens',
    promptTokens: start,
    promptSeen: Math.min(start, model.config.context),
    lost: lostCharacters(tokenizer, prompt),
    milliseconds: performance.now() - begun,
  };
}
