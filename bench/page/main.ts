/** The page that `bench/run.mjs` drives: it makes trainers, trains them, times them, counts their calls. */

import { countsPerStep, type GpuCounts, installGpuCounter } from '../counting.ts';
import { createJaxTrainer } from '../trainers/jax.ts';
import { createOurTrainer } from '../trainers/ours.ts';
import { createTfjsTrainer } from '../trainers/tfjs.ts';
import type { CreateTrainer, Trainer, TrainerName } from '../trainers/trainer.ts';
import { makeWorkload, SIZES, type SizeName } from '../workload.ts';

const CREATORS: Readonly<Record<TrainerName, CreateTrainer>> = {
  ours: createOurTrainer,
  'jax-js': createJaxTrainer,
  tfjs: createTfjsTrainer,
};

const trainers = new Map<TrainerName, Trainer>();
const gpuErrors: string[] = [];

function trainerOf(name: TrainerName): Trainer {
  const trainer = trainers.get(name);
  if (!trainer) throw new Error(`trainer ${name} has not been opened`);
  return trainer;
}

/** Every device of the page reports here: a step that the device refused must not pass as a fast one. */
function watchDevices(): void {
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function watched(this: GPUAdapter, descriptor) {
    const device = await request.call(this, descriptor);
    device.addEventListener('uncapturederror', (event) => {
      gpuErrors.push(event.error.message);
    });
    return device;
  };
}

const bench = {
  async machine() {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, description } = adapter.info;
    const name = [vendor, architecture, description].filter((part) => part !== '').join(' ');
    return { adapter: name, software: /swiftshader|llvmpipe|warp/i.test(name) };
  },

  /** Starts a trainer from the size's weights and first batch; one that is open already is replaced. */
  async open(name: TrainerName, size: SizeName): Promise<void> {
    bench.close(name);
    trainers.set(name, await CREATORS[name](makeWorkload(SIZES[size])));
  },

  close(name: TrainerName): void {
    trainers.get(name)?.destroy();
    trainers.delete(name);
  },

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

  /** GPU errors that nobody caught, since the page was loaded. */
  errors(): readonly string[] {
    return gpuErrors;
  },
};

export type Bench = typeof bench;

watchDevices();
(globalThis as { bench?: Bench }).bench = bench;
