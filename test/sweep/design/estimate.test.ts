import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine, FleetSpec } from '../../../src/model/engine.ts';
import { DeviceMemoryError, estimateSweep } from '../../../src/sweep/design/estimate.ts';
import { planSweep } from '../../../src/sweep/design/planSweep.ts';
import { textFacts } from '../../../src/sweep/design/texts.ts';
import type { Corpora } from '../../../src/train/fleet/plan.ts';
import { sampleCorpora } from '../../train/fixtures.ts';
import { ReferenceEngine, SLOT_BYTES } from '../../train/referenceEngine.ts';
import { designOf, MODEL } from './fixtures.ts';

/** Sums of floats. */
const CLOSE = 9;

/** The only clock there is: it goes on by what engines say that steps take, so that no other process on the machine is measured. */
let clockMs = 0;
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => clockMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The reference engine with fleets that count their steps and compute nothing; a step takes `stepMs`, whatever the fleet. */
class CountingEngine extends ReferenceEngine {
  readonly measured: number[] = [];
  readonly stepMs: number;
  constructor(stepMs: number) {
    super();
    this.stepMs = stepMs;
  }
  override async createFleet(spec: FleetSpec, choices?: Parameters<Engine['createFleet']>[1]) {
    const fleet = await super.createFleet({ ...spec, runs: [], slots: spec.runs.length }, choices);
    this.measured.push(spec.runs.length);
    let step = 0;
    return Object.assign(fleet, {
      advance: async (count: number) => {
        clockMs += count * this.stepMs;
        step += count;
      },
      progress: async () => spec.runs.map(() => ({ status: 'running' as const, step, losses: [] })),
    });
  }
}

const corpora: Corpora = await sampleCorpora();
const design = designOf({
  grid: { 'recipe.epochs': [2, 4], model: [MODEL, { ...MODEL, layers: 2 }] },
  recipe: { targetTokens: 1601, ratio: 0.5 },
  evaluation: { every: 7, windows: 3 },
  seeds: [0, 1, 2],
});

async function planned() {
  const facts = textFacts(corpora);
  const { runs } = await planSweep([design], { readTexts: async (configs) => configs.map(() => facts) });
  return runs;
}

async function estimate(engine: Engine, more: object = {}) {
  return estimateSweep(await planned(), { engine, corporaOf: () => corpora, ...more });
}

test('FLOPs are those of the engine, whose fleets have the runs of one model; each model is measured once', async () => {
  const engine = new CountingEngine(0.1);
  const progress: [number, number][] = [];
  const { runs, fleets, software } = await estimate(engine, {
    onProgress: (done: number, all: number) => progress.push([done, all]),
  });
  const [small] = await planned();
  expect(fleets.map((fleet) => fleet.runs)).toEqual([6, 6]);
  expect(fleets[0]?.N).toBe(small?.nominal.N);
  expect(software).toBe(true);
  // On a processor a fleet is as large as it may be, and one run tells its speed.
  expect(fleets.map(({ size, bytes }) => [size, bytes])).toEqual([
    [6, 6 * SLOT_BYTES],
    [6, 6 * SLOT_BYTES],
  ]);
  expect(engine.measured).toEqual([1, 1]);
  expect(engine.fleets.every(({ destroyed }) => destroyed)).toBe(true);
  for (const [index, run] of (await planned()).entries()) {
    const shape = { config: { ...run.config.model, vocabulary: run.texts.vocabulary }, batch: 4 };
    const { flopsPerStep } = (
      await engine.outline({ ...shape, tokens: 1, evaluation: 0, planSteps: 1 })
    ).facts(1);
    expect(runs[index]).toEqual({ ...run, flops: flopsPerStep * run.steps });
  }
  expect(progress).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
});

test('time is that of the steps and, at a third of their cost, of the validations', async () => {
  const { fleets, seconds } = await estimate(new CountingEngine(0.1));
  const final = [corpora.target, corpora.source].reduce(
    (sum, corpus) => sum + Math.floor(((corpus?.validation.length ?? 0) - 1) / MODEL.context),
    0,
  );
  // Of 50 and 100 steps of four windows; three windows a language every seventh step but the last, then all.
  const windows = [100, 200].map((steps) => 4 * steps + (Math.floor((steps - 1) / 7) * 6 + final) / 3);
  const tokens = 3 * MODEL.context * windows.reduce((sum, count) => sum + count, 0);
  for (const fleet of fleets) expect(fleet.seconds * fleet.tokensPerSecond).toBeCloseTo(tokens, CLOSE - 3);
  expect(seconds).toBeCloseTo(
    fleets.reduce((sum, fleet) => sum + fleet.seconds, 0),
    CLOSE,
  );
});

test('a speed is the tokens that all runs of a fleet take in a second', async () => {
  const engine = new CountingEngine(2);
  engine.software = false;
  const { fleets } = await estimate(engine, { fleetSize: 3 });
  for (const { tokensPerSecond } of fleets) {
    expect(tokensPerSecond).toBeCloseTo((3 * 4 * MODEL.context) / 2e-3, 3);
  }
});

test('steps that are saved are taken off the time, but for what the longest run of a GPU’s fleet takes', async () => {
  const runs = await planned();
  const savedSteps = new Map(runs.slice(0, 2).map(({ id }) => [id, 30]));
  const whole = await estimate(new CountingEngine(2));
  const part = await estimate(new CountingEngine(2), { savedSteps });
  // On a processor runs take turns: 60 steps of 2 ms.
  expect(whole.seconds - part.seconds).toBeCloseTo(0.12, CLOSE);
  expect(part.runs).toEqual(whole.runs);
  const gpu = async (more: object) => {
    const engine = new CountingEngine(2);
    engine.software = false;
    return (await estimate(engine, { fleetSize: 6, ...more })).seconds;
  };
  expect(await gpu({ savedSteps })).toBe(await gpu({}));
});

test('a GPU is measured at sizes up to what memory allows, and is no faster with the last few runs', async () => {
  const engine = new CountingEngine(0.1);
  engine.software = false;
  // A step takes as long whatever the fleet: the larger, the faster.
  const { fleets } = await estimate(engine, { memoryBytes: () => 4 * SLOT_BYTES });
  expect(fleets.map(({ size, bytes }) => [size, bytes])).toEqual([
    [4, 4 * SLOT_BYTES],
    [4, 4 * SLOT_BYTES],
  ]);
  expect(new Set(engine.measured)).toEqual(new Set([1, 2, 4]));
  const asked = new CountingEngine(0.1);
  asked.software = false;
  const { fleets: of6 } = await estimate(asked, { fleetSize: 6 });
  expect(of6.map(({ size }) => size)).toEqual([6, 6]);
  expect(asked.measured).toEqual([6, 6]);
  // Six runs side by side end with the longest: 200 steps, and a third of what its validations read.
  const [fleet] = of6;
  expect((fleet?.seconds ?? 0) * (fleet?.tokensPerSecond ?? 0)).toBeGreaterThan(6 * 200 * 4 * MODEL.context);
});

test('a device without memory for one run is an error that says how much it takes', async () => {
  const engine = new CountingEngine(0.1);
  engine.roomFor = 0;
  await expect(estimate(engine)).rejects.toThrow(DeviceMemoryError);
  await expect(estimate(engine)).rejects.toThrow('1,000 bytes');
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(estimate(new CountingEngine(0.1), { signal })).rejects.toThrow('enough');
});
