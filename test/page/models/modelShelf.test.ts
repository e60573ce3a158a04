import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { ModelShelf } from '../../../src/page/models/modelShelf.ts';
import { modelTitle, modelWords, originWords } from '../../../src/page/models/modelWords.ts';
import type { Opened } from '../../../src/worker/api/lab.ts';
import type { ModelFacts } from '../../../src/worker/api/models.ts';
import { clientsOf, failureOf, modelFacts } from '../play/models.ts';

test('models are listed once the lab is open, and again where that failed', async () => {
  let isBroken = true;
  const { clients, sent } = clientsOf({
    listModels: () => (isBroken ? failureOf('storage') : [modelFacts('a')]),
  });
  const shelf = new ModelShelf(clients.client);
  const opened = signal<Opened | null>(null);
  shelf.loadOnceOpen({ opened, unopened: signal(false) });
  expect(sent).toEqual([]);
  opened.value = {} as Opened;
  await expect.poll(() => shelf.failure.value?.kind).toBe('storage');
  isBroken = false;
  await shelf.load();
  await shelf.load();
  expect(shelf.failure.value).toBeNull();
  expect(shelf.all.value?.map(({ id }) => id)).toEqual(['a']);
  expect(sent).toHaveLength(2);
});

test('what is told while they are listed is newer', async () => {
  const { clients } = clientsOf({ listModels: () => [modelFacts('old')] });
  const shelf = new ModelShelf(clients.client);
  const loading = shelf.load();
  shelf.take({ event: 'models', models: [modelFacts('new')] });
  await loading;
  expect(shelf.all.value?.map(({ id }) => id)).toEqual(['new']);
});

test('a model that trainings start from may go', () => {
  const shelf = new ModelShelf(clientsOf({}).clients.client);
  expect(shelf.start.value).toBeNull();
  shelf.take({ event: 'models', models: [modelFacts('a')] });
  shelf.startId.value = 'a';
  expect(shelf.start.value).toMatchObject({ id: 'a' });
  shelf.take({ event: 'models', models: [] });
  expect(shelf.start.value).toBe('gone');
});

test('models are told apart in words', () => {
  const words = (model: ModelFacts) => modelWords(model).replaceAll('\u00a0', ' ');
  expect(words(modelFacts('a'))).toBe(
    'two stages · 96 steps · 27,232 weights · context 32 · bytes · 2.164 bits per byte',
  );
  expect(words(modelFacts('d', { start: 'tiny' }))).toMatch(/96 steps · went on from tiny · /);
  const unknown = {
    kind: null,
    step: null,
    targetBitsPerByte: null,
    tokenizer: 'file',
    vocabulary: 2048,
  } as const;
  const brought = modelFacts('b', { ...unknown, origin: 'brought', isKept: true });
  expect(words(brought)).toBe('27,232 weights · context 32 · 2,048 word pieces');
  expect(originWords(brought)).toBe('brought along');
  expect(originWords(modelFacts('c', { isTraining: true }))).toBe('in training');
  expect([modelFacts('a'), modelFacts('a', { isKept: true }), brought].map(modelTitle)).toEqual([
    'Model a (96 steps)',
    'Model a (96 steps, kept)',
    'Model b (brought along)',
  ]);
});
