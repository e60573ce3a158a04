import { describe, expect, it } from 'vitest';
import {
  errorsByKind,
  isOf,
  matching,
  nearestRun,
  type RunAtHand,
  runsAtHand,
  runsTable,
  strongest,
} from '../../../src/page/fit/points/runsAtHand.ts';
import { AUTOMATIC, compose } from '../../../src/page/fit/selection.ts';
import type { FitFacts, Points } from '../../../src/worker/api/fits.ts';
import { rowOf, sourceOf } from './runs.ts';

const rows = [
  rowOf('a', { loss: 3 }),
  rowOf('b', { loss: 2, r: 0.5, r_f: 1 }),
  rowOf('c', { loss: 4 }),
  rowOf('d'),
];
const composition = compose([sourceOf('x', rows)], AUTOMATIC);
const law = { law: { parameters: [{ name: 'E' }, { name: 'A' }] } } as unknown as FitFacts;
const points: Points = {
  fit: 1,
  predicted: Float64Array.of(3, 2.2, 4, Number.NaN),
  low: Float64Array.of(2.9, 2.1, 3.9, Number.NaN),
  high: Float64Array.of(3.1, 2.3, 4.1, Number.NaN),
  fitted: Uint8Array.of(1, 1, 0, 0),
  pull: Float64Array.of(0.1, 0.2, Number.NaN, Number.NaN),
  pulled: Int16Array.of(1, -1, -1, -1),
  pulledBy: Float64Array.of(2, 0, Number.NaN, Number.NaN),
};
const runs = runsAtHand(composition, points, law);

describe('the runs beside the law', () => {
  it('are those that the law speaks of, with what is known of each', () => {
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(runs[0]).toMatchObject({
      pulled: 'A',
      pulledBy: 2,
      residual: 0,
      interval: [2.9, 3.1],
      isLeftOut: false,
    });
    expect(runs[1]?.kind).toBe('multi-lingual two-stage');
    expect(runs[2]?.isLeftOut).toBe(true);
  });

  it('stand by how hard they pull, and behind them those that a person left out', () => {
    expect(strongest(runs, 1, ['c']).map(({ key }) => key)).toEqual(['b', 'c']);
  });

  it('are found by the place of their dot, within reach', () => {
    const at = (run: RunAtHand) => [run.measured * 10, 0] as const;
    expect(nearestRun(runs, at, [21, 0], 5)?.key).toBe('b');
    expect(nearestRun(runs, at, [21, 9], 5)).toBeNull();
  });

  it('have a mean residual by kind, of those in the fit alone', () => {
    const kinds = errorsByKind(runs);
    expect(kinds).toHaveLength(2);
    expect(kinds[0]).toMatchObject({ kind: 'monolingual single-stage', runs: 1, mean: 0 });
    expect(kinds[1]?.mean).toBeCloseTo(Math.log(2 / 2.2), 12);
  });

  it('become a table with one cell a column', () => {
    const table = runsTable(runs);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  it('are found by words of their names', () => {
    expect(matching(runs, 'B').map(({ key }) => key)).toEqual(['b']);
    expect(matching(runs, ' runs  c ').map(({ key }) => key)).toEqual(['c']);
    expect(matching(runs, 'runs')).toHaveLength(3);
    expect(matching(runs, '  ')).toEqual([]);
  });

  it('are of one fit and its runs, and of no other', () => {
    expect(isOf(points, { fit: 1 }, composition)).toBe(true);
    expect(isOf(points, { fit: 2 }, composition)).toBe(false);
    expect(isOf(points, { fit: 1 }, { rows: rows.slice(1) })).toBe(false);
    expect(isOf(null, { fit: 1 }, composition)).toBe(false);
  });
});
