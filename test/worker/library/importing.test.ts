/** Files with runs, good, bad and mixed: what is good is taken, what is not is said with its place. */

import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/formats/record.ts';
import { MemoryDatabase } from '../../../src/store/memoryDatabase.ts';
import { StorageFullError } from '../../../src/store/store.ts';
import { exportRuns } from '../../../src/worker/library/exporting.ts';
import { importRuns } from '../../../src/worker/library/importing.ts';
import { runConfig } from '../../formats/runs/exampleRecord.ts';
import { allRuns, numbered, openShelf, withLoss } from './shelf.ts';

const signal = new AbortController().signal;
const file = (name: string, content: BlobPart) => new File([content], name);
const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

async function imported(...files: File[]) {
  const shelf = openShelf();
  const outcome = await importRuns(files, { ...shelf, signal });
  return { ...shelf, outcome, ids: (await allRuns(shelf.runs)).map(({ summary }) => summary.id) };
}

const one = numbered(1);
const two = numbered(2);

test.each([
  ['runs.jsonl', lines(one, two)],
  ['with a byte order mark.jsonl', `\uFEFF${lines(one, two)}`],
  ['from windows.jsonl', lines(one, two).replaceAll('\n', '\r\n')],
  ['without an end.jsonl', lines(one, two).trimEnd()],
  ['list.json', JSON.stringify([one, two])],
  ['list over lines.json', JSON.stringify([one, two], null, 2)],
  ['events.jsonl', lines({ event: 'loss' }, { event: 'done', record: one }, { event: 'done', record: two })],
])('runs of %s are taken', async (name, content) => {
  const { outcome, ids } = await imported(file(name, content));
  expect(outcome.files).toEqual([{ name, taken: 2, known: 0, differing: [], refused: [], refusedCount: 0 }]);
  expect(ids).toEqual([one.id, two.id]);
});

test('one record over several lines, and a run.json, are taken', async () => {
  const resume = {
    step: 1,
    pending: { sum: 0, count: 0 },
    tuning: {},
    microBatch: 1,
    plan: 'p',
    corpora: { target: 't', source: null },
  };
  const { ids } = await imported(
    file('record.json', JSON.stringify(one, null, 2)),
    file('run.json', JSON.stringify({ version: 1, record: two, resume })),
  );
  expect(ids).toEqual([one.id, two.id]);
});

test('of a file that is partly wrong the good runs are taken, and the bad ones listed with their lines', async () => {
  const newer = { ...numbered(3), version: 2 };
  const wrong = { ...numbered(4), status: 'sleeping' };
  const content = [lines(one), '{"version": 1,\n', lines(newer, wrong), lines(two)].join('');
  const { outcome, ids } = await imported(file('mixed.jsonl', content));
  expect(ids).toEqual([one.id, two.id]);
  const [facts] = outcome.files;
  expect(facts?.taken).toBe(2);
  expect(facts?.refused.map(({ place }) => place)).toEqual([
    'mixed.jsonl:2',
    'mixed.jsonl:3',
    'mixed.jsonl:4',
  ]);
  expect(facts?.refused[1]?.reason).toMatch(/newer version of the lab \(its format is 2/);
  expect(facts?.refused[2]?.reason).toMatch(/status/);
});

describe('a file without runs is refused in words', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  test.each<[string, BlobPart, RegExp]>([
    ['table.csv', 'N,loss\n1,2\n', /opened in Fit/],
    ['everything.zip', bytes(0x50, 0x4b, 3, 4), /Storage/],
    ['runs.jsonl.gz', bytes(0x1f, 0x8b, 8, 0), /packed \(gzip\)|UTF-8/],
    ['picture.png', bytes(0x89, 0x50, 0x4e, 0x47), /no text in UTF-8/],
    ['empty.jsonl', '', /empty/],
    ['empty.json', '[]', /the list is empty/],
    ['manifest.jsonl', lines({ version: 1, id: 'a', nominal: {} }), /manifest/],
    ['config.json', JSON.stringify(runConfig()), /config or a design/],
    ['broken.json', '[{"version": 1,', /JSON|missing|end/i],
    ['number.jsonl', '{"a": 1}\n', /there is no such field|missing/],
  ])('%s', async (name, content, words) => {
    const { outcome, ids } = await imported(file(name, content));
    expect(ids).toEqual([]);
    expect(outcome.files[0]?.refusedCount).toBe(1);
    expect(outcome.files[0]?.refused[0]?.reason).toMatch(words);
  });
});

test('runs that are here already are counted, and those with other losses named and left', async () => {
  const shelf = openShelf();
  await importRuns([file('a.jsonl', lines(one, two))], { ...shelf, signal });
  const again = file('b.jsonl', lines(one, withLoss(two, 1.9), numbered(3)));
  const { files } = await importRuns([again], { ...shelf, signal });
  expect(files[0]).toMatchObject({ taken: 1, known: 1, differing: [two.id] });
  const kept = await allRuns(shelf.runs);
  expect(kept.map(({ summary }) => [summary.collection, summary.targetLoss])).toEqual([
    ['a.jsonl', 1.6],
    ['a.jsonl', 1.6],
    ['b.jsonl', 1.6],
  ]);
});

test('storage that fills up leaves what was taken before, and says from where on', async () => {
  const database = new MemoryDatabase();
  const shelf = openShelf(database);
  const change = database.change.bind(database);
  let changes = 0;
  database.change = async (list) => {
    if (changes++ === 1) throw new StorageFullError('the library', 12_345);
    await change(list);
  };
  const many: RunRecord[] = Array.from({ length: 250 }, (_, number) => numbered(number));
  const { files } = await importRuns([file('many.jsonl', lines(...many))], { ...shelf, signal });
  expect(files[0]?.taken).toBe(100);
  expect(files[0]?.refused[0]?.place).toBe(`many.jsonl, from run ${numbered(100).id} on`);
  expect(files[0]?.refused[0]?.reason).toMatch(/12,345 bytes/);
  expect(await allRuns(shelf.runs)).toHaveLength(100);
});

test('an import that is broken off keeps what it has taken', async () => {
  const shelf = openShelf();
  const controller = new AbortController();
  const many = Array.from({ length: 300 }, (_, number) => numbered(number));
  shelf.teller.listen((event) => {
    if (event.event === 'recorded') controller.abort();
  });
  const importing = importRuns([file('many.jsonl', lines(...many))], {
    ...shelf,
    signal: controller.signal,
  });
  const { files } = await importing;
  const there = await allRuns(shelf.runs);
  expect(files[0]?.taken).toBe(there.length);
  expect(there.length).toBeGreaterThanOrEqual(100);
  expect(there.length).toBeLessThan(300);
  expect(files[0]?.refused[0]?.reason).toMatch(/it was stopped; the runs before it were taken/);
});

test('a file that breaks in the middle says up to where it was read, and those after it are read', async () => {
  const text = lines(...Array.from({ length: 130 }, (_, number) => numbered(number)));
  const pieces = [text];
  const broken = {
    name: 'moved.jsonl',
    size: text.length,
    text: async () => text,
    stream: () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(stream) {
          const piece = pieces.shift();
          if (piece === undefined) stream.error(new DOMException('It was moved.', 'NotReadableError'));
          else stream.enqueue(new TextEncoder().encode(piece));
        },
      }),
  };
  const shelf = openShelf();
  const { files } = await importRuns([broken, file('b.jsonl', lines(numbered(500)))], { ...shelf, signal });
  expect(files.map(({ taken }) => taken)).toEqual([130, 1]);
  expect(files[0]?.refused).toEqual([
    { place: 'moved.jsonl:131', reason: expect.stringMatching(/cannot be read \(It was moved\)/) },
  ]);
});

test('what fails for another reason is said too, and loses no outcome of another file', async () => {
  const shelf = openShelf();
  await importRuns([file('a.jsonl', lines(one))], { ...shelf, signal });
  const { database } = shelf;
  const get = database.get.bind(database);
  database.get = (async (shelfName: 'summaries', key: string) => {
    if (key === two.id) throw new Error('the disk is broken');
    return get(shelfName, key);
  }) as typeof database.get;
  const three = file('c.jsonl', lines(numbered(3)));
  const { files } = await importRuns([file('b.jsonl', lines(two)), three], { ...shelf, signal });
  expect(files[0]?.refused[0]).toEqual({
    place: `b.jsonl, from run ${two.id} on`,
    reason: expect.stringMatching(/the disk is broken/),
  });
  expect(files[1]?.taken).toBe(1);
});

describe('runs that are exported', () => {
  const fetchOf = (records: readonly RunRecord[]) => async () => new Response(lines(...records));

  test.each(['jsonl', 'json'] as const)('come back from %s, shipped ones too', async (format) => {
    const { runs } = openShelf();
    await runs.keep(one, { origin: 'own', collection: 'Fleet' });
    await runs.rename(one.id, 'renamed');
    const shipped = [{ url: 'https://lab.test/results.jsonl', ids: [numbered(8).id] }];
    const wish = { ids: [one.id, 'nobody'], shipped, format };
    const blob = await exportRuns(wish, { runs, signal, fetch: fetchOf([numbered(7), numbered(8)]) });
    const back = await imported(new File([blob], `runs.${format}`));
    expect(back.ids).toEqual([one.id, numbered(8).id]);
    expect((await allRuns(back.runs))[0]?.summary.name).toBe('renamed');
  });

  test('become a table with their tags', async () => {
    const { runs } = openShelf();
    await runs.keep(one, { origin: 'own', collection: 'Fleet', tags: { round: '2' } });
    const { id } = numbered(8);
    const shipped = [{ url: 'https://lab.test/results.jsonl', ids: [id], tags: { [id]: { round: '3' } } }];
    const wish = { ids: [one.id], shipped, format: 'csv' } as const;
    const text = await (await exportRuns(wish, { runs, signal, fetch: fetchOf([numbered(8)]) })).text();
    expect(text.split('\n')[0]).toMatch(/^id,name,N,D,.*,round$/);
    expect(text.split('\n')[1]).toMatch(new RegExp(`^${one.id},.*,2$`));
    expect(text.split('\n')[2]).toMatch(new RegExp(`^${id},.*,3$`));
  });

  test('an empty list of runs is an empty file', async () => {
    const { runs } = openShelf();
    const none = { ids: [], shipped: [] };
    const options = { runs, signal, fetch: fetchOf([]) };
    expect(await (await exportRuns({ ...none, format: 'jsonl' }, options)).text()).toBe('');
    expect(JSON.parse(await (await exportRuns({ ...none, format: 'json' }, options)).text())).toEqual([]);
  });
});
