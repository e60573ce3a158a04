/** The note of the last visit: what another version of the lab wrote is no reason to delete what it may point to. */

import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import { Notebook } from '../../src/worker/notebook.ts';
import type { SessionNote } from '../../src/worker/sessionFile.ts';
import { openLab } from './lab.ts';

const TEXT = 'corpora/old/train.documents';
const CHECKPOINT = 'fleets/a/run/commit.json';
const NEWER = JSON.stringify({ version: 2, open: ['old'], fleets: ['fleets/a'] });
const UNREADABLE_FLEET = JSON.stringify({
  version: 1,
  corpora: { target: 'mine', source: null },
  fleet: {
    folder: 'fleets/a',
    configs: [{ version: 7, name: 'run' }],
    corpora: { target: 'old', source: 'old' },
    begunAt: 0,
    finished: false,
  },
});

const bytes = (text: string) => new TextEncoder().encode(text);
const chosen = (key: string) => (session: SessionNote) => ({
  ...session,
  corpora: { target: key, source: null },
});

let store: MemoryStore;

beforeEach(async () => {
  store = new MemoryStore();
  await store.write(TEXT, bytes('text'));
  await store.write(CHECKPOINT, bytes('checkpoint'));
});

describe.each([
  ['of another version', NEWER],
  ['that is damaged', NEWER.slice(0, 20)],
  ['whose fleet cannot be read', UNREADABLE_FLEET],
])('a note %s', (_, note) => {
  beforeEach(() => store.write('session.json', bytes(note)));

  test('costs nothing that it may point to, however often it is changed', async () => {
    const notes = new Notebook(store, undefined);
    for (const key of ['one', 'two']) {
      await store.write(`corpora/${key}/train.documents`, bytes(key));
      await notes.change(chosen(key));
    }
    const paths = await store.list('');
    expect(paths).toEqual(expect.arrayContaining([TEXT, CHECKPOINT, 'corpora/two/train.documents']));
    // What was chosen in this version goes as ever.
    expect(await new Notebook(store, undefined).read()).toMatchObject({ corpora: { target: 'two' } });
    await store.write('corpora/three/train.documents', bytes('three'));
    await notes.change(chosen('three'));
    expect(await store.list('corpora/two')).toEqual([]);
  });

  test('stays itself, beside the new one', async () => {
    await new Notebook(store, undefined).change(chosen('one'));
    const aside = (await store.list('')).filter((path) => path.startsWith('session.other-'));
    expect(aside).toHaveLength(1);
    expect(new TextDecoder().decode((await store.read(aside[0] ?? '')) ?? undefined)).toBe(note);
  });

  test('is told of once, and what it leaves over is listed and can be removed', async () => {
    const lab = openLab(undefined, store);
    await lab.must({ command: 'open' });
    const notices = lab.events.flatMap((event) => (event.event === 'notice' ? [event.message] : []));
    expect(notices.filter((words) => words.includes('Nothing of it is deleted'))).toHaveLength(1);
    const { items } = await lab.must({ command: 'storage' });
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['other:corpora/old', 'other:fleets/a']));
    for (const id of ['other:corpora/old', 'other:fleets/a']) await lab.must({ command: 'removeStored', id });
    expect(await store.list('corpora')).toEqual([]);
    expect(await store.list('fleets')).toEqual([]);
    const left = (await lab.must({ command: 'storage' })).items;
    expect(left.map(({ id }) => id)).toEqual([expect.stringMatching(/^other:session\.other-/)]);
  });
});
