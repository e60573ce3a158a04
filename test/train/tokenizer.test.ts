/** Runs whose tokens are not bytes. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainConfig } from '../../src/formats/config.ts';
import { parseRunRecord } from '../../src/formats/record.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { trainBpe } from '../../src/text/tokenizer/training/trainBpe.ts';
import { readCheckpoint, readSavedTokenizer } from '../../src/train/checkpoint/checkpoint.ts';
import type { Corpora } from '../../src/train/fleet/plan.ts';
import { planFleets } from '../../src/train/fleet/plan.ts';
import { buildCorpus } from '../text/corpus/fixtures.ts';
import { eventsOf, prepare, SOURCE_TEXT, sampleCorpora, smallConfig, TARGET_TEXT } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

const TOKENIZER = { kind: 'bpe', vocabulary: 512, sourceShare: 0.5 };

let bytes: Corpora;
let pieces: Corpora;
let other: Corpora;
beforeAll(async () => {
  bytes = await sampleCorpora();
  pieces = await cutBy(await bpe(TARGET_TEXT, SOURCE_TEXT));
  other = await cutBy(await bpe(TARGET_TEXT));
});

/** The words are few, so letters beside them give a BPE enough to learn. */
function bpe(...texts: string[]): Promise<Tokenizer> {
  const pairs = Array.from({ length: 26 ** 2 }, (_, i) => letter(i % 26) + letter(Math.floor(i / 26)));
  const documents = [...texts, pairs.join(' '), pairs.join(' ')];
  return trainBpe({ texts: [{ documents, share: 1 }], vocabulary: 512 });
}

const letter = (index: number) => String.fromCharCode('a'.charCodeAt(0) + index);

async function cutBy(tokenizer: Tokenizer): Promise<Corpora> {
  const corpus = (name: string, text: string) =>
    buildCorpus({ name, stream: [new TextEncoder().encode(text)], tokenizer });
  return {
    target: await corpus('target.txt', TARGET_TEXT),
    source: await corpus('source.txt', SOURCE_TEXT),
    tokenizer,
  };
}

describe('a run with a BPE', () => {
  test('has its vocabulary, measures text by its bytes, and leaves a checkpoint with its tokenizer', async () => {
    const config = smallConfig({ tokenizer: TOKENIZER });
    const { trainer, events, store } = await prepare(new ReferenceEngine(), [config], { corpora: pieces });
    const [record] = await trainer.run();
    expect(parseRunRecord(JSON.parse(JSON.stringify(record)), 'record')).toEqual(record);
    expect(record?.config.tokenizer).toEqual(TOKENIZER);
    expect(record?.realised.embedding).toBe(0);
    expect(record?.realised.head).toBe(512 * 16);
    expect(record?.curve[0]?.loss).toBeCloseTo(Math.log(512), 1);

    // Final losses are of all whole windows of the validation text, whose tokens stand for this many bytes.
    const { validation } = pieces.target;
    const windows = Math.floor((validation.length - 1) / config.model.context);
    const scored = validation.subarray(1, 1 + windows * config.model.context);
    const text = scored.reduce((sum, token) => sum + pieces.tokenizer.bytesOf(token), 0);
    expect(text).toBeGreaterThan(scored.length);
    const nats = record?.final?.targetLoss ?? 0;
    expect(record?.final?.targetBitsPerByte).toBeCloseTo((nats * scored.length) / Math.LN2 / text, 12);
    expect(eventsOf(events, 'eval').length).toBeGreaterThan(0);

    const { tokenizer, config: model } = await readCheckpoint(store, 'run');
    expect(tokenizer.fingerprint).toBe(pieces.tokenizer.fingerprint);
    expect(model.vocabulary).toBe(512);
    expect((await readSavedTokenizer(store, 'run'))?.fingerprint).toBe(pieces.tokenizer.fingerprint);
    expect(await readSavedTokenizer(store, 'nobody')).toBeNull();
  });

  test('goes on as if it had not been interrupted', async () => {
    const config = smallConfig({ tokenizer: TOKENIZER });
    const whole = await prepare(new ReferenceEngine(), [config], { corpora: pieces });
    const [expected] = await whole.trainer.run();
    const store = new MemoryStore();
    const part = await prepare(new ReferenceEngine(), [config], { corpora: pieces, store });
    await part.trainer.run(undefined, 4);
    const rest = await prepare(new ReferenceEngine(), [config], { corpora: pieces, store, resume: true });
    expect(await rest.trainer.run()).toEqual([{ ...expected, seconds: expect.any(Number) }]);
  });

  test('does not go on with another tokenizer, and one of bytes does not with a BPE', async () => {
    const config = smallConfig({ tokenizer: TOKENIZER });
    const store = new MemoryStore();
    await (await prepare(new ReferenceEngine(), [config], { corpora: pieces, store })).trainer.run(
      undefined,
      2,
    );
    const resumed = (corpora: Corpora, now: TrainConfig) =>
      prepare(new ReferenceEngine(), [now], { corpora, store, resume: true });
    await expect(resumed(other, config)).rejects.toMatchObject({
      name: 'ResumeError',
      field: 'tokenizer',
      problem: expect.stringContaining(other.tokenizer.fingerprint),
    });
    await expect(resumed(bytes, smallConfig())).rejects.toMatchObject({ field: 'tokenizer.kind' });
    const path = 'run/tokenizer.json';
    await store.write(path, new TextEncoder().encode(JSON.stringify(other.tokenizer.file())));
    await expect(readSavedTokenizer(store, 'run')).rejects.toThrow(
      /run\/tokenizer\.json: its fingerprint is .*another checkpoint/,
    );
  });

  test('a tokenizer that was a file is recorded by name and fingerprint, and goes on wherever the file lies', async () => {
    const store = new MemoryStore();
    const at = (path: string) => smallConfig({ tokenizer: { kind: 'file', path } });
    const first = await prepare(new ReferenceEngine(), [at('/home/me/a.json')], { corpora: pieces, store });
    const [record] = await first.trainer.run(undefined, 2);
    const { fingerprint } = pieces.tokenizer;
    expect(record?.config.tokenizer).toEqual({ kind: 'file', path: 'a.json', fingerprint });
    const options = { store, resume: true };
    await expect(
      prepare(new ReferenceEngine(), [at('b.json')], { corpora: other, ...options }),
    ).rejects.toMatchObject({ field: 'tokenizer.fingerprint' });
    const moved = await prepare(new ReferenceEngine(), [at('b.json')], { corpora: pieces, ...options });
    expect(moved.trainer.steps.taken).toBe(2);
  });
});

test('a checkpoint of bytes that names no tokenizer goes on', async () => {
  const store = new MemoryStore();
  await (await prepare(new ReferenceEngine(), [smallConfig()], { store })).trainer.run(undefined, 2);
  const run = JSON.parse(new TextDecoder().decode((await store.read('run/run.json')) ?? undefined));
  expect(run.resume.tokenizer).toBe(byteTokenizer.fingerprint);
  delete run.resume.tokenizer;
  await store.write('run/run.json', new TextEncoder().encode(JSON.stringify(run)));
  const rest = await prepare(new ReferenceEngine(), [smallConfig()], { store, resume: true });
  expect((await rest.trainer.run())[0]?.status).toBe('done');
  expect((await readSavedTokenizer(store, 'run'))?.kind).toBe('bytes');
});

test('runs of different tokenizers do not share a fleet, and runs of one do', () => {
  const configs = ['a', 'b', 'c', 'd'].map((name) =>
    smallConfig({ name, ...(name !== 'b' && { tokenizer: TOKENIZER }) }),
  );
  const corporaOf = ({ name }: TrainConfig) => (name === 'b' ? bytes : name === 'c' ? other : pieces);
  const plans = planFleets(configs, corporaOf);
  expect(plans.map(({ runs }) => runs.map(({ name }) => name))).toEqual([['a', 'd'], ['b'], ['c']]);
  expect(plans.map(({ table }) => table.config.vocabulary)).toEqual([512, 257, 512]);
});

test('what a person should know of texts and tokenizer is warned of', () => {
  const near = { validationDocuments: 3, trainingDocuments: 5, examples: [] };
  const tokenizer = { ...byteTokenizer, warnings: ['this tokenizer forgets accents'] };
  const target = { ...bytes.target, nearDuplicates: near };
  const warningsOf = (corpora: Corpora) => planFleets([smallConfig()], corpora)[0]?.runs[0]?.warnings;
  expect(warningsOf({ ...bytes, target, tokenizer })).toEqual([
    expect.stringMatching(
      /^3 of \d+ validation documents of the target are nearly in training \(5 documents there\); .*"drop"/,
    ),
    'this tokenizer forgets accents',
  ]);
  const dropped = { ...target.dropped, nearDuplicates: 5 };
  expect(warningsOf({ ...bytes, target: { ...target, dropped } })).toEqual([]);
});

describe('what a target is held against', () => {
  const references = { floorBitsPerByte: 0.7, ngramBitsPerByte: 1.4 };

  test('is asked for once a run, stands in its record, and is not asked for again', async () => {
    const store = new MemoryStore();
    const asked: string[] = [];
    const options = {
      store,
      references: async ({ name }: TrainConfig) => {
        asked.push(name);
        return references;
      },
    };
    const configs = [smallConfig({ name: 'a' }), smallConfig({ name: 'b' })];
    const part = await prepare(new ReferenceEngine(), configs, options);
    await part.trainer.run(undefined, 2);
    expect(asked).toEqual(['a', 'b']);
    const rest = await prepare(new ReferenceEngine(), configs, { ...options, resume: true });
    const records = await rest.trainer.run();
    expect(asked).toHaveLength(2);
    for (const record of records) expect(record.references).toEqual(references);
    expect(eventsOf(rest.events, 'done')[0]?.record.references).toEqual(references);
  });

  test('is not measured for a run that is refused', async () => {
    const tooMuch = smallConfig({ name: 'b', recipe: { targetTokens: 1e6 } });
    let asked = false;
    const refused = prepare(new ReferenceEngine(), [smallConfig({ name: 'a' }), tooMuch], {
      references: async () => {
        asked = true;
        return references;
      },
    });
    await expect(refused).rejects.toMatchObject({ field: 'recipe.targetTokens' });
    expect(asked).toBe(false);
  });
});
