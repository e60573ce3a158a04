import { expect, test } from 'vitest';
import type { QueuedSweep } from '../../../src/formats/queuedSweep.ts';
import { QueueStore } from '../../../src/store/database.ts';
import { MemoryDatabase } from '../../../src/store/memoryDatabase.ts';
import { QueueNotes } from '../../../src/worker/queue/queueNotes.ts';

const SWEEP: QueuedSweep = {
  version: 1,
  name: 'tiny',
  addedAt: 1,
  design: '{}',
  perRound: null,
  texts: [],
  paused: false,
  stopped: [],
  refused: [],
  failure: null,
  done: false,
  runs: 8,
  finished: 0,
  flops: 10,
  flopsDone: 0,
};

async function open() {
  const queue = new QueueStore(Promise.resolve(new MemoryDatabase()));
  const notes = new QueueNotes({ queue, locks: undefined, onForeign: () => {} });
  for (const id of ['a', 'b', 'c']) await notes.add(id, SWEEP);
  const order = async () => (await notes.read()).map(({ id }) => id);
  return { queue, notes, order };
}

test('sweeps stand in the order in which they were added or moved', async () => {
  const { notes, order } = await open();
  expect(await order()).toEqual(['a', 'b', 'c']);
  await notes.move('c', 0);
  expect(await order()).toEqual(['c', 'a', 'b']);
  await notes.move('c', 99);
  expect(await order()).toEqual(['a', 'b', 'c']);
  await notes.remove('a');
  await notes.add('d', SWEEP);
  expect(await order()).toEqual(['b', 'c', 'd']);
});

test('changes that are asked for at once are made one after the other, each to what the one before left', async () => {
  const { notes } = await open();
  await Promise.all([
    notes.change('a', (sweep) => ({ ...sweep, finished: sweep.finished + 1 })),
    notes.change('a', (sweep) => ({ ...sweep, finished: sweep.finished + 1 })),
    notes.change('gone', (sweep) => ({ ...sweep, finished: 99 })),
  ]);
  const [first] = await notes.read();
  expect(first?.sweep.finished).toBe(2);
  expect(notes.known).toHaveLength(3);
});

test('what another version wrote is passed over, and stays', async () => {
  const { notes, queue, order } = await open();
  await queue.put([{ id: 'later', place: -1, value: { version: 2 } }]);
  expect(await order()).toEqual(['a', 'b', 'c']);
  // Places are counted as they are shown.
  await notes.move('c', 1);
  expect(await order()).toEqual(['a', 'c', 'b']);
  await notes.move('c', 2);
  expect(await order()).toEqual(['a', 'b', 'c']);
  await notes.move('c', 0);
  expect(await order()).toEqual(['c', 'a', 'b']);
  expect((await queue.list()).map(({ id }) => id)).toContain('later');
});
