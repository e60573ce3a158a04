import { expect, test } from 'vitest';
import { type FitFile, fitJson, parseFit, parseFitText, parseRankedFits } from '../../src/formats/fit.ts';

const fit: FitFile = {
  version: 1,
  law: 'chinchilla',
  title: 'Chinchilla',
  form: 'L = E + A·N^−α + B·D^−β',
  note: '',
  m3lab: '0.1.0',
  sources: [{ file: 'runs.csv', rows: 10, sha256: 'ab' }],
  chosen: ['k <= 4'],
  columns: { N: 'params' },
  recipes: 8,
  rows: 10,
  dropped: [{ reason: 'diverged', rows: 1 }],
  parameters: {
    E: { value: 1.7, interval: [1.6, 1.8], unit: 'nats per token' },
    Rstar: { value: Number.POSITIVE_INFINITY, interval: null },
  },
  frozen: ['Rstar'],
  delta: 1e-3,
  objective: 0.01,
  rSquared: null,
  rmseLog: 0.004,
  aicc: null,
  status: 'under-determined',
  atBounds: [],
  unknown: ['Rstar'],
  tradeOffs: [{ parameters: ['E', 'Rstar'], correlation: 0.99 }],
  condition: Number.POSITIVE_INFINITY,
  heldOut: {
    'top-N': { rows: 2, rSquared: 0.5, rmseLog: 0.01 },
    pair: { rows: 0, rSquared: null, rmseLog: null, reason: 'there is one pair alone' },
  },
  seed: 0,
  bootstrap: {
    resamples: 2,
    failed: 0,
    method: 'refit',
    names: ['E', 'Rstar'],
    values: [
      [1.6, Number.POSITIVE_INFINITY],
      [1.8, Number.POSITIVE_INFINITY],
    ],
  },
  extent: { N: [1e6, 1e9] },
  firstStage: { rules: [{ c: 0, rows: 3 }], unknown: 0 },
  tellers: { repeated: 4, bilingual: 3, 'two-stage': 0 },
  borrowed: { law: 'chinchilla', parameters: ['E'] },
  byKind: {
    all: {
      seen: { rows: 10, rSquared: 0.9, rmseLog: 0.01 },
      joint: { rows: 2, rSquared: 0.8, rmseLog: 0.02 },
      own: { rows: 0, rSquared: null, rmseLog: null, reason: 'none' },
    },
  },
  nulls: [
    { name: 'φ = 0', at: { phi: 0 }, aiccDifference: 3, p: 0.01, verdict: 'spoken against', words: 'so' },
  ],
};

const text = JSON.stringify(fitJson(fit));

test('a fit survives its file, infinities and all', () => {
  expect(text).toContain('"Infinity"');
  expect(parseFitText(text, 'fit.json')).toEqual([fit]);
});

test('so does a ranking, and the fits in it come best first', () => {
  const other: FitFile = { ...fit, law: 'm3' };
  const ranking = {
    version: 1 as const,
    ranked: [other, fit],
    notRanked: [
      { law: 'cpt', reason: 'no runs', fit: null },
      { law: 'cpt', reason: 'other runs', fit: { ...fit, law: 'cpt' } },
    ],
  };
  const json: unknown = JSON.parse(JSON.stringify(fitJson(ranking)));
  expect(parseRankedFits(json, 'fit.json')).toEqual(ranking);
  expect(parseFitText(JSON.stringify(json), 'fit.json').map(({ law }) => law)).toEqual([
    'm3',
    'chinchilla',
    'cpt',
  ]);
});

test.each<[string, object, RegExp]>([
  ['an unknown field', { statuss: 1 }, /statuss: there is no such field; did you mean status\?/],
  ['a missing field', { rows: undefined }, /rows: this field is missing/],
  ['another status', { status: 'fine' }, /status: "fine" is not "converged" or/],
  ['a word for a number', { condition: 'large' }, /condition: "large" is not/],
  [
    'an interval of one',
    { parameters: { E: { value: 1, interval: [1] } } },
    /parameters\.E\.interval\.1: this field is missing/,
  ],
  [
    'a resample of another length',
    { bootstrap: { ...fit.bootstrap, values: [[1, 2], [1]] } },
    /bootstrap\.values\.1: 1 values for 2 parameters/,
  ],
  [
    'a resample of another parameter',
    { bootstrap: { ...fit.bootstrap, names: ['E', 'F'] } },
    /bootstrap\.names: F is no parameter/,
  ],
])('%s is refused', (_, change, words) => {
  const json: unknown = JSON.parse(JSON.stringify(fitJson({ ...fit, ...change })));
  expect(() => parseFit(json, 'fit.json')).toThrow(words);
  expect(() => parseFit(json, 'fit.json')).toThrow(/^fit\.json: /);
});

test.each<[string, string, RegExp]>([
  ['a table', 'N,D,loss\n1,2,3\n', /this is no file of a fit; if it is a table of runs, m3lab fit it first/],
  ['a file that was cut off', text.slice(0, 300), /the file ends early; write it again/],
  ['another version', JSON.stringify({ ...fit, version: 7 }), /version: 7 was written by another m3lab/],
  [
    'the definition of a law',
    JSON.stringify({ version: 1, name: 'mine', formula: 'E', parameters: [] }),
    /this defines a law, and is no fit of it/,
  ],
  ['a list', '[1]', /the file ends early|this is no file of a fit/],
])('%s is refused, with what to do', (_, content, words) => {
  expect(() => parseFitText(content, 'fit.json')).toThrow(words);
});
