import { expect, test } from 'vitest';
import { fitAddressOf } from '../../../src/page/fit/fitAddress.ts';
import { fitHref } from '../../../src/page/runs/fitHref.ts';

test('a fit of certain runs is that of their collections, as Fit reads its address', () => {
  const runs = ['eight & more', 'eight & more', 'b'].map((collection) => ({ collection }));
  const query = new URLSearchParams(fitHref(runs).replace('#/fit?', ''));
  expect(fitAddressOf(query)).toMatchObject({
    selection: { sources: ['runs:eight & more', 'runs:b'], pair: null },
    problems: [],
  });
  expect(fitHref([])).toBe('#/fit');
});
