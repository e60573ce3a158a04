import { expect, test } from 'vitest';
import { createOurFleet, createOurTrainer } from '../../bench/trainers/ours.ts';
import { makeWorkload } from '../../bench/workload.ts';
import { TINY_SIZE } from '../../src/model/bench/sizes.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { useDevice } from '../gpu/adapter.ts';

const gpu = useDevice();
const STEPS = 3;

async function lossesOf(first: number, count: number): Promise<number[][]> {
  const ours = { gpu: gpu(), engine: createWebGpuEngine(gpu()), tuner: null };
  const fleet = await createOurFleet(ours, makeWorkload(TINY_SIZE), { first, count });
  await fleet.advance(STEPS);
  const losses = await fleet.losses();
  fleet.destroy();
  return losses;
}

test('each run of a fleet has batches of its own, and the losses that it has alone', async () => {
  const fleet = await lossesOf(0, 3);
  const singles = [await lossesOf(0, 1), await lossesOf(1, 1), await lossesOf(2, 1)];
  expect(fleet).toEqual(singles.flat());
  expect(new Set(fleet.map(([first]) => first)).size).toBe(3);
});

test('the trainer that is set beside the peers is the first run', async () => {
  const ours = { gpu: gpu(), engine: createWebGpuEngine(gpu()), tuner: null };
  const trainer = await createOurTrainer(ours, makeWorkload(TINY_SIZE));
  const last = await trainer.train(STEPS);
  expect(Object.keys(trainer.tuning?.variants ?? {})).not.toEqual([]);
  trainer.destroy();
  const [run] = await lossesOf(0, 1);
  expect(last).toBe(run?.at(-1));
});
