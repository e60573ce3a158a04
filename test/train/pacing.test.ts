/** How often the trainer reads from the device; on an engine that only counts, whose steps take a time that is known, by a clock that only it moves. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine, Fleet, RunProgress } from '../../src/model/engine.ts';
import { Pacing, READ_EVERY_SECONDS } from '../../src/train/pacing.ts';
import { eventsOf, prepare, smallConfig } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

const STEPS = 2000;
/** Of one step; the engine is done with all that was asked but the last advance, as a queue with two places is. */
const STEP_MS = 0.5;

let clockMs: number;
beforeEach(() => {
  clockMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clockMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

class Reads {
  readonly times: number[] = [];
  readonly steps: number[] = [];
  readonly advances: number[] = [];
  /** Called when steps were queued. */
  onAdvance: () => void = () => {};
}

/** Steps that change nothing, on a clock: reads wait for what is queued. */
function countedEngine(reads: Reads): Engine {
  const reference = new ReferenceEngine();
  return {
    outline: (...given) => reference.outline(...given),
    isOutOfMemory: () => false,
    async createFleet(spec, choices) {
      const fleet = await reference.createFleet(spec, choices);
      const run = { read: 0, step: 0, end: 0 };
      let idleAt = clockMs;
      const until = async (time: number) => {
        clockMs = Math.max(clockMs, time);
      };
      const counted: Partial<Fleet> = {
        put: (slot, given) => {
          fleet.put(slot, given);
          run.end = given.learningRates.length;
        },
        advance: async (count) => {
          reads.advances.push(count);
          const before = idleAt;
          idleAt = Math.max(idleAt, clockMs) + count * STEP_MS;
          run.step = Math.min(run.end, run.step + count);
          await until(before);
          reads.onAdvance();
        },
        progress: async (): Promise<RunProgress[]> => {
          await until(idleAt);
          const losses = Array.from({ length: run.step - run.read }, (_, i) => ({
            step: run.read + i + 1,
            loss: 5,
            gradientNorm: 1,
          }));
          run.read = run.step;
          reads.times.push(clockMs);
          reads.steps.push(run.step);
          return [{ status: run.step === run.end ? 'done' : 'running', step: run.step, losses }];
        },
        evaluate: async (range, slots = [0]) => slots.map(() => new Float32Array(range?.count ?? 0).fill(5)),
      };
      return Object.defineProperties(counted, {
        occupied: { get: () => fleet.occupied },
        slots: { value: fleet.slots },
        facts: { value: fleet.facts },
        leave: { value: fleet.leave },
        readState: { value: fleet.readState },
        destroy: { value: fleet.destroy },
      }) as Fleet;
    },
  };
}

const config = (every: number) =>
  smallConfig({
    recipe: { targetTokens: 16 * 13, epochs: STEPS / 13, ratio: 1 },
    corpora: { source: null },
    optimizer: { batch: 1 },
    evaluation: { every, windows: 1 },
  });

test('in steady training the losses are read at most every 100 ms, from the first step on', async () => {
  const reads = new Reads();
  const { trainer, events } = await prepare(countedEngine(reads), [config(1_000_000)]);
  const begun = clockMs;
  const [record] = await trainer.run();
  expect(record?.status).toBe('done');
  expect(reads.steps.at(-1)).toBe(record?.realised.steps);
  // The last one is at the end of the run, which does not wait.
  const gaps = reads.times.slice(0, -1).map((time, i) => time - (reads.times[i - 1] ?? begun));
  expect(gaps.length).toBeGreaterThan(2);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000 * READ_EVERY_SECONDS);
  // Meanwhile the device was kept busy, by ever larger portions.
  expect(reads.advances[0]).toBe(1);
  expect(eventsOf(events, 'progress')).toHaveLength(reads.times.length);
});

test('a step at which something is measured is read at once, and a step by hand too', async () => {
  const reads = new Reads();
  const { trainer } = await prepare(countedEngine(reads), [config(10)]);
  trainer.pause();
  const abort = new AbortController();
  const run = trainer.run(abort.signal);
  await trainer.step(3);
  await trainer.step(1);
  await trainer.step(8);
  abort.abort();
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  expect(reads.steps).toEqual([3, 4, 10, 12]);
});

test('a pause does not wait for a chunk that is being filled', async () => {
  const reads = new Reads();
  const { trainer } = await prepare(countedEngine(reads), [config(1_000_000)]);
  const abort = new AbortController();
  // In the first chunk, while a read is not yet due.
  const pauseMs = (1000 * READ_EVERY_SECONDS) / 5;
  const paused = new Promise<void>((resolve) => {
    reads.onAdvance = () => {
      if (clockMs < pauseMs) return;
      reads.onAdvance = () => {};
      trainer.pause();
      resolve();
    };
  });
  const run = trainer.run(abort.signal);
  await paused;
  expect(reads.times).toEqual([]);
  await trainer.checkpoint();
  expect(reads.times).toHaveLength(1);
  expect(clockMs).toBeLessThan(1000 * READ_EVERY_SECONDS);
  abort.abort();
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
});

test('an evaluation of many runs begins as carefully as one of a single run did', async () => {
  const evaluations: { windows: number; runs: number }[] = [];
  const engine = new ReferenceEngine();
  engine.beforeEvaluate = (windows, runs) => {
    evaluations.push({ windows, runs });
    clockMs += windows * runs * STEP_MS;
  };
  const others = ['b', 'c', 'd'].map((name) => smallConfig({ name, evaluation: { every: 1000 } }));
  const { trainer } = await prepare(engine, [
    smallConfig({ name: 'a', evaluation: { every: 2 } }),
    ...others,
  ]);
  await trainer.run();
  expect(
    Math.max(...evaluations.filter(({ runs }) => runs === 1).map(({ windows }) => windows)),
  ).toBeGreaterThan(1);
  const together = evaluations.filter(({ runs }) => runs === 4).map(({ windows }) => windows);
  expect(together[0]).toBe(1);
  expect(together.length).toBeGreaterThan(1);
});

test('more steps are added only until it is time to read, and never more than doubles them', () => {
  const pacing = new Pacing();
  expect(pacing.next(1000)).toBe(1);
  expect(pacing.more(1000, { taken: 1, queued: 1, seconds: 0 })).toBe(1);
  // One step is done after 1 ms: 149 more would fit, but a guess from one step may be wrong.
  expect(pacing.more(1000, { taken: 2, queued: 1, seconds: 0.001 })).toBe(2);
  expect(pacing.more(1000, { taken: 64, queued: 32, seconds: 0.032 })).toBe(64);
  expect(pacing.more(70, { taken: 64, queued: 32, seconds: 0.032 })).toBe(6);
  expect(pacing.more(64, { taken: 64, queued: 32, seconds: 0.032 })).toBe(0);
  // Slow steps: what is left of the chunk holds less than one.
  expect(pacing.more(1000, { taken: 2, queued: 1, seconds: 0.09 })).toBe(1);
  expect(pacing.more(1000, { taken: 2, queued: 1, seconds: 0.1 })).toBe(0);
  expect(pacing.more(10_000, { taken: 4000, queued: 2000, seconds: 0.01 })).toBe(96);
});
