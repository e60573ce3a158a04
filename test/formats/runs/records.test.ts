import { expect, test } from 'vitest';
import { mixtureNotes } from '../../../src/formats/runs/mixture.ts';
import { readRuns } from '../../../src/formats/runs/read.ts';
import { mergeRuns } from '../../../src/formats/runs/row.ts';
import { runConfig as config, runRecord as record } from './exampleRecord.ts';

const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

test('a record is a run at its realised values, with the loss at its end', () => {
  const { rows, leftOut, groups } = readRuns(lines(record(), record({ id: 'b' })), 'runs.jsonl');
  expect(leftOut).toEqual([]);
  expect(rows[1]).toEqual({
    N: 100,
    D_T: 250,
    k: 2,
    D: 1000,
    r: 0.5,
    r_f: 1,
    r_1: 0.25,
    s: 1 / 3,
    loss: 1.6,
    weight: 1,
    groups: {
      id: 'b',
      name: 'run',
      pair: 'world:sw with world:en',
      target: 'world:sw',
      seed: '0',
      kind: 'multi-lingual two-stage',
      status: 'done',
      tokenizer: 'bytes',
    },
    place: 'runs.jsonl:2',
  });
  expect(groups).toContain('pair');
});

test('records come as lines, one value, a list, a checkpoint, or events of a training', () => {
  const resume = {
    step: 1,
    pending: { sum: 0, count: 0 },
    tuning: {},
    microBatch: 1,
    plan: '',
    corpora: { target: '', source: null },
  };
  const files: [string, string][] = [
    ['one.json', JSON.stringify(record(), null, 2)],
    ['list.json', JSON.stringify([record()])],
    ['run.json', JSON.stringify({ version: 1, record: record(), resume })],
    ['events.jsonl', lines({ event: 'start' }, { event: 'done', run: 0, record: record() })],
    ['lines', lines(record(), record())],
  ];
  for (const [name, text] of files) expect(readRuns(text, name).rows, name).toHaveLength(1);
});

test('runs that no law speaks of, or not yet, stay out and are counted', () => {
  const { rows, leftOut } = readRuns(
    lines(
      record(),
      record(),
      record({ status: 'stopped' }),
      record({ status: 'diverged', final: null }),
      record({ id: 'c' }, { sourceRepeated: true }),
      record({ id: 'd' }, { kind: 'monolingual re-warm' }),
      record({ id: 'e' }, { kind: 'multi-stage' }),
      record({ id: 'f', final: null }),
    ),
    'runs.jsonl',
  );
  expect(rows).toHaveLength(1);
  expect(leftOut.map(({ reason, first }) => `${first} ${reason.slice(0, 22)}`)).toEqual([
    'runs.jsonl:2 the same record again',
    'runs.jsonl:3 stopped before the las',
    'runs.jsonl:4 diverged',
    'runs.jsonl:5 source text read more ',
    'runs.jsonl:6 monolingual re-warm: n',
    'runs.jsonl:7 multi-stage: no law sp',
    'runs.jsonl:8 no loss was measured',
  ]);
  const asked = { include: ['stopped', 'repeated-source'] as const };
  expect(
    readRuns(lines(record({ status: 'stopped' }), record({}, { sourceRepeated: true })), 'a', asked).rows,
  ).toHaveLength(2);
});

test('tokenizers that differ are said: their losses do not compare', () => {
  const bpe = record({ id: 'b', config: config({ tokenizer: { kind: 'bpe', vocabulary: 1024 } }) });
  const runs = readRuns(lines(record(), bpe), 'runs.jsonl');
  expect(mixtureNotes(runs)).toEqual([
    expect.stringMatching(/^these runs have 2 values of tokenizer \(bytes, bpe 1024\)/),
  ]);
  expect(runs.rows.map(({ groups }) => groups.tokenizer)).toEqual(['bytes', 'bpe 1024']);
});

test('errors say line and field', () => {
  expect(() => readRuns(`${lines(record())}\n{"version": 1,}`, 'runs.jsonl')).toThrow(
    /^runs\.jsonl:2, line 1, column 15/,
  );
  const wrong = { ...record(), status: 'fine' };
  expect(() => readRuns(lines(record(), wrong), 'runs.jsonl')).toThrow(
    /^runs\.jsonl:2: status: "fine" is not/,
  );
  expect(() => readRuns(lines(record({}, { N: 0 })), 'a.jsonl')).toThrow(
    /^a\.jsonl:1: realised\.N: 0 is not above 0/,
  );
});

test('several files are one', () => {
  const one = readRuns(lines(record(), record()), 'a.jsonl');
  const merged = mergeRuns([one, readRuns('N,D,loss,name\n1,2,3,x\n1,2,3,x\n', 'b.csv'), one]);
  expect(merged.rows).toHaveLength(2);
  expect(merged.sources.map(({ file, rows }) => [file, rows])).toEqual([
    ['a.jsonl', 1],
    ['b.csv', 1],
    ['a.jsonl', 1],
  ]);
  expect(merged.leftOut).toEqual([
    { reason: 'the same record again', rows: 2, first: 'a.jsonl:2' },
    { reason: 'the same as another line in every column', rows: 1, first: 'b.csv:3' },
    { reason: 'the same run as in another file', rows: 1, first: 'a.jsonl:1' },
  ]);
});

test('a run that began from another model is left out, for what that one has read is not counted', () => {
  const start = { name: 'first', fingerprint: 'ab'.repeat(32) };
  const begun = record({ id: 'b', config: { ...config(), start } });
  const { rows, leftOut } = readRuns(lines(record(), begun), 'runs.jsonl');
  expect(rows).toHaveLength(1);
  expect(leftOut.map(({ reason }) => reason)).toEqual([expect.stringContaining('began from another model')]);
});
