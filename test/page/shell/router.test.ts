import { expect, test } from 'vitest';
import { hrefOf, placeOf, VIEWS } from '../../../src/page/shell/router.ts';

test.each(VIEWS)('the address of %s is read back as it is written', (view) => {
  const query = new URLSearchParams({ law: 'm3', D_T: '1e6' });
  const place = placeOf(hrefOf(view, query));
  expect(place.view).toBe(view);
  expect(Object.fromEntries(place.query)).toEqual({ law: 'm3', D_T: '1e6' });
});

test('an address that names no view opens the first', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/nowhere?x=1']) expect(placeOf(hash).view).toBe('tour');
});

test('an address without a query has none', () => {
  expect(hrefOf('fit', new URLSearchParams())).toBe('#/fit');
  expect([...placeOf('#/fit').query]).toEqual([]);
});

test('a value written by hand keeps its question marks', () => {
  const { view, query } = placeOf('#/train?source=https://example.org/text?part=2&seed=3');
  expect(view).toBe('train');
  expect(Object.fromEntries(query)).toEqual({ source: 'https://example.org/text?part=2', seed: '3' });
});
