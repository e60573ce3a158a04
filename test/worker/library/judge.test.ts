import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/formats/record.ts';
import { summaryOf } from '../../../src/formats/runSummary.ts';
import type { StoredSummary } from '../../../src/store/database.ts';
import { judge } from '../../../src/worker/library/judge.ts';
import { runRecord } from '../../formats/runs/exampleRecord.ts';
import { withLoss } from './shelf.ts';

function stored(
  record: RunRecord,
  origin: 'own' | 'imported' = 'own',
  removedAt: number | null = null,
): StoredSummary {
  return { summary: summaryOf(record, { origin, collection: '' }), at: 0, removedAt, bytes: 0 };
}

const done = runRecord();
const other = withLoss(runRecord(), 1.7);
const stopped = (steps: number) => runRecord({ status: 'stopped' }, { steps });

describe('a run takes the place of one with its id', () => {
  test.each([
    ['nothing is there', null, done, 'own', 'taken'],
    ['what is there is deleted', stored(done, 'own', 1), done, 'imported', 'taken'],
    ['it is done and the other is not', stored(stopped(5)), done, 'imported', 'taken'],
    ['it is not done and the other is', stored(done), stopped(5), 'own', 'known'],
    ['it went further', stored(stopped(5)), stopped(6), 'imported', 'taken'],
    ['it did not go further', stored(stopped(5)), stopped(5), 'own', 'known'],
    ['it is the same', stored(done), done, 'imported', 'known'],
    ['it is the same, trained here again', stored(done), done, 'own', 'known'],
    ['it was brought along with another loss', stored(done), other, 'imported', 'differing'],
    ['it was trained here with another loss', stored(done), other, 'own', 'taken'],
    ['it was brought along and is now trained here', stored(done, 'imported'), done, 'own', 'taken'],
  ] as const)('%s: %#', (_, before, record, origin, verdict) => {
    expect(judge(before, record, origin)).toBe(verdict);
  });
});
