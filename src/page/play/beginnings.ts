/** Beginnings in both languages, for who has no words of their own: from the texts that are open. */

import type { CorpusFacts, Side } from '../../worker/api/texts.ts';

export type Beginning = { readonly side: Side; readonly language: string | null; readonly text: string };

const SIDES: readonly Side[] = ['target', 'source'];
/** As much as a sentence begins with. */
const LETTERS = 24;

/** The first words of a training document of each text; whole words where there are spaces between them. */
export function beginnings(corpora: Readonly<Record<Side, CorpusFacts | null>>): Beginning[] {
  return SIDES.flatMap((side) => {
    const facts = corpora[side];
    const document = documentOf(facts);
    if (!facts || document === '') return [];
    return [{ side, language: facts.language, text: firstWords(document) }];
  });
}

/** A document of each text, or as much as was told of it up to the end of a sentence. */
export function examples(corpora: Readonly<Record<Side, CorpusFacts | null>>): Beginning[] {
  return SIDES.flatMap((side) => {
    const facts = corpora[side];
    const text = documentOf(facts);
    return facts && text !== '' ? [{ side, language: facts.language, text: wholeSentences(text) }] : [];
  });
}

function documentOf(facts: CorpusFacts | null): string {
  return facts?.preview.map((text) => text.trim()).find((text) => text !== '') ?? '';
}

/** What is told of a long document ends anywhere, in an ellipsis that is not the text's. */
function wholeSentences(text: string): string {
  if (!text.endsWith('…')) return text;
  const cut = text.slice(0, -1);
  const end = Math.max(...['. ', '! ', '? ', '。', '." '].map((sign) => cut.lastIndexOf(sign)));
  return end > 0 ? cut.slice(0, end + 1) : cut;
}

function firstWords(document: string): string {
  const [line = ''] = document.split('\n', 1);
  const letters = [...line];
  if (letters.length <= LETTERS) return line;
  const cut = letters.slice(0, LETTERS).join('');
  const space = cut.lastIndexOf(' ');
  return space > 0 ? cut.slice(0, space) : cut;
}
