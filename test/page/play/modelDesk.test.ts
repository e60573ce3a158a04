import { expect, test } from 'vitest';
import { broughtOf } from '../../../src/page/play/models/brought.ts';
import { ModelDesk } from '../../../src/page/play/models/modelDesk.ts';
import type { ModelFacts } from '../../../src/worker/api/models.ts';
import { type Answers, clientsOf, failureOf, modelFacts } from './models.ts';

function deskOf(answers: Answers, displaced: ModelFacts | null = null) {
  const { clients, sent } = clientsOf(answers);
  const added: string[] = [];
  const desk = new ModelDesk({
    client: clients.client,
    choice: {
      add: (id) => {
        added.push(id);
        return displaced;
      },
    },
    say: () => {},
  });
  return { desk, sent, added };
}

const file = (name: string, folder = '') =>
  Object.defineProperty(new File(['{}'], name), 'webkitRelativePath', {
    value: folder === '' ? '' : `${folder}/${name}`,
  });

test('a zip is called by its name, a folder by its own', () => {
  expect(broughtOf([file('story.zip')])).toMatchObject({ name: 'story', files: [{ path: 'story.zip' }] });
  expect(broughtOf([file('config.json', 'tiny'), file('model.safetensors', 'tiny')])).toMatchObject({
    name: 'tiny',
    files: [{ path: 'tiny/config.json' }, { path: 'tiny/model.safetensors' }],
  });
  expect(broughtOf([file('config.json'), file('tokenizer.json')])?.name).toBe('Brought model');
  expect(broughtOf([])).toBeNull();
});

test('a model that is brought is chosen, and what had to be done to read it is said', async () => {
  const { desk, added } = deskOf({
    bringModel: () => modelFacts('new', { name: 'tiny', said: ['bf16 was converted to f32.'] }),
  });
  await desk.bring(broughtOf([file('tiny.zip')]));
  expect(added).toEqual(['new']);
  expect(desk.done.value).toEqual(['tiny was brought along.', 'bf16 was converted to f32.']);
  expect(desk.bringing.value).toBeNull();
});

test('where four are chosen it is said which one made room', async () => {
  const answers = { bringModel: () => modelFacts('new', { name: 'tiny' }) };
  const { desk } = deskOf(answers, modelFacts('d', { name: 'Two-stage' }));
  await desk.bring(broughtOf([file('tiny.zip')]));
  expect(desk.done.value).toEqual(['tiny was brought along; it stands in the place of Two-stage.']);
});

test('one whose weights are here already is chosen, and nothing is said to be new', async () => {
  const { desk, added } = deskOf({
    bringModel: () => ({ ...modelFacts('old', { name: 'tiny' }), wasHere: true }),
  });
  await desk.bring(broughtOf([file('copy.zip')]));
  expect(added).toEqual(['old']);
  expect(desk.done.value).toEqual(['tiny is here already, with the same weights.']);
});

test('what is no model is refused in words; reading that is stopped says nothing', async () => {
  const { desk, added } = deskOf({
    bringModel: (_, signal) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(failureOf('cancelled')))),
  });
  const reading = desk.bring(broughtOf([file('tiny.zip')]));
  expect(desk.bringing.value).toBe('tiny');
  desk.stopBringing();
  await reading;
  expect(desk.failure.value).toBeNull();
  const refused = deskOf({ bringModel: () => failureOf('file') });
  await refused.desk.bring(broughtOf([file('tiny.zip')]));
  expect(refused.desk.failure.value?.kind).toBe('file');
  refused.desk.closeFailure();
  expect(refused.desk.failure.value).toBeNull();
  expect([...added, ...refused.added]).toEqual([]);
});

test('models are kept and forgotten, and a failure of either stands until the next thing is done', async () => {
  const { desk, sent } = deskOf({
    keepModel: () => failureOf('storage-full'),
    forgetModel: () => ({ ok: true, value: null }),
  });
  await desk.keep(modelFacts('a'));
  expect(desk.failure.value?.kind).toBe('storage-full');
  desk.asked.value = 'b';
  await desk.forget(modelFacts('b'));
  expect(desk.failure.value).toBeNull();
  expect(desk.asked.value).toBeNull();
  expect(sent).toEqual(['keepModel a', 'forgetModel b']);
});
