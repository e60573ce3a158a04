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
  finalRatio: 1,
  D: 1.6e7,
  S: 1.2e7,
  loss: 3.1,
  interval: null,
};
const recommendation: RecommendationFile = {
  version: 1,
  law: 'm3',
  compute: 1e14,
  targetTokens: 1e6,
  limits: { maxN: 2e6 },
  best: recipe,
  runnersUp: [{ ...recipe, kind: 'monolingual single-stage', r: 1, excess: 0.2, interval: [3.2, 3.4] }],
  shares: { 'multi-lingual two-stage': 1 },
  threshold: { targetTokens: 2e6, interval: [1e6, Number.POSITIVE_INFINITY], state: 'crossed' },
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
