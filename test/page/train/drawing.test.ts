import { expect, test } from 'vitest';
import { ChartState } from '../../../src/page/train/chart/chartState.ts';
import { type Drawn, summaryOf, tableOf } from '../../../src/page/train/chart/drawing.ts';
import { referenceLines } from '../../../src/page/train/chart/references.ts';
import { type Curve, emptyCurve } from '../../../src/page/train/curves.ts';

const points = [
  { step: 8, tokens: 1024, bits: 6 },
  { step: 16, tokens: 2048, bits: 5 },
];
const drawn: Drawn = {
  quantity: 'target',
  axis: 'tokens',
  lines: [
    { run: 'Alone', slot: 1, points, x: [1024, 2048], raw: [6, 5], smooth: [6, 5.5] },
    { run: 'Two, mixed', slot: 2, points: [], x: [], raw: [], smooth: [] },
  ],
  references: referenceLines({ floorBitsPerByte: 1.25, ngramBitsPerByte: null }),
  logX: false,
  logY: false,
};
const curve: Curve = { ...emptyCurve(), times: [{ step: 16, seconds: 4 }] };

test('the table holds every point as measured and as smoothed, with its time', () => {
  const { columns, rows } = tableOf(drawn, new Map([['Alone', curve]]));
  expect(columns.map(({ name }) => name)).toEqual([
    ...['run', 'step', 'tokens', 'time'],
    ...['target loss', 'smoothed'],
  ]);
  expect(rows).toEqual([
    ['Alone', 8, 1024, 2, 6, 6],
    ['Alone', 16, 2048, 4, 5, 5.5],
  ]);
  expect(tableOf(drawn, new Map()).rows[0]?.[3]).toBeNull();
  const [first] = drawn.lines;
  const both = { ...drawn, lines: [first!, { ...first!, run: 'Both' }] };
  expect(tableOf(both, new Map()).rows.map(([run, step]) => [run, step])).toEqual([
    ['Alone', 8],
    ['Both', 8],
    ['Alone', 16],
    ['Both', 16],
  ]);
});

test('a schedule is no measurement, and is not smoothed', () => {
  const { columns, rows } = tableOf({ ...drawn, quantity: 'rate' }, new Map());
  expect(columns.at(-1)).toEqual({ name: 'learning rate' });
  expect(rows[0]).toHaveLength(columns.length);
});

test('in words: from where to where each run has come, and what it is held against', () => {
  expect(summaryOf(drawn)).toBe(
    'Target loss in bits per byte. Alone: from 6.00 to 5.00 after 2,048 tokens. Two, mixed: no measurement yet. Entropy floor, no model does better: 1.250.',
  );
  expect(summaryOf({ ...drawn, lines: [] })).toBe('No curves yet.');
});

test('smoothing stops at its ends, and a zoom ends where it means nothing any more', () => {
  const charts = new ChartState();
  const before = charts.smoothing.value;
  expect(charts.smoothMore(-1)).toBe(true);
  expect(charts.smoothing.value).toBe(before - 1);
  while (charts.smoothMore(-1));
  expect(charts.halfLife).toBe(0);
  charts.zoom.value = { min: 1, max: 2 };
  charts.setRange('half');
  expect(charts.zoom.value).toBeNull();
  charts.zoom.value = { min: 1, max: 2 };
  charts.setAxis('time');
  expect(charts.zoom.value).toBeNull();
  charts.flipLog();
  expect([charts.logX.value, charts.logY.value]).toEqual([true, true]);
  charts.logX.value = false;
  charts.flipLog();
  expect([charts.logX.value, charts.logY.value]).toEqual([false, false]);
});
