/** Commands about texts. */

import type { TextCommand, TextReply } from '../api/texts.ts';
import type { Handlers } from '../serve.ts';
import type { TextShelf } from '../texts/textShelf.ts';
import type { TokenDesk } from '../texts/tokenDesk.ts';

export function textCommands(texts: TextShelf, tokens: TokenDesk): Handlers<TextCommand, TextReply> {
  return {
    readCorpus: ({ side, origin }, signal) => texts.read(side, origin, signal),
    describeCorpus: ({ side, spec }, signal) => texts.describe(side, spec, signal),
    reference: (wish, signal) => tokens.reference(wish, signal),
  };
}
