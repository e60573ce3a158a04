import { expect, test } from 'vitest';
import { parseRunRecord, type RunRecord } from '../../src/formats/record.ts';
import type { StepLoss } from '../../src/model/engine.ts';
import type { TrainEvent } from '../../src/train/events.ts';
import { type FleetPlan, planFleets } from '../../src/train/fleet/plan.ts';
import { TrainingRun, type Validation } from '../../src/train/run.ts';
import { ENVIRONMENT, sampleCorpora, smallConfig } from './fixtures.ts';

const STEPS = 1118;
const EVERY = 1117;

/** A run of 1,118 steps, fed with losses that were made up. */
async function longRun(): Promise<{ run: TrainingRun; again: () => TrainingRun; events: TrainEvent[] }> {
  const config = smallConfig({
    corpora: { target: 'file:target.txt', source: null },
    recipe: { targetTokens: 209, epochs: 86, ratio: 1 },
    optimizer: { batch: 1 },
    evaluation: { every: EVERY, windows: 1 },
  });
  const [{ table, runs }] = planFleets([config], await sampleCorpora()) as [FleetPlan];
  const facts = {
    table,
    tuning: { gradientSlices: 4, variants: {} },
    microBatch: 1,
    flopsPerStep: 10,
  };
  const events: TrainEvent[] = [];
  const hashes = { target: '0'.repeat(64), source: null };
  const again = () => new TrainingRun(runs[0]!, facts, ENVIRONMENT, hashes, (event) => events.push(event));
  return { run: again(), again, events };
}

const losses = (from: number, to: number): StepLoss[] =>
  Array.from({ length: to - from }, (_, i) => ({ step: from + i + 1, loss: from + i + 1, gradientNorm: 1 }));

const validation = (targetLoss: number): Validation => ({
  targetLoss,
  targetLossError: 0.01,
  targetBitsPerByte: targetLoss / Math.LN2,
  sourceLoss: null,
  sourceBitsPerByte: null,
});

test('a long run has several steps a point, with their mean; a validation takes a point of its own', async () => {
  const { run, events } = await longRun();
  expect(run.steps).toBe(STEPS);
  run.addLosses(losses(0, EVERY));
  expect(run.validationDue).toBe(true);
  run.addValidation(validation(3));
  expect(run.validationDue).toBe(false);
  run.addLosses(losses(EVERY, STEPS));
  expect(run.validationDue).toBe(true);
  run.addValidation(validation(3.5));
  run.finish(validation(3.6));
  const { curve, final, realised, status } = run.record();
  expect(status).toBe('done');
  expect(realised.flops).toBe(10 * STEPS);
  expect(curve[0]).toEqual({ step: 2, tokens: 32, loss: 1.5 });
  expect(curve.slice(-3)).toEqual([
    { step: 1116, tokens: 1116 * 16, loss: 1115.5 },
    { step: 1117, tokens: 1117 * 16, loss: 1117, targetLoss: 3 },
    { step: 1118, tokens: 1118 * 16, loss: 1118, targetLoss: 3.5 },
  ]);
  expect(events.filter(({ event }) => event === 'loss').length).toBe(curve.length);
  // The final loss is of all windows; the best one is of the periodic windows, at the step it was seen.
  expect(final).toEqual({ ...validation(3.6), best: { ...validation(3), step: EVERY } });
});

test('the best validation is of the periodic windows at the last step too', async () => {
  const { run } = await longRun();
  run.addLosses(losses(0, STEPS));
  run.addValidation(validation(3.5));
  run.finish(validation(3.6));
  expect(run.record().final).toEqual({ ...validation(3.6), best: { ...validation(3.5), step: STEPS } });
});

test('cut anywhere and restored, the record is that of an uncut run', async () => {
  const { run, again } = await longRun();
  const finish = (part: TrainingRun, from: number) => {
    if (from < EVERY) part.addLosses(losses(from, EVERY));
    if (part.validationDue) part.addValidation(validation(3));
    part.addLosses(losses(EVERY, STEPS));
    part.addValidation(validation(3.5));
    part.finish(validation(3.6));
    return part.record();
  };
  const expected = finish(run, 0);
  for (const cut of [1, 2, 7, EVERY]) {
    for (const validated of [false, true]) {
      const first = again();
      first.addLosses(losses(0, cut));
      if (validated && first.validationDue) first.addValidation(validation(3));
      const second = again();
      second.restore(JSON.parse(JSON.stringify(first.progressRecord())));
      expect(finish(second, cut), `cut at ${cut}`).toEqual(expected);
    }
  }
});

test('what a run counts is what its steps so far have read', async () => {
  const { run } = await longRun();
  const counted = ({ realised }: RunRecord) => [realised.steps, realised.D, realised.flops];
  expect(counted(run.record())).toEqual([0, 0, 0]);
  run.addLosses(losses(0, 7));
  expect(counted(run.record())).toEqual([7, 7 * 16, 7 * 10]);
  expect(run.record().realised.C).toBe(6 * run.planned.realised.N * 7 * 16);
  run.stop();
  expect(parseRunRecord(JSON.parse(JSON.stringify(run.record())), 'record')).toEqual(run.record());
  const { run: diverging } = await longRun();
  diverging.addLosses(losses(0, 3));
  diverging.diverge(3);
  expect(counted(diverging.record())).toEqual([3, 3 * 16, 3 * 10]);
  const { run: whole } = await longRun();
  whole.addLosses(losses(0, STEPS));
  expect(whole.record().realised).toMatchObject(whole.planned.realised);
  expect(counted(whole.record())).toEqual([STEPS, STEPS * 16, STEPS * 10]);
});

test('a loss that is not finite is no point of the curve', async () => {
  const { run } = await longRun();
  run.addLosses([...losses(0, 3), { step: 4, loss: Number.NaN, gradientNorm: Number.NaN }]);
  run.diverge(4);
  expect(run.record()).toMatchObject({ status: 'diverged', final: null, curve: [{ step: 2, loss: 1.5 }] });
});
