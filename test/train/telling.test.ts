import { expect, test } from 'vitest';
import { makespan } from '../../src/train/telling.ts';

test('a fleet takes as many steps as the slots that are free first make it', () => {
  expect(makespan([], 4)).toBe(0);
  expect(makespan([7, 3], 4)).toBe(7);
  expect(makespan([7, 3], 2)).toBe(7);
  expect(makespan([7, 3], 1)).toBe(10);
  // The third takes the slot of the second, and is over before the first.
  expect(makespan([7, 3, 3], 2)).toBe(7);
  // The fourth takes the slot of the third.
  expect(makespan([7, 3, 3, 5], 2)).toBe(11);
});
