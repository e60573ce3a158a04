import { expect, test } from 'vitest';
import { formatManifest, type ManifestRun } from '../../../src/formats/manifest.ts';
import type { RunRecord } from '../../../src/formats/record.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { collectFolder, mergeCollected } from '../../../src/sweep/run/collect.ts';
import { adoptManifest, ManifestChangedError, writeRecord } from '../../../src/sweep/run/folder.ts';
import { recordOf, seeds } from '../manifests.ts';

const RUNS = seeds(3);
const text = formatManifest(RUNS);

async function folder(records: readonly RunRecord[]) {
  const store = new MemoryStore();
  await adoptManifest(store, { text, runs: RUNS }, 'me');
  for (const record of records) await writeRecord(store, record);
  return store;
}

test('a folder gives its finished runs in the manifest’s order with their tags, and says what is missing or damaged', async () => {
  const [a, b, c] = RUNS.map((run) => recordOf(run)) as [RunRecord, RunRecord, RunRecord];
  const tagged = RUNS.map((run, index) => ({ ...run, tags: { place: index } }));
  const store = new MemoryStore();
  await adoptManifest(store, { text: formatManifest(tagged), runs: tagged }, 'me');
  for (const record of [c, a]) await writeRecord(store, record);
  expect(await collectFolder(store)).toEqual({
    runs: [
      { record: a, tags: { place: 0 } },
      { record: c, tags: { place: 2 } },
    ],
    lines: [tagged[0], tagged[2]],
    damaged: [],
    missing: [tagged[1]],
  });
  await store.write(`records/${b.id}.json`, new TextEncoder().encode('[]'));
  expect(await collectFolder(store)).toMatchObject({
    damaged: [{ path: `records/${b.id}.json` }],
    missing: [tagged[1]],
  });
  expect(await collectFolder(new MemoryStore())).toBeNull();
});

test('a folder with a manifest for each round gives each run once, with the tags of all', async () => {
  const store = new MemoryStore();
  const write = (name: string, runs: readonly ManifestRun[]) =>
    store.write(`manifests/${name}.jsonl`, new TextEncoder().encode(formatManifest(runs)));
  const [a, b, c] = RUNS as [ManifestRun, ManifestRun, ManifestRun];
  await write('one', [
    { ...a, tags: { experiment: 'one' } },
    { ...b, tags: { experiment: 'one' } },
  ]);
  await write('two', [
    { ...b, tags: { experiment: 'two' } },
    { ...c, tags: { experiment: 'two' } },
  ]);
  for (const run of [a, b]) await writeRecord(store, recordOf(run));
  const found = await collectFolder(store);
  expect(found?.runs.map(({ tags }) => tags)).toEqual([
    { experiment: 'one' },
    { experiment: ['one', 'two'] },
  ]);
  expect(found?.lines.map(({ id, tags }) => [id, tags])).toEqual([
    [a.id, { experiment: 'one' }],
    [b.id, { experiment: ['one', 'two'] }],
  ]);
  expect(found?.missing.map(({ id }) => id)).toEqual([c.id]);
});

test('a run that two folders hold comes once, with the tags of both; it is said where they differ', () => {
  const [a, b] = RUNS.map((run) => recordOf(run)) as [RunRecord, RunRecord];
  const other = recordOf(RUNS[0]!, 2.5);
  const { runs, differing } = mergeCollected([
    [{ record: a, tags: { cell: 1, x: 'first' } }],
    [
      { record: other, tags: { cell: 2, y: 'second' } },
      { record: b, tags: {} },
    ],
  ]);
  expect(runs).toEqual([
    { record: a, tags: { cell: 1, x: 'first', y: 'second' } },
    { record: b, tags: {} },
  ]);
  expect(differing).toEqual([a.id]);
});

test('a folder takes a longer manifest that begins alike, and no other', async () => {
  const store = await folder([]);
  const longer = seeds(4);
  await adoptManifest(store, { text: formatManifest(longer), runs: longer }, 'me');
  expect(new TextDecoder().decode((await store.read('manifest.jsonl')) ?? undefined)).toBe(
    formatManifest(longer),
  );
  expect(await store.list('')).toEqual(['manifest.jsonl']);
  for (const [runs, line] of [
    [longer.slice(0, 3), 4],
    [[longer[0]!, longer[2]!, longer[1]!, longer[3]!], 2],
  ] as const) {
    const refused = adoptManifest(store, { text: formatManifest(runs), runs }, 'me');
    await expect(refused).rejects.toThrow(ManifestChangedError);
    await expect(refused).rejects.toMatchObject({ line });
  }
});
