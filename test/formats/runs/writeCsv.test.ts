import { expect, test } from 'vitest';
import { readRunsTable } from '../../../src/formats/runs/csv.ts';
import { readRunRecords } from '../../../src/formats/runs/records.ts';
import { writeRunsCsv } from '../../../src/formats/runs/writeCsv.ts';
import { manifestRun, recordOf, seeds, tinyConfig } from '../../sweep/manifests.ts';

const RECORDS = seeds(3).map((run, index) => recordOf(run, 3 + index / 7));

test('a table says of every run what its record says, to the last digit', () => {
  const table = readRunsTable(writeRunsCsv(RECORDS.map((record) => ({ record, tags: {} }))), 'runs.csv');
  const rows = readRunRecords(
    RECORDS.map((record) => ({ record, place: record.id })),
    'runs.jsonl',
  ).rows;
  expect(table.rows).toHaveLength(3);
  for (const [index, row] of rows.entries()) {
    const { groups, place: _, ...numbers } = row;
    expect(table.rows[index]).toMatchObject(numbers);
    expect(table.rows[index]?.groups).toMatchObject(groups);
  }
  expect(table.notes).toEqual([]);
});

test('tags are its last columns; several values stand in one cell, and no tag takes the place of a quantity', () => {
  const [a, b] = RECORDS;
  const csv = writeRunsCsv([
    { record: a!, tags: { cell: 'a, "b"', budget: [1e10, 2e10], loss: 5 } },
    { record: b!, tags: { cell: 'c' } },
  ]);
  const [first, second] = readRunsTable(csv, 'runs.csv').rows;
  expect(first?.groups).toMatchObject({ cell: 'a, "b"', budget: '10000000000 20000000000', 'tag.loss': '5' });
  expect(second?.groups).toMatchObject({ cell: 'c', budget: '', 'tag.loss': '' });
  expect(first?.loss).toBe(a?.final?.targetLoss);
});

test('runs that diverged, read their source twice or belong to no law are there, and stay out of a fit by themselves', () => {
  const [a, b, c] = RECORDS;
  const csv = writeRunsCsv(
    [
      { ...a!, status: 'diverged' as const, final: null },
      { ...b!, realised: { ...b!.realised, sourceRepeated: true } },
      { ...c!, realised: { ...c!.realised, kind: 'multi-stage' as const } },
      recordOf(manifestRun(tinyConfig({ seed: 9 }))),
    ].map((record) => ({ record, tags: {} })),
  );
  const { rows, leftOut } = readRunsTable(csv, 'runs.csv');
  expect(rows).toHaveLength(1);
  expect(leftOut.map(({ reason }) => reason).sort()).toEqual([
    'diverged',
    'multi-stage: no law speaks of this kind',
    'source text read more than once (--include repeated-source)',
  ]);
});
