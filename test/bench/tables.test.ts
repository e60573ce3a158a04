import { describe, expect, it } from 'vitest';
import { type FleetResult, fleetsTable, timedRunSteps } from '../../bench/fleets.mjs';
import { type MatmulResult, matmulTable, timedProducts } from '../../bench/matmul.mjs';
import { lossesTable, type StepsResult, timesTable } from '../../bench/steps.mjs';
import { markdownOf, milliseconds, textOf } from '../../bench/tables.mjs';

const table = {
  title: 'Title',
  head: ['', 'ms'],
  rows: [
    ['ours', '1.00'],
    ['other', '12.3'],
  ],
};

describe('a table', () => {
  it('is text in columns', () => {
    expect(textOf(table)).toBe('Title\n         ms\nours   1.00\nother  12.3\n');
  });
  it('is Markdown', () => {
    expect(markdownOf(table)).toBe('Title\n\n|  | ms |\n| --- | --: |\n| ours | 1.00 |\n| other | 12.3 |\n');
  });
  it('shows milliseconds in three digits', () => {
    expect([1.234, 12.34, 123.4].map(milliseconds)).toEqual(['1.23', '12.3', '123']);
  });
});

function steps(losses: number[], times: number[], median: number | null) {
  return { losses, counts: null, times, median };
}

describe('the table of steps', () => {
  const result: StepsResult = {
    size: 'A',
    steps: 4,
    rounds: 2,
    tuning: null,
    difference: 0.5,
    agreed: false,
    failures: {},
    trainers: { ours: steps([5], [10, 12], 11), tfjs: steps([5.5], [80, 96], 88) },
  };
  it('says when the work is not the same', () => {
    expect(lossesTable(result).title).toContain('NOT the same work');
    expect(lossesTable({ ...result, agreed: true }).title).toMatch(/: the same work$/);
  });
  it('sets the peers against ours', () => {
    expect(timesTable(result).rows).toEqual([
      ['ours', '11.0 ms', '10.0–12.0', '1.00×'],
      ['tfjs', '88.0 ms', '80.0–96.0', '8.00×'],
    ]);
  });
  it('names a peer that could not take the size', () => {
    const failures = { 'jax-js': 'out of memory\n    at somewhere' } as const;
    expect(timesTable({ ...result, failures }).rows.at(-1)).toEqual([
      'jax-js',
      'failed: out of memory',
      '–',
      '–',
    ]);
  });
});

describe('the table of fleets', () => {
  const fleet: FleetResult = {
    runs: 4,
    steps: 2,
    rounds: 1,
    bytes: 3 * 2 ** 20,
    agreed: true,
    times: { fleet: [100], singles: [150] },
    tokensPerSecond: { fleet: 20_480, singles: 13_653 },
  };
  it('sets a fleet against single runs', () => {
    expect(fleetsTable([fleet]).rows).toEqual([['4', '20,480', '13,653', '1.50×', '50.0 ms', '3 MiB']]);
  });
  it('shows no figure of a fleet that trained otherwise', () => {
    const [row] = fleetsTable([{ ...fleet, agreed: false }]).rows;
    expect(row?.slice(1).join('')).toBe('NOT the losses of single runs, so no times are taken');
  });
  it('takes at least one step of each run', () => {
    expect([1, 16, 64].map((runs) => timedRunSteps(runs, true))).toEqual([16, 1, 1]);
  });
});

describe('the table of products', () => {
  const product: MatmulResult = {
    product: { layer: 'qkv', direction: 'forward', rows: 16, inner: 32, columns: 48, flops: 49_152 },
    tile: 'registers 8×8',
    times: 3,
    rounds: 1,
    errors: { ours: 1e-7, tfjs: 1e-7 },
    agreed: true,
    milliseconds: {},
    median: { ours: 0.5, tfjs: 1 },
  };
  const names = ['ours', 'tfjs'] as const;
  it('sets the peers against ours, by rate and ratio', () => {
    const { head, rows } = matmulTable('A', [product], names);
    expect(head).toEqual(['product', 'ours, ms', 'tfjs, ms', 'ours, GFLOP/s', 'tfjs to ours', 'our tile']);
    expect(rows).toEqual([['qkv forward, 16×32→48', '0.50', '1.00', '0.0983', '2.00×', 'registers 8×8']]);
  });
  it('names who multiplied something else', () => {
    const wrong = { ...product, agreed: false, errors: { ours: 1e-7, tfjs: 0.5 } };
    const { head, rows } = matmulTable('A', [wrong], names);
    expect(rows[0]?.[0]).toContain('NOT the product (tfjs)');
    expect(rows[0]?.length).toBe(head.length);
  });
  it('repeats small products and never a large one fewer than three times', () => {
    expect([1e6, 1e8, 1e3].map((flops) => timedProducts(flops, true))).toEqual([200, 3, 256]);
  });
});
