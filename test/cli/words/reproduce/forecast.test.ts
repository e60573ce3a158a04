import { expect, test } from 'vitest';
import { forecastSummary, forecastWords } from '../../../../src/cli/words/reproduce/forecast.ts';
import type { Cost, Forecast } from '../../../../src/sweep/reproduce/forecast.ts';
import { madeUp, TINY } from '../../../sweep/reproduce/madeUp.ts';

const ASKED = { experiment: madeUp(), setting: TINY };
const cost = (changes: Partial<Cost> = {}): Cost => ({
  runs: 3,
  flops: 5e12,
  savedFlops: 1e12,
  flopsBy: 'engine',
  seconds: 80,
  software: true,
  ...changes,
});
const [round] = ASKED.experiment.rounds;

function forecastOf(changes: Partial<Forecast> = {}, nextCost = cost()): Forecast {
  if (!round) throw new Error('no round');
  const dropped = [{ name: 'd', field: 'recipe.targetTokens', problem: 'too many' }];
  return {
    finished: { rounds: 0, runs: 0 },
    next: {
      index: 1,
      planned: { round, runs: [], lines: [], dropped, merged: 0 },
      found: 0,
      manifest: 'manifests/made-up-small.rates.jsonl',
      replaced: null,
      cost: nextCost,
    },
    later: cost({ runs: 20, flops: 12e12, savedFlops: 4e12, seconds: 160 }),
    ...changes,
  };
}
/** FLOP/s that this device is said to do at its best. */
const PEAK = 2e11;

test('what there is to do takes as long on a teraflop as its FLOPs do at the share of peak that was measured', () => {
  const summary = forecastSummary(ASKED, forecastOf(), 'dir', PEAK);
  // 12 TFLOP without what is shared, in 240 s: 5e10 a second, a quarter of the peak.
  expect(summary).toMatchObject({
    shareOfPeak: 0.25,
    secondsAtTeraflop: 48,
    all: { runs: 23, seconds: 240 },
  });
  const words = forecastWords(summary);
  expect(words).toMatch(
    /4 TFLOP \(as the engine counts them\), 1 TFLOP saved by runs that begin alike; about 1 min 20 s/,
  );
  expect(words).toMatch(/later rounds +about 20 runs\n +8 TFLOP/);
  expect(words).toMatch(/together +12 TFLOP/);
  expect(words).toMatch(
    /all of it about 48 s on one of 1 TFLOP\/s \(fp32 peak\), were its share of peak that of this processor \(25 %\); at 5 % about 4 min/,
  );
  expect(words).toMatch(/left out:\n +1 × recipe\.targetTokens: too many/);
  expect(words).toContain('manifest: dir/manifests/made-up-small.rates.jsonl');
});

test('a GPU says its own time alone', () => {
  const hardware = { software: false };
  const later = cost(hardware);
  const words = forecastWords(forecastSummary(ASKED, forecastOf({ later }, cost(hardware)), 'dir', PEAK));
  expect(words).toMatch(/about 1 min 20 s on this device$/m);
  expect(words).not.toMatch(/on a GPU/);
});

test('without a device there are FLOPs and no time', () => {
  const nothing = { flopsBy: '6ND', seconds: null, software: null } as const;
  const later = cost(nothing);
  const summary = forecastSummary(ASKED, forecastOf({ later }, cost(nothing)), 'dir', null);
  expect(summary).toMatchObject({
    shareOfPeak: null,
    secondsAtTeraflop: null,
    all: { seconds: null, flopsBy: '6ND' },
  });
  const words = forecastWords(summary);
  expect(words).toMatch(/4 TFLOP \(as 6·N·D; the engine counts more\)/);
  expect(words).not.toMatch(/about \d.* on this/);
  // 8 TFLOP without what is shared: 32 s at a quarter of a TFLOP/s, five times that at a twentieth.
  expect(words).toMatch(
    /on a GPU +all of it about 32 s to 2 min 40 s on one of 1 TFLOP\/s \(fp32 peak\), at 25 % to 5 % of it; nothing was measured/,
  );
});

test('later rounds that nobody foresees are said to be unknown, and what is finished is finished', () => {
  const blind = forecastWords(forecastSummary(ASKED, forecastOf({ later: null }), 'dir', PEAK));
  expect(blind).toMatch(/later rounds +what they ask for is known when this one is finished/);
  expect(blind).toMatch(/on a GPU +this round about/);
  const finished = { finished: { rounds: 2, runs: 5 }, next: null, later: null };
  expect(forecastWords(forecastSummary(ASKED, finished, 'dir', null))).toMatch(
    /all 2 rounds are finished, 5 runs; the same command without --plan/,
  );
});
