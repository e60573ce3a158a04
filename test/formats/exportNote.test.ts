import { describe, expect, test } from 'vitest';
import { EXPORT_NOTE_FILE, exportNote, parseExportNote } from '../../src/formats/exportNote.ts';
import { runRecord } from './runs/exampleRecord.ts';

const read = (value: unknown) => parseExportNote(JSON.parse(JSON.stringify(value)), EXPORT_NOTE_FILE);

test('what an export says of itself reads back', () => {
  const record = runRecord();
  expect(read(exportNote({ name: 'Two-stage', record }))).toEqual({ name: 'Two-stage', record });
  expect(read(exportNote({ name: ' x ', record: null }))).toEqual({ name: 'x', record: null });
  expect(read(exportNote({ name: ' ', record: null })).name).toBe('model');
});

describe('is refused by the field', () => {
  const good = exportNote({ name: 'x', record: runRecord() });
  test.each([
    [{ ...good, version: 2 }, 'm3lab.json: version: a newer version of the lab wrote it'],
    [{ ...good, name: 3 }, 'm3lab.json: name: 3 is not'],
    [{ ...good, name: '  ' }, 'm3lab.json: name: "  " is empty'],
    [{ ...good, record: {} }, 'm3lab.json: record: version: this field is missing'],
    [{ ...good, recod: null }, 'm3lab.json: recod: there is no such field; did you mean record?'],
    [[], 'm3lab.json: '],
  ])('%#', (value, words) => {
    expect(() => read(value)).toThrow(words);
  });
});
