import { expect, test } from 'vitest';
import { spreadRuns } from '../../../src/sweep/adaptive/spread.ts';
import { DESIGN } from './worlds.ts';

const NOMINALS = DESIGN.map(({ nominal }) => nominal);

test('every kind has its share, and no run comes twice', () => {
  const chosen = spreadRuns(NOMINALS, 12);
  expect(new Set(chosen).size).toBe(12);
  const kinds = chosen.map((index) => NOMINALS[index]!.kind);
  for (const kind of new Set(NOMINALS.map((run) => run.kind)))
    expect(kinds.filter((one) => one === kind)).toHaveLength(4);
});

test('the ends of every list are reached, and what was taken is kept off', () => {
  const chosen = spreadRuns(NOMINALS, 15).map((index) => NOMINALS[index]!);
  for (const of of ['N', 'D_T', 'r'] as const) {
    const all = NOMINALS.map((run) => run[of]);
    const seen = chosen.map((run) => run[of]);
    expect([Math.min(...seen), Math.max(...seen)], of).toEqual([Math.min(...all), Math.max(...all)]);
  }
  const next = spreadRuns(NOMINALS, 15, chosen).map((index) => NOMINALS[index]!);
  expect(next.filter((run) => chosen.includes(run))).toEqual([]);
});

test('of few candidates all come, of one, of none', () => {
  const one = NOMINALS[0]!;
  // Two seeds of one recipe are two runs.
  expect(spreadRuns([one, one], 5).sort()).toEqual([0, 1]);
  expect(spreadRuns([one], 1)).toEqual([0]);
  expect(spreadRuns([], 3)).toEqual([]);
});

test('a second seed comes after every recipe has one', () => {
  const monolingual = NOMINALS.filter(({ kind }) => kind === 'monolingual single-stage');
  const chosen = spreadRuns([...monolingual, ...monolingual], monolingual.length);
  expect(new Set(chosen.map((index) => index % monolingual.length)).size).toBe(monolingual.length);
});
