import { expect, test } from 'vitest';
import { numberText, readNumbers, readSizes, sizeOf } from '../../../src/page/sweep/design/lists.ts';

const RULE = { min: 0 };

test('numbers stand between commas, with k, M and G for thousands and more', () => {
  expect(readNumbers('8k, 32k; 1.1 M\n3.7e10', RULE)).toEqual({
    ok: true,
    values: [8000, 32000, 1.1e6, 3.7e10],
  });
  expect(readNumbers(' ', RULE)).toEqual({ ok: true, values: [] });
  expect(readNumbers('2, 2, 3', RULE)).toEqual({ ok: true, values: [2, 3] });
});

test('what is no number, or out of range, is named', () => {
  const problem = (text: string, rule = {}) => {
    const typed = readNumbers(text, { ...RULE, ...rule });
    return typed.ok ? null : typed.problem;
  };
  expect(problem('1, abc')).toMatch(/“abc” is not a number/);
  expect(problem('1.5', { whole: true })).toMatch(/1\.5 is not a whole number/);
  expect(problem('0', { above: true })).toMatch(/must be above 0/);
  expect(problem('2', { max: 1 })).toMatch(/must be at most 1/);
  expect(problem('1 2')).toMatch(/Put commas/);
});

test('sizes are layers and width, cut as the named experiments cut theirs', () => {
  expect(readSizes('2×32, 4x128')).toEqual({
    ok: true,
    values: [
      { layers: 2, width: 32, heads: 2, mlp: 88 },
      { layers: 4, width: 128, heads: 8, mlp: 344 },
    ],
  });
  expect(sizeOf(3, 80)).toEqual({ layers: 3, width: 80, heads: 5, mlp: 216 });
  expect(sizeOf(5, 160)).toEqual({ layers: 5, width: 160, heads: 10, mlp: 432 });
  expect(readSizes('2×30')).toMatchObject({ ok: false, problem: expect.stringContaining('multiple of 16') });
  expect(readSizes('large')).toMatchObject({ ok: false, problem: expect.stringContaining('not a size') });
});

test('a number is written as short as it is read back', () => {
  expect([0.25, 32768, 3.7e10, 4e9, 1_000_001].map(numberText)).toEqual([
    '0.25',
    '32768',
    '3.7e10',
    '4e9',
    '1000001',
  ]);
});
