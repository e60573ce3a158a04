import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TrainEvent } from '../../src/train/events.ts';
import type { LabEvent } from '../../src/worker/api/lab.ts';
import { transfersOf } from '../../src/worker/metrics.ts';
import { Teller } from '../../src/worker/teller.ts';

let told: LabEvent[];
let teller: Teller;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  teller = new Teller();
  teller.listen((event) => {
    told.push(event);
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const loss = (run: string, step: number): TrainEvent => ({
  event: 'loss',
  run,
  step,
  tokens: 10 * step,
  loss: 1 / step,
});
const progress = (steps: number): TrainEvent => ({
  event: 'progress',
  steps,
  totalSteps: 100,
  tokensPerSecond: 1,
  flopsPerSecond: 1,
  elapsedSeconds: 1,
  remainingSeconds: 1,
});

test('losses of many steps come as arrays of each run, about ten times a second', () => {
  for (let step = 1; step <= 5; step++) {
    teller.gather(loss('a', step), 'fleet');
    teller.gather(loss('b', step), 'fleet');
  }
  teller.gather(
    { event: 'eval', run: 'a', step: 5, tokens: 50, targetLoss: 1, targetBitsPerByte: 1.5 },
    'fleet',
  );
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toHaveLength(1);
  const [event] = told;
  if (event?.event !== 'metrics') throw new Error('no metrics');
  expect(event.from).toBe('fleet');
  expect(event.runs.map(({ run }) => run)).toEqual(['a', 'b']);
  const [a, b] = event.runs;
  expect([...(a?.losses.steps ?? [])]).toEqual([1, 2, 3, 4, 5]);
  expect([...(a?.losses.tokens ?? [])]).toEqual([10, 20, 30, 40, 50]);
  expect(a?.losses.nats[1]).toBe(0.5);
  expect([...(a?.evaluations.targetBits ?? [])]).toEqual([1.5]);
  expect(a?.evaluations.sourceBits[0]).toBeNaN();
  expect(b?.evaluations.steps).toHaveLength(0);
  // Seven arrays a run, none of them copied.
  expect(transfersOf(event)).toHaveLength(14);
});

test('the order of other events among losses stays', () => {
  teller.gather({ event: 'diverged', run: 'a', step: 1 }, 'fleet');
  teller.gather(loss('b', 1), 'fleet');
  teller.gather({ event: 'diverged', run: 'b', step: 1 }, 'fleet');
  teller.tell({ event: 'phase', phase: 'done' });
  expect(told.map(({ event }) => event)).toEqual(['train', 'metrics', 'train', 'phase']);
});

test('what a fleet and the queue tell stays apart', () => {
  teller.gather(loss('a', 1), 'fleet');
  teller.gather(loss('a', 1), 'queue');
  teller.flush();
  expect(told).toMatchObject([
    { event: 'metrics', from: 'fleet' },
    { event: 'metrics', from: 'queue' },
  ]);
});

test('of progress only the newest is told, four times a second at most, and the last always', () => {
  const steps = () =>
    told
      .flatMap((event) => (event.event === 'train' ? event.events : []))
      .map((event) => {
        return event.event === 'progress' ? event.steps : null;
      });
  for (let step = 0; step < 100; step++) {
    teller.gather(progress(step), 'fleet');
    vi.advanceTimersByTime(10);
  }
  expect(steps().length).toBeGreaterThanOrEqual(3);
  expect(steps().length).toBeLessThanOrEqual(5);
  teller.gather(progress(100), 'fleet');
  teller.tell({ event: 'phase', phase: 'done' });
  expect(steps().at(-1)).toBe(100);
});
