import { expect, test } from 'vitest';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { measureFleet } from '../../src/train/fleet/measure.ts';
import { type FleetPlan, planFleets } from '../../src/train/fleet/plan.ts';
import { useDevice } from '../gpu/adapter.ts';
import { sampleCorpora, smallConfig } from './fixtures.ts';

const gpu = useDevice();

test('the speed of a fleet is measured on one that is thrown away', async () => {
  const engine = createWebGpuEngine(gpu());
  const [plan] = planFleets([smallConfig()], await sampleCorpora()) as [FleetPlan];
  for (const size of [1, 2]) {
    const before = performance.now();
    const tokensPerSecond = (await measureFleet(engine, plan, size, {}))!;
    const seconds = (performance.now() - before) / 1000;
    // Between a step in all that time, and a million steps a second.
    expect(tokensPerSecond).toBeGreaterThan((size * 2 * 16) / seconds);
    expect(tokensPerSecond).toBeLessThan(size * 2 * 16 * 1e6);
    expect(gpu().memory.bytes).toBe(0);
  }
});
