/** Our engine, through the same interface that the trainer of the lab uses. */

import { openDevice } from '../../src/gpu/device.ts';
import type { FleetRun } from '../../src/model/engine.ts';
import { parameterTable, writeTensor } from '../../src/model/parameters.ts';
import { createWebGpuEngine } from '../../src/model/webgpuEngine.ts';
import { BATCHES, LEARNING_RATE, OPTIMIZER, type Workload, weightOf } from '../workload.ts';
import type { Trainer } from './trainer.ts';

/** A plan has an end; this one is longer than any benchmark. */
const PLAN_STEPS = 65_536;

/** The engine keeps the losses of this many steps between two looks. */
const LOSSES_KEPT_STEPS = 4_096;

function makeRun(workload: Workload): FleetRun {
  const table = parameterTable(workload.size.config);
  const parameters = new Float32Array(table.arena);
  for (const tensor of table.tensors) {
    writeTensor(parameters, tensor, weightOf(workload, tensor.name).values);
  }
  const windows = new Uint32Array(PLAN_STEPS * workload.size.batch);
  for (let step = 0; step < PLAN_STEPS; step += BATCHES)
    windows.set(workload.windows, step * workload.size.batch);
  return {
    windows,
    learningRates: new Float32Array(PLAN_STEPS).fill(LEARNING_RATE),
    optimizer: OPTIMIZER,
    state: {
      parameters,
      firstMoment: new Float32Array(table.arena),
      secondMoment: new Float32Array(table.arena),
      step: 0,
    },
  };
}

/**
 * A fleet of `runs` equal runs; one run is what the peers are measured against. The loss is the first run's.
 */
export async function createOurTrainer(workload: Workload, runs = 1): Promise<Trainer> {
  const device = await openDevice(navigator.gpu);
  const run = makeRun(workload);
  const fleet = await createWebGpuEngine(device).createFleet({
    config: workload.size.config,
    batch: workload.size.batch,
    tokens: workload.tokens,
    runs: Array.from({ length: runs }, () => run),
    evaluation: new Uint32Array(0),
  });

  return {
    async train(steps) {
      if (steps > LOSSES_KEPT_STEPS)
        throw new RangeError(`${steps} steps are more than ${LOSSES_KEPT_STEPS}`);
      await fleet.advance(steps);
      const [progress] = await fleet.progress();
      const last = progress?.losses.at(-1);
      if (!last || progress?.losses.length !== steps) {
        throw new Error(`the engine was asked for ${steps} steps and took ${progress?.losses.length ?? 0}`);
      }
      return last.loss;
    },
    destroy() {
      fleet.destroy();
      device.destroy();
    },
  };
}
