import { expect, test } from 'vitest';
import {
  backupName,
  backupWords,
  broughtWords,
  fleetingWords,
  groupsOf,
  itemWords,
  tooLargeWords,
  usageWords,
} from '../../src/page/storage/words.ts';
import type { BroughtBack, StorageFacts, StoredItem } from '../../src/worker/api/storage.ts';

/** Units stand behind a narrow space. */
const plain = (words: string) => words.replaceAll('\u202f', ' ');

const item = (id: string, kind: StoredItem['kind'], bytes: number): StoredItem => ({
  id,
  kind,
  bytes,
  title: id,
  detail: '',
  loss: '',
  held: null,
});

const facts = (change: Partial<StorageFacts> = {}): StorageFacts => ({
  quotaBytes: 5e9,
  usageBytes: 1.2e6,
  persisted: false,
  fleeting: [],
  items: [],
  mostBackupBytes: 4.3e9,
  ...change,
});

test('things are grouped, the largest first, and groups without things left out', () => {
  const groups = groupsOf([item('a', 'runs', 1), item('b', 'fetched', 5), item('c', 'text', 7)]);
  expect(groups.map(({ title, bytes, items }) => [title, bytes, items.map(({ id }) => id)])).toEqual([
    ['Runs', 1, ['a']],
    ['Texts', 12, ['c', 'b']],
  ]);
});

test('a fleet that is over is no training under way', () => {
  const groups = groupsOf([item('fleet', 'fleet', 1), item('sweep', 'sweep', 1)]);
  expect(groups.map(({ title }) => title)).toEqual(['Last training', 'Queue of sweeps']);
});

test('a built-in text is called by its language, anything else by its own title', () => {
  expect(itemWords({ title: 'world:sw?bytes=400000', detail: 'open in Train' })).toEqual({
    title: 'Built-in stories in Swahili',
    detail: 'open in Train (world:sw?bytes=400000)',
  });
  const file = { title: 'world:sw.txt', detail: '' };
  expect(itemWords(file)).toEqual(file);
});

test('usage is said also where the browser says nothing', () => {
  expect(plain(usageWords(facts()))).toBe('1.20 MB are used, of 5.00 GB that this browser allows the lab.');
  const silent = facts({ quotaBytes: null, usageBytes: null, items: [item('a', 'runs', 500)] });
  expect(plain(usageWords(silent))).toBe('500 B are used; this browser does not say how much it allows.');
});

test('what does not outlive the tab is said', () => {
  expect(fleetingWords(facts())).toBeNull();
  expect(fleetingWords(facts({ fleeting: ['files'] }))).toMatch(/^Texts and checkpoints do not/);
  expect(fleetingWords(facts({ fleeting: ['records'] }))).toMatch(/^Runs, tables and the queue do not/);
  expect(fleetingWords(facts({ fleeting: ['files', 'records'] }))).toMatch(/^Nothing that is made here/);
});

test('more than fits one file is said before anybody tries, with what to do', () => {
  const items = [item('a', 'fetched', 3e9), item('b', 'fleet', 2e9), item('c', 'other', 9e9)];
  const all = tooLargeWords(facts({ items }), []) ?? '';
  expect(plain(all)).toContain('5.00 GB, and one file takes 4.30 GB at most');
  expect(all).toContain('leave out texts or checkpoints here, or remove');
  expect(tooLargeWords(facts({ items }), ['texts'])).toBeNull();
  const large = [...items, item('d', 'runs', 5e9)];
  expect(tooLargeWords(facts({ items: large }), ['texts', 'checkpoints'])).toMatch(
    /What to do: remove above/,
  );
});

test('a file that was taken along is described', () => {
  const madeAt = new Date(2026, 10, 21).getTime();
  const backup = { madeAt, lab: '0.1.0', runs: 1200, tables: 1, sweeps: 0, texts: 0, fleet: true };
  expect(plain(backupWords({ ...backup, fleetHere: false, bytes: 1e6 }))).toBe(
    'Made on November 21, 2026 by version 0.1.0 of the lab: 1,200 runs, 1 table and a fleet, 1.00 MB.',
  );
  expect(backupName(new Date(2026, 1, 3))).toBe('m3lab-2026-02-03.zip');
});

const brought = (runs: Partial<BroughtBack['runs']>, more: Partial<BroughtBack> = {}): BroughtBack => ({
  runs: { name: '', taken: 0, known: 0, differing: [], refused: [], refusedCount: 0, ...runs },
  taken: [],
  leftOut: [],
  hasSmallThings: false,
  ...more,
});

test('what became of a file is said line by line', () => {
  expect(broughtWords(brought({}))).toEqual(['Nothing was new here.']);
  const refused = Array.from({ length: 6 }, (_, line) => ({ place: `runs.jsonl:${line + 1}`, reason: 'no' }));
  const lines = broughtWords(
    brought(
      { taken: 2, known: 1, differing: ['a', 'b'], refused, refusedCount: 9 },
      { taken: ['the table t.csv'], leftOut: ['the fleet: there is one here, which stays'] },
    ),
  );
  expect(lines.slice(0, 5)).toEqual([
    'Here now: 2 runs and the table t.csv.',
    '1 run was here already.',
    '2 runs are here with another loss, which stays: a, b.',
    'Left out: the fleet: there is one here, which stays.',
    'Not taken, runs.jsonl:1: no.',
  ]);
  expect(lines.at(-1)).toBe('4 more were not taken.');
});
