import { expect, it } from 'vitest';
import { sentence } from '../../../src/page/map/sentence.ts';

it.each([
  ['a second language: no run reads one', 'A second language: no run reads one.'],
  ['x = D_T/D*(C) = 0.1', 'x = D_T/D*(C) = 0.1.'],
  ['k* falls', 'k* falls.'],
  ['tau does not matter: Rstar = 1e12', 'τ does not matter: R* = 10¹².'],
  ['below D_T = 24.1 k tokens', 'Below D_T = 24.1\u202fk tokens.'],
  ['none: this law cannot say', 'None: this law cannot say.'],
  [
    'a second language pays, multi-lingual two-stage, at once',
    'A second language pays, two stages, at once.',
  ],
  ['It ends already.', 'It ends already.'],
])('%j becomes %j', (words, wanted) => {
  expect(sentence(words)).toBe(wanted);
});
