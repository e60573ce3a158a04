import { describe, expect, it } from 'vitest';
import { columnCells, recipeCells } from '../../../src/law/certainty/cells.ts';
import { drawCells, spreadOverRows } from '../../../src/law/certainty/resampling.ts';
import { runAt } from './synthetic.ts';

const AT = { N: 1e6, D_T: 3e6, k: 4, r: 0.25, r_f: 0.5 };

describe('recipe cells', () => {
  it('keeps the seeds of a recipe together, wherever they stand', () => {
    const other = { ...AT, k: 8 };
    const { of, count } = recipeCells([
      runAt(AT, { groups: { seed: '1' } }),
      runAt(other),
      runAt(AT, { groups: { seed: '2' }, loss: 4 }),
    ]);
    expect([...of]).toEqual([0, 1, 0]);
    expect(count).toBe(2);
  });

  it('tells recipes apart by every coordinate, the first stage and the pair', () => {
    const runs = [
      runAt(AT),
      ...(['N', 'D_T', 'k', 'r', 'r_f'] as const).map((name) => runAt({ ...AT, [name]: AT[name] * 1.01 })),
      runAt(AT, { r_1: 0.1 }),
      runAt(AT, { groups: { pair: 'en-ja' } }),
    ];
    expect(recipeCells(runs).count).toBe(runs.length);
  });

  it('takes values that differ in rounding as one', () => {
    expect(recipeCells([runAt({ ...AT, r: 1 / 3 }), runAt({ ...AT, r: 0.33333333 })]).count).toBe(1);
  });

  it('groups by a column, with runs without a word in it as one group', () => {
    const runs = ['a', 'b', undefined, 'a', undefined].map((word) =>
      runAt(AT, { groups: word === undefined ? {} : { batch: word } }),
    );
    expect([...columnCells(runs, 'batch').of]).toEqual([0, 1, 2, 0, 2]);
  });
});

describe('draws of cells', () => {
  it('draws as many as there are, the same for the same seed and index', () => {
    const counts = drawCells(37, 5, 3);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(37);
    expect(drawCells(37, 5, 3)).toEqual(counts);
    expect(drawCells(37, 5, 4)).not.toEqual(counts);
    expect(drawCells(37, 6, 3)).not.toEqual(counts);
  });

  it('draws each cell once on average, and leaves out a share of 1/e', () => {
    const sums = new Float64Array(20);
    let none = 0;
    const draws = 2000;
    for (let index = 0; index < draws; index++)
      drawCells(20, 1, index).forEach((count, cell) => {
        sums[cell]! += count;
        if (count === 0) none++;
      });
    // Five standard errors of a Poisson mean of 1 over the draws.
    const MEAN_TOLERANCE = 5 / Math.sqrt(draws);
    for (const sum of sums) expect(Math.abs(sum / draws - 1)).toBeLessThan(MEAN_TOLERANCE);
    // (1 − 1/20)^20, within five standard errors of a share.
    expect(Math.abs(none / draws / 20 - 0.95 ** 20)).toBeLessThan(5 * Math.sqrt(0.23 / (20 * draws)));
  });

  it('gives every row of a cell the same multiplicity', () => {
    const rows = new Float64Array(5);
    spreadOverRows(Float64Array.of(2, 0, 1), Int32Array.of(0, 1, 0, 2, 1), rows);
    expect([...rows]).toEqual([2, 0, 2, 1, 0]);
  });
});
