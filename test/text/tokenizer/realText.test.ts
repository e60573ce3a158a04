/** A BPE of English and Japanese on real text. `M3LAB_DATA` names the folder that holds it; it is not part of the project. */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DocumentList } from '../../../src/text/corpus/documentList.ts';
import { type PreparedCorpus, prepareCorpus } from '../../../src/text/corpus/prepare.ts';
import type { RawDocument } from '../../../src/text/document.ts';
import { openDocuments } from '../../../src/text/readers/open.ts';
import { fertility } from '../../../src/text/tokenizer/fertility.ts';
import { trainBpe } from '../../../src/text/tokenizer/training/trainBpe.ts';

const FOLDER = join(process.env.M3LAB_DATA ?? '', 'corpora');
const isHere = process.env.M3LAB_DATA !== undefined && existsSync(FOLDER);
if (!isHere) console.warn('M3LAB_DATA names no folder with corpora/: the tests on real text are skipped');

/** What a BPE of this size must save, on the languages that it was trained on. */
const LEAST_BYTES_PER_TOKEN = 2.5;

/** As a person's file is read: in the chunks that the system gives. */
function documentsOf(name: string): AsyncGenerator<RawDocument> {
  const path = join(FOLDER, name);
  return openDocuments({
    name,
    size: statSync(path).size,
    stream: () => createReadStream(path),
    slice: null,
  });
}

const prepared = (name: string): Promise<PreparedCorpus> =>
  prepareCorpus({
    name,
    documents: documentsOf(`${name}.train.txt`),
    validation: documentsOf(`${name}.valid.txt`),
  });

const textsOf = (list: DocumentList): string[] =>
  Array.from({ length: list.count }, (_, index) => list.textOf(index));

/** Of a file's documents, one a line, as they are named in a record, but found without the lab. */
function sha256(name: string): string {
  const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n');
  const documents = lines.map((line) => line.trim().normalize('NFC')).filter((line) => line !== '');
  return createHash('sha256')
    .update(`${documents.join('\n')}\n`)
    .digest('hex');
}

describe.skipIf(!isHere)('real text', () => {
  test('English and Japanese are cut coarsely, and every validation text comes back to the byte', async () => {
    const corpora = await Promise.all(['eng-bible', 'jpn-aozora'].map(prepared));
    for (const { name, sha256: ofTraining, validationSha256 } of corpora) {
      expect(ofTraining, name).toBe(sha256(`${name}.train.txt`));
      expect(validationSha256, name).toBe(sha256(`${name}.valid.txt`));
    }
    const texts = corpora.map(({ train }) => ({ documents: textsOf(train), share: 1 }));
    const bpe = await trainBpe({ texts, vocabulary: 4096 });
    for (const { name, validation } of corpora) {
      const { bytesPerToken } = fertility(bpe, textsOf(validation));
      expect(bytesPerToken, name).toBeGreaterThan(LEAST_BYTES_PER_TOKEN);
    }
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.valid.txt'));
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const back: string[] = [];
      for await (const { text } of documentsOf(name)) back.push(`${bpe.decode(bpe.encode(text))}\n`);
      expect(readFileSync(join(FOLDER, name)).equals(Buffer.from(back.join(''))), name).toBe(true);
    }
  });
});
