import { expect, test } from 'vitest';
import { earlierWords, stepsOf, withSamples, writingAt } from '../../../src/page/train/samples/writings.ts';

const EMPTY = { prompt: '', runs: new Map() };
const sample = (step: number, run = 'a') => ({ run, step, text: `step ${step}` });

test('the newest stands last, and an earlier one is found by its step', () => {
  let writings = withSamples(EMPTY, 'Hapo', [sample(4), sample(4, 'b')]);
  writings = withSamples(writings, 'Hapo', [sample(8)]);
  const ofA = writings.runs.get('a') ?? [];
  expect(ofA.map(({ step }) => step)).toEqual([4, 8]);
  expect(writingAt(ofA, 7)?.step).toBe(4);
  expect(writingAt(ofA, 1)?.step).toBe(4);
  expect(stepsOf(writings)).toEqual([4, 8]);
});

test('the earlier texts are said to be of a step only where each run wrote after it', () => {
  const even = withSamples(EMPTY, 'Hapo', [sample(1024), sample(1024, 'b')]);
  expect(earlierWords(even, 1024, 0)).toBe('step 1,024');
  const uneven = withSamples(even, 'Hapo', [sample(2048)]);
  expect(earlierWords(uneven, 2048, 1)).toBe('each one’s last by step 2,048');
  expect(earlierWords(withSamples(EMPTY, 'Hapo', [sample(4), sample(8, 'b')]), 4, 0)).toBe(
    'each one’s first text',
  );
});

test('a fleet that goes on from an earlier checkpoint writes again what came after it', () => {
  let writings = withSamples(EMPTY, 'Hapo', [sample(4), sample(8)].slice(0, 1));
  writings = withSamples(writings, 'Hapo', [sample(8)]);
  writings = withSamples(writings, 'Hapo', [sample(6)]);
  expect(writings.runs.get('a')?.map(({ step }) => step)).toEqual([4, 6]);
});

test('of very many the first and the newest stay, and enough between', () => {
  let writings = withSamples(EMPTY, 'Hapo', []);
  for (let step = 1; step <= 500; step++) writings = withSamples(writings, 'Hapo', [sample(step)]);
  const steps = (writings.runs.get('a') ?? []).map(({ step }) => step);
  expect(steps.length).toBeLessThanOrEqual(24);
  expect(steps[0]).toBe(1);
  expect(steps.at(-1)).toBe(500);
});
