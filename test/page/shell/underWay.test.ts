import { expect, test } from 'vitest';
import { AppState } from '../../../src/page/appState.ts';
import { queueWords, tellQueue } from '../../../src/page/shell/underWay.ts';
import type { QueueFacts, QueueState, SweepFacts } from '../../../src/worker/api/sweep.ts';

const SWEEP = { id: 'a', name: 'A', runs: 1200, finished: 3 } as SweepFacts;

function queue(state: QueueState): QueueFacts {
  return { state, failure: null, sweeps: [SWEEP], current: { sweep: 'a', runs: [] } };
}

test('the queue is told of while somebody may wait for it', () => {
  expect(queueWords(queue('training'))).toBe('Sweep, 3 of 1,200 runs');
  expect(queueWords(queue('blocked'))).toBe('Sweep stopped');
  expect(queueWords({ ...queue('choosing'), current: null })).toBe('Sweep');
  for (const state of ['idle', 'aside', 'elsewhere'] as const) expect(queueWords(queue(state))).toBeNull();
});

test('a fleet of Train is told of before the queue, which ends what it began to say', () => {
  const app = new AppState();
  tellQueue(app, queue('training'));
  expect(app.underWay.value?.href).toBe('#/sweep');
  tellQueue(app, queue('idle'));
  expect(app.underWay.value).toBeNull();
  const fleet = { words: 'Training, 4 %', href: '#/train' };
  app.underWay.value = fleet;
  tellQueue(app, queue('training'));
  tellQueue(app, queue('aside'));
  expect(app.underWay.value).toBe(fleet);
});
