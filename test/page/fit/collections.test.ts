import { expect, test } from 'vitest';
import { Collections } from '../../../src/page/fit/collections.ts';
import { summary } from '../runs/summaries.ts';

test('a run is read once, and a collection that has not changed is what it was', () => {
  const collections = new Collections();
  const [a, b, c] = [
    summary({ id: 'a', collection: 'x' }),
    summary({ id: 'b', collection: 'y' }),
    summary({ id: 'c', collection: 'y' }),
  ];
  const [x, y] = collections.sourcesOf([a, b]);
  const [sameX, grownY] = collections.sourcesOf([a, c, b]);
  expect(sameX).toBe(x);
  expect(grownY?.runs.rows).toHaveLength(2);
  expect(grownY?.runs.rows[1]).toBe(y?.runs.rows[0]);
});
