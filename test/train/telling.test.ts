import { expect, test } from 'vitest';
import { makespan } from '../../src/train/telling.ts';

test('a fleet takes as many steps as the slots that are free first make it', () => {
  const stepsOf = (lengths: number[], slots: number) =>
    makespan(
      lengths.map((steps) => ({ steps })),
      slots,
    );
  expect(stepsOf([], 4)).toBe(0);
  expect(stepsOf([7, 3], 4)).toBe(7);
  expect(stepsOf([7, 3], 2)).toBe(7);
  expect(stepsOf([7, 3], 1)).toBe(10);
  // The third takes the slot of the second, and is over before the first.
  expect(stepsOf([7, 3, 3], 2)).toBe(7);
  // The fourth takes the slot of the third.
  expect(stepsOf([7, 3, 3, 5], 2)).toBe(11);
});

test('a run that goes on from another one begins where that one has come to its step', () => {
  const after = (job: number, steps: number) => ({ job, steps });
  // Twenty steps more than the other, from its eightieth on.
  expect(makespan([{ steps: 100 }, { steps: 40, after: after(0, 80) }], 2)).toBe(120);
  // Whoever may begin goes first, so the slot is not left empty.
  expect(makespan([{ steps: 100 }, { steps: 40, after: after(0, 80) }, { steps: 90 }], 2)).toBe(130);
  expect(makespan([{ steps: 100 }, { steps: 40, after: after(0, 80) }], 1)).toBe(140);
  // From one that itself went on from another.
  expect(
    makespan([{ steps: 10 }, { steps: 9, after: after(0, 5) }, { steps: 8, after: after(1, 4) }], 3),
  ).toBe(17);
});
