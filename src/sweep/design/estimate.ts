/** What planned runs take of a device: floating-point operations as its engine counts them, memory, and by a short measurement time. */

import type { Engine, FleetFacts, FleetOutline } from '../../model/engine.ts';
import { groupConfigs } from '../../train/fleet/grouping.ts';
import { measureSizes } from '../../train/fleet/launch.ts';
import { measureFleet } from '../../train/fleet/measure.ts';
import { type Corpora, type FleetPlan, planFleets } from '../../train/fleet/plan.ts';
import { fastEnough, mostByMemory } from '../../train/fleet/size.ts';
import type { PlannedRun } from './complete.ts';
import type { TextFacts } from './texts.ts';

/** Not even one run fits into the device's memory. */
export class DeviceMemoryError extends Error {
  override readonly name = 'DeviceMemoryError';
  readonly bytes: number;
  constructor(bytes: number) {
    super(
      `a run takes ${bytes.toLocaleString('en')} bytes, and the device has no memory for it; take a smaller model, batch or context`,
    );
    this.bytes = bytes;
  }
}

/** Runs that one fleet trains after the other, side by side as far as they fit. */
export type FleetEstimate = {
  readonly runs: number;
  readonly N: number;
  /** Windows a step. */
  readonly batch: number;
  /** Runs side by side. */
  readonly size: number;
  /** Bytes of GPU memory. */
  readonly bytes: number;
  /** Of all runs together, while the fleet is full. */
  readonly tokensPerSecond: number;
  readonly flopsPerSecond: number;
  /** Training, without the steps that are saved, and validation; compiling, saving and what a device does as it gets warm are not in it. */
  readonly seconds: number;
};

export type SweepEstimate = {
  /** With FLOPs as the engine counts them. */
  readonly runs: readonly PlannedRun[];
  readonly fleets: readonly FleetEstimate[];
  /** Of all fleets, one after the other. */
  readonly seconds: number;
  /** Whether a processor plays the GPU. */
  readonly software: boolean;
};

export type EstimateOptions = {
  readonly engine: Engine;
  readonly corporaOf: (texts: TextFacts) => Corpora;
  /** Bytes that a fleet may take, null where nobody can say; asked for once the engine has been. */
  readonly memoryBytes?: () => number | null;
  /** Runs side by side at most; chosen by memory and measured speed when left out. */
  readonly fleetSize?: number;
  /** Steps that a run need not take, by its id: another one takes them for it. */
  readonly savedSteps?: ReadonlyMap<string, number>;
  readonly signal?: AbortSignal;
  /** Fleets that are measured, and that there are. */
  readonly onProgress?: (done: number, all: number) => void;
};

/** Asks the engine about every fleet that the runs need. Throws what it throws, {@link DeviceMemoryError}, and the signal's reason. */
export async function estimateSweep(
  runs: readonly PlannedRun[],
  options: EstimateOptions,
): Promise<SweepEstimate> {
  const byConfig = new Map(runs.map((run) => [run.config, run]));
  const corporaOf = (run: PlannedRun) => options.corporaOf(run.texts);
  const groups = groupConfigs([...byConfig.keys()], (config) => corporaOf(runOf(byConfig, config)));
  const counted = new Map<string, PlannedRun>();
  const fleets: FleetEstimate[] = [];
  let software = false;
  const speeds = new Map<string, Promise<Speed>>();
  for (const configs of groups) {
    options.signal?.throwIfAborted();
    options.onProgress?.(fleets.length, groups.length);
    const group = configs.map((config) => runOf(byConfig, config));
    const asked = await outlineOf(group, corporaOf, options);
    fleets.push(await estimateFleet(group, asked, speeds, options));
    software = asked.outline.software;
    for (const run of group) counted.set(run.id, { ...run, flops: asked.facts.flopsPerStep * run.steps });
  }
  options.onProgress?.(fleets.length, groups.length);
  return {
    runs: runs.map((run) => counted.get(run.id) ?? run),
    fleets,
    seconds: fleets.reduce((sum, { seconds }) => sum + seconds, 0),
    software,
  };
}

function runOf(byConfig: ReadonlyMap<unknown, PlannedRun>, config: unknown): PlannedRun {
  const run = byConfig.get(config);
  if (!run) throw new RangeError('a config of no run');
  return run;
}

type Asked = {
  readonly plan: FleetPlan;
  readonly outline: FleetOutline;
  /** Of one run. */
  readonly facts: FleetFacts;
};

/** The fleet of a group, planned with one run that reads all that the group reads. */
async function outlineOf(
  group: readonly PlannedRun[],
  corporaOf: (run: PlannedRun) => Corpora,
  { engine, signal }: EstimateOptions,
): Promise<Asked> {
  const one = group.find(({ config }) => config.corpora.source !== null) ?? group[0];
  if (!one) throw new RangeError('a fleet without runs');
  const [plan] = planFleets([one.config], corporaOf(one));
  if (!plan) throw new RangeError('a run without a fleet');
  const shape = {
    config: plan.table.config,
    batch: one.config.optimizer.batch,
    tokens: plan.layout.tokens.length,
    evaluation: plan.evaluation.windows.length,
    planSteps: Math.max(...group.map(({ steps }) => steps)),
  };
  const outline = await engine.outline(shape, { ...(signal && { signal }) });
  return { plan, outline, facts: outline.facts(1) };
}

type Speed = { readonly size: number; readonly tokensPerSecond: number };

async function estimateFleet(
  group: readonly PlannedRun[],
  asked: Asked,
  speeds: Map<string, Promise<Speed>>,
  options: EstimateOptions,
): Promise<FleetEstimate> {
  const { plan, outline, facts } = asked;
  const { config } = plan.table;
  const batch = plan.runs[0]?.plan.batch ?? 1;
  const most = mostByMemory({
    wanted: group.length,
    asked: options.fleetSize ?? null,
    mostByLimits: outline.mostSlots,
    bytesOf: (slots) => outline.facts(slots).bytes,
    memoryBytes: options.memoryBytes?.() ?? null,
  }).size;
  // A speed does not depend on the texts, nor on a processor on how many train side by side.
  const key = JSON.stringify([config, batch, outline.software ? 1 : most]);
  const measuring = speeds.get(key) ?? measureSpeed(most, asked, options);
  speeds.set(key, measuring);
  const speed = await measuring;
  const size = outline.software ? most : speed.size;
  const { tokensPerSecond } = speed;
  const tokensPerStep = batch * config.context;
  const equivalent = group.map(({ config: { evaluation }, steps }) => {
    const looks = Math.floor((steps - 1) / evaluation.every);
    const { periodic, windows } = plan.evaluation;
    const validated = (looks * periodic.count + windows.length) * config.context;
    return steps + (FORWARD_SHARE * validated) / tokensPerStep;
  });
  // Who takes steps for others validates for them as well. A run that goes on from another's ends no sooner for that.
  const saved = group.reduce((sum, { id }) => sum + (options.savedSteps?.get(id) ?? 0), 0);
  const allSteps = equivalent.reduce((sum, steps) => sum + steps, 0) - saved;
  // A GPU is no faster with the last few runs than with a full fleet, and the longest run is the least that a fleet takes.
  const fullSteps = outline.software ? allSteps : Math.max(allSteps, size * Math.max(...equivalent));
  return {
    runs: group.length,
    N: plan.table.counts.N,
    batch,
    size,
    bytes: outline.facts(size).bytes,
    tokensPerSecond,
    flopsPerSecond: (tokensPerSecond / tokensPerStep) * facts.flopsPerStep,
    seconds: (fullSteps * tokensPerStep) / tokensPerSecond,
  };
}

/** A validation goes forward alone; a step goes forward once and back at twice the cost. */
const FORWARD_SHARE = 1 / 3;

async function measureSpeed(
  most: number,
  { plan, outline, facts: { tuning, microBatch } }: Asked,
  { engine, fleetSize, signal }: EstimateOptions,
): Promise<Speed> {
  const choices = { tuning, microBatch };
  if (!outline.software && fleetSize === undefined && most > 1) {
    const { throughput } = await measureSizes(engine, plan, most, choices, signal);
    if (throughput.length > 0) {
      const { runs, tokensPerSecond } = fastEnough(throughput).chosen;
      return { size: runs, tokensPerSecond };
    }
  }
  let size = outline.software ? 1 : most;
  for (;;) {
    const tokensPerSecond = await measureFleet(engine, plan, size, choices);
    if (tokensPerSecond !== null) return { size, tokensPerSecond };
    if (size === 1) throw new DeviceMemoryError(outline.facts(1).bytes);
    size = Math.floor(size / 2);
  }
}
