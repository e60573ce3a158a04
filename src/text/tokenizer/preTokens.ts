/**
 * Where a text is cut before pairs are merged: no token of a BPE crosses a cut. Both patterns cover every text, so that
 * the pieces joined are the text again.
 */

/**
 * Longest piece, in characters, a space before it not counted. Scripts without spaces give runs as long as a
 * sentence, and damaged text gives longer ones; merging and counting stay fast where a piece is bounded.
 */
export const MAX_PIECE_CHARACTERS = 32;

const RUN = `{1,${MAX_PIECE_CHARACTERS}}`;

/**
 * GPT-2's pattern, with two changes: marks belong to the letters they stand on (vowel signs of many scripts are marks), and runs
 * are bounded. In the words of a `tokenizer.json`, whose \s is the Unicode property White_Space.
 */
export const LAB_PATTERN = `'(?:s|t|re|ve|m|ll|d)| ?[\\p{L}\\p{M}]${RUN}| ?\\p{N}${RUN}| ?[^\\s\\p{L}\\p{M}\\p{N}]${RUN}|\\s${RUN}(?!\\S)|\\s${RUN}`;

/** How a tokenizer cuts: as this lab does, as GPT-2 does, or not at all. */
export type Cut = 'lab' | 'gpt2' | 'none';

const PATTERNS: Readonly<Record<Exclude<Cut, 'none'>, RegExp>> = {
  // JavaScript's own \s lacks U+0085 and has U+FEFF.
  lab: new RegExp(
    LAB_PATTERN.replaceAll('\\s', '\\p{White_Space}').replaceAll('\\S', '\\P{White_Space}'),
    'gu',
  ),
  // Source: openai/gpt-2, src/encoder.py; with JavaScript's \s, as @huggingface/tokenizers has it.
  gpt2: /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu,
};

/** The pieces of a text, in order. */
export function preTokens(text: string, cut: Cut): readonly string[] {
  if (cut === 'none') return text === '' ? [] : [text];
  return text.match(PATTERNS[cut]) ?? [];
}
