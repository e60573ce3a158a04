import { expect, test } from 'vitest';
import { referenceLines } from '../../../src/page/train/chart/references.ts';

test('a line for each reference that is known, told apart by its dashes', () => {
  const both = referenceLines({ floorBitsPerByte: 0.7, ngramBitsPerByte: 2.5 });
  expect(both.map(({ name, bits }) => [name, bits])).toEqual([
    ['Entropy floor', 0.7],
    ['n-gram reference', 2.5],
  ]);
  expect(both[0]?.dash).not.toEqual(both[1]?.dash);
  expect(referenceLines({ floorBitsPerByte: null, ngramBitsPerByte: 2.5 })).toHaveLength(1);
  expect(referenceLines(null)).toEqual([]);
});
