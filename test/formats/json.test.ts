import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, JsonError, parseJson } from '../../src/formats/json.ts';

describe('text that is not JSON is told by line, column and field', () => {
  test.each([
    [
      '{\n  "optimizer": {\n    "learningRate": NaN\n  }\n}',
      3,
      21,
      'optimizer.learningRate',
      /NaN is not a number/,
    ],
    ['{"a": [1, 2, Infinity]}', 1, 14, 'a.2', /Infinity is not a number/],
    ['{"a": -Infinity}', 1, 7, 'a', /-Infinity/],
    ['{"a": 1,}', 1, 9, '', /field name/],
    ['{"a": 1 "b": 2}', 1, 9, '', /comma/],
    ['{"a" 1}', 1, 6, '', /colon is missing after "a"/],
    ['{"a": yes}', 1, 7, 'a', /yes is not a JSON value/],
    ["{'a': 1}", 1, 2, '', /double quotes/],
    ['{"a": "x', 1, 7, 'a', /not closed/],
    ['{"a": 1', 1, 8, '', /comma or }/],
    ['', 1, 1, '', /ends/],
    ['{} {}', 1, 4, '', /after the end/],
    ['[01]', 1, 3, '', /comma or \]/],
  ])('%j', (text, line, column, path, problem) => {
    let caught: unknown;
    try {
      parseJson(text, 'c.json');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(JsonError);
    expect(caught).toMatchObject({
      file: 'c.json',
      line,
      column,
      path,
      problem: expect.stringMatching(problem),
    });
    expect((caught as JsonError).message).toContain(`c.json, line ${line}, column ${column}:`);
  });

  test('whatever is cut off is still a JsonError', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        const part = text.slice(0, cut % text.length);
        let isWhole = true;
        try {
          JSON.parse(part);
        } catch {
          isWhole = false;
        }
        if (!isWhole) expect(() => parseJson(part, 'c.json')).toThrow(JsonError);
      }),
    );
  });
});

test('JSON is read as it stands, with or without a byte order mark', () => {
  expect(parseJson('\uFEFF{"a": [1, null]}', 'c.json')).toEqual({ a: [1, null] });
});

test('canonical JSON does not know the order of keys, and reads back', () => {
  expect(canonicalJson({ b: [1, { d: 1, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":1}]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
