import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { trainingTexts } from '../../src/text/corpus/corpus.ts';
import { prepareCorpus } from '../../src/text/corpus/prepare.ts';
import { readTokenizer } from '../../src/text/tokenizer/file/read.ts';
import { trainBpe } from '../../src/text/tokenizer/training/trainBpe.ts';
import { documentsOf } from '../text/tokenizer/fixtures.ts';
import { Bench, jsonValue, run } from './commands.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

const SWAHILI = documentsOf('swahili', 300);
const JAPANESE = documentsOf('japanese', 300);

const tokenizer = (...args: string[]) => run(['tokenizer', ...args]);

const value = (...args: string[]) => jsonValue(['tokenizer', ...args]);

const refused = (args: readonly string[], words: RegExp) => bench.refuses(['tokenizer', ...args], words);

const prepared = (texts: readonly string[]) =>
  prepareCorpus({ name: 'text', documents: texts.map((text) => ({ text, meaning: null, bits: null })) });

describe('tokenizer train', () => {
  const train = (...more: string[]) => [
    'train',
    '--text',
    bench.file('sw.txt', SWAHILI.join('\n')),
    '--source',
    bench.file('ja.txt', JAPANESE.join('\n')),
    '--vocab',
    '520',
    '--out',
    bench.path('t.json'),
    ...more,
  ];

  test('writes the BPE of the training documents of both sides, by their shares', async () => {
    const trained = await value(...train('--source-share', '0.25'));
    const bpe = await trainBpe({
      texts: [
        { documents: trainingTexts(await prepared(SWAHILI)), share: 0.75 },
        { documents: trainingTexts(await prepared(JAPANESE)), share: 0.25 },
      ],
      vocabulary: 520,
    });
    const written = await readTokenizer(JSON.parse(readFileSync(bench.path('t.json'), 'utf8')), 't.json');
    expect(written.fingerprint).toBe(bpe.fingerprint);
    expect(trained).toMatchObject({
      file: bench.path('t.json'),
      kind: 'bpe',
      vocabulary: 520,
      fingerprint: bpe.fingerprint,
      texts: [
        { spec: bench.path('sw.txt'), side: 'text', share: 0.75, fertility: { changed: 0 } },
        { spec: bench.path('ja.txt'), side: 'source', share: 0.25, fertility: { changed: 0 } },
      ],
    });
    const [{ fertility }] = trained.texts as [
      { fertility: { bytesPerToken: number; tokensPerWord: number } },
    ];
    expect(fertility.bytesPerToken).toBeGreaterThan(2);
    expect(fertility.tokensPerWord).toBeGreaterThan(1);
    const before = readFileSync(bench.path('t.json'), 'utf8');
    await refused(train('--source-share', '0.9'), /--out: .*t\.json is there already; .*--force/);
    await value(...train('--source-share', '0.9', '--force'));
    expect(readFileSync(bench.path('t.json'), 'utf8')).not.toBe(before);
  });

  test('sees no more than --max-bytes of a text, and several texts on a side', async () => {
    const { texts } = await value(
      ...[
        'train',
        '--text',
        bench.file('a.txt', SWAHILI.join('\n')),
        bench.file('b.txt', JAPANESE.join('\n')),
      ],
      ...['--max-bytes', '9000', '--vocab', '512', '--out', bench.path('t.json')],
    );
    expect(texts).toMatchObject([
      { side: 'text', share: 1, trainedBytes: 9000 },
      { side: 'text', share: 1, trainedBytes: 9000 },
    ]);
  });

  test('a world is a text like any other; people get a table', async () => {
    const out = bench.path('t.json');
    const { code, out: words } = await tokenizer(
      'train',
      '--text',
      'world:en?bytes=60000',
      '--vocab',
      '600',
      '--out',
      out,
    );
    expect(code).toBe(0);
    expect(words).toMatch(/^.*t\.json: byte-level BPE, 600 tokens, trained in /);
    expect(words).toMatch(/^world:en\?bytes=60000 +text 1 +\S+ B +\d\.\d\d +\d\.\d\d$/m);
  });

  test('refuses what cannot be, and leaves nothing', async () => {
    bench.file('little.txt', 'a b\nc d\ne f\n');
    const args = [
      'train',
      '--text',
      bench.path('little.txt'),
      '--vocab',
      '600',
      '--out',
      bench.path('t.json'),
    ];
    await refused(args, /--vocab: a vocabulary of 600 is more than these texts hold/);
    await refused([...args.slice(0, 4), '70000', ...args.slice(5)], /--vocab <n>.*from 512 to 32768/);
    await refused([...args, '--source-share', '0.5'], /--source-share: there is no --source/);
    await refused([...args, '--source', 'world:en', '--source-share', '2'], /give a number from 0 to 1/);
    await refused(['train', '--text', bench.path('no.txt'), ...args.slice(3)], /--text: there is no file/);
    await refused([...args, '--source', bench.path('no.txt')], /--source: there is no file/);
    await refused(['train', '--text', 'wold:en', ...args.slice(3)], /wold:en: is not the spec of a corpus/);
    await refused(args.slice(0, 5), /required option '--out <file>'/);
  });

  test('stops at a signal, and leaves nothing', async () => {
    const abort = new AbortController();
    const interrupted = Object.assign(new Error('interrupted'), { name: 'AbortError', code: 130 });
    const timer = setTimeout(() => abort.abort(interrupted), 200);
    const args = ['tokenizer', 'train', '--text', 'world:en?bytes=1000000000000', '--vocab', '600'];
    const ended = await run([...args, '--out', bench.path('t.json')], { signal: abort.signal });
    clearTimeout(timer);
    expect(ended).toEqual({ code: 130, out: '', error: 'm3lab: interrupted\n' });
    expect(bench.list()).toEqual([]);
  });
});

describe('tokenizer show', () => {
  let shared: Bench;
  let file: string;
  let text: string;
  beforeAll(async () => {
    shared = new Bench();
    file = shared.path('t.json');
    // One language alone has too few words for the smallest vocabulary.
    text = shared.file('mixed.txt', [...SWAHILI, ...JAPANESE, ...documentsOf('indonesian', 300)].join('\n'));
    const { code, error } = await tokenizer('train', '--text', text, '--vocab', '520', '--out', file);
    expect(code, error).toBe(0);
  });
  afterAll(() => shared.remove());

  test('says kind, vocabulary, end, and what it does to texts', async () => {
    const shown = await value('show', file, '--text', text, 'world:en', '--max-bytes', '5000');
    expect(shown).toMatchObject({
      kind: 'bpe',
      vocabulary: 520,
      endOfDocument: 256,
      endName: '<|endoftext|>',
      warnings: [],
      texts: [
        { spec: text, fertility: { changed: 0 } },
        { spec: 'world:en', fertility: { changed: 0 } },
      ],
    });
    const [own, other] = shown.texts as { fertility: { bytes: number; bytesPerToken: number } }[];
    expect(own?.fertility.bytesPerToken).toBeGreaterThan(other?.fertility.bytesPerToken ?? Infinity);
    expect(own?.fertility.bytes).toBeLessThan(5500);
    const { out } = await tokenizer('show', file, '--text', text);
    expect(out).toMatch(/^end of document +256 \(<\|endoftext\|>\)$/m);
    expect(out).toMatch(/gives back .*B of text exactly$/m);
  });

  test('counts no tokens a word where there are no spaces', async () => {
    const [spaced, unspaced] = [SWAHILI, JAPANESE].map((texts, i) =>
      bench.file(`${i}.txt`, texts.join('\n')),
    );
    const args = ['show', file, '--text', spaced ?? '', unspaced ?? ''];
    const { out } = await tokenizer(...args);
    expect(out).toMatch(/0\.txt +300 .* \d\.\d\d +\d\.\d\d$/m);
    expect(out).toMatch(/1\.txt +300 .* \d\.\d\d +no spaces$/m);
    const { texts } = await value(...args);
    expect(texts).toMatchObject([{ hasSpaces: true }, { hasSpaces: false }]);
    const ofCorpus = async (path = '') => (await run(['corpus', 'show', path, '--tokenizer', file])).out;
    expect(await ofCorpus(spaced)).toMatch(/\d bytes per token, \d\.\d\d tokens per word of validation$/m);
    expect(await ofCorpus(unspaced)).toMatch(/\d bytes per token of validation$/m);
  });

  test('and corpus show counts in its tokens', async () => {
    const { code, out } = await run([
      'corpus',
      'show',
      text,
      '--tokenizer',
      file,
      '--target-tokens',
      '500',
      '--json',
    ]);
    expect(code).toBe(0);
    const facts = JSON.parse(out);
    expect(facts.tokenizer).toMatchObject({ file, kind: 'bpe', vocabulary: 520, fertility: { changed: 0 } });
    expect(facts.target.tokens).toBe(500);
    expect(facts.target.bytes).toBeGreaterThan(1000);
    expect(facts.reference.trainedBytes).toBe(facts.target.bytes);
  });

  test.each<[string, object | string, RegExp]>([
    [
      'of an unknown kind',
      { model: { type: 'WordPiece', vocab: {} } },
      /x\.json: model\.type: "WordPiece" cannot be read/,
    ],
    ['that is no object', [1], /x\.json: this is not a JSON object/],
    ['that is no JSON', '{"model": }', /x\.json, line 1, column 11: model: a value is missing/],
  ])('refuses a file %s', async (_, content, words) => {
    await refused(['show', bench.file('x.json', content)], words);
    const { code, error } = await run(['corpus', 'show', 'world:en', '--tokenizer', bench.path('x.json')]);
    expect([code, error]).toEqual([2, expect.stringMatching(words)]);
  });

  test('refuses a file that is not there', async () => {
    await refused(['show', bench.path('no.json')], /tokenizer: there is no file .*no\.json/);
    await refused(['show', file, '--text', bench.path('no.txt')], /--text: there is no file/);
  });
});
