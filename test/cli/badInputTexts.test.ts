/** Texts and tokenizers that cannot be: exit code 2, the field and the place in one line, nothing written. */

import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { Bench, run } from './commands.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  bench.file('target.txt', TARGET_TEXT);
  bench.file('source.txt', SOURCE_TEXT);
  bench.file('cut.txt.gz', gzipSync(TARGET_TEXT).subarray(0, 100));
  bench.file('table.csv', 'title,body\na,b\nc,d\n');
  bench.file('latin.txt', Uint8Array.of(...new TextEncoder().encode('one\ntwo\n'), 0xe9, 0x20, 0x0a));
  bench.file('none.txt', '');
  bench.file('odd.json', { model: { type: 'WordPiece', vocab: { a: 0 } } });
  bench.file('torn.json', '{"model": ');
});
afterEach(() => bench.remove());

const CONFIG = {
  version: 1,
  corpora: { target: 'file:target.txt', source: 'file:source.txt' },
  model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
  recipe: { targetTokens: 209, epochs: 1, ratio: 0.5 },
  optimizer: { batch: 2 },
};

const target = (spec: string) => ({ corpora: { ...CONFIG.corpora, target: spec } });

test.each<[string, object, RegExp]>([
  ['a spec that is none', target('flie:x.txt'), /corpora\.target: "flie:x\.txt" is not the spec of a corpus/],
  ['a path', target('mytext.txt'), /corpora\.target: "mytext\.txt" is not .*did you mean file:mytext\.txt\?/],
  ['a world without such a language', target('world:xx'), /corpora\.target: .*the world is told in en, id/],
  [
    'an unknown option',
    target('world:en?size=3'),
    /corpora\.target: .*does not know size; it knows distance/,
  ],
  [
    'a truncated gzip',
    target('file:cut.txt.gz'),
    /corpora\.target: cut\.txt\.gz: the gzip data end too early, at byte 100/,
  ],
  ['a table without a text column', target('file:table.csv'), /corpora\.target: table\.csv: .*title.*body/],
  [
    'a table without that column',
    target('file:table.csv#text'),
    /corpora\.target: table\.csv: .*title.*body/,
  ],
  [
    'another encoding',
    target('file:latin.txt'),
    /corpora\.target: latin\.txt: byte 8 .*line 3\), 0xE9, is not UTF-8/,
  ],
  ['a file of 0 bytes', target('file:none.txt'), /corpora\.target: none\.txt: this file is empty/],
  [
    'a validation text that is missing',
    { corpora: { ...CONFIG.corpora, sourceValidation: 'file:no.txt' } },
    /run\.json: corpora\.sourceValidation: there is no file .*no\.txt/,
  ],
  [
    'a server that nobody runs',
    // The discard port, which answers nothing.
    target('http://127.0.0.1:9/a.txt'),
    /run\.json: corpora\.target: http:\/\/127\.0\.0\.1:9\/a\.txt: /,
  ],
  [
    'a tokenizer that is missing',
    { tokenizer: { kind: 'file', path: 'no.json' } },
    /run\.json: tokenizer\.path: there is no file .*no\.json/,
  ],
  [
    'a tokenizer of an unknown kind',
    { tokenizer: { kind: 'file', path: 'odd.json' } },
    /run\.json: tokenizer\.path: odd\.json: model\.type: .*WordPiece/,
  ],
  [
    'a tokenizer that is torn',
    { tokenizer: { kind: 'file', path: 'torn.json' } },
    /run\.json: tokenizer\.path: torn\.json, line 1/,
  ],
  [
    'a vocabulary that is larger than the text supports',
    { tokenizer: { kind: 'bpe', vocabulary: 32_768 } },
    /run\.json: tokenizer\.vocabulary: a vocabulary of 32,768 is more than these texts hold/,
  ],
  [
    'a recipe that cannot be, before a tokenizer is trained for it',
    { tokenizer: { kind: 'bpe', vocabulary: 32_768 }, recipe: { targetTokens: -5 } },
    /run\.json: recipe\.targetTokens: -5 is not a number above 0/,
  ],
])('%s', async (_, change, words) => {
  const config = bench.file('run.json', { ...CONFIG, ...change });
  const before = bench.list();
  const { code, out, error } = await run(['train', config, '--out', bench.path('out'), '--json']);
  expect(error).toMatch(words);
  expect(error.trim().split('\n')).toHaveLength(1);
  expect(error).toMatch(/^m3lab: .*run\.json: /);
  expect([code, out]).toEqual([2, '']);
  expect(bench.list()).toEqual(before);
});
