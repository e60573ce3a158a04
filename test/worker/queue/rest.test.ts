import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rest } from '../../../src/worker/queue/rest.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('whoever was told to stop before does not rest', async () => {
  await rest(30_000, AbortSignal.abort());
  expect(vi.getTimerCount()).toBe(0);
});

test('a rest ends with its time, or when it is broken off, and leaves nothing behind', async () => {
  const { signal } = new AbortController();
  const removed = vi.spyOn(signal, 'removeEventListener');
  const rested = rest(30_000, signal);
  await vi.advanceTimersByTimeAsync(30_000);
  await rested;
  expect(removed).toHaveBeenCalledTimes(1);
  const other = new AbortController();
  const broken = rest(30_000, other.signal);
  other.abort();
  await broken;
  expect(vi.getTimerCount()).toBe(0);
});
