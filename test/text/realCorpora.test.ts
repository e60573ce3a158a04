/**
 * Real corpora from files to tokens, whichever lie in the folder that `M3LAB_DATA` names; they are not part of the project. A text is
 * `<language>-<source>.train.txt` with its `.valid.txt`.
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/text/corpus/corpus.ts';
import type { Openers } from '../../src/text/openCorpus.ts';
import { type PreparedPair, preparePair, Shelf, tokenizePair } from '../../src/text/pair/pair.ts';
import { tokenizerFor } from '../../src/text/pair/pairTokenizer.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';

const FOLDER = join(process.env.M3LAB_DATA ?? '', 'corpora');
const isHere = process.env.M3LAB_DATA !== undefined && existsSync(FOLDER);
if (!isHere) console.warn('M3LAB_DATA names no folder with corpora/: the tests on real corpora are skipped');

const NAMES = isHere
  ? readdirSync(FOLDER).flatMap((name) => name.match(/^(.+)\.train\.txt$/)?.slice(1) ?? [])
  : [];

/** Small enough to be fast, large enough for a BPE that is worth its name. */
const TARGET_TOKENS = 200_000;
const VOCABULARY = 4096;
/** What such a BPE saves on any of these languages, also those that it was not made for. */
const LEAST_BYTES_PER_TOKEN = 1.5;

const OPENERS: Openers = {
  fetch: async () => {
    throw new Error('nothing is fetched here');
  },
  cache: null,
  file: async ({ path }) => ({
    name: basename(path),
    size: statSync(path).size,
    stream: () => [readFileSync(path)],
    slice: null,
  }),
};

const shelf = new Shelf();
// Near-duplicates have tests of their own, and take longer than all that is looked at here.
const pairOf = (target: string, source: string | null = null): Promise<PreparedPair> =>
  preparePair(
    {
      target: `file:${target}.train.txt`,
      targetValidation: `file:${target}.valid.txt`,
      source: source === null ? null : `file:${source}.train.txt`,
      ...(source !== null && { sourceValidation: `file:${source}.valid.txt` }),
      nearDuplicates: 'ignore',
    },
    OPENERS,
    { shelf, locate: (path) => join(FOLDER, path) },
  );

/** The documents of a file, one a line, each once: what remains of it when it is prepared. */
function linesOf(name: string): string {
  const lines = readFileSync(join(FOLDER, name), 'utf8')
    .split('\n')
    .map((line) => line.trim().normalize('NFC'));
  return [...new Set(lines)].filter((line) => line !== '').join('\n');
}

describe.skipIf(!isHere)('real corpora', () => {
  test('are six or more', () => expect(NAMES.length).toBeGreaterThanOrEqual(6));

  let bpe: Tokenizer;
  test('give a BPE of their first tokens and a source', async () => {
    const [english, other] = [
      NAMES.find((name) => name.startsWith('eng')),
      NAMES.find((name) => name.startsWith('jpn')),
    ];
    expect([english, other]).not.toContain(undefined);
    const config = { kind: 'bpe', vocabulary: VOCABULARY, sourceShare: 0.5 } as const;
    const pair = await pairOf(other ?? '', english);
    bpe = await tokenizerFor(config, pair, TARGET_TOKENS, {
      file: () => Promise.reject(new Error('no file')),
    });
    expect(bpe.vocabulary).toBe(VOCABULARY);
  }, 60_000);

  test.each(NAMES)(
    '%s loads, splits and tokenises, and its validation text comes back to the byte',
    async (name) => {
      const pair = await pairOf(name);
      const { validation, train } = pair.target;
      expect(train.count).toBeGreaterThan(10 * validation.count);
      const held = new Set(Array.from({ length: validation.count }, (_, i) => validation.textOf(i)));
      for (let i = 0; i < train.count; i++)
        if (held.has(train.textOf(i))) throw new Error(`${train.textOf(i)} is in both`);
      const text = linesOf(`${name}.valid.txt`);
      const { target } = await tokenizePair(pair, bpe);
      // An end before the first document, and after each.
      expect(bpe.decode(target.validation) === `\n${text}\n`).toBe(true);
      expect(byteTokenizer.decode(await tokenize(validation, byteTokenizer)) === `\n${text}\n`).toBe(true);
      expect(target.validationBytes).toBe(Buffer.byteLength(text) + 1);
      expect(target.train.length).toBeLessThan(target.trainBytes / LEAST_BYTES_PER_TOKEN);
    },
    60_000,
  );
});
