/** The lab behind the door, on a real device (Dawn in Node) and a store in memory. */

import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sampleText } from '../../corpora/samples.ts';
import { openDawn } from '../../src/cli/dawn.ts';
import { parseTrainConfig, type TrainConfig } from '../../src/formats/config.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Command, LabEvent, Outcome, Reply, SavedFleet } from '../../src/worker/api.ts';
import { LabSession } from '../../src/worker/session.ts';

/** How long a fleet of the size below may take while other tests have the cores. */
const ENOUGH_MS = 60_000;
const STEPS = 24;

let gpu: GPU;
/** Devices that the sessions opened, newest last, so that a test can take one away. */
const devices: GPUDevice[] = [];
let files: { target: File; source: File };
let store: MemoryStore;
/** A store in which a fleet of {@link CONFIGS} was trained without a break, and what came of it. */
let finished: { store: MemoryStore; saved: SavedFleet | null };

beforeAll(async () => {
  const dawn = await openDawn();
  gpu = new Proxy(dawn, {
    get(target, name) {
      if (name !== 'requestAdapter') return Reflect.get(target, name);
      return async (options: GPURequestAdapterOptions) => {
        const adapter = await target.requestAdapter(options);
        const request = adapter?.requestDevice.bind(adapter);
        if (adapter && request) {
          adapter.requestDevice = async (descriptor) => {
            const device = await request(descriptor);
            devices.push(device);
            return device;
          };
        }
        return adapter;
      };
    },
  });
  files = { target: await sampleFile('sw', 6000), source: await sampleFile('en', 9000) };
  store = new MemoryStore();
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  await lab.until('done');
  finished = { store, saved: (await lab.must({ command: 'open' })).saved };
});

beforeEach(() => {
  store = new MemoryStore();
});

async function sampleFile(language: 'sw' | 'en', bytes: number): Promise<File> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of sampleText(language).stream()) {
    parts.push(chunk.slice(0, bytes));
    break;
  }
  return new File(parts, `${language}.txt`);
}

/** A run of STEPS steps of 4 windows of 16 tokens. */
function config(name: string, ratio: number, epochs = (STEPS * 4 * ratio) / 32): TrainConfig {
  return parseTrainConfig(
    {
      version: 1,
      name,
      corpora: { target: 'file:sw.txt', source: 'file:en.txt' },
      model: { layers: 1, width: 32, heads: 2, mlp: 32, context: 16 },
      recipe: { targetTokens: 513, epochs, ratio },
      optimizer: { batch: 4 },
      evaluation: { every: 8, windows: 4 },
    },
    name,
  );
}

const CONFIGS = [config('monolingual', 1), config('bilingual', 0.5)];

/** A session on the present store, as a page sees it. */
function open() {
  const session = new LabSession({ gpu, locks: undefined, store, versions: { m3lab: 'test' } });
  const events: LabEvent[] = [];
  session.listen((event) => {
    events.push(event);
  });
  const send = <C extends Command>(command: C) =>
    session.send(command) as Promise<Outcome<Reply[C['command']]>>;
  const must = async <C extends Command>(command: C): Promise<Reply[C['command']]> => {
    const outcome = await send(command);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  const phase = () => events.findLast((event) => event.event === 'phase')?.phase;
  const reached = () => {
    const told = events.flatMap((event) => (event.event === 'train' ? event.events : []));
    return Math.max(0, ...told.map((event) => (event.event === 'loss' ? event.step : 0)));
  };
  const until = (wanted: string) =>
    vi.waitUntil(() => phase() === wanted, { timeout: ENOUGH_MS, interval: 5 });
  return { send, must, events, phase, reached, until };
}

async function openWithTexts() {
  const lab = open();
  await lab.must({ command: 'open' });
  await lab.must({ command: 'readCorpus', side: 'target', origin: { kind: 'file', file: files.target } });
  await lab.must({ command: 'readCorpus', side: 'source', origin: { kind: 'file', file: files.source } });
  return lab;
}

/** What must be the same however a fleet came to its end: curve and final losses. */
function results(saved: SavedFleet | null) {
  return saved?.runs.map(({ run, record }) => ({ run, curve: record?.curve, final: record?.final }));
}

test('texts are read, described, and found again by the next visit', async () => {
  const lab = open();
  const facts = await lab.must({
    command: 'readCorpus',
    side: 'target',
    origin: { kind: 'file', file: files.target },
  });
  expect(facts).toMatchObject({ side: 'target', name: 'sw.txt', sample: false, bytes: 6000 });
  const { corpora, saved, adapter } = await open().must({ command: 'open' });
  expect(corpora).toEqual({ target: facts, source: null });
  expect(saved).toBeNull();
  expect(adapter).toMatchObject({ ok: true });
});

test('a text that replaces another leaves nothing of it in the store', async () => {
  const lab = await openWithTexts();
  const before = await store.list('corpora');
  await lab.must({ command: 'readCorpus', side: 'target', origin: { kind: 'file', file: files.source } });
  const after = await store.list('corpora');
  // Both sides hold the same text now, kept once.
  expect(before).toHaveLength(6);
  expect(after).toHaveLength(3);
});

test('a fleet trains to its end, and its records are found by the next visit', async () => {
  store = finished.store;
  const { saved } = await open().must({ command: 'open' });
  expect(saved).toEqual(finished.saved);
  expect(saved?.finished).toBe(true);
  for (const { record, step } of saved?.runs ?? []) {
    expect(step).toBe(STEPS);
    expect(record?.status).toBe('done');
    expect(record?.final?.targetBitsPerByte).toBeLessThan(8);
  }
  expect(saved?.runs.map(({ run }) => run)).toEqual(['monolingual', 'bilingual']);
});

test('a fleet that was paused and left goes on in another visit to the same bits', async () => {
  const first = await openWithTexts();
  await first.must({ command: 'train', configs: CONFIGS });
  await first.must({ command: 'pause' });
  expect(first.phase()).toBe('paused');
  const before = (await open().must({ command: 'open' })).saved?.runs[0]?.step ?? 0;
  await first.must({ command: 'step', steps: 3 });
  await first.must({ command: 'checkpoint' });

  const second = open();
  const { saved } = await second.must({ command: 'open' });
  expect(saved?.finished).toBe(false);
  expect(saved?.runs[0]?.step).toBe(before);
  await second.must({ command: 'continue' });
  await second.until('done');
  expect(results((await second.must({ command: 'open' })).saved)).toEqual(results(finished.saved));
  await first.must({ command: 'stop' });
});

test('a lost device is opened again, and the fleet ends as if nothing had happened', async () => {
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  await expect.poll(lab.reached, { timeout: ENOUGH_MS, interval: 2 }).toBeGreaterThan(0);
  devices.at(-1)?.destroy();
  await lab.until('done');
  expect(lab.events).toContainEqual({ event: 'notice', message: expect.stringContaining('opened again') });
  expect(results((await lab.must({ command: 'open' })).saved)).toEqual(results(finished.saved));
});

test('a stopped fleet is over, and a discarded one leaves nothing behind', async () => {
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  await lab.must({ command: 'pause' });
  await lab.must({ command: 'stop' });
  await lab.until('done');
  const { saved } = await lab.must({ command: 'open' });
  expect(saved?.finished).toBe(true);
  expect(saved?.runs.map(({ record }) => record?.status)).toEqual(['stopped', 'stopped']);
  await lab.must({ command: 'discard' });
  expect((await lab.must({ command: 'open' })).saved).toBeNull();
  expect(await store.list('fleets')).toEqual([]);
});

test('what cannot be is an outcome with its field, and leaves the saved fleet alone', async () => {
  store = finished.store;
  const lab = open();
  await lab.must({ command: 'open' });
  const noEpochs = [config('monolingual', 1, 0)];
  for (const command of ['check', 'train'] as const) {
    expect(await lab.send({ command, configs: noEpochs })).toMatchObject({
      ok: false,
      failure: { kind: 'config', field: 'recipe.epochs', run: 'monolingual' },
    });
  }
  expect((await lab.must({ command: 'open' })).saved?.finished).toBe(true);
});

test('commands that make no sense now say so', async () => {
  const lab = open();
  for (const command of [
    { command: 'train', configs: CONFIGS },
    { command: 'continue' },
    { command: 'pause' },
    { command: 'resume' },
    { command: 'step', steps: 1 },
    { command: 'stop' },
  ] satisfies Command[]) {
    expect(await lab.send(command), command.command).toMatchObject({
      ok: false,
      failure: { kind: 'not-now' },
    });
  }
});

test('a file that is no text is refused by name, and the text before it stays', async () => {
  const lab = await openWithTexts();
  const binary = new File([Uint8Array.of(0, 1, 2, 3)], 'picture.png');
  expect(
    await lab.send({ command: 'readCorpus', side: 'target', origin: { kind: 'file', file: binary } }),
  ).toMatchObject({ ok: false, failure: { kind: 'text', message: expect.stringContaining('picture.png') } });
  expect((await lab.must({ command: 'open' })).corpora.target?.name).toBe('sw.txt');
});

test('without WebGPU texts are read all the same, and training says why it cannot be', async () => {
  const session = new LabSession({ gpu: undefined, locks: undefined, store, versions: {} });
  expect(await session.send({ command: 'open' })).toMatchObject({
    ok: true,
    value: { adapter: { ok: false, failure: { kind: 'no-webgpu' } } },
  });
  for (const side of ['target', 'source'] as const) {
    await session.send({ command: 'readCorpus', side, origin: { kind: 'file', file: files[side] } });
  }
  expect(await session.send({ command: 'train', configs: CONFIGS })).toMatchObject({
    ok: false,
    failure: { kind: 'no-webgpu' },
  });
});
