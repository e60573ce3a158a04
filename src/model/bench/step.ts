/** How fast a training step is on a device: a fleet that is made for it, and thrown away. */

import type { GpuDevice } from '../../gpu/device.ts';
import { type Ceilings, measureCeilings } from '../../gpu/peak.ts';
import { mostRepetitions, type Profile } from '../../gpu/profile.ts';
import type { Tuner } from '../../gpu/tuning/tuner.ts';
import type { FleetRun, Tuning } from '../engine.ts';
import { WebGpuFleet } from '../fleet/webgpuFleet.ts';
import type { LlamaConfig } from '../llama/config.ts';
import { initialState } from '../llama/initialise.ts';
import { parameterTable } from '../llama/parameters.ts';
import { seededDraws } from '../llama/random.ts';
import { chooseTuning } from '../program/chooseTuning.ts';
import { chooseMicroBatch, stepShape } from '../program/sizes.ts';

export type BenchedStep = {
  readonly config: LlamaConfig;
  /** Windows a step. */
  readonly batch: number;
  readonly runs: number;
  /** Repeats earlier choices; else `tuner` measures, else the fixed table serves. */
  readonly tuning?: Tuning;
  readonly tuner?: Tuner;
};

/** With what the device does at most, measured: our matmul in its best tile, and a pass over memory. */
export type StepBench = Ceilings & {
  readonly runs: number;
  /** Dispatches of one step, whatever the number of runs. */
  readonly dispatches: number;
  /** The median of one step of all runs together. */
  readonly stepMs: number;
  readonly tokensPerSecond: number;
  /** Floating-point operations of one step, all runs together. */
  readonly flopsPerStep: number;
  /** Bytes of GPU memory that the fleet held. */
  readonly bytes: number;
  readonly tuning: Tuning;
  readonly profile: Profile | null;
  /** What the step would take if each kernel ran at that peak or at that bandwidth, whichever takes longer; null without a profile. */
  readonly floorMs: number | null;
};

const TIMED_ROUNDS = 5;
const PROFILED_STEPS = 3;
const BATCHES = 8;
const LEARNING_RATE = 1e-3;
const OPTIMIZER = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clip: 1 };

/**
 * Times `steps` steps in five rounds, after one step to warm up, on random tokens; `ceilings` that are known are not measured again.
 * @throws DeviceLostError, LimitTooSmallError, OutOfMemoryError
 */
export async function benchStep(
  gpu: GpuDevice,
  { config, batch, runs, tuning: given, tuner }: BenchedStep,
  {
    steps,
    profile,
    ceilings: known,
  }: { readonly steps: number; readonly profile: boolean; readonly ceilings?: Ceilings | undefined },
): Promise<StepBench> {
  const table = parameterTable(config);
  const microBatch = chooseMicroBatch(table, batch);
  const tuning = given ?? (await chooseTuning(stepShape(table, 1, microBatch), gpu, { tuner }));
  const perRound = Math.ceil(steps / TIMED_ROUNDS);
  // A run past its plan is not updated: none comes to its end, not even while single kernels are repeated.
  const planned = 1 + TIMED_ROUNDS * perRound + (profile ? mostRepetitions(PROFILED_STEPS) : 1);
  const run = benchRun(config, batch, planned);
  const tokens = randomTokens(config, batch);
  const shape = {
    config,
    batch,
    tokens: tokens.length,
    evaluation: 0,
    planSteps: run.learningRates.length,
  };
  const fleet = await WebGpuFleet.create(
    gpu,
    { shape, table, tuning, microBatch, slots: runs },
    { config, batch, tokens, runs: Array.from({ length: runs }, () => run), evaluation: new Uint32Array(0) },
  );
  let stepMs: number;
  let measured: Profile | null = null;
  try {
    const time = async (count: number): Promise<number> => {
      const begun = performance.now();
      await fleet.advance(count);
      await fleet.progress();
      return (performance.now() - begun) / count;
    };
    await time(1);
    const times: number[] = [];
    for (let round = 0; round < TIMED_ROUNDS; round++) times.push(await time(perRound));
    stepMs = times.sort((a, b) => a - b)[Math.floor(TIMED_ROUNDS / 2)] ?? Number.NaN;
    if (profile) measured = await fleet.profile(PROFILED_STEPS);
  } finally {
    fleet.destroy();
  }
  const ceilings = known ?? (await measureCeilings(gpu));
  return {
    runs,
    dispatches: fleet.facts.dispatchesPerStep,
    stepMs,
    tokensPerSecond: (runs * batch * config.context * 1000) / stepMs,
    flopsPerStep: fleet.facts.flopsPerStep * runs,
    bytes: fleet.facts.bytes,
    tuning,
    profile: measured,
    ...ceilings,
    floorMs: measured && floorOf(measured, ceilings),
  };
}

function floorOf({ kernels }: Profile, { peakFlopsPerSecond, bytesPerSecond }: Ceilings): number {
  return kernels.reduce(
    (sum, { flops, bytes }) => sum + 1000 * Math.max(flops / peakFlopsPerSecond, bytes / bytesPerSecond),
    0,
  );
}

function randomTokens({ context, vocabulary }: LlamaConfig, batch: number): Uint16Array {
  const draw = seededDraws(1);
  return Uint16Array.from({ length: BATCHES * batch * (context + 1) }, () => draw() % vocabulary);
}

function benchRun(config: LlamaConfig, batch: number, steps: number): FleetRun {
  const windows = Uint32Array.from(
    { length: steps * batch },
    (_, index) => (index % (BATCHES * batch)) * (config.context + 1),
  );
  return {
    windows,
    learningRates: new Float32Array(steps).fill(LEARNING_RATE),
    optimizer: OPTIMIZER,
    state: initialState(parameterTable(config), 1),
  };
}
