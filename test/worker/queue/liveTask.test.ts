import { expect, test } from 'vitest';
import type { SweepEvent } from '../../../src/sweep/run/events.ts';
import { LiveTask } from '../../../src/worker/queue/liveTask.ts';

function told(...events: readonly Partial<SweepEvent>[]) {
  const live = new LiveTask();
  const news = events.map((event) => live.take(event as SweepEvent));
  return { live, news };
}

const TASK = { event: 'task', task: 0, runs: ['a', 'b'] } as const;
const started = (run: string, step: number) => ({ run, step }) as never;

test('runs wait until they are told of, then train, and those without a slot wait again', () => {
  const { live } = told(TASK);
  expect(live.runs.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
  const { live: training } = told(
    TASK,
    { event: 'start', runs: [started('a', 8), started('b', 0)] },
    { event: 'fleet', runs: ['a', 'b'], size: 1 },
  );
  expect(training.runs).toEqual([
    { run: 'a', status: 'training', step: 8 },
    { run: 'b', status: 'waiting', step: 0 },
  ]);
});

test('a first loss is news, further ones are not', () => {
  const loss = { event: 'loss', run: 'b', step: 1, tokens: 1, loss: 1 } as const;
  const { news, live } = told(TASK, loss, { ...loss, step: 2 });
  expect(news).toEqual([true, true, false]);
  expect(live.runs[1]).toEqual({ run: 'b', status: 'training', step: 2 });
});

test('progress is kept, and a run that cannot be is gone', () => {
  const progress = { runs: 2, finished: 1, flops: 4, flopsDone: 2, elapsedSeconds: 1, remainingSeconds: 1 };
  const { live } = told(TASK, { event: 'sweep', ...progress }, { event: 'refused', id: 'a' });
  expect(live.progress).toEqual({ ...progress, remainingSeconds: null });
  expect(live.runs.map(({ run }) => run)).toEqual(['b']);
});

test('what remains is told at the rate since the first run began: kernels are made once', () => {
  const progress = { event: 'sweep', runs: 2, finished: 0, flops: 100 } as const;
  const start = { event: 'start', runs: [started('a', 0)] } as const;
  const at = (elapsedSeconds: number, flopsDone: number) => ({
    ...progress,
    elapsedSeconds,
    flopsDone,
    remainingSeconds: flopsDone === 0 ? null : ((100 - flopsDone) * elapsedSeconds) / flopsDone,
  });
  const { live } = told(TASK, at(40, 0), start, at(41, 0));
  expect(live.progress?.remainingSeconds).toBeNull();
  live.take(at(41.5, 5));
  expect(live.progress?.remainingSeconds).toBeNull();
  live.take(at(51, 10));
  expect(live.progress?.remainingSeconds).toBeCloseTo(90);
  live.take({ ...at(141, 100), remainingSeconds: 0 });
  expect(live.progress?.remainingSeconds).toBe(0);
});
