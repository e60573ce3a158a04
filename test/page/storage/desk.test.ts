/** What the storage dialog says of what could not be done. */

import { expect, test, vi } from 'vitest';
import type { Lab } from '../../../src/page/lab.ts';
import { StorageDesk } from '../../../src/page/storage/desk.ts';
import type { StorageFacts } from '../../../src/worker/api/storage.ts';

const FACTS: StorageFacts = {
  quotaBytes: 10,
  usageBytes: 1,
  persisted: false,
  fleeting: [],
  items: [],
  mostBackupBytes: 1,
};
const REFUSED = { kind: 'not-now', message: 'It is at work; stop it first.', advice: '' } as const;

/** A desk before a worker that looks, answers as it is told, and refuses everything else. */
function openDesk(
  answers: Readonly<Record<string, unknown>> = {},
  facts = FACTS,
  readAgain = async () => {},
): StorageDesk {
  const lab = {
    fits: { readAgain },
    listen: () => () => {},
    app: { say: () => {} },
    client: {
      send: async ({ command }: { readonly command: string }) =>
        command === 'storage'
          ? { ok: true, value: facts }
          : command in answers
            ? { ok: true, value: answers[command] }
            : { ok: false, failure: REFUSED },
    },
  };
  return new StorageDesk(lab as unknown as Lab);
}

test('what could not be removed is still said when the list is there anew', async () => {
  const desk = openDesk();
  await desk.begin();
  await desk.remove('fleet');
  expect(desk.facts.value).toEqual(FACTS);
  expect(desk.failure.value).toEqual(REFUSED);
  expect(desk.done.value).toBeNull();
  await desk.begin();
  expect(desk.failure.value).toBeNull();
});

test('what could not be brought back is said, and the file can be tried again', async () => {
  const desk = openDesk();
  const file = new File([], 'm3lab.zip');
  desk.picked.value = { file, facts: {} as never };
  await desk.bringBack();
  expect(desk.failure.value).toEqual(REFUSED);
  expect(desk.picked.value?.file).toBe(file);
});

test.each([true, false])(
  'tables and settings that were brought back are read at once: %s',
  async (hasSmallThings) => {
    const readAgain = vi.fn(async () => {});
    const desk = openDesk({ bringBack: { taken: [], leftOut: [], hasSmallThings } }, FACTS, readAgain);
    desk.picked.value = { file: new File([], 'm3lab.zip'), facts: {} as never };
    await desk.bringBack();
    expect(readAgain).toHaveBeenCalledTimes(hasSmallThings ? 1 : 0);
    expect(desk.awaitsReload.value).toBe(false);
  },
);

test.each([
  ['table', true],
  ['settings', true],
  ['text', false],
] as const)('a removed %s awaits a reload: %s', async (kind, awaitsReload) => {
  const item = { id: 'one', kind, title: 'One', detail: '', bytes: 1, loss: '', held: null };
  const desk = openDesk({ removeStored: null }, { ...FACTS, items: [item] });
  await desk.look();
  await desk.remove('one');
  expect(desk.done.value).toBe('One was removed.');
  expect(desk.awaitsReload.value).toBe(awaitsReload);
});
