/** Models as a page has them: those of a fleet, kept ones, brought ones, and fleets that start from one. */

import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { huggingFaceFolder } from '../../../src/export/folder.ts';
import type { ModelConfig } from '../../../src/formats/config.ts';
import type { Parity } from '../../../src/formats/parity.ts';
import type { RunRecord } from '../../../src/formats/record.ts';
import { huggingFaceConfig } from '../../../src/huggingFace/config.ts';
import { writeSafetensors } from '../../../src/huggingFace/safetensors.ts';
import { namedTensors } from '../../../src/huggingFace/tensors.ts';
import { initialState } from '../../../src/model/llama/initialise.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { StorageFullError } from '../../../src/store/store.ts';
import { Sha256 } from '../../../src/text/sha256.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../../src/text/tokenizer/tokenizer.ts';
import { readCheckpoint } from '../../../src/train/checkpoint/checkpoint.ts';
import type { BroughtFile, ModelFacts } from '../../../src/worker/api/models.ts';
import type { Side } from '../../../src/worker/api/texts.ts';
import { readModelFiles } from '../../../src/worker/play/readModel.ts';
import { smallBpe } from '../../text/tokenizer/fixtures.ts';
import {
  CONFIGS,
  config,
  ENOUGH_MS,
  openLab,
  openLabWithTexts,
  pickedFiles,
  STEPS,
  sharedGpu,
} from '../lab.ts';

const PARITY: Parity = {
  runtime: 'a runtime',
  provider: 'wasm',
  text: '8 windows of held-out text of sw.txt',
  weights: null,
  windows: 8,
  tokens: 128,
  logits: 1e-6,
  loss: 1e-7,
  cacheLogits: 2e-6,
  engineLoss: 3,
  passed: true,
};
/** A loss that is measured again on the same windows by the same engine. */
const SAME = 1e-5;
const WAITING = { timeout: ENOUGH_MS, interval: 5 };

type Lab = Awaited<ReturnType<typeof openLabWithTexts>>;

let gpu: GPU;
let store: MemoryStore;
let files: Record<Side, File>;
let lab: Lab;
let trained: readonly ModelFacts[];
/** Of the first. */
let folder: readonly BroughtFile[];

beforeAll(async () => {
  gpu = await sharedGpu();
  store = new MemoryStore();
  files = await pickedFiles();
  lab = await openLabWithTexts(gpu, store, files);
  await lab.must({ command: 'train', configs: CONFIGS });
  await lab.until('done');
  trained = await lab.must({ command: 'listModels' });
  folder = await filesOf(first().id);
});

const first = () => trained[0] as ModelFacts;
const told = () => lab.events.flatMap((event) => (event.event === 'models' ? [event.models] : []));

async function filesOf(model: string): Promise<BroughtFile[]> {
  const read = await lab.must({ command: 'readModel', model });
  return Object.entries(read.files).map(([name, bytes]) => ({
    path: `model/${name}`,
    blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
  }));
}

describe('the models of a fleet', () => {
  test('are listed with what their records say, and told when they change', async () => {
    expect(trained.map(({ name, kind }) => [name, kind])).toEqual([
      ['monolingual', 'monolingual single-stage'],
      ['bilingual', 'multi-lingual single-stage'],
    ]);
    expect(first()).toMatchObject({
      origin: 'trained',
      isKept: false,
      isTraining: false,
      shape: CONFIGS[0]?.model,
      vocabulary: byteTokenizer.vocabulary,
      tokenizer: 'bytes',
      start: null,
      step: STEPS,
      parity: null,
    });
    expect(first().targetLoss).toBeGreaterThan(0);
    await vi.waitUntil(() => JSON.stringify(told().at(-1)) === JSON.stringify(trained));
  });

  test('are read as files that make a model again', async () => {
    const read = await lab.must({ command: 'readModel', model: first().id });
    expect(Object.keys(read.files).sort()).toEqual([
      'config.json',
      'model.safetensors',
      'run.json',
      'tokenizer.json',
    ]);
    const { parameters } = first();
    expect((await parametersOf(first().id)).length).toBeGreaterThanOrEqual(parameters);
  });

  test('are probed on held-out text of their own', async () => {
    const probe = await lab.must({ command: 'probeModel', model: first().id });
    const { windows, count, context, logits } = probe;
    expect(probe.text).toBe('8 windows of held-out text of sw.txt');
    expect(probe.weights).toBe(await weightsOf(first().id));
    expect([count, context, windows.length]).toEqual([8, 16, 8 * 17]);
    expect(logits.length).toBe(count * context * byteTokenizer.vocabulary);
    const text = await files.target.text();
    expect(text).toContain(byteTokenizer.decode(windows.subarray(1, 17)));
    expect(windows[17]).toBe(windows[16]);
    // The last window's logits are of its own tokens: they say its own next ones better than chance.
    expect(meanNats(logits, windows, count, context)).toBeLessThan(Math.log(byteTokenizer.vocabulary));
  });

  test('are looked up in what they were trained on', async () => {
    const lines = (text: string) => text.split('\n').sort((a, b) => b.length - a.length);
    const [ofTarget = ''] = lines(await files.target.text());
    const [ofSource = ''] = lines(await files.source.text());
    const text = `Ä – ${ofTarget} ${ofSource}`;
    const [mono, both] = await Promise.all(
      trained.map(({ id }) => lab.must({ command: 'findCopied', model: id, text })),
    );
    expect(both?.searched).toEqual({ target: true, source: true });
    for (const { from, to, length, snippet } of both?.spans ?? []) {
      const span = text.slice(from, to);
      expect(length).toBe(new TextEncoder().encode(span).length);
      expect(length).toBeGreaterThanOrEqual(both?.n ?? Number.POSITIVE_INFINITY);
      expect(snippet).toContain(span);
    }
    expect(both?.spans.map(({ side }) => side)).toContain('source');
    expect(both?.share).toBeGreaterThan(0.3);
    // What was held out of these is not in them.
    expect(both?.usual).toBe(0);
    // Its config names a source, of which it read nothing.
    expect(mono?.searched).toEqual({ target: true, source: false });
    expect(mono?.spans.map(({ side }) => side)).not.toContain('source');
    const long = await lab.send({ command: 'findCopied', model: first().id, text: 'x'.repeat(70_000) });
    expect(long).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
  });

  test('have passed a check as long as their weights are the same', async () => {
    const { id } = first();
    const parity = { ...PARITY, weights: await weightsOf(id), logits: Infinity };
    await lab.must({ command: 'keepParity', model: id, parity });
    const listed = async (there = lab) => (await there.must({ command: 'listModels' }))[0]?.parity;
    expect(await listed()).toEqual(parity);
    const change = async (path: string, by: (bytes: Uint8Array) => Uint8Array) => {
      const bytes = (await store.read(path)) ?? new Uint8Array();
      await store.write(path, by(bytes));
      return () => store.write(path, bytes);
    };
    // Nobody asks for the hash again as long as the step is the same.
    const read = vi.spyOn(store, 'read');
    expect(await listed()).toEqual(parity);
    expect(read.mock.calls.flat()).not.toContain(`${id}/model.safetensors`);
    read.mockRestore();
    const takeBack = await change(`${id}/model.safetensors`, (bytes) => bytes.with(bytes.length - 1, 1));
    expect(await listed(openLab(undefined, store) as typeof lab)).toBeNull();
    await takeBack();
    const goBack = await change(`${id}/run.json`, (bytes) => {
      const run = JSON.parse(new TextDecoder().decode(bytes));
      return strToU8(JSON.stringify({ ...run, resume: { ...run.resume, step: STEPS + 1 } }));
    });
    expect(await listed()).toBeNull();
    await goBack();
    expect(await listed()).toEqual(parity);
  });

  test('have not passed the check of other weights', async () => {
    const { id, name } = first();
    const other = { ...PARITY, weights: await weightsOf(trained[1]?.id ?? '') };
    for (const parity of [other, PARITY]) {
      const outcome = await lab.send({ command: 'keepParity', model: id, parity });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
      expect(!outcome.ok && outcome.failure.message).toContain(`${name} is no longer the model`);
    }
  });
});

describe('a model that is kept', () => {
  test('is a copy with its own name, takes room, and is forgotten', async () => {
    const parity = { ...PARITY, weights: await weightsOf(first().id) };
    await lab.must({ command: 'keepParity', model: first().id, parity });
    const kept = await lab.must({ command: 'keepModel', model: first().id, name: ' the best ' });
    expect(kept).toEqual({ ...first(), id: kept.id, name: 'the best', isKept: true, parity });
    const list = ['the best', 'monolingual', 'bilingual'];
    await vi.waitUntil(
      () =>
        String(
          told()
            .at(-1)
            ?.map(({ name }) => name),
        ) === String(list),
    );
    const { items } = await lab.must({ command: 'storage' });
    const item = items.find(({ kind }) => kind === 'model');
    expect(item).toMatchObject({ title: 'the best', held: null });
    expect(item?.bytes).toBeGreaterThan(4 * kept.parameters);
    expect(items.filter(({ kind }) => kind === 'other')).toEqual([]);
    // Kept once more it is the same one, and the fleet's says what it is kept as.
    expect(await lab.must({ command: 'keepModel', model: first().id, name: 'once more' })).toEqual(kept);
    const listed = await lab.must({ command: 'listModels' });
    expect(listed.map(({ name, keptAs }) => [name, keptAs])).toEqual([
      ['the best', null],
      ['monolingual', 'the best'],
      ['bilingual', null],
    ]);
    await lab.must({ command: 'forgetModel', model: kept.id });
    expect(await store.list('models')).toEqual([]);
    const gone = await lab.send({ command: 'readModel', model: kept.id });
    expect(gone).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
    const ofFleet = await lab.send({ command: 'forgetModel', model: first().id });
    expect(ofFleet).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
  });

  test('goes along with everything, and comes back', async () => {
    const kept = await lab.must({ command: 'keepModel', model: first().id, name: 'along' });
    const zip = await lab.must({ command: 'takeAlong', without: ['texts'] });
    await lab.must({ command: 'forgetModel', model: kept.id });
    const there = openLab(undefined, new MemoryStore());
    const brought = await there.must({
      command: 'bringBack',
      file: new File([zip], 'all.zip'),
      replaceFleet: false,
    });
    expect(brought.taken).toContain('the model along');
    const [back] = await there.must({ command: 'listModels' });
    expect(back).toEqual(kept);
  });
});

describe('a model that is brought along', () => {
  test('as a folder or a zip has what the files say', async () => {
    const brought = await lab.must({ command: 'bringModel', name: '', files: folder });
    const { origin, isKept, name, step, targetLoss } = brought;
    expect({ origin, isKept, name, step, targetLoss }).toEqual({
      ...{ origin: 'brought', isKept: true, name: 'model', step: STEPS },
      targetLoss: first().targetLoss,
    });
    const entries = await Promise.all(
      folder
        .filter(({ path }) => !path.endsWith('run.json'))
        .map(async ({ path, blob }) => [path, new Uint8Array(await blob.arrayBuffer())] as const),
    );
    const zip = new Blob([zipSync(Object.fromEntries(entries))]);
    const files = [{ path: 'mine.zip', blob: zip }];
    const again = await lab.must({ command: 'bringModel', name: '', files });
    expect(again).toEqual({ ...brought, wasHere: true });
    await lab.must({ command: 'forgetModel', model: brought.id });
    const unzipped = await lab.must({ command: 'bringModel', name: '', files });
    expect(unzipped).toMatchObject({ name: 'mine', kind: null, step: null, targetLoss: null, said: [] });
    expect(await parametersOf(unzipped.id)).toEqual(await parametersOf(first().id));
    const { text } = await lab.must({ command: 'probeModel', model: unzipped.id });
    expect(text).toMatch(/stories/);
    expect(await lab.must({ command: 'findCopied', model: unzipped.id, text: 'a' })).toMatchObject({
      ...{ spans: [], usual: null },
      searched: { target: false, source: false },
    });
    await lab.must({ command: 'forgetModel', model: unzipped.id });
  });

  test('as an export has the name and the record that it went out with, and may be trained on', async () => {
    const files = await exportOf(first().id, 'Two-stage');
    const bring = { command: 'bringModel', name: 'two-stage-hf', files } as const;
    // Of two that come at once the second finds the first.
    const [brought, again] = await Promise.all([lab.must(bring), lab.must(bring)]);
    const { kind, step, targetLoss, targetBitsPerByte } = first();
    expect(brought).toMatchObject({ name: 'Two-stage', kind, step, targetLoss, targetBitsPerByte, said: [] });
    expect([brought.wasHere, again.wasHere, again.id]).toEqual([false, true, brought.id]);
    const { text } = await lab.must({ command: 'probeModel', model: brought.id });
    expect(text).toBe('8 windows of held-out text of sw.txt');
    expect((await readModel(brought.id)).exported.record?.id).toBe(
      (await readModel(first().id)).exported.record?.id,
    );
    const other = await lab.must({ ...bring, files: await exportOf(trained[1]?.id ?? '', 'Two-stage') });
    expect(other.name).toBe('Two-stage (2)');
    const outlook = await lab.must({ command: 'check', configs: [config('on', 1)], start: brought.id });
    expect(outlook.map(({ runs }) => runs)).toEqual([['on']]);
    for (const { id } of [brought, other]) await lab.must({ command: 'forgetModel', model: id });
  });

  test('is refused in words that name the file, and nothing is left of it', async () => {
    const withFile = (name: string, blob: Blob) =>
      folder.map((file) => (file.path.endsWith(name) ? { ...file, blob } : file));
    const weights = folder.find(({ path }) => path.endsWith('.safetensors'))?.blob ?? new Blob();
    const bad: [string, readonly BroughtFile[], RegExp][] = [
      ['cut off', withFile('.safetensors', weights.slice(0, weights.size - 10)), /^model\.safetensors: /],
      [
        'of another kind',
        withFile('config.json', new Blob(['{"model_type":"gpt2"}'])),
        /^config\.json: .*gpt2/,
      ],
      ['no JSON', withFile('tokenizer.json', new Blob(['{'])), /^tokenizer\.json/],
      ['no weights', folder.slice(0, 2), /^model\.safetensors: there is no such file/],
      [
        'too large',
        withFile('.safetensors', new HugeBlob()),
        /^model\.safetensors: it is 5,000,000,000 bytes/,
      ],
      ['no zip', [{ path: 'a.zip', blob: new Blob([strToU8('PK, but no more')]) }], /a\.zip: it begins as/],
      ['garbage', [{ path: 'a.zip', blob: new Blob(['garbage']) }], /^a\.zip: this is no zip archive/],
      ['an empty zip', [{ path: 'a.zip', blob: new Blob([]) }], /^a\.zip: this file is empty/],
      ['one file', [{ path: 'fit.json', blob: new Blob(['{}']) }], /^fit\.json: this file alone is no model/],
      [
        'a story',
        [{ path: 's.zip', blob: new Blob([zipSync({ 'a.txt': strToU8('a') })]) }],
        /^s\.zip: config/,
      ],
      [
        'for ONNX Runtime',
        [{ path: 'm/config.json', blob: await onnxConfig() }],
        /^model\.safetensors: .*this is the ONNX export of a model; take its Hugging Face export/,
      ],
    ];
    for (const [what, files, words] of bad) {
      const outcome = await lab.send({ command: 'bringModel', name: 'bad', files });
      expect(outcome.ok, what).toBe(false);
      expect(!outcome.ok && outcome.failure, what).toMatchObject({ message: expect.stringMatching(words) });
      expect(!outcome.ok && outcome.failure.kind, what).toMatch(/^(file|text)$/);
    }
    const other = withFile('run.json', new Blob(['{}']));
    const { id, said } = await lab.must({ command: 'bringModel', name: 'x', files: other });
    expect(said).toEqual([expect.stringMatching(/^Run\.json was left out/)]);
    await lab.must({ command: 'forgetModel', model: id });
    expect(await store.list('models')).toEqual([]);
  });
});

describe('a fleet that starts from a model', () => {
  test('is refused where the shape is another one', async () => {
    const wide = { ...config('wide', 1), model: { ...config('wide', 1).model, width: 64 } };
    const checked = await lab.send({ command: 'check', configs: [wide], start: first().id });
    expect(checked).toMatchObject({
      ok: false,
      failure: { kind: 'config', field: 'model.width', run: 'wide' },
    });
    const outlook = await lab.must({ command: 'check', configs: [config('on', 1)], start: first().id });
    expect(outlook.map(({ runs }) => runs)).toEqual([['on']]);
  });

  test('begins where the model ended, and again after a reload before its first checkpoint', async () => {
    const saved = (await lab.must({ command: 'open' })).saved?.runs[0]?.record;
    const on = { ...config('on', 1, 40), seed: 7 };
    await lab.must({ command: 'train', configs: [on], start: first().id });
    // The fleet that it came from is gone; a copy of the model remains.
    expect(await store.list(first().id)).toEqual([]);
    await lab.must({ command: 'pause' });
    const [model] = await lab.must({ command: 'listModels' });
    expect(model).toMatchObject({ name: 'on', start: 'monolingual', isTraining: true });
    const probe = await lab.send({ command: 'probeModel', model: model?.id ?? '' });
    expect(probe).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
    await lab.must({ command: 'stop' });
    await lab.until('stopped');
    await store.remove(model?.id ?? '');

    const next = openLab(gpu, store);
    const opened = await next.must({ command: 'open' });
    expect(opened.saved?.runs[0]).toMatchObject({ record: null, config: { start: { name: 'monolingual' } } });
    await next.must({ command: 'continue' });
    await vi.waitUntil(() => next.reached() > 0, WAITING);
    await next.must({ command: 'stop' });
    await next.until('stopped');
    const again = (await next.must({ command: 'open' })).saved?.runs[0]?.record;
    expect(distance(startLoss(again), lastLoss(saved))).toBeLessThan(SAME);

    await next.must({ command: 'continue' });
    await vi.waitUntil(() => next.reached() > (again?.realised.steps ?? 0), WAITING);
    await next.must({ command: 'stop' });
    await next.until('stopped');
    const further = (await next.must({ command: 'open' })).saved?.runs[0];
    expect(further?.step).toBeGreaterThan(again?.realised.steps ?? Number.POSITIVE_INFINITY);
    expect(startLoss(further?.record)).toBe(startLoss(again));
  });

  test('reads with a tokenizer that the model brings', async () => {
    const other = await openLabWithTexts(gpu, new MemoryStore(), files);
    const { model: shape } = config('on', 1);
    const bpe = await smallBpe();
    const brought = await other.must({ command: 'bringModel', name: 'bpe', files: freshModel(shape, bpe) });
    expect(brought).toMatchObject({ tokenizer: 'bpe', vocabulary: bpe.vocabulary, kind: null });
    await other.must({ command: 'train', configs: [config('on', 1, 1)], start: brought.id });
    await other.until('done');
    const record = (await other.must({ command: 'open' })).saved?.runs[0]?.record;
    const { fingerprint } = bpe;
    expect(record?.config.tokenizer).toEqual({ kind: 'file', path: 'tokenizer.json', fingerprint });
    // Of the model's own tokens, of which it knows nothing yet.
    expect(distance(startLoss(record), Math.log(bpe.vocabulary))).toBeLessThan(0.3);
  });
});

test('where storage is full, that is said and nothing is left', async () => {
  const full = new FullStore();
  const other = openLab(undefined, full);
  const outcome = await other.send({ command: 'bringModel', name: 'x', files: folder });
  expect(outcome).toMatchObject({ ok: false, failure: { kind: 'storage-full' } });
  expect(await full.list('models')).toEqual([]);
});

class FullStore extends MemoryStore {
  override async write(path: string, bytes: Uint8Array): Promise<void> {
    if (path.endsWith('.safetensors')) throw new StorageFullError(path, bytes.length);
    await super.write(path, bytes);
  }
}

/** What nobody would want to read. */
class HugeBlob extends Blob {
  override get size() {
    return 5e9;
  }
  override slice(): Blob {
    throw new Error('it was read');
  }
}

type Curve = RunRecord | null | undefined;

/** Target loss before the first step. */
function startLoss(record: Curve): number | undefined {
  const [begun] = record?.curve ?? [];
  return begun?.step === 0 ? begun.targetLoss : undefined;
}

/** Target loss of the last validation. */
function lastLoss(record: Curve): number | undefined {
  return record?.curve.findLast(({ targetLoss }) => targetLoss !== undefined)?.targetLoss;
}

function distance(a = Number.NaN, b = Number.NaN): number {
  return Math.abs(a - b);
}

/** SHA-256 of the file of a model's weights. */
async function weightsOf(model: string): Promise<string> {
  const bytes = await store.read(`${model}/model.safetensors`);
  return new Sha256().update(bytes ?? new Uint8Array()).hex();
}

async function parametersOf(model: string): Promise<Float32Array> {
  const { files: read } = await lab.must({ command: 'readModel', model });
  const copy = new MemoryStore();
  for (const [name, bytes] of Object.entries(read)) await copy.write(name, bytes);
  return (await readCheckpoint(copy, '')).parameters;
}

async function readModel(model: string) {
  return readModelFiles(await lab.must({ command: 'readModel', model }), new AbortController().signal);
}

/** A model as it is taken away under a name. */
async function exportOf(model: string, name: string): Promise<BroughtFile[]> {
  const { exported } = await readModel(model);
  return [...huggingFaceFolder({ ...exported, name }, null)].map(([path, bytes]) => ({
    path: `folder/${path}`,
    blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
  }));
}

/** What the lab's export for ONNX Runtime has beside its graphs. */
async function onnxConfig(): Promise<Blob> {
  const json = await folder.find(({ path }) => path.endsWith('config.json'))?.blob.text();
  return new Blob([
    JSON.stringify({ ...JSON.parse(json ?? ''), 'transformers.js_config': { dtype: 'fp32' } }),
  ]);
}

/** A model of random weights as Hugging Face has it. */
function freshModel(shape: ModelConfig, tokenizer: Tokenizer): BroughtFile[] {
  const table = parameterTable({ ...shape, vocabulary: tokenizer.vocabulary });
  const { parameters } = initialState(table, 1);
  const json = (value: unknown) => new Blob([JSON.stringify(value)]);
  const weights = writeSafetensors(namedTensors(table, parameters));
  return [
    { path: 'config.json', blob: json(huggingFaceConfig(table.config, tokenizer.endOfDocument)) },
    { path: 'tokenizer.json', blob: json(tokenizer.file()) },
    { path: 'model.safetensors', blob: new Blob([weights as Uint8Array<ArrayBuffer>]) },
  ];
}

function meanNats(logits: Float32Array, windows: Uint16Array, count: number, context: number): number {
  const vocabulary = logits.length / count / context;
  let sum = 0;
  for (let row = 0; row < count * context; row++) {
    const values = logits.subarray(row * vocabulary, (row + 1) * vocabulary);
    const next = windows[Math.floor(row / context) * (context + 1) + (row % context) + 1] ?? 0;
    let total = 0;
    for (const value of values) total += Math.exp(value);
    sum += Math.log(total) - (values[next] ?? Number.NaN);
  }
  return sum / count / context;
}
