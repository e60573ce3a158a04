/** What the lab keeps between visits: texts that are changed at once, torn files, and damaged runs. */

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import type { Side } from '../../src/worker/api/texts.ts';
import { PlacedStore } from '../../src/worker/queue/placedStore.ts';
import { readSession, writeSession } from '../../src/worker/sessionFile.ts';
import { findText, keepText } from '../../src/worker/texts/corpusFiles.ts';
import { corpusFacts, readText } from '../../src/worker/texts/texts.ts';
import { CONFIGS, openLab, openLabWithTexts, picked, pickedFiles } from './lab.ts';

const FOLDER = 'fleets/one';

let files: Record<Side, File>;
let store: MemoryStore;

beforeAll(async () => {
  files = await pickedFiles();
});

beforeEach(() => {
  store = new MemoryStore();
});

const open = () => openLab(undefined, store);
const openWithTexts = () => openLabWithTexts(undefined, store, files);
const bytes = (text: string) => new TextEncoder().encode(text);

/** Notes a fleet on the texts that are open, as one that was trained on them. */
async function noteFleet(finished: boolean): Promise<void> {
  const session = await readSession(store);
  const { target, source } = session.corpora;
  const corpora = { target: target ?? '', source: source ?? '' };
  await writeSession(store, {
    ...session,
    fleet: { folder: FOLDER, configs: CONFIGS, corpora, begunAt: 0, finished },
  });
}

test('texts that are read at once are both kept', async () => {
  /** Answers for the session late, so that two changes surely meet. */
  class SlowStore extends MemoryStore {
    override async read(path: string): Promise<Uint8Array | null> {
      const found = await super.read(path);
      if (path === 'session.json') await new Promise((resolve) => setTimeout(resolve, 20));
      return found;
    }
  }
  store = new SlowStore();
  const lab = open();
  const facts = await Promise.all(
    (['target', 'source'] as const).map((side) =>
      lab.must({ command: 'readCorpus', side, origin: picked(files[side]) }),
    ),
  );
  const { corpora } = await open().must({ command: 'open' });
  expect([corpora.target, corpora.source]).toEqual(facts);
});

test.each([
  { finished: true, found: 'en.txt' },
  { finished: false, found: 'sw.txt' },
])(
  'a text chosen after a fleet (finished: $finished) gives $found after a reload',
  async ({ finished, found }) => {
    await openWithTexts();
    await noteFleet(finished);
    const lab = open();
    await lab.must({ command: 'readCorpus', side: 'target', origin: picked(files.source) });
    expect((await open().must({ command: 'open' })).corpora.target?.name).toBe(found);
  },
);

test('a stopped fleet that cannot go on leaves the text that was chosen since', async () => {
  await openWithTexts();
  await noteFleet(true);
  const lab = open();
  await lab.must({ command: 'open' });
  await lab.must({ command: 'readCorpus', side: 'target', origin: picked(files.source) });
  // There is no GPU here, so it fails, after the fleet's own texts were read back.
  expect(await lab.send({ command: 'continue' })).toMatchObject({ ok: false });
  const [monolingual] = CONFIGS;
  const recipe = { targetTokens: 6200, epochs: 0.1, ratio: 1, finalRatio: 1, firstRatio: 0 };
  // 6,200 tokens are in the 9,000 bytes that were chosen, and not in the 6,000 of the fleet.
  await lab.must({ command: 'check', configs: [{ ...monolingual!, recipe }] });
});

test.each([
  ['empty', ''],
  ['torn', '{"version": 1, "by'],
  ['of another version', '{"version": 0}'],
])('a text whose facts are %s counts as absent, and is kept anew', async (_, facts) => {
  const kept = await readText(picked(files.target), { openers: { fetch, cache: null } });
  const key = await keepText(store, kept);
  await store.write(`corpora/${key}/facts.json`, bytes(facts));
  expect(await findText(store, key)).toBeNull();
  expect(await keepText(store, kept)).toBe(key);
  const found = await findText(store, key);
  expect(found && corpusFacts('target', found)).toEqual(corpusFacts('target', kept));
});

test('no text is thrown away while nobody knows which of them the queue needs', async () => {
  const remaining = async (place: Store) => {
    const lab = openLab(undefined, place);
    for (const file of [files.target, files.source])
      await lab.must({ command: 'readCorpus', side: 'target', origin: picked(file) });
    return new Set((await place.list('corpora')).map((path) => path.split('/')[1])).size;
  };
  expect(await remaining(new MemoryStore())).toBe(1);
  // Files outlive the tab and the database does not: the one that knows the queue could not be opened.
  expect(await remaining(new PlacedStore(new MemoryStore(), 'disk'))).toBe(2);
});

test('texts that cannot be read back are told of once, and only have to be chosen again', async () => {
  await openWithTexts();
  for (const path of await store.list('corpora')) {
    if (path.endsWith('facts.json')) await store.write(path, bytes(''));
  }
  const lab = open();
  expect((await lab.must({ command: 'open' })).corpora).toEqual({ target: null, source: null });
  const notices = lab.events.filter(({ event }) => event === 'notice');
  expect(notices).toEqual([
    { event: 'notice', message: expect.stringMatching(/target and the source text/) },
  ]);
  await lab.must({ command: 'readCorpus', side: 'target', origin: picked(files.target) });
  expect((await open().must({ command: 'open' })).corpora.target?.name).toBe('sw.txt');
});

test.each([
  ['is empty', ''],
  ['is torn', '{"record": {"ver'],
  ['holds another record', '{"version": 1, "record": {}, "resume": {"step": 1}}'],
])('a run whose file %s is damaged, says so, and can be discarded', async (_, content) => {
  await openWithTexts();
  await noteFleet(false);
  await store.write(`${FOLDER}/bilingual/run.json`, bytes(content));
  const lab = open();
  const { saved, corpora } = await lab.must({ command: 'open' });
  expect(saved?.runs).toMatchObject([
    { run: 'monolingual', record: null, damage: null },
    { run: 'bilingual', record: null, step: 0, damage: expect.stringContaining('run.json') },
  ]);
  expect(corpora.target?.name).toBe('sw.txt');
  await lab.must({ command: 'discard' });
  expect((await open().must({ command: 'open' })).saved).toBeNull();
  expect(await store.list('fleets')).toEqual([]);
});
