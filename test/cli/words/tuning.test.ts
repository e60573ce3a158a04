import { expect, test } from 'vitest';
import { tuningWords } from '../../../src/cli/words/tuning.ts';

test('the chosen tile comes first, then the others by their time, failures last', () => {
  const words = tuningWords({
    'forward 64→192': {
      variant: 'registers 8×16',
      candidates: [
        { variant: 'slabs 64×64', milliseconds: null, failure: 'relative error 3e-2' },
        { variant: 'registers 4×8', milliseconds: 0.5, failure: null },
        { variant: 'registers 8×16', milliseconds: 0.3125, failure: null },
        { variant: 'registers 8×8', milliseconds: 0.4, failure: null },
      ],
    },
  });
  expect(words.split('\n').slice(1)).toEqual([
    'forward 64→192',
    '  registers 8×16  0.313 ms  chosen',
    '  registers 8×8   0.400 ms',
    '  registers 4×8   0.500 ms',
    '  slabs 64×64            –  failed: relative error 3e-2',
  ]);
});

test('where nothing was measured it says how to measure', () => {
  for (const nothing of [null, {}]) expect(tuningWords(nothing)).toMatch(/measured nothing .*m3lab train/);
});
