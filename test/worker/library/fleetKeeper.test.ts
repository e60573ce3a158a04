import { expect, test } from 'vitest';
import { MemoryStore } from '../../../src/store/memory.ts';
import { StorageFullError } from '../../../src/store/store.ts';
import { FleetKeeper } from '../../../src/worker/library/fleetKeeper.ts';
import { Notebook } from '../../../src/worker/notebook.ts';
import type { FleetNote } from '../../../src/worker/sessionFile.ts';
import { runRecord } from '../../formats/runs/exampleRecord.ts';
import { allRuns, openShelf } from './shelf.ts';

const RUN = runRecord();
const { name } = RUN.config;
const NOTE: FleetNote = {
  folder: 'fleets/one',
  configs: [RUN.config],
  corpora: { target: 't', source: 's' },
  begunAt: 0,
  finished: false,
};

/** A browser in which that fleet is the last one. */
async function open(areKept = true) {
  const { runs } = openShelf();
  const notes = new Notebook(new MemoryStore(), undefined);
  await notes.change((session) => ({ ...session, fleet: NOTE }));
  const noted = async () => (await notes.read()).fleet;
  const keeper = (note: FleetNote, shelf: Pick<typeof runs, 'keep'> = runs) =>
    new FleetKeeper(note, { runs: shelf, notes, areRunsKept: async () => areKept });
  return { runs, noted, keeper, notes };
}

test('an end that is told twice puts a run there once, in this visit and in the next', async () => {
  const { runs, noted, keeper } = await open();
  const first = keeper(NOTE);
  await first.keep(RUN);
  expect(await allRuns(runs)).toHaveLength(1);
  expect((await noted())?.inLibrary).toEqual([name]);
  await runs.remove([RUN.id]);
  await first.keep(RUN);
  await runs.purge();
  await keeper((await noted()) ?? NOTE).keep(RUN);
  expect(await allRuns(runs)).toEqual([]);
});

test('a run that could not be kept is at the next telling', async () => {
  const { runs, noted, keeper } = await open();
  const full = { keep: () => Promise.reject(new StorageFullError('runs', 1)) };
  await expect(keeper(NOTE, full).keep(RUN)).rejects.toThrow(StorageFullError);
  expect((await noted())?.inLibrary).toBeUndefined();
  await keeper(NOTE).keep(RUN);
  expect(await allRuns(runs)).toHaveLength(1);
});

test('nothing is noted of a library that does not outlive the tab, nor of another fleet', async () => {
  const fleeting = await open(false);
  await fleeting.keeper(NOTE).keep(RUN);
  expect((await fleeting.noted())?.inLibrary).toBeUndefined();
  const { keeper, noted } = await open();
  await keeper({ ...NOTE, folder: 'fleets/before' }).keep(RUN);
  expect((await noted())?.inLibrary).toBeUndefined();
});
