import { expect, test } from 'vitest';
import type { RunRow } from '../../../src/page/train/fleetState.ts';
import { bestRun } from '../../../src/page/train/runs/best.ts';

function row(
  run: string,
  status: RunRow['status'],
  targetBits: number | null,
  targetBitsError: number | null = null,
): RunRow {
  return {
    run,
    slot: 1,
    id: null,
    status,
    step: 1,
    steps: 1,
    scale: null,
    ratio: null,
    trainingBits: null,
    targetBits,
    targetBitsError,
    sourceBits: null,
    warnings: [],
  };
}

test('a best run is named only among runs that all came to their end', () => {
  expect(bestRun([row('a', 'done', 4.4), row('b', 'done', 4.3)])?.run).toBe('b');
  expect(bestRun([row('a', 'done', 4.4), row('b', 'training', 4.3)])).toBeUndefined();
  expect(bestRun([row('a', 'done', 4.4), row('b', 'stopped', 4.3)])).toBeUndefined();
  expect(bestRun([row('a', 'done', 4.4)])).toBeUndefined();
});

test('a lead counts from two combined standard errors over the runner-up', () => {
  // 0.03 and 0.04 combine to 0.05, so 0.1 is the least lead that counts.
  const runs = (lead: number) => [
    row('last', 'done', 6, 0.5),
    row('second', 'done', 4.5, 0.04),
    row('first', 'done', 4.5 - lead, 0.03),
  ];
  expect(bestRun(runs(0.101))).toEqual({ run: 'first', clear: true });
  expect(bestRun(runs(0.099))).toEqual({ run: 'first', clear: false });
});

test('where an error is unknown the lowest is the best, as it always was', () => {
  expect(bestRun([row('a', 'done', 4.4, 0.5), row('b', 'done', 4.3)])).toEqual({ run: 'b', clear: true });
  expect(bestRun([row('a', 'done', null), row('b', 'done', 4.3, 0.5)])).toEqual({ run: 'b', clear: true });
});
