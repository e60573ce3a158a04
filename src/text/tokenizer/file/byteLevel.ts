/**
 * Our tokenizers as a Hugging Face `tokenizer.json`: byte-level BPE, and the end-of-document token, which is put before
 * every text. Token ids are the same there as here.
 */

import { type Cut, LAB_PATTERN } from '../preTokens.ts';
import type { TokenizerJson } from '../tokenizer.ts';

export const END_OF_DOCUMENT_TEXT = '<|endoftext|>';

type ByteLevelFile = {
  /** Tokens in the characters of bytes, and their ids. */
  readonly vocabulary: Readonly<Record<string, number>>;
  /** Left and right token, a space between them, in the order in which they were learnt. */
  readonly merges: readonly string[];
  readonly endOfDocument: number;
  readonly cut: Exclude<Cut, 'gpt2'>;
};

/** The value of `tokenizer.json`. */
export function byteLevelFile({ vocabulary, merges, endOfDocument, cut }: ByteLevelFile): TokenizerJson {
  const special = (sequence: string) => [
    { SpecialToken: { id: END_OF_DOCUMENT_TEXT, type_id: 0 } },
    { Sequence: { id: sequence, type_id: 0 } },
  ];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [
      {
        id: endOfDocument,
        content: END_OF_DOCUMENT_TEXT,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      },
    ],
    normalizer: { type: 'NFC' },
    pre_tokenizer: cut === 'none' ? BYTE_LEVEL : LAB_PRE_TOKENIZER,
    post_processor: {
      type: 'TemplateProcessing',
      single: special('A'),
      pair: [...special('A'), ...special('B')],
      special_tokens: {
        [END_OF_DOCUMENT_TEXT]: {
          id: END_OF_DOCUMENT_TEXT,
          ids: [endOfDocument],
          tokens: [END_OF_DOCUMENT_TEXT],
        },
      },
    },
    decoder: BYTE_LEVEL,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges,
    },
  };
}

const BYTE_LEVEL = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };

const LAB_PRE_TOKENIZER = {
  type: 'Sequence',
  pretokenizers: [
    { type: 'Split', pattern: { Regex: LAB_PATTERN }, behavior: 'Isolated', invert: false },
    BYTE_LEVEL,
  ],
};

/** How a `pre_tokenizer` cuts, where it is one of those that are run here; else null. */
export function cutOf(preTokenizer: unknown): Cut | null {
  const { type, add_prefix_space, use_regex, pretokenizers } = fieldsOf(preTokenizer);
  if (type === 'ByteLevel' && add_prefix_space === false) return use_regex === false ? 'none' : 'gpt2';
  if (type !== 'Sequence' || !Array.isArray(pretokenizers) || pretokenizers.length !== 2) return null;
  const [split, byteLevel] = pretokenizers.map(fieldsOf);
  const isLab =
    split?.type === 'Split' &&
    split.behavior === 'Isolated' &&
    split.invert === false &&
    fieldsOf(split.pattern).Regex === LAB_PATTERN &&
    cutOf(byteLevel) === 'none';
  return isLab ? 'lab' : null;
}

/** The fields of a JSON object; none where the value is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
