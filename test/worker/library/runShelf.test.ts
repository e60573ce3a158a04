import { expect, test } from 'vitest';
import { MemoryDatabase } from '../../../src/store/memoryDatabase.ts';
import { StorageFullError } from '../../../src/store/store.ts';
import { runRecord } from '../../formats/runs/exampleRecord.ts';
import { allRuns, browserLocks, numbered, openShelf, withLoss } from './shelf.ts';

const OWN = { origin: 'own', collection: 'Fleet' } as const;
const IMPORTED = { origin: 'imported', collection: 'runs.jsonl' } as const;

test('a run is kept with its curve, listed without it, and told of once it is safe', async () => {
  const { runs, events } = openShelf();
  const record = runRecord({ curve: [{ step: 1, tokens: 64, loss: 5.5 }] });
  await runs.keep(record, { ...OWN, tags: { cell: '1' } });
  expect(await runs.record(record.id)).toEqual(record);
  const [kept] = await allRuns(runs);
  expect(kept?.summary).toMatchObject({
    id: record.id,
    origin: 'own',
    collection: 'Fleet',
    tags: { cell: '1' },
  });
  expect(kept?.summary).not.toHaveProperty('curve');
  expect(events).toMatchObject([{ event: 'recorded', runs: [{ summary: { id: record.id } }] }]);
  expect(await runs.record('nobody')).toBeNull();
});

test('pages hold every run once, whatever their number', async () => {
  const { runs } = openShelf();
  const COUNT = 1201;
  const all = Array.from({ length: COUNT }, (_, number) => ({ record: numbered(number), place: IMPORTED }));
  await runs.keepAll(all);
  const ids = (await allRuns(runs)).map(({ summary }) => summary.id);
  expect(new Set(ids).size).toBe(COUNT);
  expect(ids).toHaveLength(COUNT);
  expect((await runs.page(null)).runs).toHaveLength(500);
});

test('a run that is deleted is out of sight until it is put back, or gone with the next visit', async () => {
  const { runs, events } = openShelf();
  await runs.keepAll([0, 1, 2].map((number) => ({ record: numbered(number), place: OWN })));
  const ids = [numbered(0).id, numbered(1).id];
  expect(await runs.remove([...ids, 'nobody'])).toEqual(ids);
  expect(await allRuns(runs)).toHaveLength(1);
  await runs.restore([ids[0] ?? '']);
  expect(await allRuns(runs)).toHaveLength(2);
  await runs.purge();
  await runs.restore(ids);
  expect((await allRuns(runs)).map(({ summary }) => summary.id)).toEqual([numbered(0).id, numbered(2).id]);
  expect(await runs.record(ids[1] ?? '')).toBeNull();
  expect(events.map(({ event }) => event)).toEqual(['recorded', 'removed', 'recorded']);
});

test('a deleted run that is trained again is back, under its new name', async () => {
  const { runs } = openShelf();
  await runs.keep(runRecord(), OWN);
  await runs.rename(runRecord().id, 'mine');
  await runs.remove([runRecord().id]);
  await runs.keep(withLoss(runRecord(), 1.55), OWN);
  expect((await allRuns(runs)).map(({ summary }) => summary.targetLoss)).toEqual([1.55]);
});

test('what a person called a run stays when it goes on', async () => {
  const { runs } = openShelf();
  const stopped = runRecord({ status: 'stopped' });
  await runs.keep(stopped, { ...OWN, tags: { round: '1' } });
  await runs.rename(stopped.id, 'my best one');
  await runs.keep(runRecord(), OWN);
  const [kept] = await allRuns(runs);
  expect(kept?.summary).toMatchObject({ name: 'my best one', status: 'done', tags: { round: '1' } });
  await expect(runs.rename('nobody', 'x')).rejects.toThrow(/no longer here/);
});

test('two tabs that change a run at once lose neither change', async () => {
  const [database, locks] = [new MemoryDatabase(), browserLocks()];
  const [one, other] = [openShelf(database, locks), openShelf(database, locks)];
  await one.runs.keep(runRecord({ status: 'stopped' }), OWN);
  await Promise.all([
    one.runs.keep(runRecord(), { ...OWN, tags: { round: '1' } }),
    other.runs.rename(runRecord().id, 'my best one'),
  ]);
  const [kept] = await allRuns(other.runs);
  expect(kept?.summary).toMatchObject({ name: 'my best one', status: 'done', tags: { round: '1' } });
});

test('collections are counted with their bytes, and erased for good', async () => {
  const { runs, events } = openShelf();
  await runs.keep(numbered(1), OWN);
  await runs.keepAll([2, 3].map((number) => ({ record: numbered(number), place: IMPORTED })));
  await runs.remove([numbered(3).id]);
  const { seen, removed } = await runs.collections();
  expect(seen.map(({ name, runs: count }) => [name, count])).toEqual([
    ['Fleet', 1],
    ['runs.jsonl', 1],
  ]);
  expect(seen[0]?.bytes).toBeGreaterThan(300);
  expect(removed.runs).toBe(1);
  await runs.erase('runs.jsonl');
  expect((await allRuns(runs)).map(({ summary }) => summary.collection)).toEqual(['Fleet']);
  expect(events.at(-1)).toEqual({ event: 'removed', ids: [numbered(2).id] });
  expect((await runs.collections()).removed.runs).toBe(0);
});

test('a full storage is said, and leaves what was there', async () => {
  const database = new MemoryDatabase();
  const { runs, events } = openShelf(database);
  await runs.keep(numbered(1), OWN);
  database.change = () => Promise.reject(new StorageFullError('the library', 10));
  await expect(runs.keepAll([{ record: numbered(2), place: OWN }])).rejects.toThrow(StorageFullError);
  expect(await allRuns(runs)).toHaveLength(1);
  expect(events).toHaveLength(1);
});
