import { describe, expect, test } from 'vitest';
import { BYTE_CHARACTERS, spell, unspell } from '../../../src/text/tokenizer/byteCharacters.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import { TokenizerError } from '../../../src/text/tokenizer/errors.ts';
import { readTokenizer } from '../../../src/text/tokenizer/file/read.ts';
import { trainBpe } from '../../../src/text/tokenizer/training/trainBpe.ts';
import {
  addedToken,
  gpt2File,
  libraryIds,
  llamaFile,
  MIXED,
  smallBpe,
  TRICKY,
  unigramFile,
} from './fixtures.ts';

const throughFile = (json: unknown) => JSON.parse(JSON.stringify(json));
const SAMPLES = [...TRICKY, ...MIXED.slice(0, 40)];

test('bytes are spelled with the characters of GPT-2', () => {
  // Ġ is the space, Ċ the line feed, ł the byte 0xA0, Ń the soft hyphen.
  expect([65, 32, 10, 0, 0xa0, 0xad, 255].map((byte) => BYTE_CHARACTERS[byte])).toEqual([
    'A',
    'Ġ',
    'Ċ',
    'Ā',
    'ł',
    'Ń',
    'ÿ',
  ]);
  expect(new Set(BYTE_CHARACTERS).size).toBe(256);
  expect(unspell(spell(Uint8Array.of(0, 32, 200)))).toEqual(Uint8Array.of(0, 32, 200));
  expect(unspell('a b')).toBeNull();
});

describe('the byte tokenizer', () => {
  test('has every byte at its own id, and gives the ids of @huggingface/tokenizers', () => {
    for (const sample of SAMPLES) {
      expect([...byteTokenizer.encode(sample)], sample).toEqual(libraryIds(byteTokenizer.file(), sample));
    }
    expect(libraryIds(byteTokenizer.file(), '<|endoftext|>')).toEqual([256]);
  });

  test('reads back', async () => {
    expect(await readTokenizer(throughFile(byteTokenizer.file()), 'x')).toBe(byteTokenizer);
    expect(byteTokenizer.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect([byteTokenizer.bytesOf(7), byteTokenizer.bytesOf(256), byteTokenizer.bytesOf(257)]).toEqual([
      1, 1, 0,
    ]);
  });
});

describe('a trained BPE', () => {
  test('reads back as it was', async () => {
    const bpe = await smallBpe();
    const read = await readTokenizer(throughFile(bpe.file()), 'x');
    expect(read.kind).toBe('bpe');
    expect(read.fingerprint).toBe(bpe.fingerprint);
    expect([read.vocabulary, read.endOfDocument]).toEqual([700, 256]);
    for (const sample of SAMPLES) expect([...read.encode(sample)]).toEqual([...bpe.encode(sample)]);
    expect(read.fingerprint).not.toBe(byteTokenizer.fingerprint);
  });
});

describe('a file brought along', () => {
  test.each(['null', 'undefined'])('may have a token that is spelled %s', async (name) => {
    const documents = [...MIXED, ...Array<string>(200).fill(`(${name}) and ${name}`)];
    const bpe = await trainBpe({ texts: [{ documents, share: 1 }], vocabulary: 512 });
    const json = gpt2File(bpe);
    const token = json.model.vocab[name];
    expect(token).toBeTypeOf('number');
    for (const unknown of [null, undefined]) {
      json.model.unk_token = unknown;
      const read = await readTokenizer(json, 'x');
      expect(read.decode(read.encode(`(${name})`))).toBe(`(${name})`);
      expect(read.bytesOf(token)).toBe(name.length);
    }
    // Only where the file says so is it no text.
    json.model.unk_token = name;
    expect((await readTokenizer(json, 'x')).bytesOf(token)).toBe(0);
  });

  test('in the manner of GPT-2 is run here, with the ids of the library', async () => {
    const json = gpt2File(await smallBpe());
    const read = await readTokenizer(json, 'gpt2.json');
    expect([read.kind, read.vocabulary, read.endOfDocument]).toEqual(['bpe', 701, 700]);
    for (const sample of SAMPLES) {
      expect([...read.encode(sample)], sample).toEqual(libraryIds(json, sample));
      expect(read.decode(read.encode(sample))).toBe(sample);
    }
    expect(read.file()).toEqual(json);
  });

  test('that cuts by a pattern of its own is run by the library', async () => {
    const bpe = await smallBpe();
    const json = throughFile(bpe.file());
    json.pre_tokenizer.pretokenizers[0].pattern.Regex =
      "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+|[^\\s]";
    const read = await readTokenizer(json, 'x');
    expect(read.kind).toBe('library');
    for (const sample of SAMPLES) {
      expect([...read.encode(sample)], sample).toEqual(libraryIds(json, sample));
      expect(read.decode(read.encode(sample))).toBe(sample);
    }
    expect(read.warnings).toEqual([]);
    const spelled = read.encode('a<|endoftext|>b');
    expect([...spelled]).not.toContain(read.endOfDocument);
    expect(read.decode(spelled)).toBe('a<|endoftext|>b');
  });

  test('with byte fallback gives back every document', async () => {
    const read = await readTokenizer(llamaFile(), 'llama.json');
    expect([read.kind, read.endOfDocument, read.warnings]).toEqual(['library', 2, []]);
    for (const sample of SAMPLES.map((text) => text.trim())) {
      expect(read.decode(read.encode(sample)), sample).toBe(sample);
      // The ids are the library's own.
      if (sample !== '') expect([...read.encode(sample)]).toEqual(libraryIds(llamaFile(), sample));
    }
    // "▁the", "▁and" and a byte of a character that has no token.
    const [the, and, byte] = [...read.encode('the and é')];
    expect([the, and].map((token) => read.bytesOf(token!))).toEqual([4, 4]);
    expect(read.decode([the!, and!])).toBe('the and');
    expect(read.bytesOf(byte!)).toBe(1);
    expect([read.bytesOf(0), read.bytesOf(1), read.bytesOf(2)]).toEqual([0, 0, 1]);
    expect(read.decode([...read.encode('the'), 2, ...read.encode('the')])).toBe('the\nthe');
    // What follows a prompt keeps its space; a new document has none.
    const decoder = read.decoder();
    expect([the!, 2, the!, and!].map((token) => decoder.push(token)).join('')).toBe(' the\nthe and');
  });

  test('of Unigram is run with a warning about what it cannot give back', async () => {
    const json = unigramFile();
    const read = await readTokenizer(json, 'unigram.json');
    expect([read.kind, read.vocabulary, read.endOfDocument]).toEqual(['library', json.model.vocab.length, 1]);
    const plain = 'the old farmer and the 12 goats';
    expect([...read.encode(plain)]).toEqual(libraryIds(json, plain));
    expect(read.decode(read.encode(plain))).toBe(plain);
    expect(read.warnings).toHaveLength(1);
    expect(read.warnings[0]).toMatch(/^unigram\.json does not give back every text \(.*Japanese.*emoji.*\)/);
    // The library would end the document here.
    expect(libraryIds(json, 'a</s>b')).toContain(1);
    const spelled = read.encode('a</s>b');
    expect([...spelled]).not.toContain(1);
    expect(read.decode(spelled)).toBe('a</s>b');
  });

  test('is refused where it changes plain text', async () => {
    const lower = { ...unigramFile(), normalizer: { type: 'Lowercase' } };
    await expect(readTokenizer(lower, 'lower.json')).rejects.toThrow(
      /^lower\.json: this tokenizer changes plain text: "The old man .* comes back as "the old man/,
    );
    const withoutDigits = unigramFile();
    withoutDigits.model.vocab = withoutDigits.model.vocab.filter(([name]) => !/[0-9]/.test(name));
    await expect(readTokenizer(withoutDigits, 'x')).rejects.toThrow(TokenizerError);
  });
});

describe('a file is refused', () => {
  type File = ReturnType<typeof llamaFile>;
  const damaged = (damage: (file: File) => unknown): unknown => {
    const file = llamaFile();
    const other = damage(file);
    return other === undefined ? file : other;
  };
  const model = (fields: object) => (file: File) => ({ ...file, model: { ...file.model, ...fields } });

  test.each<[string, unknown, string, RegExp]>([
    ['that is no object', [1], '', /not a JSON object/],
    ['that is null', null, '', /not a JSON object/],
    ['without a model', {}, 'model.type', /is missing/],
    [
      'of WordPiece',
      damaged(model({ type: 'WordPiece' })),
      'model.type',
      /"WordPiece" cannot be read; bring a BPE/,
    ],
    ['of WordLevel', damaged(model({ type: 'WordLevel' })), 'model.type', /"WordLevel"/],
    ['without a vocabulary', damaged(model({ vocab: null })), 'model.vocab', /not an object/],
    ['whose ids are none', damaged(model({ vocab: { a: 1.5 } })), 'model.vocab["a"]', /1\.5 is not the id/],
    [
      'with too many tokens',
      damaged(model({ vocab: { a: 65_536 } })),
      'model.vocab',
      /65,537 tokens, and at most 65,536/,
    ],
    ['without merges', damaged(model({ merges: undefined })), 'model.merges', /cannot be run/],
    [
      'whose merges are none',
      damaged(model({ merges: ['a n', 'an'] })),
      'model.merges[1]',
      /"an" is not a pair/,
    ],
    [
      'whose merges have a third',
      damaged(model({ merges: [['a', 'n', 'd']] })),
      'model.merges[0]',
      /not a pair/,
    ],
    [
      'whose merges name strangers',
      damaged(model({ merges: ['a n', 'q ü'] })),
      'model.merges[1]',
      /"ü" is not in model\.vocab/,
    ],
    ['whose merges give strangers', damaged(model({ merges: ['q z'] })), 'model.merges[0]', /"qz" is not in/],
    [
      'where nothing ends a document',
      damaged((file) => {
        file.added_tokens = [addedToken(0, '<unk>')];
        file.model.vocab = Object.fromEntries(
          Object.entries(file.model.vocab).filter(([name]) => name !== '</s>'),
        );
      }),
      'added_tokens',
      /no token ends a document; one of <\|endoftext\|>/,
    ],
    [
      'whose added tokens are none',
      damaged((file) => ({ ...file, added_tokens: [{ id: 3 }] })),
      'added_tokens[0].content',
      /not the text/,
    ],
    [
      'whose added tokens are no list',
      damaged((file) => ({ ...file, added_tokens: {} })),
      'added_tokens',
      /not a list/,
    ],
    [
      'with a part the library lacks',
      damaged((file) => ({ ...file, normalizer: { type: 'Magic' } })),
      '',
      /cannot run it: .*Magic/,
    ],
  ])('%s', async (_, json, field, words) => {
    const error = await readTokenizer(json, 't.json').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TokenizerError);
    expect((error as TokenizerError).message).toMatch(words);
    expect(error).toMatchObject({ file: 't.json', field });
    expect((error as TokenizerError).message.startsWith('t.json: ')).toBe(true);
  });

  test.each<[string, unknown, RegExp]>([
    ['of no pieces', [], /not a list/],
    ['without scores', [['a']], /not a token and its score/],
  ])('Unigram %s', async (_, vocab, words) => {
    const file = unigramFile();
    await expect(readTokenizer({ ...file, model: { ...file.model, vocab } }, 'x')).rejects.toThrow(words);
  });
});
