import { describe, expect, test } from 'vitest';
import type { CorporaConfig } from '../../../src/formats/config.ts';
import type { DocumentList } from '../../../src/text/corpus/documentList.ts';
import type { ByteSource } from '../../../src/text/document.ts';
import { TextError } from '../../../src/text/errors.ts';
import type { Openers } from '../../../src/text/openCorpus.ts';
import { preparePair, Shelf, tokenizePair } from '../../../src/text/pair/pair.ts';
import type { PairError } from '../../../src/text/pair/pairError.ts';
import { tokenizerFor } from '../../../src/text/pair/pairTokenizer.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import { TokenizerError, VocabularyError } from '../../../src/text/tokenizer/errors.ts';
import { numbered, textsOf } from '../corpus/fixtures.ts';
import { smallBpe } from '../tokenizer/fixtures.ts';

/** Openers of files that are kept here, by path; what was opened is noted. */
function files(texts: Readonly<Record<string, string>>): Openers & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    fetch: async () => {
      throw new Error('nothing is fetched here');
    },
    cache: null,
    file: async ({ path }) => {
      const text = texts[path];
      if (text === undefined) throw new Error(`there is no ${path}`);
      opened.push(path);
      const bytes = new TextEncoder().encode(text);
      const source: ByteSource = {
        name: path.split('/').at(-1) ?? path,
        size: bytes.length,
        stream: () => [bytes],
        slice: async (start, end) => bytes.subarray(start, end),
      };
      return source;
    },
  };
}

const lines = (texts: readonly string[]) => `${texts.join('\n')}\n`;
const TARGET = lines(numbered(0, 200));
const SOURCE = lines(numbered(1000, 1300));

const config = (more: Partial<CorporaConfig> = {}): CorporaConfig => ({
  target: 'file:target.txt',
  source: 'file:source.txt',
  ...more,
});

describe('a pair', () => {
  test('is read from its specs, split and tokenised', async () => {
    const openers = files({ 'target.txt': TARGET, 'source.txt': SOURCE });
    const pair = await preparePair(config(), openers);
    expect(pair.target.name).toBe('target.txt');
    expect(pair.target.train.count + pair.target.validation.count).toBe(200);
    expect((pair.source?.train.count ?? 0) + (pair.source?.validation.count ?? 0)).toBe(300);
    const tokenizer = await smallBpe();
    const { target, source, tokenizer: same } = await tokenizePair(pair, tokenizer);
    expect(same).toBe(tokenizer);
    const bytes = (tokens: Uint16Array) => tokens.reduce((sum, token) => sum + tokenizer.bytesOf(token), 0);
    expect(bytes(target.train)).toBe(target.trainBytes + 1);
    expect(target.train.length).toBeLessThan(target.trainBytes);
    expect(bytes(source?.validation ?? new Uint16Array())).toBe((source?.validationBytes ?? 0) + 1);
  });

  test('without a source has none', async () => {
    const pair = await preparePair(config({ source: null }), files({ 'target.txt': TARGET }));
    expect(pair.source).toBeNull();
    expect((await tokenizePair(pair, byteTokenizer)).source).toBeNull();
  });

  test('of the built-in world knows its entropy, and tells how far it is told', async () => {
    const read: number[] = [];
    const pair = await preparePair(
      { target: 'world:en?bytes=600000', source: 'world:en?bytes=30000&seed=2' },
      files({}),
      { onProgress: ({ field, bytes, totalBytes }) => field === 'target' && read.push(bytes / totalBytes) },
    );
    const { target } = await tokenizePair(pair, byteTokenizer);
    expect(target.floorBitsPerByte).toBeGreaterThan(0.3);
    expect(read.length).toBeGreaterThan(0);
    expect(Math.max(...read)).toBeLessThanOrEqual(1);
  });

  test('takes of a file, and of its validation file, as much as the specs say', async () => {
    const openers = files({ 'target.txt': TARGET, 'valid.txt': lines(numbered(5000, 5400)) });
    const corpora = config({
      source: null,
      target: 'file:target.txt#bytes=1000',
      targetValidation: 'file:valid.txt#bytes=3000',
    });
    const { target } = await preparePair(corpora, openers);
    const most = 'document number 1000'.length;
    expect(target.train.bytes).toBeGreaterThanOrEqual(1000);
    expect(target.train.bytes).toBeLessThan(1000 + most);
    expect(target.validation.bytes).toBeGreaterThanOrEqual(3000);
    expect(target.validation.bytes).toBeLessThan(3000 + most);
  });

  test('that is parallel holds the same numbers out on both sides', async () => {
    const openers = files({ 'target.txt': TARGET, 'source.txt': lines(numbered(1000, 1200)) });
    const pair = await preparePair(config({ parallel: true }), openers);
    const numbers = (texts: readonly string[]) =>
      texts.map((text) => Number(text.split(' ').at(-1)) % 1000).sort();
    const held = numbers(textsOf(pair.target.validation));
    expect(held.length).toBeGreaterThan(1);
    expect(pair.source && numbers(textsOf(pair.source.validation))).toEqual(held);
    const apart = await preparePair(config(), openers);
    expect(apart.source && numbers(textsOf(apart.source.validation))).not.toEqual(held);
  });

  describe('that is parallel', () => {
    const said = (language: string) => numbered(0, 200).map((text) => `${language} ${text}`);
    const blanked = (language: string, at: readonly number[]) =>
      said(language).map((text, i) => (at.includes(i) ? '' : text));
    const numbersOf = (list: DocumentList) => textsOf(list).map((text) => Number(text.split(' ').at(-1)));

    test.each([
      ['first', [0]],
      ['in the middle', [101]],
      ['last', [199]],
      // A file that looks as if blank lines parted its documents.
      ['at every third place', numbered(0, 66).map((_, i) => 3 * i)],
    ])('keeps its places where a blank line stands %s', async (_, at) => {
      for (const [target, source] of [
        [lines(blanked('a', at)), lines(said('b'))],
        [lines(said('a')), lines(blanked('b', at))],
      ] as const) {
        const openers = files({ 'target.txt': target, 'source.txt': source });
        const pair = await preparePair(config({ parallel: true }), openers);
        if (!pair.source) throw new Error('there is no source');
        const held = new Set([...numbersOf(pair.target.validation), ...numbersOf(pair.source.validation)]);
        expect(held.size).toBeGreaterThan(1);
        const trained = [...numbersOf(pair.target.train), ...numbersOf(pair.source.train)];
        expect(trained.length).toBeGreaterThan(350 - at.length);
        expect(trained.filter((number) => held.has(number))).toEqual([]);
        expect(pair.target.dropped.empty + pair.source.dropped.empty).toBe(at.length);
      }
    });

    test('is read in blocks where the specs say so', async () => {
      const blocks = (language: string) => said(language).join('\n\n');
      const openers = files({ 'target.txt': blocks('a'), 'source.txt': blocks('b') });
      const corpora = {
        target: 'file:target.txt#documents=block',
        source: 'file:source.txt#documents=block',
        parallel: true,
      } as const;
      const { target } = await preparePair(corpora, openers);
      expect([target.places, target.dropped.empty]).toEqual([200, 0]);
    });

    test('is refused where one text has more documents than the other', async () => {
      const openers = files({ 'target.txt': lines(said('a')), 'source.txt': lines(['', ...said('b')]) });
      const reading = preparePair(config({ parallel: true }), openers);
      await expect(reading).rejects.toMatchObject({ name: 'PairError', field: 'corpora.source' });
      await expect(reading).rejects.toThrow(
        /target\.txt has 200 documents and source\.txt 201 documents, blank lines counted/,
      );
      await preparePair(config(), openers);
    });

    test('may be a sample of each text, for what is counted is all of it', async () => {
      const openers = files({ 'target.txt': lines(said('a')), 'source.txt': lines(said('b')) });
      const corpora = config({ target: 'file:target.txt#bytes=2000', parallel: true });
      const { target, source } = await preparePair(corpora, openers);
      expect([target.places, source?.places]).toEqual([200, 200]);
      expect(target.train.bytes).toBeLessThan(2100);
    });

    test('is refused where a limit cut one of them; worlds that share their stories are as long as they are', async () => {
      const worlds = (query: string) => ({
        target: `world:en?${query}bytes=20000`,
        source: `world:ja?${query}bytes=30000`,
      });
      await expect(preparePair({ ...worlds(''), parallel: true }, files({}))).rejects.toThrow(
        /no more than 20,000 bytes of world:en and 30,000 bytes of world:ja are taken, from the beginning/,
      );
      const { target } = await preparePair({ ...worlds('stories=shared&'), parallel: true }, files({}));
      expect(target.places).toBeNull();
    });

    test('trains on no copy of what the other side validates on', async () => {
      const same = ['Nairobi, Kenya', 'Johann Sebastian Bach', '1 2 3'];
      const openers = files({
        'target.txt': lines([...said('a'), 'x', 'y', 'z']),
        'source.txt': lines([...said('b'), ...same]),
        'valid.txt': lines(same),
      });
      const given = config({ parallel: true, targetValidation: 'file:valid.txt' });
      const { source } = await preparePair(given, openers);
      if (!source) throw new Error('there is no source');
      expect(textsOf(source.train).filter((text) => same.includes(text))).toEqual([]);
      const kept = textsOf(source.validation).filter((text) => same.includes(text)).length;
      expect(source.dropped.validationCopies).toBe(same.length - kept);
      expect(source.dropped.validationCopies).toBeGreaterThan(0);

      // The same where documents are held out by number: line 150 of one is line 3 of the other, and so on.
      const [target, turned] = [numbered(0, 200), [...numbered(100, 200), ...numbered(0, 100)]];
      const pair = await preparePair(
        config({ parallel: true }),
        files({ 'target.txt': lines(target), 'source.txt': lines(turned) }),
      );
      if (!pair.source) throw new Error('there is no source');
      const held = new Set([...textsOf(pair.target.validation), ...textsOf(pair.source.validation)]);
      expect(held.size).toBeGreaterThan(2);
      const trained = [...textsOf(pair.target.train), ...textsOf(pair.source.train)];
      expect(trained.filter((text) => held.has(text))).toEqual([]);
    });
  });

  test('trains on neither side on what the other validates on', async () => {
    const shared = numbered(7000, 7010);
    const openers = files({
      'target.txt': lines([...numbered(0, 100), ...shared]),
      'source.txt': lines([...numbered(1000, 1100), ...shared]),
      'valid.txt': lines(shared.slice(0, 5)),
    });
    const both = { targetValidation: 'file:valid.txt', sourceValidation: 'file:valid.txt' };
    for (const more of [
      { targetValidation: 'file:valid.txt' },
      { sourceValidation: 'file:valid.txt' },
      both,
    ]) {
      const { target, source } = await preparePair(config(more), openers);
      const held = new Set([...textsOf(target.validation), ...(source ? textsOf(source.validation) : [])]);
      const train = [...textsOf(target.train), ...(source ? textsOf(source.train) : [])];
      expect(train.filter((text) => held.has(text))).toEqual([]);
      expect(train.length).toBeGreaterThan(180);
    }
  });

  test('reports near-duplicates, drops them, or does not look', async () => {
    const near = (mark: string) =>
      numbered(0, 30).map((text) => `${text} and then a long tail of words, always the same${mark}`);
    const openers = files({ 'target.txt': lines(near('')), 'valid.txt': lines(near('!')) });
    const of = async (more: Partial<CorporaConfig>) =>
      (await preparePair(config({ source: null, targetValidation: 'file:valid.txt', ...more }), openers))
        .target;
    const reported = await of({});
    expect(reported.nearDuplicates?.trainingDocuments).toBe(30);
    expect(reported.train.count).toBe(30);
    expect((await of({ nearDuplicates: 'ignore' })).nearDuplicates).toBeNull();
    await expect(of({ nearDuplicates: 'drop' })).rejects.toMatchObject({ field: 'corpora.target' });
  });
});

describe('texts of several pairs', () => {
  test('are read and tokenised once, and are the same objects', async () => {
    const openers = files({ '/a/target.txt': TARGET, '/a/source.txt': SOURCE });
    const shelf = new Shelf();
    const options = { shelf, locate: (path: string) => `/a/${path.split('/').at(-1)}` };
    const pair = await preparePair(config(), openers, options);
    const mono = await preparePair(
      config({ source: null, target: 'file:other/target.txt' }),
      openers,
      options,
    );
    expect(openers.opened).toEqual(['/a/target.txt', '/a/source.txt']);
    expect(mono.target).toBe(pair.target);
    expect(await preparePair(config(), openers, options)).toBe(pair);
    const [one, two] = [
      await tokenizePair(pair, byteTokenizer, options),
      await tokenizePair(mono, byteTokenizer, options),
    ];
    expect(two.target).toBe(one.target);
    expect((await tokenizePair(mono, await smallBpe(), options)).target).not.toBe(one.target);
  });

  test('that are prepared in another way are others', async () => {
    const openers = files({ 'target.txt': TARGET, 'source.txt': SOURCE });
    const shelf = new Shelf();
    const targets = [];
    for (const more of [
      {},
      { parallel: true },
      { nearDuplicates: 'ignore' },
      { targetValidation: 'file:source.txt' },
    ] as const) {
      targets.push((await preparePair(config({ source: null, ...more }), openers, { shelf })).target);
    }
    expect(new Set(targets).size).toBe(4);
  });
});

describe('what goes wrong names the field', () => {
  const refused = async (corpora: CorporaConfig, texts: Record<string, string>): Promise<PairError> => {
    try {
      await preparePair(corpora, files(texts));
    } catch (error) {
      return error as PairError;
    }
    throw new Error('the pair was accepted');
  };
  const here = { 'target.txt': TARGET, 'source.txt': SOURCE };

  test.each<[string, CorporaConfig, Record<string, string>, string, RegExp]>([
    [
      'a file that is not there',
      config(),
      { 'target.txt': TARGET },
      'corpora.source',
      /there is no source\.txt/,
    ],
    ['an empty text', config(), { ...here, 'source.txt': '' }, 'corpora.source', /source\.txt: /],
    [
      'a validation text that is no table of texts',
      config({ targetValidation: 'file:bad.csv' }),
      { ...here, 'bad.csv': 'a,b\n1\n' },
      'corpora.targetValidation',
      /bad\.csv/,
    ],
    [
      'an empty validation text',
      config({ sourceValidation: 'file:none.txt' }),
      { ...here, 'none.txt': '\n\n' },
      'corpora.sourceValidation',
      /none\.txt/,
    ],
    [
      'a spec that is none',
      config({ target: 'fil:x' }),
      here,
      'corpora.target',
      /is not the spec of a corpus/,
    ],
    [
      'another hash',
      config({ target: `file:target.txt#sha256=${'0'.repeat(64)}` }),
      here,
      'corpora.target',
      /target\.txt has SHA-256 [0-9a-f]{64}, and the config asks for 0{64}/,
    ],
  ])('%s', async (_, corpora, texts, field, words) => {
    const error = await refused(corpora, texts);
    expect(error).toMatchObject({ name: 'PairError', field });
    expect(error.message).toBe(`${field}: ${error.problem}`);
    expect(error.problem).toMatch(words);
  });

  test('and has the error itself as its cause', async () => {
    expect((await refused(config(), { ...here, 'target.txt': '' })).cause).toBeInstanceOf(TextError);
  });

  test('but a stop is a stop', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const reading = preparePair({ target: 'world:en?bytes=3000000', source: null }, files({}), {
      signal: abort.signal,
      onProgress: () => abort.abort(reason),
    });
    await expect(reading).rejects.toBe(reason);
  });
});

describe('the tokenizer of a config', () => {
  const openers = files({ 'target.txt': TARGET, 'source.txt': SOURCE });
  const file = async () => (await smallBpe()).file();
  const tokenizerOf = async (tokenizer: Parameters<typeof tokenizerFor>[0], targetTokens = 1000) =>
    tokenizerFor(tokenizer, await preparePair(config(), openers), targetTokens, { file });

  test('is bytes, or the file at its path, which must be the one that is asked for', async () => {
    expect(await tokenizerOf({ kind: 'bytes' })).toBe(byteTokenizer);
    const { fingerprint } = await smallBpe();
    const path = 'folder/tokenizer.json';
    expect((await tokenizerOf({ kind: 'file', path })).fingerprint).toBe(fingerprint);
    expect((await tokenizerOf({ kind: 'file', path, fingerprint })).fingerprint).toBe(fingerprint);
    await expect(tokenizerOf({ kind: 'file', path, fingerprint: '0'.repeat(64) })).rejects.toMatchObject({
      field: 'tokenizer.fingerprint',
      problem: expect.stringContaining(fingerprint),
    });
  });

  test('is refused by field where the file is none, or the texts hold no such vocabulary', async () => {
    const pair = await preparePair(config(), openers);
    const broken = tokenizerFor({ kind: 'file', path: 'a/b.json' }, pair, 1000, {
      file: async () => ({ model: {} }),
    });
    await expect(broken).rejects.toMatchObject({
      field: 'tokenizer.path',
      cause: expect.any(TokenizerError),
    });
    await expect(broken).rejects.toThrow(/^tokenizer\.path: b\.json: /);
    const large = tokenizerOf({ kind: 'bpe', vocabulary: 32_768, sourceShare: 0.5 });
    await expect(large).rejects.toMatchObject({
      field: 'tokenizer.vocabulary',
      cause: expect.any(VocabularyError),
    });
  });
});
