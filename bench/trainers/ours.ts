/** Our engine, through the same interface that the trainer of the lab uses. */

import type { FleetRun, Tuning } from '../../src/model/engine.ts';
import { type ParameterTable, parameterTable, writeTensor } from '../../src/model/llama/parameters.ts';
import { BATCHES, LEARNING_RATE, OPTIMIZER, type Workload, weightOf } from '../workload.ts';
import type { OurEngine } from './engine.ts';
import type { Trainer } from './trainer.ts';

/** A plan has an end; a benchmark's runs end before it. */
const PLAN_STEPS = 16_384;

/** The engine keeps the losses of this many steps between two looks. */
const LOSSES_KEPT_STEPS = 4_096;

/** Runs of the workload that train side by side. */
export type OurFleet = {
  readonly tuning: Tuning;
  /** Bytes of GPU memory. */
  readonly bytes: number;
  /** Queues `steps` steps of every run. */
  advance(steps: number): Promise<void>;
  /** The losses of every step since the last look, [run][step], in nats a token. */
  losses(): Promise<number[][]>;
  destroy(): void;
};

/** The windows of run `index`: the workload's batches, begun `index` batches further on. */
function planOf({ size, windows }: Workload, index: number): Uint32Array {
  const plan = new Uint32Array(PLAN_STEPS * size.batch);
  for (let step = 0; step < PLAN_STEPS; step++) {
    const batch = ((step + index) % BATCHES) * size.batch;
    plan.set(windows.subarray(batch, batch + size.batch), step * size.batch);
  }
  return plan;
}

function initialWeights(workload: Workload, table: ParameterTable): Float32Array {
  const parameters = new Float32Array(table.arena);
  for (const tensor of table.tensors) {
    writeTensor(parameters, tensor, weightOf(workload, tensor.name).values);
  }
  return parameters;
}

/** Runs `first` … `first + count − 1`: all from the same weights, each with its own plan. */
export async function createOurFleet(
  { engine }: OurEngine,
  workload: Workload,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<OurFleet> {
  const { config, batch } = workload.size;
  const table = parameterTable(config);
  const parameters = initialWeights(workload, table);
  const zeros = new Float32Array(table.arena);
  const learningRates = new Float32Array(PLAN_STEPS).fill(LEARNING_RATE);
  const runs = Array.from(
    { length: count },
    (_, index): FleetRun => ({
      windows: planOf(workload, first + index),
      learningRates,
      optimizer: OPTIMIZER,
      state: { parameters, firstMoment: zeros, secondMoment: zeros, step: 0 },
    }),
  );
  const evaluation = new Uint32Array(0);
  const fleet = await engine.createFleet({ config, batch, tokens: workload.tokens, runs, evaluation });
  return {
    tuning: fleet.facts.tuning,
    bytes: fleet.facts.bytes,
    advance: (steps) => fleet.advance(steps),
    async losses() {
      const progress = await fleet.progress();
      return progress.map(({ losses }) => losses.map(({ loss }) => loss));
    },
    destroy: () => fleet.destroy(),
  };
}

/** One run, which is what the peers are measured against. */
export async function createOurTrainer(ours: OurEngine, workload: Workload): Promise<Trainer> {
  const fleet = await createOurFleet(ours, workload, { first: 0, count: 1 });
  return {
    tuning: fleet.tuning,
    async train(steps) {
      if (steps > LOSSES_KEPT_STEPS)
        throw new RangeError(`${steps} steps are more than ${LOSSES_KEPT_STEPS}`);
      await fleet.advance(steps);
      const [losses = []] = await fleet.losses();
      const last = losses.at(-1);
      if (last === undefined || losses.length !== steps) {
        throw new Error(`the engine was asked for ${steps} steps and took ${losses.length}`);
      }
      return last;
    },
    destroy: () => fleet.destroy(),
  };
}
