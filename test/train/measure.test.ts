import { expect, test } from 'vitest';
import type { Engine, Fleet, FleetSpec } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { measureFleet } from '../../src/train/fleet/measure.ts';
import { type FleetPlan, planFleets } from '../../src/train/fleet/plan.ts';
import { useDevice } from '../gpu/adapter.ts';
import { sampleCorpora, smallConfig } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

const gpu = useDevice();

/** Tokens of one step of one run: two windows of 16. */
const STEP_TOKENS = 2 * 16;
async function smallPlan(): Promise<FleetPlan> {
  const [plan] = planFleets([smallConfig()], await sampleCorpora()) as [FleetPlan];
  return plan;
}

/** When progress had been read, when the next thing was asked of the fleet; after how many steps, and how many each run has taken. */
type Reading = {
  readonly ms: number;
  next: number;
  readonly asked: number;
  readonly steps: readonly number[];
};

/** The engine, with a note of every time that progress was read. */
function noting(engine: Engine, readings: Reading[]): Engine {
  return {
    outline: (...given) => engine.outline(...given),
    isOutOfMemory: (error) => engine.isOutOfMemory(error),
    async createFleet(spec, choices) {
      const fleet = await engine.createFleet(spec, choices);
      let asked = 0;
      const advance = fleet.advance.bind(fleet);
      const progress = fleet.progress.bind(fleet);
      const destroy = fleet.destroy.bind(fleet);
      const noteNext = () => {
        const last = readings.at(-1);
        if (last) last.next = Math.min(last.next, performance.now());
      };
      return Object.assign(fleet, {
        advance: (count: number) => {
          noteNext();
          asked += count;
          return advance(count);
        },
        progress: async () => {
          const read = await progress();
          const steps = read.map(({ step }) => step);
          readings.push({ ms: performance.now(), next: Number.POSITIVE_INFINITY, asked, steps });
          return read;
        },
        destroy: () => {
          noteNext();
          destroy();
        },
      });
    },
  };
}

test.each([1, 2])('the speed of a fleet of %i is measured on one that is thrown away', async (size) => {
  const readings: Reading[] = [];
  const engine = noting(createWebGpuEngine(gpu()), readings);
  const tokensPerSecond = (await measureFleet(engine, await smallPlan(), size, {}))!;
  expect(gpu().memory.bytes).toBe(0);
  const [before, after] = readings as [Reading, Reading];
  expect(readings).toHaveLength(2);
  // Every step that was asked for was taken, by every run.
  for (const { asked, steps } of readings) expect(steps).toEqual(Array.from({ length: size }, () => asked));
  expect(after.asked).toBeGreaterThan(before.asked);
  const tokens = size * (after.asked - before.asked) * STEP_TOKENS;
  // The measurement's clock ran from some moment after the first reading to some moment after the second one, however slow the machine.
  const seconds = { least: (after.ms - before.next) / 1000, most: (after.next - before.ms) / 1000 };
  expect(tokensPerSecond).toBeLessThanOrEqual(tokens / seconds.least);
  expect(tokensPerSecond).toBeGreaterThanOrEqual(tokens / seconds.most);
});

/** A device whose step takes `stepMs`, and nothing for runs past their plan; it is never more than one advance behind. */
function quickEngine(stepMs: number, readings: Reading[]): Engine {
  const reference = new ReferenceEngine();
  const passed = (until: number) => {
    while (performance.now() < until);
  };
  return noting(
    {
      outline: (...given) => reference.outline(...given),
      isOutOfMemory: () => false,
      async createFleet(spec: FleetSpec, choices) {
        const fleet = await reference.createFleet(spec, choices);
        const end = spec.runs[0]?.learningRates.length ?? 0;
        let step = 0;
        const quick: Pick<Fleet, 'advance' | 'progress'> = {
          advance: async (count) => {
            const taken = Math.min(count, end - step);
            passed(performance.now() + taken * stepMs);
            step += taken;
          },
          progress: async () => spec.runs.map(() => ({ status: 'running', step, losses: [] })),
        };
        return Object.assign(fleet, quick);
      },
    },
    readings,
  );
}

test.each([0.03, 0.5])(
  'steps of %d ms are measured as what they are, not as those of runs that rest',
  async (stepMs) => {
    const readings: Reading[] = [];
    const tokensPerSecond = (await measureFleet(quickEngine(stepMs, readings), await smallPlan(), 3, {}))!;
    for (const { asked, steps } of readings) expect(steps).toEqual([asked, asked, asked]);
    // A busy machine makes steps longer, never shorter.
    expect(tokensPerSecond).toBeLessThanOrEqual((3 * STEP_TOKENS * 1000) / stepMs);
  },
);
