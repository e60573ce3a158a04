import { expect, test } from 'vitest';
import { OpenModels } from '../../../src/page/play/openModels.ts';
import { clientsOf, failureOf, modelFacts } from './models.ts';

const scored = { tokens: [] };
const score = (model: string) => ({ command: 'scoreText', model, text: 'a' }) as const;

test('a model is opened once for all who ask, and again when it has learned more', async () => {
  const { clients, sent } = clientsOf({ scoreText: () => scored });
  const models = new OpenModels(clients);
  const model = modelFacts('a');
  await Promise.all([models.ask(model, score('a')), models.ask(model, score('a'))]);
  expect(sent).toEqual(['readModel a', 'openModel', 'scoreText a', 'scoreText a']);
  await models.ask({ ...model, step: 97 }, score('a'));
  expect(sent.slice(4)).toEqual(['readModel a', 'openModel', 'scoreText a']);
});

test('one that the worker closed for another is opened again', async () => {
  const { clients, sent } = clientsOf({
    openModel: (command) => ({
      closed: (command.files as { id: string }).id === 'b' ? ['a'] : [],
    }),
    scoreText: () => scored,
  });
  const models = new OpenModels(clients);
  for (const id of ['a', 'b', 'a']) await models.ask(modelFacts(id), score(id));
  expect(sent.filter((words) => words.startsWith('readModel'))).toEqual([
    'readModel a',
    'readModel b',
    'readModel a',
  ]);
});

test('a model that is not open after all is opened once more, and no more than once', async () => {
  const { clients, sent } = clientsOf({ scoreText: () => failureOf('not-now') });
  const outcome = await new OpenModels(clients).ask(modelFacts('a'), score('a'));
  expect(outcome).toEqual(failureOf('not-now'));
  expect(sent).toEqual([
    'readModel a',
    'openModel',
    'scoreText a',
    'readModel a',
    'openModel',
    'scoreText a',
  ]);
});

test('what could not be opened is tried anew the next time', async () => {
  let isOffline = true;
  const { clients } = clientsOf({
    openModel: () => (isOffline ? failureOf('network') : { closed: [] }),
    scoreText: () => scored,
  });
  const models = new OpenModels(clients);
  expect(await models.ask(modelFacts('a'), score('a'))).toEqual(failureOf('network'));
  isOffline = false;
  expect((await models.ask(modelFacts('a'), score('a'))).ok).toBe(true);
});

test('a model that is no longer wanted is closed, when nobody asks about it any more', async () => {
  let answer = (_: unknown) => {};
  const { clients, sent } = clientsOf({
    scoreText: () => new Promise((resolve) => (answer = resolve)),
    closeModel: () => ({ ok: true, value: null }),
  });
  const models = new OpenModels(clients);
  const asked = models.ask(modelFacts('a'), score('a'));
  await expect.poll(() => sent).toContain('scoreText a');
  models.keepOnly(['b']);
  expect(sent).not.toContain('closeModel a');
  answer(scored);
  expect(await asked).toEqual({ ok: true, value: scored });
  expect(sent.at(-1)).toBe('closeModel a');
  models.keepOnly([]);
  expect(sent.filter((words) => words.startsWith('closeModel'))).toHaveLength(1);
});

test('an opening ends when all who wait for it have stopped, and is begun anew for who asks then', async () => {
  let ended = 0;
  const { clients, sent } = clientsOf({
    openModel: (_, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => {
          ended++;
          resolve(failureOf('cancelled'));
        });
      }),
  });
  const models = new OpenModels(clients);
  const [one, other] = [new AbortController(), new AbortController()];
  const ask = ({ signal }: AbortController) => models.ask(modelFacts('a'), score('a'), signal);
  const asked = [ask(one), ask(other)];
  await expect.poll(() => sent).toContain('openModel');
  one.abort();
  expect(await asked[0]).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(ended).toBe(0);
  other.abort();
  expect(await asked[1]).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(ended).toBe(1);
  void models.open(modelFacts('a'));
  await expect.poll(() => sent.filter((words) => words === 'openModel')).toHaveLength(2);
});

test('who stops while a model is being opened asks nothing of it', async () => {
  const { clients, sent } = clientsOf({ scoreText: () => scored });
  const stopping = new AbortController();
  const asked = new OpenModels(clients).ask(modelFacts('a'), score('a'), stopping.signal);
  stopping.abort();
  expect(await asked).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(sent).not.toContain('scoreText a');
});
