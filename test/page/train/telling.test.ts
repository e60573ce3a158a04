import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { AppState } from '../../../src/page/appState.ts';
import type { RunRow } from '../../../src/page/train/fleetState.ts';
import { TrainState } from '../../../src/page/train/state.ts';
import { keepTelling, spoken } from '../../../src/page/train/telling.ts';

const row = (run: string, targetBits: number | null, change: Partial<RunRow> = {}): RunRow => ({
  run,
  slot: 1,
  id: null,
  status: 'done',
  step: 512,
  steps: 512,
  scale: 1000,
  ratio: 1,
  trainingBits: null,
  targetBits,
  targetBitsError: null,
  sourceBits: null,
  warnings: [],
  ...change,
});

test('nothing is said before anything was measured', () => {
  expect(spoken(false, [row('a', null)])).toBeNull();
  expect(spoken(true, [])).toBeNull();
});

test('while it trains, how far it is and who leads', () => {
  expect(spoken(false, [row('a', 5.25, { step: 8 }), row('b', 4.5), row('c', null)])).toBe(
    'Step 512. b leads with 4.50 bits per byte on the target.',
  );
  expect(spoken(false, [row('a', 5.25, { step: 8 })])).toBe('Step 8. a: 5.25 bits per byte on the target.');
});

test('at the end who is lowest, and whether that is more than noise', () => {
  const near = [row('a', 4.51, { targetBitsError: 0.05 }), row('b', 4.5, { targetBitsError: 0.05 })];
  expect(spoken(true, near)).toBe(
    'Finished. b is lowest with 4.50 bits per byte on the target, within the noise of the next.',
  );
  expect(spoken(true, [row('a', 5), row('b', 4.5)])).toBe(
    'Finished. b is lowest with 4.50 bits per byte on the target.',
  );
});

test('the header says how far a fleet is, and leaves what others are doing alone', () => {
  const state = new TrainState({ app: new AppState(), shown: signal(true) });
  const { app, fleet } = state;
  const stop = keepTelling(state);
  expect(app.underWay.value).toBeNull();
  fleet.phase.value = 'training';
  const numbers = { tokensPerSecond: 1, flopsPerSecond: 1, elapsedSeconds: 1, remainingSeconds: 1 };
  fleet.progress.value = { steps: 100, totalSteps: 400, ...numbers };
  expect(app.underWay.value).toEqual({ words: 'Training, 25 %', href: '#/train' });
  const said = app.underWay.value;
  fleet.progress.value = { steps: 101, totalSteps: 400, ...numbers };
  expect(app.underWay.value).toBe(said);
  fleet.phase.value = 'done';
  expect(app.underWay.value).toBeNull();
  const other = { words: 'Sweep, 3 %', href: '#/sweep' };
  app.underWay.value = other;
  fleet.phase.value = 'idle';
  expect(app.underWay.value).toBe(other);
  stop();
});
