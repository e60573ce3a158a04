/**
 * Tokenizers that are not run here: SentencePiece as Hugging Face converts it (BPE with byte fallback, Unigram), and
 * byte-level BPE that cuts text by a pattern of its own. @huggingface/tokenizers, loaded when it is first needed, encodes;
 * decoding needs only the bytes of each token.
 */

import { unspell } from '../byteCharacters.ts';
import { TokenizerError } from '../errors.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { TokenBytes } from '../tokenBytes.ts';
import type { TokenDecoder, Tokenizer, TokenizerJson } from '../tokenizer.ts';
import { fieldsOf } from './byteLevel.ts';
import { checkFidelity } from './fidelity.ts';
import type { ParsedFile } from './parse.ts';

/** SentencePiece's space. */
const META_SPACE = '▁';
const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

type Encode = (text: string) => Uint16Array;

/** Throws {@link TokenizerError} where the library refuses the file, or the tokenizer changes plain text. */
export async function openWithLibrary(parsed: ParsedFile, file: string): Promise<Tokenizer> {
  const { Tokenizer: LibraryTokenizer } = await import('@huggingface/tokenizers');
  let encode: Encode;
  try {
    const library = new LibraryTokenizer(withoutSpecials(parsed), {});
    // A character that has no token and no unknown token stands for nothing, as in the library's original.
    encode = (text) => {
      const { ids } = library.encode(text, { add_special_tokens: false });
      return Uint16Array.from(ids.filter((id: number | undefined) => id !== undefined));
    };
    encode('a');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TokenizerError(file, '', `@huggingface/tokenizers cannot run it: ${problem}`, error);
  }
  return new LibraryRun(parsed, encode, file);
}

class LibraryRun implements Tokenizer {
  readonly kind = 'library';
  readonly vocabulary: number;
  readonly endOfDocument: number;
  readonly warnings: readonly string[];
  readonly encode: Encode;
  private readonly json: TokenizerJson;
  private readonly tokenBytes: TokenBytes;
  /** Whether a space is put before every document, to be taken away again. */
  private readonly hasPrefix: boolean;
  private hash: string | null = null;

  constructor(parsed: ParsedFile, encode: Encode, file: string) {
    this.json = parsed.json;
    this.vocabulary = parsed.size;
    this.endOfDocument = parsed.endOfDocument;
    this.encode = encode;
    this.tokenBytes = new TokenBytes(piecesOf(parsed), parsed.endOfDocument);
    this.hasPrefix = this.tokenBytes.decode(encode('a')) === ' a';
    this.warnings = checkFidelity({ encode, decode: (tokens) => this.decode(tokens) }, file);
  }

  get fingerprint(): string {
    this.hash ??= fingerprintOf(this.json);
    return this.hash;
  }

  decode(tokens: ArrayLike<number>): string {
    const documents: number[][] = [[]];
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i] ?? this.endOfDocument;
      if (token === this.endOfDocument) documents.push([]);
      else documents.at(-1)?.push(token);
    }
    return documents.map((document) => this.withoutPrefix(this.tokenBytes.decode(document))).join('\n');
  }

  decoder(): TokenDecoder {
    const inner = this.tokenBytes.decoder();
    // What follows a prompt is not the beginning of a document.
    let begins = false;
    return {
      push: (token) => {
        const text = inner.push(token);
        if (text === '') return '';
        const shown = begins ? this.withoutPrefix(text) : text;
        begins = token === this.endOfDocument;
        return shown;
      },
      end: () => inner.end(),
    };
  }

  bytesOf(token: number): number {
    return this.tokenBytes.lengthOf(token);
  }

  pieceOf(token: number): Uint8Array {
    return this.tokenBytes.of(token);
  }

  file(): TokenizerJson {
    return this.json;
  }

  private withoutPrefix(text: string): string {
    return this.hasPrefix && text.startsWith(' ') ? text.slice(1) : text;
  }
}

/** The file as the library gets it: special tokens cannot be found in a text, so one that a document spells out is text. */
function withoutSpecials({ json, modelType, model, added, specials }: ParsedFile): Record<string, unknown> {
  const kept = new Set(added.filter(({ id }) => !specials.has(id)));
  const list = Array.isArray(json.added_tokens) ? json.added_tokens : [];
  return {
    normalizer: null,
    pre_tokenizer: null,
    decoder: null,
    ...json,
    post_processor: null,
    added_tokens: list.filter((_, index) => {
      const token = added[index];
      return token !== undefined && kept.has(token);
    }),
    // Unigram looks up every stretch of a text; no text holds NUL.
    model:
      modelType === 'Unigram' && Array.isArray(model.vocab)
        ? {
            ...model,
            vocab: model.vocab.map((entry, id) => (specials.has(id) ? [`\0${id}`, entry[1]] : entry)),
          }
        : model,
  };
}

function piecesOf({ json, vocabulary, added, size, specials }: ParsedFile): (Uint8Array | null)[] {
  const encoder = new TextEncoder();
  const isByteLevel = decoderTypes(json.decoder).includes('ByteLevel');
  const pieces = new Array<Uint8Array | null>(size).fill(null);
  for (const [name, token] of vocabulary) {
    const byte = BYTE_TOKEN.exec(name)?.[1];
    pieces[token] = isByteLevel
      ? unspell(name)
      : byte === undefined
        ? encoder.encode(name.replaceAll(META_SPACE, ' '))
        : Uint8Array.of(Number.parseInt(byte, 16));
  }
  for (const { id, content } of added) pieces[id] = encoder.encode(content);
  for (const token of specials) pieces[token] = null;
  return pieces;
}

function decoderTypes(decoder: unknown): unknown[] {
  const { type, decoders } = fieldsOf(decoder);
  return [type, ...(Array.isArray(decoders) ? decoders.flatMap(decoderTypes) : [])];
}
