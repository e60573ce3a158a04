/** A `tokenizer.json` checked: what every kind of it must hold before anything is made of it. */

import { TokenizerError } from '../errors.ts';
import type { Merge } from '../mergeTable.ts';
import type { TokenizerJson } from '../tokenizer.ts';
import { fieldsOf } from './byteLevel.ts';

/** Tokens are kept in 16 bits. */
const MAX_TOKEN_IDS = 65_536;

/** Names under which tokenizers know the end of a document, those of which two may be in one file in order of preference. */
const END_OF_DOCUMENT_NAMES: readonly string[] = [
  '<|endoftext|>',
  '<|end_of_text|>',
  '</s>',
  '<eos>',
  '<EOS>',
  '[EOS]',
  '<|eos|>',
];

type AddedToken = { readonly id: number; readonly content: string; readonly special: boolean };

export type ParsedFile = {
  readonly json: TokenizerJson;
  readonly modelType: 'BPE' | 'Unigram';
  readonly model: Readonly<Record<string, unknown>>;
  /** Of the model alone, without added tokens that it does not have itself. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** None for Unigram. */
  readonly merges: readonly Merge[];
  readonly added: readonly AddedToken[];
  /** Highest id + 1. */
  readonly size: number;
  readonly endOfDocument: number;
  /** Tokens that are no text: the end of a document, the unknown, and whatever the file calls special. */
  readonly specials: ReadonlySet<number>;
};

/** Throws {@link TokenizerError} at the first field that cannot be. */
export function parseTokenizerFile(json: unknown, file: string): ParsedFile {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new TokenizerError(file, '', 'this is not a JSON object; name a tokenizer.json of Hugging Face');
  }
  const fields = fieldsOf(json);
  const model = fieldsOf(fields.model);
  const modelType = modelTypeOf(model.type, file);
  const vocabulary =
    modelType === 'BPE' ? bpeVocabulary(model.vocab, file) : unigramVocabulary(model.vocab, file);
  const added = addedTokens(fields.added_tokens, file);
  const size = sizeOf(vocabulary, added, file);
  const endOfDocument = endOfDocumentOf(vocabulary, added, file);
  const specials = new Set([endOfDocument, ...added.filter(({ special }) => special).map(({ id }) => id)]);
  const unknown = modelType === 'BPE' ? unknownOf(model.unk_token, vocabulary) : model.unk_id;
  if (typeof unknown === 'number') specials.add(unknown);
  return {
    json: fields,
    modelType,
    model,
    vocabulary,
    merges: modelType === 'BPE' ? mergesOf(model, vocabulary, file) : [],
    added,
    size,
    endOfDocument,
    specials,
  };
}

function modelTypeOf(type: unknown, file: string): 'BPE' | 'Unigram' {
  if (type === 'BPE' || type === 'Unigram') return type;
  throw new TokenizerError(
    file,
    'model.type',
    type === undefined
      ? 'this field is missing; name a tokenizer.json of Hugging Face'
      : `${JSON.stringify(type)} cannot be read; bring a BPE or a Unigram tokenizer (WordPiece and WordLevel do not give back the text)`,
  );
}

function bpeVocabulary(value: unknown, file: string): Map<string, number> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenizerError(file, 'model.vocab', 'this is not an object of tokens and their ids');
  }
  const vocabulary = new Map(Object.entries(value as Record<string, unknown>));
  for (const [name, id] of vocabulary) checkId(id, `model.vocab[${JSON.stringify(name)}]`, file);
  return vocabulary as Map<string, number>;
}

function unigramVocabulary(value: unknown, file: string): Map<string, number> {
  if (!Array.isArray(value) || value.length === 0) {
    throw new TokenizerError(file, 'model.vocab', 'this is not a list of tokens and their scores');
  }
  const vocabulary = new Map<string, number>();
  for (const [id, entry] of value.entries()) {
    const [name, score] = Array.isArray(entry) ? entry : [];
    if (typeof name !== 'string' || typeof score !== 'number') {
      throw new TokenizerError(file, `model.vocab[${id}]`, 'this is not a token and its score');
    }
    vocabulary.set(name, id);
  }
  return vocabulary;
}

/** Where the file names none, a token that is spelled `null` or `undefined` is text like any other. */
function unknownOf(name: unknown, vocabulary: ReadonlyMap<string, number>): number | undefined {
  return typeof name === 'string' ? vocabulary.get(name) : undefined;
}

function addedTokens(value: unknown, file: string): AddedToken[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new TokenizerError(file, 'added_tokens', 'this is not a list');
  return value.map((entry: unknown, index) => {
    const { id, content, special } = fieldsOf(entry);
    checkId(id, `added_tokens[${index}].id`, file);
    if (typeof content !== 'string' || content === '') {
      throw new TokenizerError(file, `added_tokens[${index}].content`, 'this is not the text of a token');
    }
    return { id, content, special: special === true };
  });
}

function checkId(id: unknown, field: string, file: string): asserts id is number {
  if (Number.isSafeInteger(id) && (id as number) >= 0) return;
  throw new TokenizerError(
    file,
    field,
    `${JSON.stringify(id) ?? 'nothing'} is not the id of a token, a whole number of 0 or more`,
  );
}

function sizeOf(vocabulary: ReadonlyMap<string, number>, added: readonly AddedToken[], file: string): number {
  let highest = -1;
  for (const id of vocabulary.values()) highest = Math.max(highest, id);
  for (const { id } of added) highest = Math.max(highest, id);
  if (highest < MAX_TOKEN_IDS) return highest + 1;
  throw new TokenizerError(
    file,
    'model.vocab',
    `there are ${(highest + 1).toLocaleString('en')} tokens, and at most ${MAX_TOKEN_IDS.toLocaleString('en')} can be used here; bring a smaller tokenizer, or train one`,
  );
}

function endOfDocumentOf(
  vocabulary: ReadonlyMap<string, number>,
  added: readonly AddedToken[],
  file: string,
): number {
  const ids = new Map([...vocabulary, ...added.map(({ content, id }) => [content, id] as const)]);
  for (const name of END_OF_DOCUMENT_NAMES) {
    const id = ids.get(name);
    if (id !== undefined) return id;
  }
  throw new TokenizerError(
    file,
    'added_tokens',
    `no token ends a document; one of ${END_OF_DOCUMENT_NAMES.join(' ')} is needed`,
  );
}

function mergesOf(
  { merges, continuing_subword_prefix }: Readonly<Record<string, unknown>>,
  vocabulary: ReadonlyMap<string, number>,
  file: string,
): Merge[] {
  if (!Array.isArray(merges)) {
    throw new TokenizerError(
      file,
      'model.merges',
      'this is not a list of pairs; without its merges a BPE cannot be run',
    );
  }
  const prefix = typeof continuing_subword_prefix === 'string' ? continuing_subword_prefix : '';
  return merges.map((entry: unknown, index) => {
    const field = `model.merges[${index}]`;
    const [left, right, more] = Array.isArray(entry)
      ? entry
      : typeof entry === 'string'
        ? entry.split(' ')
        : [];
    if (typeof left !== 'string' || typeof right !== 'string' || more !== undefined) {
      throw new TokenizerError(file, field, `${JSON.stringify(entry)} is not a pair of tokens`);
    }
    const id = (name: string): number => {
      const known = vocabulary.get(name);
      if (known !== undefined) return known;
      throw new TokenizerError(
        file,
        field,
        `${JSON.stringify(name)} is not in model.vocab; the file is damaged`,
      );
    };
    return { left: id(left), right: id(right), merged: id(left + right.slice(prefix.length)) };
  });
}
