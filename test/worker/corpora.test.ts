/** Texts of every origin behind the door: read, described, stopped, kept, and tokenised for a fleet. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { TrainConfig } from '../../src/formats/config.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { READ_OPTIONS } from '../../src/text/document.ts';
import type { LabEvent } from '../../src/worker/api/lab.ts';
import type { CorpusOrigin } from '../../src/worker/api/texts.ts';
import { gz, parquet, zip } from '../text/readers/files.ts';
import { useServer } from '../text/remote/server.ts';
import { CONFIGS, ENOUGH_MS, openLab, openLabWithTexts, picked, pickedFiles, sharedGpu } from './lab.ts';

const STORIES = 'world:en?bytes=60000';

let store: MemoryStore;

beforeEach(() => {
  store = new MemoryStore();
});

const open = () => openLab(undefined, store);
const target = (origin: CorpusOrigin) => ({ command: 'readCorpus', side: 'target', origin }) as const;
const spec = (text: string): CorpusOrigin => ({ kind: 'spec', spec: text });
const file = (name: string, bytes: Uint8Array | string): CorpusOrigin =>
  picked(new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name));

const SENTENCES = Array.from(
  { length: 40 },
  (_, index) => `Sentence ${index} of a small text, which is not long.`,
);

test('the built-in world is read with its floor, its language, and a few of its stories, and kept', async () => {
  const lab = open();
  const facts = await lab.must(target(spec(STORIES)));
  expect(facts).toMatchObject({ spec: STORIES, language: 'en', validationDocuments: expect.any(Number) });
  expect(facts.floorBitsPerByte).toBeGreaterThan(0.5);
  expect(facts.floorBitsPerByte).toBeLessThan(2);
  expect(facts.preview).toHaveLength(3);
  expect(facts.statistics.scripts[0]?.script).toBe('Latin');
  expect(facts.sample.read.bytes).toBeGreaterThan(50_000);
  expect((await open().must({ command: 'open' })).corpora.target).toEqual(facts);
  expect((await lab.must(target(spec('world:en?distance=0.5&bytes=20000')))).language).toBeNull();
  const damaged = await lab.must(target(spec('world:en?noise=0.5&bytes=20000')));
  expect(damaged.floorBitsPerByte).toBeNull();
});

test('what a picker needs to offer comes with the first answer', async () => {
  const { catalogue, endings } = await open().must({ command: 'open' });
  expect(catalogue.map(({ code }) => code)).toContain('sw');
  expect(endings).toContain('.parquet');
});

const columns = { id: SENTENCES.map((_, i) => `${i}`), body: SENTENCES };
const csv = ['title,body', ...SENTENCES.map((text, i) => `title ${i} of it,"${text}"`)].join('\n');

test.each<[string, Uint8Array | string, string | null]>([
  ['lines.txt', SENTENCES.join('\n'), null],
  ['lines.jsonl.gz', gz(SENTENCES.map((text) => JSON.stringify({ text })).join('\n')), null],
  ['table.csv', csv, 'body'],
  ['table.parquet', parquet(Object.entries(columns).map(([name, data]) => ({ name, data }))), 'body'],
  ['packed.zip', zip({ 'a.txt': SENTENCES.join('\n') }), null],
])('%s is read out of the picked file', async (name, bytes, column) => {
  const blob = new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name);
  const facts = await open().must(target({ kind: 'file', file: blob, options: { ...READ_OPTIONS, column } }));
  expect(facts.documents + facts.validationDocuments).toBe(SENTENCES.length);
  expect(facts.spec).toBe(`file:${name}#${column ? `column=${column}&` : ''}sha256=${facts.sha256}`);
  expect(facts.floorBitsPerByte).toBeNull();
});

test('a table with two columns of text is refused with the columns to choose from', async () => {
  const lab = open();
  const refused = await lab.send(target(file('table.csv.gz', gz(csv))));
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'text', columns: ['title', 'body'] } });
});

test('a name that would end a spec is not taken for one', async () => {
  const facts = await open().must(target(file('a#b&c.txt', SENTENCES.join('\n'))));
  expect(facts.name).toBe('a#b&c.txt');
  expect(facts.spec).toBe(`file:a%23b&c.txt#sha256=${facts.sha256}`);
});

test('a spec that asks for another text, or for a file of this machine, is refused', async () => {
  const lab = open();
  expect(await lab.send(target(spec('file:/etc/hosts')))).toMatchObject({
    ok: false,
    failure: { kind: 'text', message: expect.stringContaining('pick it') },
  });
  const server = `https://example.org/a.txt#sha256=${'0'.repeat(64)}`;
  const fetched = openLab(undefined, store, { fetch: async () => new Response(SENTENCES.join('\n')) });
  expect(await fetched.send(target(spec(server)))).toMatchObject({
    ok: false,
    failure: { kind: 'text', message: expect.stringMatching(/asks for 0{64}/) },
  });
});

test('a reading that is stopped leaves the text before it', async () => {
  const lab = open();
  const before = await lab.must(target(spec('world:en?bytes=20000')));
  const controller = new AbortController();
  const reading = lab.send(target(spec('world:en?bytes=500000000')), controller.signal);
  await expect
    .poll(() => lab.events.some(({ event }) => event === 'reading'), { timeout: ENOUGH_MS })
    .toBe(true);
  controller.abort();
  expect(await reading).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect((await lab.must({ command: 'open' })).corpora.target).toEqual(before);
});

test('whoever asks again no longer waits for the first answer', async () => {
  const lab = open();
  const first = lab.send(target(spec('world:en?bytes=500000000')));
  const second = await lab.must(target(spec('world:en?bytes=20000')));
  expect(await first).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect((await open().must({ command: 'open' })).corpora.target).toEqual(second);
});

describe('a corpus elsewhere', () => {
  const server = useServer();

  test('is described before it is fetched, and fetched once', async () => {
    const lab = openLab(undefined, store, { fetch });
    const address = server().serve('/small.txt', SENTENCES.join('\n'));
    const bytes = SENTENCES.join('\n').length;
    const asked = () => lab.must({ command: 'describeCorpus', side: 'target', spec: address });
    expect(await asked()).toMatchObject({ bytesOnServer: bytes, willDownload: bytes, isKept: false });
    const facts = await lab.must(target(spec(address)));
    expect(facts.documents + facts.validationDocuments).toBe(SENTENCES.length);
    expect(await asked()).toMatchObject({ willDownload: 0, isKept: true });
    const requests = server().asked.length;
    // Another text in between, so that it is not the open one that is given back.
    await lab.must(target(spec('world:en?bytes=20000')));
    expect((await lab.must(target(spec(address)))).sha256).toBe(facts.sha256);
    expect(server().asked).toHaveLength(requests);
  });

  test('that is not there, or asks for a login, is refused in words', async () => {
    const lab = openLab(undefined, store, { fetch });
    const gone = `${server().base}/gone.txt`;
    const closed = server().serve('/closed.txt', '', { first: [{ status: 401 }, { status: 401 }] });
    for (const [address, words] of [
      [gone, /has nothing at this address \(status 404\)/],
      [closed, /only after a login/],
    ] as const) {
      const failure = { kind: 'network', message: expect.stringMatching(words) };
      const described = { command: 'describeCorpus', side: 'target', spec: address } as const;
      expect(await lab.send(described)).toMatchObject({ ok: false, failure });
    }
    expect(await lab.send(target(spec(closed)))).toMatchObject({ ok: false, failure: { kind: 'network' } });
  });
});

test('the n-gram reference needs a text, and falls with more of it', async () => {
  const lab = open();
  const wish = (targetTokens: number) =>
    ({ command: 'reference', targetTokens, tokenizer: { kind: 'bytes' } }) as const;
  expect(await lab.send(wish(1000))).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
  const { floorBitsPerByte } = await lab.must(target(spec(STORIES)));
  const little = await lab.must(wish(1001));
  const much = await lab.must(wish(20_001));
  expect([little.trainedBytes, much.trainedBytes]).toEqual([1000, 20_000]);
  expect(much.bitsPerByte).toBeLessThan(little.bitsPerByte);
  expect(much.bitsPerByte).toBeGreaterThan(floorBitsPerByte ?? Number.NaN);
});

test('a BPE is trained for a fleet, told of, and found again by the next visit', async () => {
  const gpu = await sharedGpu();
  const files = await pickedFiles();
  const tokenizer: TrainConfig['tokenizer'] = { kind: 'bpe', vocabulary: 512, sourceShare: 0.5 };
  const configs = CONFIGS.map((config) => ({ ...config, tokenizer }));
  const lab = await openLabWithTexts(gpu, store, files);
  await lab.must({ command: 'check', configs });
  await lab.must({ command: 'train', configs });
  const told = (name: LabEvent['event']) => lab.events.findLast(({ event }) => event === name);
  expect(told('tokenizing')).toMatchObject({ round: expect.any(Number), share: 1 });
  expect(told('tokenizer')).toMatchObject({ facts: { kind: 'bpe', vocabulary: 512 } });
  await lab.until('training');
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
  const next = openLab(gpu, store);
  await next.must({ command: 'open' });
  await next.must({ command: 'continue' });
  await next.until('done');
  const { saved } = await next.must({ command: 'open' });
  for (const { record } of saved?.runs ?? []) {
    expect(record?.references).toEqual({ floorBitsPerByte: null, ngramBitsPerByte: expect.any(Number) });
    const { targetLoss, targetBitsPerByte } = record?.final ?? {};
    // More than a byte a token, so fewer bits a byte than a token.
    expect(targetBitsPerByte).toBeLessThan((targetLoss ?? Number.NaN) / Math.LN2);
  }
});

test('a vocabulary that the texts do not hold is refused at its field', async () => {
  const gpu = await sharedGpu();
  const lab = await openLabWithTexts(gpu, store, await pickedFiles());
  const tokenizer: TrainConfig['tokenizer'] = { kind: 'bpe', vocabulary: 32_768, sourceShare: 0.5 };
  const configs = CONFIGS.map((config) => ({ ...config, tokenizer }));
  expect(await lab.send({ command: 'train', configs })).toMatchObject({
    ok: false,
    failure: { kind: 'config', field: 'tokenizer.vocabulary', problem: expect.stringContaining('32,768') },
  });
  expect(lab.phase()).toBe('idle');
});

test('documents that nearly repeat a kept-back one are counted, and left out when asked', async () => {
  const words = (i: number) =>
    Array.from({ length: 30 }, (_, j) => ((i * 7919 + j * 104_729) ** 2).toString(36));
  const long = SENTENCES.map((text, i) => `${text} ${words(i).join(' ')}`);
  const repeated = long.flatMap((text) => [text, `${text}!`]);
  const lab = open();
  const facts = await lab.must(target(file('twice.txt', repeated.join('\n'))));
  const near = facts.nearDuplicates?.trainingDocuments ?? 0;
  expect(near).toBeGreaterThan(0);
  const [monolingual] = CONFIGS;
  const asks = (targetTokens: number, nearDuplicates?: 'drop') => ({
    command: 'check' as const,
    configs: [
      {
        ...monolingual!,
        corpora: { target: facts.spec, source: null, ...(nearDuplicates && { nearDuplicates }) },
        recipe: { targetTokens, epochs: 0.1, ratio: 1, finalRatio: 1, firstRatio: 0 },
      },
    ],
  });
  await lab.must(asks(facts.trainTokens));
  expect(await lab.send(asks(facts.trainTokens, 'drop'))).toMatchObject({
    ok: false,
    failure: { field: 'recipe.targetTokens' },
  });
  // They are left out, not forgotten.
  await lab.must(asks(facts.trainTokens));
  expect((await open().must({ command: 'open' })).corpora.target).toEqual(facts);
});
