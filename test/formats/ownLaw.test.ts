import { expect, test } from 'vitest';
import { parseOwnLawText } from '../../src/formats/ownLaw.ts';

const law = {
  version: 1,
  name: 'mine',
  formula: 'E + A/N^alpha',
  parameters: [
    { name: 'E', scale: 'log', lower: 0.1, upper: 10, starts: [1, 2], toldBy: 'any' },
    { name: 'A' },
    { name: 'alpha' },
  ],
};
const parse = (changes: object) => parseOwnLawText(JSON.stringify({ ...law, ...changes }), 'mine.json');

test('a law of one’s own; what is left out stays open, since the lab’s names bring it', () => {
  expect(parse({})).toEqual(law);
});

test.each<[string, object, RegExp]>([
  ['no formula', { formula: '' }, /^mine\.json: formula: "" is empty/],
  ['no parameters', { parameters: [] }, /^mine\.json: parameters: .*at least one/],
  ['an unknown field', { formel: 'E' }, /^mine\.json: formel: .*did you mean formula\?/],
  [
    'an unknown field of a parameter',
    { parameters: [{ name: 'E', min: 1 }] },
    /^mine\.json: parameters\.0\.min: there is no such field; /,
  ],
  [
    'another scale',
    { parameters: [{ name: 'E', scale: 'ln' }] },
    /^mine\.json: parameters\.0\.scale: "ln" is not/,
  ],
  ['an empty list of starts', { parameters: [{ name: 'E', starts: [] }] }, /starts: .*at least one/],
])('%s is refused', (_, changes, words) => {
  expect(() => parse(changes)).toThrow(words);
});
