import { describe, expect, it } from 'vitest';
import type { RecommendationFile } from '../../../src/formats/recommendation.ts';
import {
  farSentence,
  guessSentence,
  nearWords,
  recipeRows,
  rivalSentence,
  timeWords,
} from '../../../src/page/map/case/adviceWords.ts';
import { firstStageOf } from '../../../src/page/map/case/firstStage.ts';

const BEST: RecommendationFile['best'] = {
  kind: 'multi-lingual two-stage',
  N: 2e6,
  k: 4,
  r: 0.25,
  r_f: 1,
  D: 1.6e7,
  S: 1.2e7,
  loss: 2,
  interval: [1.9, 2.1],
  intervals: { N: [1e6, 3e6], k: [3, 5], r: null, r_f: null },
};

const THRESHOLD = {
  state: 'crossed',
  targetTokens: 4e6,
  interval: [2e6, 6e6],
  margin: 0,
  firstOrder: null,
} as const satisfies RecommendationFile['threshold'];

describe('the words of advice', () => {
  it('have a row for each symbol, with what resamples would have', () => {
    const rows = recipeRows({ best: BEST, targetTokens: 1e6 });
    expect(rows.map(({ symbol, value, ends }) => [symbol, value, ends])).toEqual([
      ['N', '2\u202fM', '1\u202fM … 3\u202fM'],
      ['k', '4', '3 … 5'],
      ['r', '0.25', ''],
      ['r_f', '1', ''],
      ['D', '16\u202fM', ''],
      ['S', '12\u202fM', ''],
      ['D_T', '1\u202fM', ''],
    ]);
    const mono = recipeRows({
      best: { ...BEST, kind: 'monolingual single-stage', r: 1, k: 0.5, S: 0, intervals: null },
      targetTokens: 1e6,
    });
    expect(mono.map(({ symbol }) => symbol)).toEqual(['N', 'k', 'D', 'D_T']);
    expect(mono[1]!.what).toContain('some of the text is not read');
  });

  it('say what a rival costs, and whether it would be seen', () => {
    const rival = {
      ...BEST,
      kind: 'monolingual single-stage',
      excess: 0.01,
      excessInterval: [0.002, 0.02],
    } as const;
    const words = (noise: number, excess = 0.01) =>
      rivalSentence({ ...rival, excess, excessInterval: [0.002, 0.02] }, { noise, best: BEST });
    expect(words(0.001)).toBe(
      'monolingual: 0.010 nats per token worse (95 %: 0.0020 … 0.020), 0.5 % of the loss',
    );
    expect(words(0.1)).toMatch(/a run of each would not show it$/);
    expect(words(0, 0)).toContain('as good');
  });

  it('say whether the threshold is near', () => {
    const words = (targetTokens: number) =>
      nearWords({ threshold: { ...THRESHOLD, interval: [2e6, 6e6] }, targetTokens });
    expect(words(5e6)).toContain('within its 95 % interval');
    expect(words(7e6)).toContain('close to where the kinds part');
    expect(words(4e7)).toBe('Your text is 10 times as much as the threshold: far from where the kinds part');
    expect(words(4e5)).toContain('The threshold is 10 times as much as your text');
    expect(words(4.001e6)).toContain('as much as the threshold, and within');
    expect(nearWords({ threshold: null, targetTokens: 1 })).toBeNull();
  });

  it('say how far beyond the runs it is', () => {
    const beyond = [
      { quantity: 'N', value: 8e6, reached: 1e6, octaves: 3 },
      { quantity: 'k', value: 8, reached: 4, octaves: 1 },
    ];
    expect(farSentence(beyond)).toBe(
      'Beyond the runs that were fitted: the model (N = 8\u202fM) by a factor of 8; the passes (k = 8) by a factor of 2. That is a short way, as laws go',
    );
    expect(farSentence([{ quantity: 'C', value: 1e20, reached: 1e12, octaves: 26.6 }])).toMatch(
      /a formula and no finding$/,
    );
    expect(farSentence([])).toBeNull();
  });

  it('say beside the loss when it is a guess', () => {
    const beyond = { quantity: 'C', value: 1e13, reached: 1e12 };
    expect(guessSentence([{ ...beyond, octaves: 3.32 }])).toBe(
      'A guess: beyond any run by a factor of 9.99 (the compute).',
    );
    expect(guessSentence([{ ...beyond, octaves: 26.6 }])).toMatch(/^What the formula says, and no finding: /);
    expect(guessSentence([{ ...beyond, octaves: 3 }])).toBeNull();
    expect(guessSentence([])).toBeNull();
  });
});

it('the first stage follows from the rule of the runs', () => {
  const stage = firstStageOf({ r: 0.4, r_f: 1 }, { rules: [{ c: 0.25, rows: 9 }], unknown: 0 });
  expect(stage).toMatchObject({ c: 0.25, r_1: 0.1 });
  expect((1 - stage!.s) * stage!.r_1 + stage!.s * 1).toBeCloseTo(0.4, 12);
  expect(firstStageOf({ r: 0.4, r_f: 1 }, { rules: [], unknown: 3 })).toBeNull();
  expect(
    firstStageOf(
      { r: 0.4, r_f: 1 },
      {
        rules: [
          { c: 0.25, rows: 9 },
          { c: 0, rows: 2 },
        ],
        unknown: 0,
      },
    ),
  ).toBeNull();
});

it('says how long training takes here, and whether that is a guess', () => {
  const measured = timeWords({ seconds: 53.2, isGuess: false });
  expect(measured).toMatch(/about 53\ss, at the speed that training had here/);
  expect(timeWords({ seconds: 53.2, isGuess: true })).toMatch(
    /about 53\ss if .*guesses.*nothing is measured/,
  );
  // Nobody knows minutes to the second.
  expect(timeWords({ seconds: 131, isGuess: false })).toMatch(/about 2\smin,/);
});
