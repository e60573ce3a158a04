/**
 * The byte tokenizer as a Hugging Face `tokenizer.json`: byte-level BPE with 256 entries and no merges, and the
 * end-of-document token, which is put before every text. Token ids are the same there as here.
 */

import { BYTE_VOCABULARY, byteTokenizer, END_OF_DOCUMENT } from '../../text/bytes.ts';
import type { Tokenizer } from '../../text/tokenizer.ts';
import { CheckpointError } from './huggingFace.ts';

const END_OF_DOCUMENT_TEXT = '<|endoftext|>';

/** The value of `tokenizer.json`. */
export function byteTokenizerFile(): Record<string, unknown> {
  const vocabulary = Object.fromEntries(byteCharacters().map((character, byte) => [character, byte]));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [
      {
        id: END_OF_DOCUMENT,
        content: END_OF_DOCUMENT_TEXT,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      },
    ],
    normalizer: { type: 'NFC' },
    pre_tokenizer: byteLevel,
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: END_OF_DOCUMENT_TEXT, type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
      ],
      pair: [
        { SpecialToken: { id: END_OF_DOCUMENT_TEXT, type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: END_OF_DOCUMENT_TEXT, type_id: 0 } },
        { Sequence: { id: 'B', type_id: 0 } },
      ],
      special_tokens: {
        [END_OF_DOCUMENT_TEXT]: {
          id: END_OF_DOCUMENT_TEXT,
          ids: [END_OF_DOCUMENT],
          tokens: [END_OF_DOCUMENT_TEXT],
        },
      },
    },
    decoder: byteLevel,
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
      merges: [],
    },
  };
}

/** The tokenizer of a `tokenizer.json`; `file` is for errors. Throws {@link CheckpointError} for any but the byte tokenizer. */
export function readTokenizerFile(json: unknown, file: string): Tokenizer {
  const { model, added_tokens: added } = (json ?? {}) as {
    model?: { type?: unknown; vocab?: Record<string, unknown>; merges?: unknown };
    added_tokens?: { id?: unknown }[];
  };
  const isBytes =
    model?.type === 'BPE' &&
    Array.isArray(model.merges) &&
    model.merges.length === 0 &&
    byteCharacters().every((character, byte) => model.vocab?.[character] === byte) &&
    Object.keys(model.vocab ?? {}).length === BYTE_VOCABULARY - 1 &&
    Array.isArray(added) &&
    added.length === 1 &&
    added[0]?.id === END_OF_DOCUMENT;
  if (!isBytes)
    throw new CheckpointError(file, 'this is not the byte tokenizer, the only one that can be read yet');
  return byteTokenizer;
}

/**
 * The printable character that stands for each byte in byte-level BPE: itself where it is printable, else the next
 * unused one from U+0100 on. Source: `bytes_to_unicode` of openai/gpt-2, src/encoder.py.
 */
function byteCharacters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCodePoint(printable ? byte : next++);
  });
}
