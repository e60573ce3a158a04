import { expect, test } from 'vitest';
import { readRuns } from '../../src/formats/runs/read.ts';
import { extentOf, firstStageOf, kindCounts, runOf } from '../../src/law/runs.ts';

const { rows } = readRuns(
  [
    'N,D_T,k,r,r_f,r_1,pair,loss',
    '10,100,2,1,1,,a,3',
    '20,100,2,.5,.5,,a,3',
    '20,100,2,.5,1,.25,a,3',
    '20,100,2,.4,1,.2,a,3',
    '20,100,2,.4,1,0,b,3',
    '20,100,2,.4,1,,b,3',
  ].join('\n'),
  'runs.csv',
);
const runs = rows.map(runOf);

test('a row becomes a run with all that follows from it', () => {
  expect(runs[2]).toMatchObject({
    point: { N: 20, D: 400, S: 200, C: 48_000 },
    loss: 3,
    weight: 1,
    r_1: 0.25,
    s: 1 / 3,
    groups: { pair: 'a' },
    place: 'runs.csv:4',
  });
});

test('what the runs span', () => {
  expect(extentOf(runs)).toMatchObject({ N: [10, 20], D: [200, 500], r: [0.4, 1], S: [0, 300] });
  expect(() => extentOf([])).toThrow(RangeError);
});

test('kinds, and the rules of the first stage, are counted', () => {
  expect(kindCounts(runs)).toEqual({
    'monolingual single-stage': 1,
    'multi-lingual single-stage': 1,
    'multi-lingual two-stage': 4,
  });
  expect(firstStageOf(runs)).toEqual({
    rules: [
      { c: 0.5, rows: 2 },
      { c: 0, rows: 1 },
    ],
    unknown: 1,
  });
});
