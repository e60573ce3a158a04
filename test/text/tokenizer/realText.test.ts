/** A BPE of English and Japanese on real text. `M3LAB_DATA` names the folder that holds it; it is not part of the project. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fertility } from '../../../src/text/tokenizer/fertility.ts';
import { trainBpe } from '../../../src/text/tokenizer/training/trainBpe.ts';

const FOLDER = join(process.env.M3LAB_DATA ?? '', 'corpora');
const isHere = process.env.M3LAB_DATA !== undefined && existsSync(FOLDER);
if (!isHere) console.warn('M3LAB_DATA names no folder with corpora/: the tests on real text are skipped');

/** What a BPE of this size must save, on the languages that it was trained on. */
const LEAST_BYTES_PER_TOKEN = 2.5;

const documents = (name: string) =>
  readFileSync(join(FOLDER, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.normalize('NFC'));

describe.skipIf(!isHere)('real text', () => {
  test('English and Japanese are cut coarsely, and every validation text comes back to the byte', async () => {
    const texts = ['eng-bible', 'jpn-aozora'].map((name) => ({
      documents: documents(`${name}.train.txt`),
      share: 1,
    }));
    const bpe = await trainBpe({ texts, vocabulary: 4096 });
    for (const name of ['eng-bible', 'jpn-aozora']) {
      const { bytesPerToken } = fertility(bpe, documents(`${name}.valid.txt`));
      expect(bytesPerToken, name).toBeGreaterThan(LEAST_BYTES_PER_TOKEN);
    }
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.valid.txt'));
    expect(files.length).toBeGreaterThan(0);
    const utf8 = new TextEncoder();
    for (const name of files) {
      const bytes = readFileSync(join(FOLDER, name));
      const back = utf8.encode(bpe.decode(bpe.encode(bytes.toString('utf8'))));
      expect(bytes.equals(back), name).toBe(true);
    }
  });
});
