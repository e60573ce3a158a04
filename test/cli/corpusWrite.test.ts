import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { worldDocuments } from '../../corpora/world/world.ts';
import { openDocuments } from '../../src/text/readers/open.ts';
import { sourceOf } from '../text/readers/files.ts';
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

describe('corpus write', () => {
  const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

  /** The documents of a file, as a reader finds them. */
  async function readBack(name: string, documents: 'auto' | 'block' = 'auto'): Promise<string[]> {
    const source = sourceOf(name, readFileSync(bench.path(name)));
    const found: string[] = [];
    for await (const { text } of openDocuments(source, { column: null, documents })) found.push(text);
    return found;
  }

  test('a world, twice the same bytes, ending with the document that reaches them', async () => {
    const write = (name: string) => value('write', 'world:en', '--bytes', '50000', '--out', bench.path(name));
    const written = await write('one');
    await write('two');
    expect(readFileSync(bench.path('one')).equals(readFileSync(bench.path('two')))).toBe(true);
    const text = readFileSync(bench.path('one'), 'utf8');
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(text.length).toBeGreaterThanOrEqual(50_000);
    expect(text.length - (lines.at(-1)?.length ?? 0) - 1).toBeLessThan(50_000);
    let bits = 0;
    const told = worldDocuments({ language: 'en', distance: 0, noise: 0, seed: 1, stories: 'own' });
    for (const line of lines) {
      const { value: document } = told.next();
      expect(line).toBe(document.text);
      bits += document.bits ?? Number.NaN;
    }
    expect(written).toEqual({
      file: bench.path('one'),
      documents: lines.length,
      bytes: text.length,
      textBytes: text.length,
      layout: 'line',
      floorBitsPerByte: bits / text.length,
      sha256: sha256(bench.path('one')),
    });
    // The hash is that by which configs know the text.
    expect(await value('show', bench.path('one'))).toMatchObject({ sha256: written.sha256 });
    expect(bench.list()).toEqual(['one', 'two']);
  });

  test('a world with noise has no floor', async () => {
    const args = ['write', 'world:en?noise=0.5&bytes=3000', '--out', bench.path('noisy')];
    expect(await value(...args)).toMatchObject({ floorBitsPerByte: null });
  });

  test('writes over nothing else, unless it is told to', async () => {
    const out = bench.path('f');
    const write = (seed: number, ...more: string[]) =>
      corpus('write', `world:en?seed=${seed}`, '--bytes', '2000', '--out', out, ...more);
    expect((await write(1)).code).toBe(0);
    const first = readFileSync(out);
    // The same again is no loss.
    expect(await write(1)).toMatchObject({ code: 0, error: `${out} holds exactly this already\n` });
    expect(await write(2)).toMatchObject({ code: 2, out: '', error: expect.stringContaining('add --force') });
    expect(readFileSync(out).equals(first)).toBe(true);
    expect((await write(2, '--force')).code).toBe(0);
    expect(readFileSync(out).equals(first)).toBe(false);
    expect(bench.list()).toEqual(['f']);
  });

  test('documents of any file come back from what was written', async () => {
    const verses = ['a b\nc d', 'e f\ng', 'h'];
    bench.file('verses.txt', verses.join('\n\n'));
    expect(await value('write', bench.path('verses.txt'), '--out', bench.path('v.txt'))).toMatchObject({
      layout: 'block',
      documents: 3,
      floorBitsPerByte: null,
    });
    expect(await readBack('v.txt')).toEqual(verses);
    expect(await readBack('v.txt', 'block')).toEqual(verses);

    const articles = ['one\n\ntwo paragraphs', 'a \r\n b', 'with \u0000 and "quotes"'];
    bench.file('articles.jsonl', articles.map((text) => JSON.stringify({ text })).join('\n'));
    expect(await value('write', bench.path('articles.jsonl'), '--out', bench.path('w.jsonl'))).toMatchObject({
      layout: 'jsonl',
    });
    expect(await readBack('w.jsonl')).toEqual(articles);
    for (const [index, words] of [
      [0, /document 1 holds a blank line.*name a file that ends in \.jsonl/],
      [1, /document 1 has lines that end with a carriage return/],
      [2, /document 1 holds a NUL byte/],
    ] as const) {
      bench.file('one.jsonl', JSON.stringify({ text: articles[index] }));
      await refused(['write', bench.path('one.jsonl'), '--out', bench.path('x.txt')], words);
    }
  });

  test('a document with a line break after a mebibyte without is refused', async () => {
    const lines = Array.from({ length: 1100 }, (_, i) => `${i} ${'x'.repeat(1000)}`);
    const path = bench.file(
      'late.jsonl',
      [...lines, 'a\nb'].map((text) => JSON.stringify({ text })).join('\n'),
    );
    await refused(['write', path, '--out', bench.path('x.txt')], /document 1101 has a line break/);
  });

  test('files are read until there is enough; empty documents are no documents', async () => {
    const path = bench.file('a.csv', `text\n${LINES.join('\n')}\n`);
    const written = await value('write', path, '--bytes', '1000', '--out', bench.path('b.txt'));
    expect(await readBack('b.txt')).toEqual(LINES.slice(0, written.documents as number));
    expect(written.bytes).toBeGreaterThanOrEqual(1000);
    expect(written.bytes).toBeLessThan(1100);
    const all = await corpus('write', path, '--bytes', '1000000', '--out', bench.path('c.txt'));
    expect(all).toMatchObject({ code: 0, error: expect.stringContaining('ends before 1,000,000 bytes') });
    bench.file('gaps.txt', ' \n\ta \n\ne\u0301\n');
    await value('write', `file:${bench.path('gaps.txt')}#documents=line`, '--out', bench.path('d.txt'));
    expect(readFileSync(bench.path('d.txt'), 'utf8')).toBe('a\né\n');
    bench.file('blank.txt', ' \n\n');
    await refused(
      ['write', bench.path('blank.txt'), '--out', bench.path('e.txt')],
      /no document that is not empty/,
    );
  });

  test('stdout holds the documents and nothing else', async () => {
    const { code, out, error } = await corpus('write', 'world:en', '--bytes', '3000', '--out', '-');
    expect(code).toBe(0);
    await value('write', 'world:en', '--bytes', '3000', '--out', bench.path('f'));
    expect(out).toBe(readFileSync(bench.path('f'), 'utf8'));
    expect(error).toMatch(/^SHA-256 +[0-9a-f]{64}$/m);
    await refused(['write', 'world:en', '--out', '-', '--json'], /--json: stdout is taken by --out -/);
  });

  test.each(['.csv', '.tsv', '.txt.gz', '.jsonl.zst', '.zip', '.parquet', '.json', '.TAR', '.tgz'])(
    'refuses to write a file that ends in %s, which would be read as something else',
    async (ending) => {
      const out = bench.path(`f${ending}`);
      await refused(
        ['write', 'world:en', '--bytes', '100', '--out', out],
        /--out: .*: \.\w+ files are not written; name one that ends in \.txt .* or \.jsonl .*, or - for stdout\n/,
      );
    },
  );

  test.each(['.txt', '.text', '.jsonl', '.ndjson', '', '.sw'])(
    'what is written to a file that ends in "%s" is read again',
    async (ending) => {
      const { documents, sha256 } = await value(
        ...['write', 'world:en', '--bytes', '2000', '--out', bench.path(`f${ending}`)],
      );
      const found = await readBack(`f${ending}`);
      expect(found).toHaveLength(documents as number);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  test('refuses what cannot be a file, and leaves nothing of what breaks off', async () => {
    const write = (out: string) => ['write', 'world:en', '--bytes', '100', '--out', out];
    await refused(write(bench.folder), /--out: .* is a folder/);
    await refused(write(bench.path('no/such')), /--out: there is no folder .*no; make it first/);
    await refused(['write', 'world:en'], /required option '--out <file>'/);
    await refused(
      ['write', 'world:en', '--out', bench.path('x'), '--bytes', 'many'],
      /give a whole number of 1 or more/,
    );
    bench.file('bad.txt', Uint8Array.of(97, 10, 0xff, 10));
    await refused(['write', bench.path('bad.txt'), '--out', bench.path('x')], /bad\.txt: byte 2 /);
    await refused(['write', bench.path('none'), '--out', bench.path('x')], /there is no file/);
  });
});
