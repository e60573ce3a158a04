/** The commands of the lab that train nothing. */

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Command } from '../../src/worker/api/lab.ts';
import type { Side } from '../../src/worker/api/texts.ts';
import { CONFIGS, openLab, openLabWithTexts, picked, pickedFiles, sharedGpu } from './lab.ts';

let gpu: GPU;
let files: Record<Side, File>;
let store: MemoryStore;

beforeAll(async () => {
  gpu = await sharedGpu();
  files = await pickedFiles();
});

beforeEach(() => {
  store = new MemoryStore();
});

const open = () => openLab(gpu, store);
const openWithTexts = () => openLabWithTexts(gpu, store, files);

test('texts are read, described, and found again by the next visit', async () => {
  const lab = open();
  const facts = await lab.must({
    command: 'readCorpus',
    side: 'target',
    origin: picked(files.target),
  });
  expect(facts).toMatchObject({ side: 'target', name: 'sw.txt', spec: `file:sw.txt#sha256=${facts.sha256}` });
  const { corpora, saved, adapter } = await open().must({ command: 'open' });
  expect(corpora).toEqual({ target: facts, source: null });
  expect(saved).toBeNull();
  expect(adapter).toMatchObject({ ok: true });
});

test('a text that replaces another leaves nothing of it in the store', async () => {
  const lab = await openWithTexts();
  const before = await store.list('corpora');
  await lab.must({ command: 'readCorpus', side: 'target', origin: picked(files.source) });
  const after = await store.list('corpora');
  // Both sides hold the same text now, kept once.
  expect(before).toHaveLength(6);
  expect(after).toHaveLength(3);
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
  expect(await lab.send({ command: 'readCorpus', side: 'target', origin: picked(binary) })).toMatchObject({
    ok: false,
    failure: { kind: 'text', message: expect.stringContaining('picture.png') },
  });
  expect((await lab.must({ command: 'open' })).corpora.target?.name).toBe('sw.txt');
});

test('without WebGPU texts are read all the same, and training says why it cannot be', async () => {
  const lab = openLab(undefined, store);
  expect(await lab.must({ command: 'open' })).toMatchObject({
    adapter: { ok: false, failure: { kind: 'no-webgpu' } },
  });
  for (const side of ['target', 'source'] as const) {
    await lab.must({ command: 'readCorpus', side, origin: picked(files[side]) });
  }
  expect(await lab.send({ command: 'train', configs: CONFIGS })).toMatchObject({
    ok: false,
    failure: { kind: 'no-webgpu' },
  });
});
