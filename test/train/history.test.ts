/** What a run keeps for others makes their records to the bit, however long they are and however often they validate. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainConfig } from '../../src/formats/config.ts';
import { type FleetPlan, planFleets } from '../../src/train/fleet/plan.ts';
import { RunHistory } from '../../src/train/history.ts';
import { TrainingRun, type Validation } from '../../src/train/run.ts';
import { ENVIRONMENT, sampleCorpora, smallConfig } from './fixtures.ts';

/** One step an epoch of 13 windows and a batch of 13: so many epochs, so many steps. */
const configOf = (name: string, steps: number, every: number): TrainConfig =>
  smallConfig({
    name,
    corpora: { source: null },
    recipe: { targetTokens: 209, epochs: steps, ratio: 1 },
    optimizer: { batch: 13 },
    evaluation: { every, windows: 1 },
  });

/** Curves of one, two and three steps a point; validations between points, at points, and at the last step. */
const CONFIGS = [
  configOf('trunk', 1500, 100),
  configOf('short', 700, 33),
  configOf('as long', 1500, 7),
  configOf('long', 2100, 500),
];

const lossOf = (step: number) => 5 + Math.sin(step * step) / Math.sqrt(step);
const validationOf = (step: number): Validation => ({
  targetLoss: 5 + Math.cos(step),
  targetLossError: 0.01,
  targetBitsPerByte: 2,
  sourceLoss: null,
  sourceBitsPerByte: null,
});

let runOf: (index: number) => TrainingRun;
beforeAll(async () => {
  const [{ table, runs }] = planFleets(CONFIGS, await sampleCorpora()) as [FleetPlan];
  const facts = { table, tuning: { gradientSlices: 4, variants: {} }, microBatch: 1, flopsPerStep: 10 };
  const hashes = { target: '0'.repeat(64), source: null };
  runOf = (index) => new TrainingRun(runs[index]!, facts, ENVIRONMENT, hashes, () => {});
});

/** The run alone, at `step` and with the validation of that step. */
function alone(index: number, steps: number): TrainingRun {
  const run = runOf(index);
  for (let step = 1; step <= steps; step++) {
    run.addLosses([{ step, loss: lossOf(step) }]);
    if (run.validationDue && step < run.steps) run.addValidation(validationOf(step));
  }
  return run;
}

/** What the trunk keeps of its first `steps` steps, with the validations of all runs but those left out. */
function historyOf(steps: number, leftOut: readonly number[] = []): RunHistory {
  const history = new RunHistory();
  for (let step = 1; step <= steps; step++) {
    history.addLosses([{ step, loss: lossOf(step), gradientNorm: 1 }]);
    const measures = CONFIGS.some(({ evaluation }) => step % evaluation.every === 0);
    if (measures && !leftOut.includes(step)) history.addValidation(step, validationOf(step));
  }
  return history;
}

describe.each(CONFIGS.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
  test.each([1, 2, 32, 33, 34, 299, 350, 500, 699, 700])('is itself at step %i', (step) => {
    const history = historyOf(step);
    const twin = runOf(index).twin();
    expect(history.covers(twin, step)).toBe(true);
    history.playTo(twin, step);
    expect(twin.progressRecord()).toEqual(alone(index, step).progressRecord());
    // Through a file and back it is the same.
    const again = runOf(index);
    new RunHistory(JSON.parse(JSON.stringify(history.facts(step)))).playTo(again, step);
    expect(again.progressRecord()).toEqual(twin.progressRecord());
    // Its last step is measured on every window, so it is left to the run.
    expect(twin.validationDue).toBe(step === twin.steps);
  });
});

test('a history covers only what it has', () => {
  const history = historyOf(120, [99]);
  expect(history.steps).toBe(120);
  expect(history.covers(runOf(0), 120)).toBe(true);
  expect(history.covers(runOf(0), 121)).toBe(false);
  expect(history.covers(runOf(1), 98)).toBe(true);
  expect(history.covers(runOf(1), 99)).toBe(false);
  expect(history.facts(98).losses).toHaveLength(98);
  expect(history.facts(98).validations.at(-1)?.step).toBe(98);
  // Losses that it missed cannot be made good by later ones, and one that is not finite is none.
  history.addLosses([{ step: 125, loss: 1, gradientNorm: 1 }]);
  history.addLosses([{ step: 121, loss: Number.NaN, gradientNorm: 1 }]);
  expect(history.steps).toBe(120);
});
