import { expect, test } from 'vitest';
import {
  parseRecommendation,
  type RecommendationFile,
  recommendationJson,
} from '../../src/formats/recommendation.ts';

const recipe = {
  kind: 'multi-lingual two-stage' as const,
  N: 1e6,
  k: 4,
  r: 0.25,
  r_f: 1,
  D: 1.6e7,
  S: 1.2e7,
  loss: 3.1,
  interval: null,
  intervals: null,
};
const recommendation: RecommendationFile = {
  version: 1,
  law: 'm3',
  compute: 1e14,
  targetTokens: 1e6,
  sources: [{ file: 'runs.csv', rows: 10 }],
  limits: { maxN: 2e6, maxEpochs: 1 },
  untold: [{ what: 'repetition', reason: 'no run', wanted: 'runs' }],
  blindness: null,
  noise: 0.003,
  map: null,
  thresholdLine: null,
  epochs: {
    points: [
      { compute: 1e14, x: 0.1, k: 4, interval: null, kind: 'multi-lingual two-stage', monolingual: 5 },
    ],
    spread: null,
  },
  best: recipe,
  runnersUp: [
    {
      ...recipe,
      kind: 'monolingual single-stage',
      r: 1,
      excess: 0.2,
      excessInterval: [0.1, 0.3],
      interval: [3.2, 3.4],
    },
  ],
  shares: { 'multi-lingual two-stage': 1 },
  threshold: {
    targetTokens: 2e6,
    interval: [1e6, Number.POSITIVE_INFINITY],
    state: 'crossed',
    margin: 0,
    firstOrder: null,
  },
  scarcity: 0.1,
  beyond: ['N'],
  notes: [],
};

test('a recommendation survives its file', () => {
  const json: unknown = JSON.parse(JSON.stringify(recommendationJson(recommendation)));
  expect(parseRecommendation(json, 'a.json')).toEqual(recommendation);
});

test('errors name the field', () => {
  const wrong = { ...recommendation, best: { ...recipe, kind: 'two-stage' } };
  expect(() => parseRecommendation(wrong, 'a.json')).toThrow(/^a\.json: best\.kind: "two-stage" is not/);
});
