import { expect, test } from 'vitest';
import { indexAt, placeOfField } from '../../../src/page/sweep/design/place.ts';

const TEXT = `{
  "version": 1,
  "recipe": { "targetTokens": 4097, "note": "a \\"quoted\\" word" },
  "grid": {
    "recipe.ratio": [1, 0.5],
    "model": [{ "width": 16 }, { "width": 30 }]
  }
}`;
const at = (path: string) => {
  const { start, end, line } = placeOfField(TEXT, path);
  return [TEXT.slice(start, end), line];
};

test('the value of a field is found, in lists and under keys with dots', () => {
  expect(at('recipe.targetTokens')).toEqual(['4097', 3]);
  expect(at('grid.recipe.ratio.1')).toEqual(['0.5', 5]);
  expect(at('grid.model.1.width')).toEqual(['30', 6]);
  expect(at('recipe.note')).toEqual(['"a \\"quoted\\" word"', 3]);
});

test('of a field that is not there its section is shown, or else everything', () => {
  expect(at('recipe.epochs')).toEqual(['{ "targetTokens": 4097, "note": "a \\"quoted\\" word" }', 3]);
  expect(at('corpora.target')[1]).toBe(1);
  expect(at('')[1]).toBe(1);
});

test('a line and a column are a place in the text', () => {
  expect(TEXT.slice(indexAt(TEXT, 2, 3)).startsWith('"version"')).toBe(true);
});
