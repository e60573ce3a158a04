/** The page's part in timing whole training steps: it makes trainers, trains them, times them, counts their calls. */

import { BENCH_SIZES, type BenchSizeName } from '../../src/model/bench/sizes.ts';
import type { Tuning } from '../../src/model/engine.ts';
import { countsPerStep, type GpuCounts, installGpuCounter } from '../counting.ts';
import { createJaxTrainer } from '../trainers/jax.ts';
import { createOurTrainer } from '../trainers/ours.ts';
import { createTfjsTrainer } from '../trainers/tfjs.ts';
import type { CreateTrainer, Trainer, TrainerName } from '../trainers/trainer.ts';
import { makeWorkload } from '../workload.ts';
import { ourEngine } from './devices.ts';

const CREATORS: Readonly<Record<TrainerName, CreateTrainer>> = {
  ours: async (workload) => createOurTrainer(await ourEngine(), workload),
  'jax-js': createJaxTrainer,
  tfjs: createTfjsTrainer,
};

const trainers = new Map<TrainerName, Trainer>();

function trainerOf(name: TrainerName): Trainer {
  const trainer = trainers.get(name);
  if (!trainer) throw new Error(`trainer ${name} has not been opened`);
  return trainer;
}

function close(name: TrainerName): void {
  trainers.get(name)?.destroy();
  trainers.delete(name);
}

export const stepCalls = {
  /** Starts a trainer from the size's weights and first batch; one that is open already is replaced. */
  async open(name: TrainerName, size: BenchSizeName): Promise<Tuning | null> {
    close(name);
    const trainer = await CREATORS[name](makeWorkload(BENCH_SIZES[size]));
    trainers.set(name, trainer);
    return trainer.tuning ?? null;
  },

  close,

  /** The loss of each of `steps` steps, read one by one. */
  async losses(name: TrainerName, steps: number): Promise<number[]> {
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) losses.push(await trainerOf(name).train(1));
    return losses;
  },

  /** Milliseconds a step, over `steps` steps and the reading of the last loss. */
  async time(name: TrainerName, steps: number): Promise<number> {
    const trainer = trainerOf(name);
    const start = performance.now();
    await trainer.train(steps);
    return (performance.now() - start) / steps;
  },

  /** Calls a step: those of 2n steps less those of n, so that reading the loss does not count. */
  async counts(name: TrainerName, steps: number): Promise<GpuCounts> {
    const trainer = trainerOf(name);
    const counter = installGpuCounter({ GPUDevice, GPUQueue, GPUComputePassEncoder });
    try {
      const start = counter.read();
      await trainer.train(steps);
      const middle = counter.read();
      await trainer.train(2 * steps);
      const once = countsPerStep(start, middle, 1);
      const twice = countsPerStep(middle, counter.read(), 1);
      return countsPerStep(once, twice, steps);
    } finally {
      counter.uninstall();
    }
  },
};
