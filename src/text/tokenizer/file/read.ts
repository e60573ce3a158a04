/** A `tokenizer.json` → a tokenizer: our own and other byte-level BPE run here, the rest by the library. */

import { Bpe } from '../bpe.ts';
import { BYTE_CHARACTERS, unspell } from '../byteCharacters.ts';
import { BYTE_VOCABULARY, byteTokenizer, END_OF_DOCUMENT } from '../bytes.ts';
import type { Cut } from '../preTokens.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { cutOf, fieldsOf } from './byteLevel.ts';
import { checkFidelity } from './fidelity.ts';
import { openWithLibrary } from './library.ts';
import { type ParsedFile, parseTokenizerFile } from './parse.ts';

/**
 * The tokenizer of a `tokenizer.json`; `file` is for errors. Throws {@link TokenizerError} where it is none, is of a kind that cannot be
 * used, or changes plain text.
 */
export async function readTokenizer(json: unknown, file: string): Promise<Tokenizer> {
  const parsed = parseTokenizerFile(json, file);
  const cut = cutToRunHere(parsed);
  if (cut === null) return openWithLibrary(parsed, file);
  if (isBytes(parsed, cut)) return byteTokenizer;
  const bpe = bpeOf(parsed, cut);
  checkFidelity(bpe, file);
  return bpe;
}

/** How the file cuts text, where it is byte-level BPE with nothing in it that {@link Bpe} does not know; else null. */
function cutToRunHere({ json, modelType, model, vocabulary, added, merges }: ParsedFile): Cut | null {
  const normalizer = json.normalizer ?? null;
  const isPlain =
    modelType === 'BPE' &&
    !model.dropout &&
    !model.continuing_subword_prefix &&
    !model.end_of_word_suffix &&
    !model.byte_fallback &&
    !model.ignore_merges &&
    (normalizer === null || fieldsOf(normalizer).type === 'NFC') &&
    fieldsOf(json.decoder).type === 'ByteLevel' &&
    added.every(({ special }) => special) &&
    BYTE_CHARACTERS.every((character) => vocabulary.has(character)) &&
    new Set(merges.map(({ left, right }) => left * 2 ** 16 + right)).size === merges.length;
  return isPlain ? cutOf(json.pre_tokenizer) : null;
}

function isBytes({ vocabulary, merges, size, endOfDocument }: ParsedFile, cut: Cut): boolean {
  return (
    cut === 'none' &&
    merges.length === 0 &&
    size === BYTE_VOCABULARY &&
    endOfDocument === END_OF_DOCUMENT &&
    BYTE_CHARACTERS.every((character, byte) => vocabulary.get(character) === byte)
  );
}

function bpeOf({ json, vocabulary, merges, size, endOfDocument, specials }: ParsedFile, cut: Cut): Bpe {
  const pieces = new Array<Uint8Array | null>(size).fill(null);
  for (const [name, token] of vocabulary) if (!specials.has(token)) pieces[token] = unspell(name);
  return new Bpe({ pieces, merges, endOfDocument, cut, file: json });
}
