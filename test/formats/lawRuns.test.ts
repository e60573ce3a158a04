import { describe, expect, it } from 'vitest';
import { lawRunsOf, rowsOfLawRuns } from '../../src/formats/lawRuns.ts';
import { readRunsTable } from '../../src/formats/runs/csv.ts';

const TABLE = 'N,D_T,k,r,r_f,r_1,loss,pair,seed\n100,1000,2,0.5,1,0.25,3,a,1\n200,2000,1,1,1,,2.5,b,1\n';

describe('runs in columns', () => {
  it('come back as the rows that they were', () => {
    const { rows } = readRunsTable(TABLE, 'runs.csv');
    const columns = lawRunsOf(7, rows);
    expect(columns.id).toBe(7);
    expect(columns.quantities.r_1).toEqual(Float64Array.of(0.25, Number.NaN));
    expect(columns.groups.pair).toEqual({ words: ['a', 'b'], index: Uint32Array.of(0, 1) });
    expect(rowsOfLawRuns(columns)).toEqual(rows);
  });

  it('may be none', () => {
    expect(rowsOfLawRuns(lawRunsOf(1, []))).toEqual([]);
  });
});
