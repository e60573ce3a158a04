import { describe, expect, test } from 'vitest';
import { exportNote } from '../../../src/formats/exportNote.ts';
import { filesOfBytes } from '../../../src/train/start/files.ts';
import { readPast } from '../../../src/train/start/past.ts';
import { runConfig, runRecord } from '../../formats/runs/exampleRecord.ts';
import { jsonBytes, TINY } from './models.ts';

const { vocabulary: _, ...shape } = TINY;
const record = runRecord({ config: { ...runConfig({ name: 'trained' }), model: shape } });
const resume = {
  step: 10,
  pending: { sum: 0, count: 0 },
  tuning: {},
  microBatch: 1,
  plan: 'p',
  corpora: { target: 't', source: null },
};

const past = (files: Readonly<Record<string, unknown>>) =>
  readPast(
    filesOfBytes(
      new Map(
        Object.entries(files).map(([name, value]) => [
          name,
          value instanceof Uint8Array ? value : jsonBytes(value),
        ]),
      ),
    ),
    TINY,
  );

test('an export says its name and its record, a checkpoint its record', async () => {
  const note = exportNote({ name: 'Two-stage', record });
  expect(await past({ 'm3lab.json': note })).toEqual({
    name: 'Two-stage',
    record,
    from: { name: 'm3lab.json', bytes: jsonBytes(note) },
    said: [],
  });
  const run = { version: 1, record, resume };
  expect(await past({ 'm3lab.json': note, 'run.json': run })).toMatchObject({
    name: null,
    record,
    from: { name: 'run.json' },
  });
  expect(await past({ 'm3lab.json': exportNote({ name: 'x', record: null }) })).toEqual({
    name: 'x',
    record: null,
    from: null,
    said: [],
  });
  expect(await past({ 'other.json': note })).toEqual({ name: null, record: null, from: null, said: [] });
});

describe('what cannot be read is left out, and that is said', () => {
  const other = { ...record, config: { ...record.config, model: { ...shape, width: 32 } } };
  test.each([
    [{ 'm3lab.json': new TextEncoder().encode('{') }, /^m3lab\.json was left out.*: m3lab\.json, line 1/],
    [{ 'm3lab.json': { version: 9 } }, /^m3lab\.json was left out.*: version: a newer version/],
    [{ 'm3lab.json': { version: 1, name: 'x', record: 3 } }, /^m3lab\.json was left out/],
    [{ 'm3lab.json': exportNote({ name: 'x', record: other }) }, /of a model of another shape$/],
    [{ 'run.json': {} }, /^run\.json was left out.*: version: this field is missing$/],
  ])('%#', async (files, words) => {
    const { record: read, from, said } = await past(files);
    expect([read, from, said]).toEqual([null, null, [expect.stringMatching(words)]]);
  });

  test('a record that lies elsewhere too is taken from there', async () => {
    const files = { 'run.json': {}, 'm3lab.json': exportNote({ name: 'x', record }) };
    expect(await past(files)).toMatchObject({ name: 'x', record, said: [] });
  });
});
