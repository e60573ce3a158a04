import { describe, expect, it } from 'vitest';
import { languageWords, pairLanguages } from '../../../src/page/runs/languages.ts';
import { legendHeight, placedSeries } from '../../../src/page/tour/chart/legend.ts';
import { markPath } from '../../../src/page/tour/chart/mark.ts';
import { chartTable, chartWords } from '../../../src/page/tour/chart/model.ts';
import {
  decadeTicks,
  linearTicks,
  nearest,
  place,
  rangeOf,
  type Scale,
  tickDigits,
  ticksAmong,
} from '../../../src/page/tour/chart/scale.ts';
import { LOOKS } from '../../../src/page/tour/looks.ts';
import { MONOLINGUAL, TWO_STAGE } from '../../../src/page/tour/measured/recipes.ts';
import { beyondWords, ownCaseModel } from '../../../src/page/tour/steps/ownCase.ts';
import { stagesOf, stripWords } from '../../../src/page/tour/steps/strip.ts';
import { mapHref } from '../../../src/page/tour/steps/yourCase.ts';
import {
  computeWords,
  listWords,
  manyTimes,
  percentWords,
  powerWords,
  textWords,
  timesWords,
} from '../../../src/page/tour/words.ts';
import { summary } from '../runs/summaries.ts';

describe('words', () => {
  it('name languages and texts', () => {
    expect(languageWords('world:id?bytes=8000000')).toBe('Indonesian');
    expect(languageWords('world:sw')).toBe('Swahili');
    expect(languageWords('file:texts/deu.txt')).toBe('deu.txt');
    expect(languageWords('file:deu-commonvoice.train.txt#sha256=e64a')).toBe('German');
    expect(pairLanguages('world:id with file:eng-a.txt#sha256=e64a')).toBe('Indonesian with English');
    expect(pairLanguages('world:id?noise=0.1 with world:en')).toBe('world:id?noise=0.1 with world:en');
    expect(languageWords('file:own-text.txt#sha256=e64a')).toBe('own-text.txt');
  });

  it('say how much text there is', () => {
    expect(textWords(512)).toBe('512 tokens, less than a page');
    expect(textWords(2048)).toBe('2,048 tokens, about 1 page');
    expect(textWords(16_384)).toBe('16,384 tokens, about 8 pages');
    expect(textWords(262_144)).toBe('262,144 tokens, about 130 pages');
  });

  it('say times, shares, work and lists', () => {
    expect([1, 2, 16, 2.26].map(timesWords)).toEqual(['once', 'twice', '16 times', '2.3 times']);
    expect([1, 0.25, 0.055].map(percentWords)).toEqual(['100 %', '25 %', '5.5 %']);
    expect(computeWords(3.7e10)).toBe('3.7·10¹⁰ operations');
    expect(computeWords(1e16)).toBe('10¹⁶ operations');
    // Nearer to the next power than two digits tell.
    expect(powerWords(9.96e10)).toBe('10¹¹');
    expect([1.24, 61, 1234, 4.2e6, 3e12].map(manyTimes)).toEqual([
      '1.2 times',
      '60 times',
      '1,000 times',
      '4 million times',
      '3 trillion times',
    ]);
    expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listWords(['a'])).toBe('a');
  });

  it('lead to the map', () => {
    expect(mapHref(1e16, 1e6)).toBe('#/map?C=1e16&D_T=1e6');
    expect(mapHref(2e19, 3e7)).toBe('#/map?C=2e19&D_T=3e7');
  });
});

describe('scales', () => {
  const log: Scale = { isLog: true, low: 1, high: 100, from: 0, to: 200 };

  it('put values in their places and find them again', () => {
    expect(place(log, 10)).toBeCloseTo(100, 9);
    expect(nearest(log, [1, 10, 100], 140)).toBe(10);
    expect(nearest(log, [], 140)).toBeUndefined();
  });

  it('leave room around what they show', () => {
    expect(rangeOf([1, 2])).toEqual([0.94, 2.06]);
    expect(rangeOf([1, Number.NaN])).toEqual([0.5, 1.5]);
    const [low, high] = rangeOf([10, 1000], true);
    expect(low).toBeLessThan(10);
    expect(high / 1000).toBeCloseTo(10 / low, 9);
  });

  it('have round ticks, and of measured values those that have room', () => {
    expect(linearTicks(2.13, 3.1, 5)).toEqual([2.2, 2.4, 2.6, 2.8, 3]);
    expect(ticksAmong(log, [1, 2, 10, 100], 50)).toEqual([2, 10, 100]);
    expect(ticksAmong(log, [90, 100], 50)).toEqual([100]);
    expect([[2, 3], [2.2, 2.4], [2.35, 2.4], [1]].map(tickDigits)).toEqual([0, 1, 2, 1]);
  });
});

describe('a chart', () => {
  const model = {
    x: { label: 'target tokens', symbol: 'D_T', format: String },
    y: { label: 'bits per byte', format: String },
    series: [
      {
        name: 'alone',
        look: LOOKS[MONOLINGUAL],
        points: [
          { x: 1, y: 3, low: 2, high: 4, dots: [2, 4] },
          { x: 2, y: 2.5 },
        ],
      },
      { name: 'mixed', look: LOOKS[MONOLINGUAL], points: [] },
    ],
  };

  it('is also a table and a sentence', () => {
    expect(chartTable(model).rows).toEqual([
      ['alone', 1, 3, 2, 4, 2],
      ['alone', 2, 2.5, null, null, 1],
    ]);
    expect(chartWords(model)).toBe(
      'bits per byte over target tokens D T. alone: from 3 at 1 to 2.5 at 2. mixed: nothing was measured.',
    );
  });

  it('has a legend in lines that fit, and none where it is of one series', () => {
    const series = ['one', 'a name that is somewhat longer', 'three'].map((name) => ({
      ...model.series[0]!,
      name,
    }));
    expect(placedSeries(series, 1000).map(({ line }) => line)).toEqual([0, 0, 0]);
    const narrow = placedSeries(series, 250);
    expect(narrow.map(({ line }) => line)).toEqual([0, 1, 2]);
    expect(narrow.every(({ left }) => left === 0)).toBe(true);
    expect(legendHeight({ ...model, series }, 250)).toBe(3 * legendHeight({ ...model, series }, 1000));
    expect(legendHeight({ ...model, series: series.slice(0, 1) }, 1000)).toBe(0);
  });

  it('has closed marks', () => {
    for (const shape of ['circle', 'square', 'triangle', 'diamond', 'star'] as const)
      expect(markPath(shape, 10, 10, 4)).toMatch(/^M.*z$/);
  });
});

describe('the strip of a recipe', () => {
  it('shows one stage or two, and says so', () => {
    expect(stagesOf(summary({ r: 0.5, s: 1 }))).toEqual([{ share: 1, ratio: 0.5 }]);
    const two = summary({ r: 0.3, r_1: 0.1, r_f: 1, s: 0.25, D: 1000 });
    expect(stagesOf(two)).toEqual([
      { share: 0.75, ratio: 0.1 },
      { share: 0.25, ratio: 1 },
    ]);
    expect(stripWords(two)).toBe(
      '750 tokens of which 10 % Indonesian, then 250 tokens of which 100 % Indonesian',
    );
  });
});

describe('a case of the reader’s own', () => {
  const budget = (compute: number, winners: readonly (readonly [number, readonly string[]])[]) => ({
    compute,
    places: winners.map(([targetTokens, kinds]) => ({ targetTokens, winners: kinds })),
  });
  const pair = {
    budgets: [
      budget(1e10, [
        [4096, [TWO_STAGE]],
        [8192, [MONOLINGUAL, TWO_STAGE]],
      ]),
      budget(4e10, [[16_384, [MONOLINGUAL]]]),
    ],
  } as unknown as Parameters<typeof ownCaseModel>[0];

  it('stands among the winners that were measured', () => {
    const { series, chosen } = ownCaseModel(pair, { targetTokens: 1e6, compute: 1e16 });
    expect(series.map(({ name, points }) => [name, points])).toEqual([
      ['Monolingual best', [{ x: 16_384, y: 4e10 }]],
      ['Two stages best', [{ x: 4096, y: 1e10 }]],
      ['a tie', [{ x: 8192, y: 1e10 }]],
      ['your case', [{ x: 1e6, y: 1e16 }]],
    ]);
    expect(chosen).toBe(1e6);
  });

  it('says how far it lies beyond them', () => {
    expect(beyondWords(pair, { targetTokens: 1e6, compute: 4e16 })).toContain(
      '60 times the largest text and 1 million times the largest compute',
    );
    expect(beyondWords(pair, { targetTokens: 1e4, compute: 4e16 })).not.toContain('text');
    expect(beyondWords(pair, { targetTokens: 1e4, compute: 1e10 })).toContain(
      'among those that were measured',
    );
  });

  it('is seen on axes of powers of ten', () => {
    expect(decadeTicks(3e10, 2e16, 10)).toEqual([1e11, 1e12, 1e13, 1e14, 1e15, 1e16]);
    expect(decadeTicks(3e10, 2e16, 3)).toEqual([1e11, 1e13, 1e15]);
    expect(decadeTicks(2, 7, 5)).toEqual([]);
  });
});
