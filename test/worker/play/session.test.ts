import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { OrtUnavailableError } from '../../../src/export/ort/errors.ts';
import { cachedFeeds, noKeyValues, plainFeeds } from '../../../src/export/ort/feeds.ts';
import { ortRuntime } from '../../../src/export/ort/load.ts';
import type { OrtSession } from '../../../src/export/ort/session.ts';
import { MOST_CHOSEN } from '../../../src/page/play/choice.ts';
import { readTokenizer } from '../../../src/text/tokenizer/file/read.ts';
import type { ModelFiles, ModelProbe } from '../../../src/worker/api/models.ts';
import type { Writing } from '../../../src/worker/api/play.ts';
import { MOST_OPEN } from '../../../src/worker/play/shelf.ts';
import { PARITY } from '../../export/exampleParity.ts';
import { largestDifference, logitsOf, tinyModel } from '../../export/onnx/tiny.ts';
import { unigramFile } from '../../text/tokenizer/fixtures.ts';
import { filesOf, openSession, tinyFiles, WRITING, weightsOf } from './open.ts';

/** A runtime that counts the sessions which are open, and knows the most that were; `onCreate` is called when one is there. */
async function counted({ onCreate = () => {} }: { readonly onCreate?: () => unknown } = {}) {
  const runtime = await ortRuntime();
  const open = new Set<OrtSession>();
  const counts = { most: 0 };
  return {
    open,
    counts,
    load: async () => ({
      ...runtime,
      async create(onnx: Uint8Array) {
        const session = await runtime.create(onnx);
        const watched: OrtSession = {
          ...session,
          async release() {
            open.delete(watched);
            await session.release();
          },
        };
        open.add(watched);
        counts.most = Math.max(counts.most, open.size);
        await onCreate();
        return watched;
      },
    }),
  };
}

/** By a model of a long context, whose random weights do not find the end of a document soon. */
const ENDLESS: Writing = { ...WRITING, tokens: 10_000, temperature: 0 };

describe('models', () => {
  test('are opened from their files, and say who runs them', async () => {
    const { send } = openSession();
    expect(await send({ command: 'openModel', files: tinyFiles('a') })).toEqual({
      model: 'a',
      runtime: expect.stringMatching(/^onnxruntime-web \d+\.\d+\.\d+, WASM$/),
      context: 16,
      vocabulary: 257,
      closed: [],
    });
  });

  test('are closed when more than four are open, the one longest unused first, and their memory freed', async () => {
    const { open, counts, load } = await counted();
    const { send, failureOf } = openSession(load);
    for (const id of ['a', 'b', 'c', 'd']) await send({ command: 'openModel', files: tinyFiles(id) });
    await send({ command: 'scoreText', model: 'a', text: 'used' });
    expect(await send({ command: 'openModel', files: tinyFiles('e') })).toMatchObject({ closed: ['b'] });
    expect(open.size).toBe(4);
    expect(await failureOf({ command: 'scoreText', model: 'b', text: 'x' })).toMatchObject({
      kind: 'not-now',
      message: 'This model is no longer open here; choose it again.',
    });
    // The same one again takes its own place.
    expect(await send({ command: 'openModel', files: tinyFiles('e', 4) })).toMatchObject({ closed: [] });
    // The memory of one is free before another takes it.
    expect(counts.most).toBe(MOST_OPEN);
    for (const id of ['a', 'c', 'd', 'e', 'e']) await send({ command: 'closeModel', model: id });
    expect(open.size).toBe(0);
  });

  test('are as many as stand side by side in the page', () => {
    expect(MOST_OPEN).toBe(MOST_CHOSEN);
  });

  test('that are at work stay open when another has to go', async () => {
    const { begin, send, nextEvent } = openSession();
    for (const id of ['a', 'b', 'c', 'd']) {
      await send({ command: 'openModel', files: tinyFiles(id, 3, { context: 512 }) });
    }
    const writing = begin({ command: 'write', task: 1, model: 'a', writing: ENDLESS });
    await nextEvent();
    for (const id of ['b', 'c', 'd']) await send({ command: 'scoreText', model: id, text: 'used' });
    expect(await send({ command: 'openModel', files: tinyFiles('e') })).toMatchObject({ closed: ['b'] });
    writing.abort();
    expect(await writing.answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  test('are not opened when the person stops, before ONNX Runtime is there or after', async () => {
    const waiting = openSession(() => new Promise(() => {}));
    const first = waiting.begin({ command: 'openModel', files: tinyFiles('a') });
    setTimeout(first.abort, 20);
    expect(await first.answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });

    let stop = () => {};
    const { open, load } = await counted({ onCreate: () => stop() });
    const session = openSession(load);
    const second = session.begin({ command: 'openModel', files: tinyFiles('a') });
    stop = second.abort;
    expect(await second.answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(open.size).toBe(0);
    expect(await session.failureOf({ command: 'scoreText', model: 'a', text: 'x' })).toMatchObject({
      kind: 'not-now',
    });
  });

  test('make room for others though they cannot be freed', async () => {
    const runtime = await ortRuntime();
    const { send } = openSession(async () => ({
      ...runtime,
      create: async (onnx) => ({
        ...(await runtime.create(onnx)),
        release: () => Promise.reject(new Error('it is held')),
      }),
    }));
    await send({ command: 'openModel', files: tinyFiles('a') });
    expect(await send({ command: 'openModel', files: tinyFiles('a', 4) })).toMatchObject({ model: 'a' });
    expect(await send({ command: 'closeModel', model: 'a' })).toBeNull();
  });

  test('are checked until the person stops', async () => {
    let stop = () => {};
    const { open, load } = await counted({ onCreate: () => stop() });
    const { begin, send } = openSession(load);
    const files = tinyFiles('a');
    await send({ command: 'openModel', files });
    const { context, vocabulary } = tinyModel().config;
    const probe: ModelProbe = {
      ...{ windows: new Uint16Array(context + 1), count: 1, context, text: 'nothing' },
      logits: new Float32Array(context * vocabulary),
      weights: weightsOf(files),
    };
    const checking = begin({ command: 'checkModel', model: 'a', probe });
    stop = checking.abort;
    expect(await checking.answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    expect(open.size).toBe(1);
  });

  test('that are closed while they write say so', async () => {
    const { begin, send, nextEvent } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const writing = begin({ command: 'write', task: 1, model: 'a', writing: { ...WRITING, tokens: 10_000 } });
    await nextEvent();
    await send({ command: 'closeModel', model: 'a' });
    expect(await writing.answer).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
  });

  const broken: [string, (files: ModelFiles['files']) => Record<string, Uint8Array>, RegExp][] = [
    [
      'weights that are cut off',
      (files) => ({
        ...files,
        'model.safetensors': (files['model.safetensors'] as Uint8Array).slice(0, -100),
      }),
      /^Model\.safetensors: .*cut off/i,
    ],
    ['no weights', ({ 'model.safetensors': _, ...files }) => files, /^Model\.safetensors/i],
    [
      'a config that is no JSON',
      (files) => ({ ...files, 'config.json': new Uint8Array([1]) }),
      /^Config\.json/i,
    ],
    [
      'a run.json of something else',
      (files) => ({ ...files, 'run.json': new TextEncoder().encode('{"version":9}') }),
      /^Run\.json/i,
    ],
  ];
  test.each(broken)('with %s are refused by name', async (_, change, words) => {
    const { failureOf } = openSession();
    const { files, ...model } = tinyFiles('a');
    const failure = await failureOf({ command: 'openModel', files: { ...model, files: change(files) } });
    expect(failure).toMatchObject({ kind: 'file', message: expect.stringMatching(words) });
  });

  test('wait for ONNX Runtime, which is asked for again after it did not come', async () => {
    let isOnline = false;
    const { failureOf, send } = openSession(async (provider) => {
      if (isOnline) return ortRuntime({ provider });
      throw new OrtUnavailableError(provider, 'fetch', 'its WebAssembly did not come (Failed to fetch)');
    });
    expect(await failureOf({ command: 'openModel', files: tinyFiles('a') })).toEqual({
      kind: 'network',
      message: 'ONNX Runtime cannot be loaded: its WebAssembly did not come (Failed to fetch).',
      advice: expect.stringContaining('when you are online again, try again'),
    });
    isOnline = true;
    expect(await send({ command: 'openModel', files: tinyFiles('a') })).toMatchObject({ model: 'a' });
  });
});

describe('writing', () => {
  test('is told while it goes on, and answered with the same tokens', async () => {
    const { send, events } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const written = await send({ command: 'write', task: 5, model: 'a', writing: WRITING });
    expect(events.every(({ event, task }) => event === 'written' && task === 5)).toBe(true);
    expect(events.flatMap(({ tokens }) => tokens)).toEqual(written.tokens);
    expect(written.tokens.length).toBeGreaterThan(0);
    expect(written).toMatchObject({ promptTokens: 4, promptSeen: 4, lost: [] });
    expect(written.text).toBe(
      written.tokens
        .filter(({ piece }) => piece !== '‹end›')
        .map(({ text }) => text)
        .join(''),
    );
  });

  test('says how much of a prompt that is longer than the context was seen', async () => {
    const { send } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const writing = { ...WRITING, prompt: 'a prompt that is longer', tokens: 1 };
    const written = await send({ command: 'write', task: 1, model: 'a', writing });
    expect(written).toMatchObject({ promptTokens: 24, promptSeen: 16 });
  });

  test('ends with the document, or with the tokens that were asked for', async () => {
    const { send } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const write = (change: Partial<Writing>) =>
      send({ command: 'write', task: 1, model: 'a', writing: { ...WRITING, ...change } });
    const [short, long] = [await write({ tokens: 2 }), await write({ tokens: 3000 })];
    expect(short).toMatchObject({ ended: 'tokens', tokens: { length: 2 } });
    // One token of 257 ends a document, and the weights are random.
    expect(long.ended).toBe('document');
    const pieces = long.tokens.map(({ piece }) => piece);
    expect(pieces.indexOf('‹end›')).toBe(pieces.length - 1);
    expect(long.text.endsWith('\n')).toBe(long.tokens.at(-2)?.text === '\n');
  });

  test('of four models side by side is what each writes alone', async () => {
    const { send } = openSession();
    const ids = ['a', 'b', 'c', 'd'];
    for (const [seed, id] of ids.entries())
      await send({ command: 'openModel', files: tinyFiles(id, seed + 1) });
    const write = (model: string, task: number) =>
      send({ command: 'write', task, model, writing: { ...WRITING, prompt: '' } });
    const together = await Promise.all(ids.map(write));
    const texts = together.map(({ tokens }) => tokens.map(({ id }) => id));
    expect(new Set(texts.map(String)).size).toBe(4);
    for (const [task, id] of ids.entries()) {
      expect((await write(id, task)).tokens.map((token) => token.id)).toEqual(texts[task]);
    }
  });

  test('can be broken off, and what was written until then is told', async () => {
    const { begin, send, events, nextEvent } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a', 3, { context: 512 }) });
    const writing = begin({ command: 'write', task: 1, model: 'a', writing: ENDLESS });
    await nextEvent();
    writing.abort();
    expect(await writing.answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    const told = events.flatMap(({ tokens }) => tokens).length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(10_000);
  });

  test.each<[Partial<Writing>, string, string]>([
    [{ temperature: -1 }, 'temperature', '-1 is not a number of 0 or more.'],
    [{ topK: 0.5 }, 'topK', '0.5 is not a whole number of 0 or more.'],
    [{ topP: 1.5 }, 'topP', '1.5 is not above 0 and at most 1.'],
    [{ tokens: 0 }, 'tokens', '0 is not a whole number from 1 to 10,000.'],
    [{ seed: 0.1 }, 'seed', '0.1 is not a whole number from 0 to 4294967295.'],
  ])('refuses %j at its field', async (change, field, problem) => {
    const { send, failureOf } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const writing = { ...WRITING, ...change };
    expect(await failureOf({ command: 'write', task: 1, model: 'a', writing })).toMatchObject({
      kind: 'config',
      field,
      problem,
    });
  });
});

describe('texts', () => {
  test('are scored', async () => {
    const { send } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const scored = await send({ command: 'scoreText', model: 'a', text: 'Watoto walicheza nje.' });
    expect(scored).toMatchObject({ documents: 1, bytes: 22, lost: [], tokens: { length: 22 } });
    expect(scored.bitsPerByte).toBeCloseTo(scored.meanNats / Math.LN2, 12);
  });

  test('that are empty are refused in words', async () => {
    const { send, failureOf } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    expect(await failureOf({ command: 'scoreText', model: 'a', text: ' \n' })).toEqual({
      kind: 'text',
      message: 'There is nothing to score; paste a sentence or more.',
      advice: '',
    });
  });
});

describe('a tokenizer that lacks characters', () => {
  const opened = async () => {
    const file = unigramFile();
    // A model of ours has at least 256 tokens.
    for (let more = 0; file.model.vocab.length < 256; more++) file.model.vocab.push([`qqq${more}`, -20]);
    const tokenizer = await readTokenizer(file, 'tokenizer.json');
    const session = openSession();
    const tiny = tinyModel({ vocabulary: tokenizer.vocabulary });
    await session.send({ command: 'openModel', files: filesOf(tiny, 'a', tokenizer) });
    return session;
  };

  test('names those of a prompt, and writes on', async () => {
    const { send } = await opened();
    const writing = { ...WRITING, prompt: 'the 猫 and é', tokens: 5 };
    const { lost, tokens } = await send({ command: 'write', task: 1, model: 'a', writing });
    expect(lost).toEqual(['猫', 'é']);
    expect(tokens).toHaveLength(5);
  });

  test('names those of a text that is scored', async () => {
    const { send } = await opened();
    const scored = await send({ command: 'scoreText', model: 'a', text: 'the 猫\nand so' });
    expect(scored).toMatchObject({ lost: ['猫'], documents: 2, bytes: 15 });
    expect(scored.tokens.map(({ text }) => text).join('')).toBe('the \nand so\n');
    expect(scored.tokens.map(({ piece }) => piece)).toContain('‹2›');
  });
});

describe('exports', () => {
  test.each([
    ['hf', 'model.safetensors'],
    ['onnx', 'onnx/model.onnx'],
  ] as const)('come as a zip of one folder: %s', async (format, weights) => {
    const { send } = openSession();
    await send({ command: 'openModel', files: tinyFiles('a') });
    const { name, blob } = await send({ command: 'exportModel', model: 'a', format, parity: null });
    expect(name).toBe(`model-a-${format}.zip`);
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    const folder = name.replace('.zip', '');
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([`${folder}/${weights}`, `${folder}/config.json`, `${folder}/README.md`]),
    );
    if (format === 'hf') {
      expect(files[`${folder}/${weights}`]).toEqual(tinyFiles('a').files['model.safetensors']);
    } else {
      const opened = async (path: string) =>
        (await ortRuntime()).create(files[`${folder}/${path}`] ?? new Uint8Array());
      const [plain, cached] = [await opened('onnx/decoder_model.onnx'), await opened(weights)];
      const ofPlain = await logitsOf(plain, plainFeeds([1, 2, 3]));
      const ofCached = await logitsOf(cached, cachedFeeds([1, 2, 3], 0, noKeyValues(tinyModel().config)));
      expect(largestDifference(ofPlain, ofCached)).toBeLessThan(1e-4);
      for (const session of [plain, cached]) await session.release();
    }
  });

  test('say what a check of the very weights said, and nothing of another', async () => {
    const { send } = openSession();
    const files = tinyFiles('a');
    await send({ command: 'openModel', files });
    const cardWith = async (weights: string) => {
      const parity = { ...PARITY, weights };
      const { blob } = await send({ command: 'exportModel', model: 'a', format: 'hf', parity });
      const zip = unzipSync(new Uint8Array(await blob.arrayBuffer()));
      return new TextDecoder().decode(zip['model-a-hf/README.md']);
    };
    expect(await cardWith(weightsOf(files))).toContain('**Checked.**');
    expect(await cardWith(weightsOf(tinyFiles('b', 4)))).toContain('Not checked: ');
  });
});
