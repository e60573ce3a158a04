import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/program.ts';
import { parquet, zip } from '../text/readers/files.ts';
import { Bench, jsonValue, run } from './commands.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

const corpus = (...args: string[]) => run(['corpus', ...args]);

const value = (...args: string[]) => jsonValue(['corpus', ...args]);

const refused = (args: readonly string[], words: RegExp) => bench.refuses(['corpus', ...args], words);

const LINES = Array.from({ length: 400 }, (_, i) => `text number ${i} of a village with ${i * 7919} goats`);

describe('corpus list', () => {
  test('names the built-in worlds and the corpora elsewhere, in lines that fit a terminal', async () => {
    const { code, out } = await corpus('list');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}world:en +English$/m);
    expect(out).toMatch(/hf:wikimedia\/wikipedia\/20231101\.sw#text +Swahili +Latin +35\.9 MB/);
    expect(out).toContain('CC BY-SA');
    for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(90);
    const listed = await value('list');
    expect(listed.worlds).toContainEqual({ spec: 'world:en', language: 'English', ownName: 'English' });
    expect(listed.worldOptions).toContainEqual(expect.objectContaining({ name: 'distance', default: '0' }));
    expect(listed.catalogue).toContainEqual(
      expect.objectContaining({ code: 'yo', spec: 'hf:wikimedia/wikipedia/20231101.yo#text' }),
    );
  });

  test('says that nothing is kept, and forgets nothing', async () => {
    expect((await corpus('list', '--kept')).out).toBe(`No fetched text is kept in ${bench.cache}.\n`);
    expect(await value('list', '--kept')).toEqual({ folder: bench.cache, bytes: 0, texts: [] });
    expect((await corpus('forget', '--all')).out).toBe('0 texts forgotten, 0 B freed\n');
    await refused(['forget'], /name a spec, or add --all/);
    await refused(['forget', 'world:en'], /world:en is not fetched from elsewhere/);
    await refused(['forget', 'https://a.b/c.txt'], /nothing is kept of https:\/\/a\.b\/c\.txt/);
  });
});

describe('corpus show', () => {
  test('a world: counts, floor, reference, and the first documents', async () => {
    const facts = await value('show', 'world:en?bytes=150000', '--examples', '2', '--target-tokens', '5000');
    const {
      train,
      validation,
      floorBitsPerByte: floor,
      reference,
    } = facts as {
      train: { documents: number; bytes: number; scripts: { script: string }[]; words: number };
      validation: { documents: number; bytes: number };
      floorBitsPerByte: number;
      reference: { bitsPerByte: number; byOrder: number[]; trainedBytes: number };
    };
    expect(train.bytes + validation.bytes).toBeGreaterThan(145_000);
    expect(train.documents).toBeGreaterThan(10 * validation.documents);
    expect(train.scripts[0]?.script).toBe('Latin');
    expect(train.words).toBeGreaterThan(10_000);
    expect(reference.byOrder).toHaveLength(6);
    expect(reference.bitsPerByte).toBe(Math.min(...reference.byOrder));
    // The first token is an end of document of no bytes.
    expect(facts.target).toMatchObject({ tokens: 5000, bytes: 4999 });
    expect(reference.trainedBytes).toBe(4999);
    expect(floor).toBeGreaterThan(0.1);
    expect(floor).toBeLessThan(reference.bitsPerByte);
    expect(facts.examples).toHaveLength(2);
    expect(facts.dropped).toMatchObject({ empty: 0 });
    expect(facts.nearDuplicates).toMatchObject({ validationDocuments: expect.any(Number) });

    const all = (await value('show', 'world:en?bytes=150000')) as typeof facts & {
      reference: typeof reference;
    };
    expect(all.target).toBeNull();
    expect(all.reference.trainedBytes).toBe(train.bytes + train.documents);
    expect(all.reference.bitsPerByte).toBeLessThan(reference.bitsPerByte);
  });

  test('for people, in lines that fit a terminal', async () => {
    const { code, out } = await corpus('show', 'world:en?bytes=60000', '--examples', '1');
    expect(code).toBe(0);
    expect(out).toMatch(/^documents +\d+ +\d+$/m);
    expect(out).toMatch(/^entropy floor +0\.\d{4} bits per byte of validation/m);
    expect(out).toMatch(/^n-gram +\d\.\d{4} bits per byte of validation/m);
    expect(out).toMatch(/^SHA-256 +[0-9a-f]{64}$/m);
    for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(82);
  });

  test('what was left out, by why, and what is nearly the same', async () => {
    const near = `${LINES.slice(0, 8).join(' ')}`;
    bench.file('a.txt', ['', LINES[0], ...LINES, `${near}!`].join('\n'));
    bench.file('b.txt', ['another text to be tried on', LINES[1], near].join('\n'));
    const args = [
      'show',
      `file:${bench.path('a.txt')}#documents=line`,
      '--validation',
      `file:${bench.path('b.txt')}`,
    ];
    expect(await value(...args)).toMatchObject({
      dropped: { empty: 1, duplicates: 1, validationCopies: 1 },
      nearDuplicates: { validationDocuments: 1, trainingDocuments: 1 },
      floorBitsPerByte: null,
      validationSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      validation: { documents: 3 },
      train: { documents: LINES.length },
    });
    const { out } = await corpus(...args);
    expect(out).toMatch(/^left out +1 empty, 1 repeated, 1 also in the validation text$/m);
    expect(out).toMatch(
      /^near-duplicates +1 validation document nearly the same as\n +1 training document; /m,
    );
    expect(out).toMatch(/^entropy floor +not known for this text$/m);
  });

  test('parallel files are split by place: the other language holds out the same numbers', async () => {
    const held = async (name: string, more: readonly string[]) => {
      const { validation } = await value('show', bench.path(name), '--examples', '0', ...more);
      return (validation as { documents: number }).documents;
    };
    bench.file('one.txt', LINES.join('\n'));
    bench.file('two.txt', LINES.map((line) => [...line].reverse().join('')).join('\n'));
    expect(await held('one.txt', ['--parallel'])).toBe(await held('two.txt', ['--parallel']));
  });

  test('a parallel file holds a document a line, and a blank one keeps its place', async () => {
    const blanked = LINES.map((line, i) => (i === 0 || i === 200 ? '' : line)).join('\n');
    const path = bench.file('one.txt', blanked);
    const { train, validation, dropped } = await value('show', path, '--examples', '0', '--parallel');
    const documents = [train, validation].map((part) => (part as { documents: number }).documents);
    expect(documents.reduce((sum, count) => sum + count)).toBe(LINES.length - 2);
    expect(dropped).toMatchObject({ empty: 2 });
  });

  test('what parts the documents of plain text, and how to say otherwise', async () => {
    const path = bench.file('a.txt', [...LINES.slice(0, 100), '', ...LINES.slice(100)].join('\n'));
    const verses = bench.file('b.txt', LINES.join('\n').replace(/(.*\n.*\n.*)\n/g, '$1\n\n'));
    const other = `file:${path}#documents=block`;
    expect(await value('show', path)).toMatchObject({
      parted: { by: ['line'], otherwise: other },
      validationParted: null,
      train: { documents: expect.toSatisfy((count: number) => count > 300) },
      dropped: { empty: 1 },
    });
    expect((await corpus('show', path)).out).toMatch(
      /^documents are +a line each, as it looks; if not, say\n +file:.*a\.txt#documents=block$/m,
    );
    expect(await value('show', verses)).toMatchObject({
      parted: { by: ['block'], otherwise: `file:${verses}#documents=line` },
    });
    const { out } = await corpus('show', `file:${path}#documents=line`, '--validation', verses);
    expect(out).toMatch(/^documents are +a line each\n +in validation parted by blank lines, as it looks; /m);
    expect((await value('show', other)).parted).toEqual({ by: ['block'], otherwise: null });

    const archive = bench.file('c.zip', zip({ 'a.txt': LINES.slice(9).join('\n'), 'b.txt': 'a\nb\n\nc\n' }));
    expect((await corpus('show', archive)).out).toContain(
      'a line each in some files, in others parted by blank',
    );
    const table = bench.file('d.csv', `text\n${LINES.join('\n')}\n`);
    expect((await value('show', table)).parted).toBeNull();
    expect((await value('show', 'world:en?bytes=20000')).parted).toBeNull();
  });

  test('asks for a text of a certain hash', async () => {
    const path = bench.file('a.txt', LINES.join('\n'));
    const { sha256 } = await value('show', path);
    expect((await corpus('show', `file:${path}#sha256=${sha256}`)).code).toBe(0);
    const other = '0'.repeat(64);
    await refused(
      ['show', `file:${path}#sha256=${other}`],
      /corpus: the text has changed: .*a\.txt has SHA-256 [0-9a-f]{64}, and its spec asks for 0{64}/,
    );
  });

  test('what would command a terminal is not shown to it', async () => {
    const path = bench.file(
      'a.jsonl',
      LINES.map((text) => JSON.stringify({ text: `\u001b[2J${text}` })).join('\n'),
    );
    const { out } = await corpus('show', path);
    expect(out).toContain('[2Jtext number');
    expect(out).not.toContain('\u001b');
  });

  test.each<[string, string, string | Uint8Array, RegExp]>([
    [
      'wrong encoding',
      'latin.txt',
      Uint8Array.of(97, 10, 98, 0xe9, 99),
      /latin\.txt: byte 3 .*line 2.*0xE9, is not UTF-8/,
    ],
    ['a file of 0 bytes', 'none.csv', '', /none\.csv: this file is empty, 0 bytes/],
    [
      'a truncated gzip',
      'cut.txt.gz',
      gzipSync(LINES.join('\n')).subarray(0, 900),
      /cut\.txt\.gz: the gzip data end too early, at byte 900: /,
    ],
    ['a table of other columns', 'a.csv', 'id,title\n1,x\n2,y\n', /a\.csv: .*"id", "title": .*a\.csv#id\n/],
    [
      'a parquet without the column',
      'a.parquet',
      parquet([
        { name: 'title', data: ['x', 'y'], type: 'STRING' },
        { name: 'body', data: ['x', 'y'], type: 'STRING' },
      ]),
      /a\.parquet: .*"title", "body": .*a\.parquet#title\n/,
    ],
    [
      'a zip bomb',
      'bomb.zip',
      zip({ 'a.txt': 'abcdefgh\n'.repeat(9_000_000) }),
      /bomb\.zip: .*unfold.*250 times/,
    ],
    ['one document', 'one.txt', 'a single line', /one\.txt: there is one document only/],
  ])('%s', async (_, name, content, words) => {
    await refused(['show', bench.file(name, content)], words);
  });

  test('what is no corpus is said with what would be one', async () => {
    await refused(['show', 'wold:en'], /wold:en: is not the spec of a corpus; give world:en/);
    await refused(['show', 'world:xx'], /world:xx: the world is told in en/);
    await refused(['show', 'world:en?distance=2'], /distance is 2; give a number from 0 to 1/);
    await refused(['show', 'world:en#text'], /options of a world stand behind a \?, not a #/);
    await refused(['show', `file:${bench.path('a.csv')}#colum=sw`], /did you mean column\?/);
    await refused(['show', bench.path('none')], /corpus: there is no file .*none\n/);
    await refused(
      ['show', `file:${bench.path('none.txt')}?bytes=10&documents=line`],
      /there is no file .*; options of a file stand behind a #, not a \?: file:.*none\.txt#bytes=10&documents=line\n/,
    );
    const lines = bench.file('lines.txt', LINES.join('\n'));
    await refused(
      ['show', `${lines}#text`],
      /lines\.txt: this is plain text, .* leave the column "text" out/,
    );
    await refused(['show', bench.folder], /corpus: .* is a folder/);
    await refused(['show', 'world:en', '--validation', bench.path('none')], /--validation: there is no file/);
    await refused(['show', 'world:en', '--tokenizer', bench.path('none')], /--tokenizer: there is no file/);
    await refused(['show', 'world:en', '--examples', '-1'], /give a whole number of 0 or more/);
    await refused(['look'], /unknown command 'look'/);
    await refused([], /Usage: m3lab corpus/);
  });

  test('of two files of one name the one that is wrong is named', async () => {
    mkdirSync(bench.path('one'));
    mkdirSync(bench.path('two'));
    const good = bench.file('one/a.txt', LINES.join('\n'));
    const bad = bench.file('two/a.txt', Uint8Array.of(97, 10, 0xff, 10));
    const { code, error } = await corpus('show', good, '--validation', bad);
    expect([code, error.startsWith(`m3lab: ${bad}: byte 2 `)], error).toEqual([2, true]);
  });

  test('of what is here nothing is fetched', async () => {
    expect(await value('show', 'world:en', '--no-download')).toEqual({ spec: 'world:en', download: null });
  });
});

describe('a signal', () => {
  const interrupted = Object.assign(new Error('interrupted by a signal'), { name: 'AbortError', code: 130 });

  test.each([
    ['write', ['corpus', 'write', 'world:en', '--bytes', '1000000000000']],
    ['show', ['corpus', 'show', 'world:en?bytes=1000000000000']],
  ])('ends corpus %s at once, and nothing is left', async (name, args) => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(interrupted), 200);
    const out = name === 'write' ? ['--out', bench.path('f')] : [];
    const ended = await run([...args, ...out], { signal: abort.signal });
    clearTimeout(timer);
    expect(ended).toEqual({ code: 130, out: '', error: 'm3lab: interrupted\n' });
    expect(bench.list()).toEqual([]);
  });
});

test('what went wrong stands on a line of its own, not behind the progress', async () => {
  const good = `${'some text of a village\n'.repeat(100_000)}`;
  const path = bench.file('late.txt', Buffer.concat([Buffer.from(good), Buffer.of(0xff, 10)]));
  let error = '';
  const code = await main(['corpus', 'show', path], {
    out: () => {},
    error: (text) => {
      error += text;
    },
    terminal: true,
    signal: new AbortController().signal,
  });
  expect(code).toBe(2);
  const [progress = '', words = ''] = error.split('m3lab: ');
  expect(progress).toMatch(/^reading .*late\.txt: .* …/);
  expect(progress.endsWith('\r\u001b[2K')).toBe(true);
  expect(words.startsWith(`${path}: byte `), words).toBe(true);
});
