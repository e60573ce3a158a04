import { expect, test } from 'vitest';
import { Progress } from '../../../src/sweep/run/progress.ts';

const RUNS = [
  { id: 'large', flops: 800, steps: 80 },
  { id: 'small', flops: 100, steps: 100 },
  { id: 'other', flops: 100, steps: 10 },
];

function begun() {
  const clock = { now: 5000 };
  return { clock, progress: new Progress(RUNS, () => clock.now) };
}

test('what is left is estimated from the FLOPs of this sitting, not from runs or steps', () => {
  const { clock, progress } = begun();
  expect(progress.state).toMatchObject({
    runs: 3,
    finished: 0,
    flops: 1000,
    flopsDone: 0,
    remainingSeconds: null,
  });
  clock.now += 10_000;
  progress.reached('large', 20);
  // 200 FLOPs in 10 s: 800 are left.
  expect(progress.state).toMatchObject({ flopsDone: 200, elapsedSeconds: 10, remainingSeconds: 40 });
  progress.reached('large', 10);
  expect(progress.state.flopsDone).toBe(200);
});

test('what was found, forked or finished elsewhere counts as done, and tells nothing of the speed', () => {
  const { clock, progress } = begun();
  progress.finish('small', false);
  progress.found('large', 40);
  expect(progress.state).toMatchObject({ finished: 1, flopsDone: 500, remainingSeconds: null });
  clock.now += 10_000;
  progress.reached('large', 60);
  expect(progress.state.remainingSeconds).toBe(15);
  progress.leave('other');
  expect(progress.state.remainingSeconds).toBe(10);
});

test('a run that ends before its last step, as one that diverges, is finished', () => {
  const { clock, progress } = begun();
  clock.now += 1000;
  progress.reached('large', 8);
  progress.finish('large', true);
  progress.finish('large', true);
  expect(progress.state).toMatchObject({ finished: 1, flopsDone: 800 });
  for (const id of ['small', 'other']) progress.finish(id, true);
  expect(progress.state).toMatchObject({ finished: 3, flopsDone: 1000, remainingSeconds: 0 });
});
