import { describe, expect, it } from 'vitest';
import { isOfKind, KIND_SLICES } from '../../../src/law/comparison/kinds.ts';
import { scoreOf } from '../../../src/law/comparison/score.ts';
import { type SliceName, sliceRuns } from '../../../src/law/comparison/slices.ts';
import type { Run } from '../../../src/law/run.ts';
import { runAt } from '../certainty/synthetic.ts';

/** Ten runs, named by the letter in their place. */
const TABLE: readonly (readonly [
  place: string,
  N: number,
  D_T: number,
  k: number,
  r: number,
  r_f: number,
  pair: string,
])[] = [
  ['a', 1e5, 1e6, 1, 1, 1, 'en-ja'],
  ['b', 1e5, 1e6, 4, 1, 1, 'en-ja'],
  ['c', 1e5, 3e6, 1, 1, 1, 'en-ja'],
  ['d', 1e6, 3e6, 1, 0.25, 0.25, 'en-ja'],
  ['e', 1e6, 3e6, 1, 0.25, 0.5, 'en-ja'],
  ['f', 1e6, 3e6, 1, 0.25, 0.5005, 'en-ja'],
  ['g', 1e6, 1e6, 16, 0.25, 1, 'en-id'],
  ['h', 1e6, 1e6, 8, 0.5, 0.5, 'en-id'],
  ['i', 1e6, 1e6, 1, 1, 1, 'en-id'],
  ['j', 1e6, 3e6, 1, 1, 1, ''],
];

const RUNS = TABLE.map(([place, N, D_T, k, r, r_f, pair]) =>
  runAt({ N, D_T, k, r, r_f }, { place, groups: pair === '' ? {} : { pair } }),
);

const letters = (runs: readonly Run[]) => runs.map(({ place }) => place).join('');

function held(name: SliceName, runs: readonly Run[] = RUNS): Record<string, string> {
  const { turns } = sliceRuns(name, runs);
  for (const turn of turns) expect(letters([...turn.held, ...turn.rest].sort())).toHaveLength(runs.length);
  return Object.fromEntries(turns.map((turn) => [turn.label, letters(turn.held)]));
}

describe('slices', () => {
  it('holds out the fifth with the most compute, and with the most passes', () => {
    expect(held('top-compute')).toEqual({ 'top-compute': 'gh' });
    expect(held('high-epochs')).toEqual({ 'high-epochs': 'gh' });
  });

  it('keeps ties together, and cuts where it comes nearest to a fifth', () => {
    // Five runs have the least target text: a half is still taken, seven of ten models are not.
    expect(held('low-target')).toEqual({ 'low-target': 'abghi' });
    expect(sliceRuns('top-N', RUNS)).toMatchObject({
      turns: [],
      reason: expect.stringMatching(/model scale/),
    });
    const more = [...RUNS, runAt({ N: 2e6, D_T: 1e6, k: 1, r: 1, r_f: 1 }, { place: 'k' })];
    expect(held('top-N', more)).toEqual({ 'top-N': 'k' });
  });

  it('takes values that differ in rounding as equal', () => {
    const runs = [1, 1, 1, 1, 1 + 1e-9].map((factor) =>
      runAt({ N: 1e6 * factor, D_T: 1e6, k: 1, r: 1, r_f: 1 }),
    );
    expect(sliceRuns('top-N', runs).turns).toEqual([]);
  });

  it('leaves out each final ratio in turn, with single-stage runs of the same', () => {
    expect(held('unseen-final-ratio')).toEqual({ 'r_f = 0.500': 'efh', 'r_f = 1.00': 'g' });
    const single = RUNS.filter(({ point }) => point.r_f === point.r);
    expect(sliceRuns('unseen-final-ratio', single).reason).toMatch(/no two-stage runs/);
    const one = RUNS.filter(({ place }) => place !== 'g');
    expect(sliceRuns('unseen-final-ratio', one).reason).toMatch(/one final ratio/);
  });

  it('leaves out each language pair in turn', () => {
    expect(held('pair')).toEqual({ 'en-ja': 'abcdef', 'en-id': 'ghi' });
    expect(sliceRuns('pair', RUNS.slice(0, 3)).reason).toMatch(/en-ja/);
    expect(sliceRuns('pair', RUNS.slice(9)).reason).toMatch(/no run says/);
  });

  it('has none of no runs', () => {
    for (const name of ['top-compute', 'unseen-final-ratio', 'pair'] as const)
      expect(sliceRuns(name, [])).toMatchObject({ turns: [], reason: expect.stringMatching(/no/) });
  });
});

it('sorts runs by the kinds of the paper', () => {
  const of = Object.fromEntries(
    KIND_SLICES.map((slice) => [slice, letters(RUNS.filter(({ point }) => isOfKind(slice, point)))]),
  );
  expect(of).toEqual({
    'two-stage': 'efg',
    all: 'abcdefghij',
    'single-stage only': 'abcdhij',
    'monolingual multi-epoch': 'b',
    'bilingual single-epoch': 'def',
  });
});

describe('scores', () => {
  it('are those of a table by hand', () => {
    // SSE .01 + .04, SST 2 on raw loss.
    const { rows, rSquared, rmseLog } = scoreOf([2, 3, 4], [2.1, 3, 3.8])!;
    expect(rows).toBe(3);
    expect(rSquared).toBeCloseTo(1 - 0.05 / 2, 12);
    expect(rmseLog).toBeCloseTo(Math.sqrt((Math.log(2 / 2.1) ** 2 + Math.log(4 / 3.8) ** 2) / 3), 12);
  });

  it('have no R² where the measured do not differ, and are none of no rows', () => {
    expect(scoreOf([3, 3], [3, 3.1])!.rSquared).toBeNull();
    expect(scoreOf([3], [3])!.rSquared).toBeNull();
    expect(scoreOf([], [])).toBeNull();
  });
});
