import { signal } from '@preact/signals-core';
import type { TemplateResult } from 'lit';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../src/formats/runSummary.ts';
import { measuredPairs } from '../../../src/page/tour/measured/measured.ts';
import {
  contenderOf,
  isCertain,
  leadOf,
  MONOLINGUAL,
  noiseAt,
  noiseOf,
  noisePerKind,
  recipesOf,
  SINGLE_STAGE,
  TWO_STAGE,
} from '../../../src/page/tour/measured/recipes.ts';
import { thresholdOf } from '../../../src/page/tour/measured/threshold.ts';
import { nearestPlace, sceneWith, TourState, tellingBudget } from '../../../src/page/tour/scene.ts';
import { movedWords, thresholdWords } from '../../../src/page/tour/steps/thresholdWords.ts';
import { summary } from '../runs/summaries.ts';

const COMPUTE = 3.7e10;

function run(said: Partial<RunSummary>): RunSummary {
  const { kind = MONOLINGUAL, D_T = 8192, k = 4, r = 1, seed = 1, source = 'world:en', C = COMPUTE } = said;
  const name = [kind, D_T, k, r, seed, source, C, said.learningRate].join(' ');
  return summary({ name, kind, D_T, k, r, seed, source, C, ...said });
}

/** One run of each kind at each D_T, with these losses; both bilingual kinds in the second and third place. */
function grid(
  losses: Readonly<Record<number, readonly [mono: number, one: number, two: number]>>,
): RunSummary[] {
  return Object.entries(losses).flatMap(([tokens, [mono, one, two]]) => {
    const D_T = Number(tokens);
    return [
      run({ D_T, targetBitsPerByte: mono }),
      run({ D_T, kind: SINGLE_STAGE, r: 0.5, targetBitsPerByte: one }),
      run({ D_T, kind: TWO_STAGE, r: 0.4, targetBitsPerByte: two }),
    ];
  });
}

describe('recipes', () => {
  it('are runs that differ in the seed alone', () => {
    const recipes = recipesOf([
      run({ seed: 2, targetBitsPerByte: 2.6 }),
      run({ seed: 1, targetBitsPerByte: 2.4 }),
      run({ k: 8, targetBitsPerByte: 2.5 }),
    ]);
    expect(recipes.map(({ bits }) => bits)).toEqual([[2.4, 2.6], [2.5]]);
    // The first seed chose it, the other judges.
    expect(recipes.map(({ mean }) => mean)).toEqual([2.6, 2.5]);
  });

  it('are apart by their source, if they read one', () => {
    const two = { kind: TWO_STAGE, r: 0.4 } as const;
    const sources = recipesOf([
      run({ ...two, source: 'world:sw' }),
      run({ ...two, source: 'world:ja', seed: 2 }),
    ]);
    expect(sources).toHaveLength(2);
    expect(recipesOf([run({ source: 'world:sw' }), run({ source: 'world:ja', seed: 2 })])).toHaveLength(1);
  });

  it('stand for nothing when one seed diverged, or of another kind', () => {
    expect(
      recipesOf([
        run({ seed: 1, targetBitsPerByte: 2 }),
        run({ seed: 2, status: 'diverged', targetBitsPerByte: null }),
        run({ k: 9, kind: 'multi-stage' }),
      ]),
    ).toEqual([]);
  });

  it('are chosen by the first seed and judged by the others', () => {
    const recipes = recipesOf([
      run({ k: 4, seed: 1, targetBitsPerByte: 2.3 }),
      run({ k: 4, seed: 2, targetBitsPerByte: 2.5 }),
      run({ k: 4, seed: 3, targetBitsPerByte: 2.7 }),
      run({ k: 8, seed: 1, targetBitsPerByte: 2.2 }),
    ]);
    const noise = { deviation: 0.1, repetitions: 3 };
    const best = contenderOf(recipes, noise);
    // The recipe with one seed was luckier, but only the other was thought worth repeating.
    expect(best).toMatchObject({ seeds: 2, low: 2.3, high: 2.7, tried: 2, isLucky: false });
    expect(best?.bits).toBeCloseTo(2.6, 12);
    expect(best?.error).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(contenderOf(recipes.slice(1), noise)).toMatchObject({ bits: 2.2, seeds: 1, isLucky: true });
    expect(contenderOf([], noise)).toBeNull();
  });

  it('tell how far seeds lie apart, without the one that chose', () => {
    const seeds = (k: number, bits: readonly number[]) =>
      bits.map((targetBitsPerByte, index) => run({ k, seed: index + 1, targetBitsPerByte }));
    const noise = noiseOf(recipesOf([...seeds(4, [1, 2.4, 2.6]), ...seeds(8, [1, 2, 2.2])]));
    expect(noise.repetitions).toBe(2);
    expect(noise.deviation).toBeCloseTo(Math.sqrt(0.02), 12);
    expect(noiseOf(recipesOf(seeds(4, [2, 3])))).toEqual({ deviation: 0.03, repetitions: 0 });
  });

  it('lead by more than noise and luck, or tie', () => {
    const noise = { deviation: 0.04, repetitions: 8 };
    const of = (bits: number, tried = 1) => {
      const recipes = Array.from({ length: tried }, (_, index) =>
        run({ k: index + 1, targetBitsPerByte: bits + index }),
      );
      return contenderOf(recipesOf(recipes), noise)!;
    };
    expect(leadOf(of(2.5), of(2.3)).sign).toBe(1);
    expect(leadOf(of(2.3), of(2.5)).sign).toBe(-1);
    expect(leadOf(of(2.5), of(2.45)).sign).toBe(0);
    // The luckiest of 30 equal recipes gains two deviations.
    expect(leadOf(of(2.5), of(2.36)).sign).toBe(1);
    expect(leadOf(of(2.5), of(2.36, 30)).sign).toBe(0);
  });

  it('are quieter than all together only where they were repeated often enough, and nowhere than they are there', () => {
    const repeated = (kind: RunSummary['kind'], spread: number, seeds: number) =>
      Array.from({ length: seeds }, (_, index) =>
        run({
          kind,
          seed: index + 1,
          r: kind === MONOLINGUAL ? 1 : 0.5,
          targetBitsPerByte: 2.5 + spread * (index % 2),
        }),
      );
    const often = recipesOf([...repeated(MONOLINGUAL, 0.02, 6), ...repeated(TWO_STAGE, 0.4, 6)]);
    const noise = noisePerKind(often);
    expect(noise[MONOLINGUAL].deviation).toBeLessThan(0.02);
    expect(noise[TWO_STAGE].deviation).toBeGreaterThan(0.1);
    const seldom = noisePerKind(
      recipesOf([...repeated(MONOLINGUAL, 0.02, 3), ...repeated(TWO_STAGE, 0.4, 6)]),
    );
    expect(seldom[MONOLINGUAL].deviation).toBeGreaterThan(0.1);
    expect(noiseAt(noise[MONOLINGUAL], often).deviation).toBe(noiseOf(often).deviation);
    expect(noiseAt(noise[MONOLINGUAL], [])).toBe(noise[MONOLINGUAL]);
  });

  it('lead certainly where chance would not do it among so many', () => {
    const lead = { value: 0.3, error: 0.1, luck: 0, repetitions: 20, sign: 1 } as const;
    expect(isCertain(lead, 1)).toBe(true);
    expect(isCertain(lead, 20)).toBe(false);
    expect(isCertain({ ...lead, luck: 0.2 }, 1)).toBe(false);
    // Few repetitions do not tell how large the noise is, and none nothing at all.
    expect(isCertain({ ...lead, value: 0.22, repetitions: 2 }, 1)).toBe(false);
    expect(isCertain({ ...lead, error: 0.01, repetitions: 0 }, 1)).toBe(false);
  });
});

describe('what was measured', () => {
  const told = grid({
    4096: [3, 2.8, 2.6],
    8192: [2.7, 2.65, 2.5],
    16384: [2.4, 2.5, 2.41],
    32768: [2.2, 2.5, 2.4],
  });

  it('is, at each D_T, the best of each kind, who wins, and where the threshold lies', () => {
    const [pair, ...others] = measuredPairs(told);
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ target: 'world:id', source: 'world:en', floorBits: 0.67 });
    const [budget] = pair!.budgets;
    expect(budget?.compute).toBe(COMPUTE);
    expect(budget?.places.map(({ targetTokens }) => targetTokens)).toEqual([4096, 8192, 16384, 32768]);
    expect(budget?.places.map(({ winners }) => winners)).toEqual([
      [TWO_STAGE],
      [TWO_STAGE],
      [MONOLINGUAL, TWO_STAGE],
      [MONOLINGUAL],
    ]);
    expect(budget?.threshold.place).toEqual({ kind: 'between', below: 8192, above: 32768 });
  });

  it('needs three amounts of text at least', () => {
    expect(measuredPairs(told.filter(({ D_T }) => D_T < 10_000))).toEqual([]);
    expect(measuredPairs([])).toEqual([]);
  });

  it('takes shorter monolingual runs for what C allows, and none that spend more', () => {
    const cheap = run({ D_T: 4096, k: 2, C: COMPUTE / 3, targetBitsPerByte: 2.1 });
    const costly = run({ D_T: 4096, k: 9, C: COMPUTE * 2, targetBitsPerByte: 1 });
    const [pair] = measuredPairs([...told, cheap, costly]);
    expect(pair?.budgets).toHaveLength(1);
    expect(pair?.budgets[0]?.places[0]?.best[MONOLINGUAL]?.bits).toBe(2.1);
  });

  it('keeps budgets apart, and takes nearly equal ones for one', () => {
    const higher = told.map((one) => ({ ...one, id: `${one.id} higher`, C: 4 * one.C }));
    const nearly = told.map((one) => ({ ...one, id: `${one.id} nearly`, seed: 2, C: 1.01 * one.C }));
    const budgets = measuredPairs([...told, ...higher, ...nearly])[0]?.budgets ?? [];
    expect(budgets.map(({ compute }) => compute)).toEqual([COMPUTE, 4 * COMPUTE]);
    expect(budgets[0]?.places[0]?.best[TWO_STAGE]?.recipe.bits).toHaveLength(2);
  });

  it('leaves out what other optimiser settings gave', () => {
    const best = (runs: readonly RunSummary[]) =>
      measuredPairs(runs)[0]?.budgets[0]?.places[0]?.best[TWO_STAGE]?.bits;
    const two = { D_T: 4096, kind: TWO_STAGE, r: 0.3, targetBitsPerByte: 1 } as const;
    expect(best([...told, run({ ...two, tags: { variant: 'rate ×2' } })])).toBe(2.6);
    const grid = told.map((one) => ({ ...one, tags: { variant: 'as in the grid' } }));
    // What tuned a rate says nothing of a variant; beside runs that do it does not count.
    expect(best([...grid, run({ ...two, tags: { asked: 'learning-rates/learning rates' } })])).toBe(2.6);
    expect(best([...grid, run({ ...two, tags: { variant: 'as in the grid rate ×2' } })])).toBe(1);
  });

  it('says what another source gains', () => {
    const control = run({
      D_T: 4096,
      kind: TWO_STAGE,
      r: 0.4,
      source: 'world:sw',
      targetBitsPerByte: 2.9,
      tags: { variant: 'unrelated language' },
    });
    const other = { ...control, id: 'other', source: 'world:ja', targetBitsPerByte: 3.1, tags: {} };
    const otherSources = (runs: readonly RunSummary[]) =>
      measuredPairs([...told, ...runs])[0]!.budgets[0]!.places[0]!.otherSources.map(({ source, lead }) => [
        source,
        lead.value.toFixed(2),
      ]);
    // Each by itself, though it is of the same recipe; one that no manifest asks for served another plan.
    expect(otherSources([control, { ...other, tags: control.tags }])).toEqual([
      ['world:sw', '0.10'],
      ['world:ja', '-0.10'],
    ]);
    expect(otherSources([control, other])).toEqual([['world:sw', '0.10']]);
    expect(otherSources([other])).toEqual([['world:ja', '-0.10']]);
    const [pair] = measuredPairs([...told, control]);
    expect(pair!.budgets[0]!.places[0]!.best[TWO_STAGE]?.bits).toBe(2.6);
  });

  it('is told at the lowest C that has the threshold between its runs', () => {
    const never = told.map((one) => ({
      ...one,
      id: `${one.id} lower`,
      C: one.C / 4,
      D: one.D / 4,
      targetBitsPerByte: 3.1,
    }));
    const budgets = measuredPairs([...told, ...never])[0]?.budgets ?? [];
    expect(budgets.map(({ threshold }) => threshold.place.kind)).toEqual(['never', 'between']);
    expect(tellingBudget(budgets)?.compute).toBe(COMPUTE);
    expect(tellingBudget(budgets.slice(0, 1))?.threshold.place.kind).toBe('never');
    expect(tellingBudget([])).toBeUndefined();
  });

  it('is told of a kind where that kind was run', () => {
    const higher = told
      .filter(({ kind }) => kind !== SINGLE_STAGE)
      .map((one) => ({ ...one, id: `${one.id} higher`, C: one.C * 4, D: one.D * 4 }));
    const few = told.filter(({ kind, D_T }) => kind !== SINGLE_STAGE || D_T > 5000);
    const [pair] = measuredPairs([...few, ...higher]);
    const [lower, upper] = pair!.budgets;
    const scene = sceneWith({ pair: pair!, budget: upper!, place: upper!.places[0]! }, SINGLE_STAGE);
    expect(scene?.budget.compute).toBe(lower!.compute);
    expect(scene?.budget.places.map(({ targetTokens }) => targetTokens)).toEqual([8192, 16384, 32768]);
    expect(scene?.place.targetTokens).toBe(8192);
    const [bare] = measuredPairs(higher);
    const alone = { pair: bare!, budget: bare!.budgets[0]!, place: bare!.budgets[0]!.places[0]! };
    expect(sceneWith(alone, SINGLE_STAGE)).toBeNull();
  });

  it('is chosen by the nearest ratio of tokens', () => {
    const { places } = measuredPairs(told)[0]!.budgets[0]!;
    expect(nearestPlace(places, 5000)?.targetTokens).toBe(4096);
    expect(nearestPlace(places, 6000)?.targetTokens).toBe(8192);
    expect(nearestPlace(places, 1e9)?.targetTokens).toBe(32768);
    expect(nearestPlace([], 1)).toBeUndefined();
  });
});

describe('the tour', () => {
  it('tells of the pair that is chosen', () => {
    const two = grid({ 4096: [3, 2.9, 2.7], 8192: [2.7, 2.8, 2.6], 16384: [2.4, 2.6, 2.5] });
    const german = two.map((one) => ({
      ...one,
      id: `${one.id} german`,
      target: 'file:deu-a.txt',
      source: 'file:eng-a.txt',
    }));
    const more = grid({ 32768: [2.3, 2.6, 2.5] });
    const state = new TourState({
      shipped: signal([...two, ...more, ...german].map((one) => ({ ...one, curve: [] }))),
      shippedLoaded: signal(true),
    });
    expect(state.pairs.value.map(({ target }) => target)).toEqual(['world:id', 'file:deu-a.txt']);
    expect(state.scene.value?.pair.target).toBe('world:id');
    state.chooseTarget(32768, 'threshold');
    state.choosePair(state.pairs.value[1]!, 'threshold');
    expect(state.scene.value).toMatchObject({
      pair: { target: 'file:deu-a.txt' },
      place: { targetTokens: 16384 },
    });
  });
});

describe('the threshold', () => {
  const at = (targetTokens: number, value: number, sign: -1 | 0 | 1, error = 0.01) => ({
    targetTokens,
    lead: { value, sign, error, luck: 0, repetitions: 20 },
  });
  const placeOf = (...places: ReturnType<typeof at>[]) => thresholdOf(places).place;

  it('lies between the last D_T with a clear and useful lead of two stages, and the first with one of the target alone', () => {
    expect(placeOf(at(1, 0.2, 1), at(2, 0.2, 1), at(4, 0.03, 1), at(8, -0.1, -1))).toEqual({
      kind: 'between',
      below: 2,
      above: 8,
    });
  });

  it('may lie below all that was run or above, or be none', () => {
    expect(placeOf(at(1, 0.04, 0), at(2, -1, -1))).toEqual({ kind: 'never' });
    expect(placeOf(at(1, 0.2, 1), at(2, 0.1, 1))).toEqual({ kind: 'open', below: 2 });
    expect(placeOf(at(1, 0.2, 1), at(2, -0.1, -1), at(4, 0.1, 1))).toEqual({ kind: 'mixed' });
  });

  it('is judged strictly: the scarcest D_T by itself, those above together', () => {
    const above = [at(2, -0.03, -1, 0.015), at(4, 0, 0), at(8, 0, 0)];
    expect(thresholdOf([at(1, 0.2, 1), ...above])).toMatchObject({
      isScarcestCertain: true,
      above: { judged: 3, certain: [] },
    });
    expect(thresholdOf([at(1, 0.2, 1), ...above.slice(0, 1)])).toMatchObject({
      above: { judged: 1, certain: [2] },
    });
    expect(thresholdOf([at(1, 0.2, 1, 0.15), ...above]).isScarcestCertain).toBe(false);
    const words = (...places: Parameters<typeof thresholdOf>[0][number][]) =>
      sentences({ threshold: thresholdOf(places) });
    expect(words(at(1, 0.2, 1), ...above)).toContain('stays undecided');
    expect(words(at(1, 0.2, 1), at(2, -0.2, -1))).toMatch(
      /changes between 1 and 2\b.*certainly ahead at 2 tokens/,
    );
    expect(words(at(1, 0, 0), at(2, 0, 0))).not.toMatch(/certain|threshold/);
  });

  it('moves, as far as several C say it', () => {
    const budget = (compute: number, below: number) => ({
      compute,
      threshold: { place: { kind: 'open', below } },
    });
    const words = (...budgets: unknown[]) =>
      movedWords({ budgets } as unknown as Parameters<typeof movedWords>[0]);
    expect(words(budget(1e10, 4096))).toBe('');
    expect(words(budget(1e10, 4096), budget(4e10, 16384))).toMatch(
      /4 times .*16,384 tokens instead of 4,096, as the paper/,
    );
    expect(words(budget(1e10, 4096), budget(4e10, 2048))).toContain('against what the paper');
  });
});

/** A template's words. */
function sentences(said: Parameters<typeof thresholdWords>[0]): string {
  const { values } = thresholdWords(said) as TemplateResult;
  return values.filter((value) => typeof value === 'string').join(' ');
}
