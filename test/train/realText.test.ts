/**
 * Three recipes on real text: German as the poor language, English as the rich one (mozilla/common-voice, CC0). The texts
 * are not part of the project; `M3LAB_DATA` names the folder that holds them.
 */

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import { useDevice } from '../gpu/adapter.ts';
import { buildCorpus } from '../text/corpus/fixtures.ts';
import { prepare, smallConfig } from './fixtures.ts';

const FOLDER = process.env.M3LAB_DATA;
const isHere = FOLDER !== undefined && existsSync(join(FOLDER, 'corpora'));
if (!isHere) console.warn('M3LAB_DATA names no folder with corpora/: the tests on real text are skipped');

/** A model of bytes begins at log2(257) = 8.0 bits; after 60 steps it knows which letters a text has. */
const UNTRAINED_BITS = 8;
const LEARNT_BITS = 5;

const RECIPES = {
  monolingual: { targetTokens: 8192, epochs: 2, ratio: 1 },
  bilingual: { targetTokens: 8192, epochs: 1, ratio: 0.5 },
  'two-stage': { targetTokens: 8192, epochs: 1, ratio: 0.5, finalRatio: 1, firstRatio: 0.125 },
};

/** Enough to tell a model that has learnt from one that has not, and little enough for a software adapter. */
const VALIDATION_LINES = 60;

async function* firstLines(path: string): AsyncGenerator<Uint8Array> {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, VALIDATION_LINES);
  yield new TextEncoder().encode(lines.join('\n'));
}

describe.skipIf(!isHere)('real text', () => {
  const gpu = useDevice();
  const read = (language: string) => {
    const path = (part: string) => join(FOLDER ?? '', 'corpora', `${language}-commonvoice.${part}.txt`);
    return buildCorpus({
      name: `${language}-commonvoice`,
      stream: createReadStream(path('train')),
      tokenizer: byteTokenizer,
      validation: firstLines(path('valid')),
    });
  };

  test('teaches a fleet of the three kinds which letters German has', async () => {
    const corpora = { target: await read('deu'), source: await read('eng'), tokenizer: byteTokenizer };
    // One end-of-document before the first document, and one after each.
    expect(corpora.target.train.length).toBe(corpora.target.trainBytes + 1);
    const configs = Object.entries(RECIPES).map(([name, recipe]) =>
      smallConfig({
        name,
        recipe,
        model: { layers: 1, width: 32, heads: 2, mlp: 64, context: 32 },
        optimizer: { learningRate: 0.01, batch: 8 },
        evaluation: { every: 30, windows: 32 },
      }),
    );
    const { trainer, events } = await prepare(createWebGpuEngine(gpu()), configs, { corpora });
    try {
      await trainer.run();
    } finally {
      trainer.destroy();
    }
    for (const name of Object.keys(RECIPES)) {
      const bits = events.flatMap((event) =>
        event.event === 'eval' && event.run === name ? [event.targetBitsPerByte] : [],
      );
      console.log(
        `${name}: German validation ${bits.map((value) => value.toFixed(2)).join(' → ')} bits per byte`,
      );
      expect(bits.length).toBeGreaterThanOrEqual(2);
      expect(bits[0]).toBeLessThan(UNTRAINED_BITS);
      expect(bits.at(-1)).toBeLessThan(LEARNT_BITS);
      expect(bits.at(-1)).toBeLessThan(bits[0] ?? 0);
    }
  });
});
