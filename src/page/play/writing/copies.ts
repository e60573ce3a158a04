/** Which tokens of a text lie in stretches that stand in the training texts too. */

import type { Copied, CopiedSpan } from '../../../worker/api/models.ts';
import { byteWords, percent } from '../tokens/words.ts';

/** For each token the stretch that any of it lies in, or null. Tokens end to end are the text that was searched. */
export function copiedTokens(
  tokens: readonly { readonly text: string }[],
  spans: readonly CopiedSpan[],
): (CopiedSpan | null)[] {
  let at = 0;
  let next = 0;
  return tokens.map(({ text }) => {
    const from = at;
    at += text.length;
    while (next < spans.length && (spans[next]?.to ?? 0) <= from) next++;
    const span = spans[next];
    return span && span.from < at ? span : null;
  });
}

/** What was found, in a sentence or two, beside what is found of text that nobody copied. */
export function copiedWords({ n, spans, share, usual, searched }: Copied): string {
  const sides = (['target', 'source'] as const).filter((side) => searched[side]);
  if (sides.length === 0)
    return 'The texts that it was trained on are not open here, so nobody can say what it copied.';
  const where = (word: 'and' | 'or') => `the ${sides.join(` ${word} the `)} text`;
  const missing = searched.target ? '' : ' The target text is not open here.';
  if (spans.length === 0) return `No stretch of ${byteWords(n)} or more stands in ${where('or')}.${missing}`;
  const longest = Math.max(...spans.map(({ length }) => length));
  const found = `${percent(share)} stands word for word in ${where('and')}, in stretches of up to ${byteWords(longest)}.`;
  const beside = usual === null ? '' : ` Of held-out text, which nobody copied, it is ${percent(usual)}.`;
  return `${found}${beside}${missing}`;
}
