import { beforeAll, describe, expect, test } from 'vitest';
import type { ManifestRun } from '../../../../src/formats/manifest.ts';
import { expectedBest } from '../../../../src/law/certainty/expectedBest.ts';
import type { ResultRun } from '../../../../src/sweep/experiments/experiment.ts';
import {
  type CellRecipe,
  cellDesign,
  monolingualCell,
  singleStageCell,
  twoStageCell,
} from '../../../../src/sweep/experiments/grid.ts';
import { tokensFor } from '../../../../src/sweep/experiments/models.ts';
import { analyse, type BudgetAnalysis } from '../../../../src/sweep/experiments/phaseShift/analysis.ts';
import { seedsRound } from '../../../../src/sweep/experiments/phaseShift/gridRounds.ts';
import {
  bestOf,
  certainSign,
  contenderOf,
  fairValue,
  fragileCells,
  givenContender,
  isCertainlyBelow,
  marginOf,
  signOf,
} from '../../../../src/sweep/experiments/phaseShift/margins.ts';
import { BASE, PHASE_SHIFT, ROUNDS, VARIANT } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import { crossoverAt } from '../../../../src/sweep/experiments/phaseShift/shift.ts';
import { fragileWords } from '../../../../src/sweep/experiments/phaseShift/words.ts';
import {
  MONOLINGUAL,
  recipeKind,
  SINGLE_STAGE,
  TWO_STAGE,
} from '../../../../src/sweep/experiments/results.ts';
import { FIRST_SEED, type Setting, settingOf } from '../../../../src/sweep/experiments/settings.ts';
import { normals } from '../../../law/certainty/synthetic.ts';
import { madeUp, madeUpRecord, planned } from '../madeUp.ts';
import { contender, noiseOf } from './contenders.ts';

const small = settingOf('small');
const compute = small.computes[0]!;
const setting: Setting = { ...small, computes: [compute] };
const model = setting.models[1]!;
const TARGETS = [262_144, 65_536, 32_768, 16_384, 8192, 4096];

/** Of each kind in the made-up grid: one that is chosen among 20 has luck that one chosen among 3 has not. */
const CELLS: Readonly<Record<string, readonly CellRecipe[]>> = {
  [MONOLINGUAL]: [0.3, 0.6, 0.9].map((share) => monolingualCell(share)),
  [SINGLE_STAGE]: [0.3, 0.6].map(singleStageCell),
  [TWO_STAGE]: [0.1, 0.2, 0.3, 0.4, 0.5].flatMap((firstRatio) =>
    [0.1, 0.2, 0.3, 0.4].map((finalShare) => twoStageCell({ firstRatio, finalShare, finalRatio: 1 })),
  ),
};

/** Monolingual recipes take so much of the passes that C allows. */
function cellsAt(kind: string, targetTokens: number): readonly CellRecipe[] {
  const most = tokensFor(compute, model) / targetTokens;
  if (kind !== MONOLINGUAL) return CELLS[kind] ?? [];
  return [0.3, 0.6, 0.9].map((share) => monolingualCell(Number((share * most).toPrecision(3))));
}

let grid: readonly ManifestRun[] = [];
/** By name. */
let repeated: ReadonlyMap<string, ManifestRun> = new Map();
beforeAll(async () => {
  const designs = (round: string, seed: number) =>
    TARGETS.flatMap((targetTokens) =>
      [MONOLINGUAL, SINGLE_STAGE, TWO_STAGE].flatMap((kind) =>
        cellsAt(kind, targetTokens).map((cell) =>
          cellDesign(
            [],
            setting,
            {
              ...{ experiment: PHASE_SHIFT, round, tags: { [VARIANT]: BASE } },
              ...{ model, compute, targetTokens, seed },
            },
            cell,
          ),
        ),
      ),
    );
  grid = await planned(designs(ROUNDS.grid, FIRST_SEED));
  const again = await planned(setting.moreSeeds.flatMap((seed) => designs(ROUNDS.seeds, seed)));
  repeated = new Map(again.map((run) => [run.config.name, run]));
});

const NOISE = 0.04;
/** Seeds of neighbouring worlds. */
const APART = 7919;

/** The grid under one seed, then what the round of more seeds asks for. A seed's luck is in both halves. */
function world(seed: number, lossOf: (run: ManifestRun) => number): { grid: ResultRun[]; all: ResultRun[] } {
  const resultsOf = (runs: readonly ManifestRun[]) =>
    runs.map((run): ResultRun => {
      const normal = normals(Number.parseInt(run.id.slice(0, 7), 16) + seed * APART);
      const loss = lossOf(run) + NOISE * normal();
      const halves = [loss + 0.1 * NOISE * normal(), loss + 0.1 * NOISE * normal()] as const;
      const { id, config, tags, nominal } = run;
      return { id, config, tags, nominal, record: madeUpRecord(run, halves) };
    });
  const first = resultsOf(grid);
  const asked = seedsRound.designs(first, setting).flatMap(({ name }) => repeated.get(name) ?? []);
  return { grid: first, all: [...first, ...resultsOf(asked)] };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the crossover alone: nothing is checked under other settings here. */
const crossoverOf = ({ view, threshold }: BudgetAnalysis) =>
  crossoverAt(view.places, threshold, view).verdict;
const verdictOf = (results: readonly ResultRun[]) => {
  const [analysis] = analyse(results, setting);
  return analysis && crossoverOf(analysis);
};

/** Loss falls with target text, and single-stage is never best. */
const equal = ({ nominal: { D_T, kind } }: ManifestRun) =>
  3 - 0.1 * Math.log(D_T) + (kind === SINGLE_STAGE ? 0.3 : 0);

describe('two kinds that are equal, one with 3 recipes and the other with 20', () => {
  const WORLDS = 120;
  /** 5 % of them. */
  const MOST = 6;
  const found = { grid: 0, all: 0 };
  /** By which two-stage leads: by the seed that chose, and by others. */
  const [lucky, independent]: [number[], number[]] = [[], []];
  beforeAll(() => {
    for (let seed = 1; seed <= WORLDS; seed++) {
      const { grid: first, all } = world(seed, equal);
      for (const [name, results] of [
        ['grid', first],
        ['all', all],
      ] as const) {
        const analyses = analyse(results, setting);
        if (analyses[0] && crossoverOf(analyses[0]) === 'reproduced') found[name]++;
        for (const { best } of analyses[0]?.view.places ?? []) {
          const [mono, two] = [best[MONOLINGUAL]!, best[TWO_STAGE]!];
          if (name === 'grid') lucky.push(mono.loss - two.loss);
          else if (mono.rivals === 0 && two.rivals === 0) independent.push(mono.loss - two.loss);
        }
      }
    }
  });

  test('have no shift in nearly all worlds, whether recipes were repeated or not', () => {
    expect(found.grid).toBeLessThanOrEqual(MOST);
    expect(found.all).toBeLessThanOrEqual(MOST);
    // The luck is there: 20 recipes lead 3 by a deviation, about.
    expect(mean(lucky)).toBeGreaterThan(0.8 * NOISE);
  });

  test('are level, on average, by the seeds that did not choose', () => {
    expect(independent.length).toBeGreaterThan(WORLDS);
    // Two seeds of each kind: a lead deviates by the noise of one run.
    const error = NOISE / Math.sqrt(independent.length);
    expect(Math.abs(mean(independent))).toBeLessThan(3 * error);
  });

  test('and a shift that is there is found all the same', () => {
    const shifted = (run: ManifestRun) =>
      equal(run) - (run.nominal.kind === TWO_STAGE ? 0.15 * Math.log2(30_000 / run.nominal.D_T) : 0);
    const found = Array.from({ length: 20 }, (_, seed) => verdictOf(world(seed + 1, shifted).all));
    expect(found.filter((verdict) => verdict === 'reproduced').length).toBeGreaterThan(14);
    expect(found).not.toContain('not reproduced');
  });
});

const quiet = noiseOf(0.01);

describe('a contender', () => {
  const runsWith = async (given: Record<string, readonly [number, number]>) => {
    const cells = cellsAt(MONOLINGUAL, 4096);
    const asked = { experiment: PHASE_SHIFT, round: ROUNDS.grid, model, compute, targetTokens: 4096 };
    const designs = Object.keys(given).map((key) => {
      const [cell = 0, seed = 1] = key.split(' ').map(Number);
      return cellDesign([], setting, { ...asked, seed }, cells[cell]!);
    });
    const names = new Map(designs.map(({ name }, i) => [name, Object.keys(given)[i]!]));
    return madeUp(designs, (run) => given[names.get(run.config.name)!] ?? 3);
  };

  test('is chosen by the first seed and judged by the others', async () => {
    const runs = await runsWith({ '0 1': [2, 2.1], '0 2': [2.6, 2.7], '0 3': [2.8, 2.9], '1 1': [2.2, 2.2] });
    expect(contenderOf(runs, quiet)).toMatchObject({ chosen: 2, first: 2.1, seeds: 2, rivals: 0, tried: 2 });
    expect(contenderOf(runs, quiet)?.loss).toBeCloseTo(2.8, 9);
    // Of two that were repeated it is the first seed's choice, whatever the others say.
    const two = await runsWith({ '0 1': [2, 2.1], '0 2': [2.6, 2.7], '1 1': [2.2, 2.2], '1 2': [2, 2] });
    expect(contenderOf(two, quiet)?.chosen).toBe(2);
  });

  test('is the luckiest of its rivals where there is one seed', async () => {
    const runs = await runsWith({ '0 1': [2, 2.1], '1 1': [2.2, 2.2], '2 1': [2.3, 2] });
    expect(contenderOf(runs, quiet)).toMatchObject({ loss: 2.1, seeds: 1, rivals: 3, tried: 3 });
    expect(contenderOf([], quiet)).toBeNull();
    expect(runs.every((run) => recipeKind(run) === MONOLINGUAL)).toBe(true);
  });

  test('is judged by all its seeds where others chose it', async () => {
    const runs = await runsWith({ '0 2': [2, 2.1], '0 3': [2.6, 2.7] });
    expect(givenContender(runs, quiet)).toMatchObject({ seeds: 2, rivals: 0 });
    expect(givenContender(runs, quiet)?.loss).toBeCloseTo(2.4, 9);
    expect(givenContender([], quiet)).toBeNull();
  });

  test('is none of which a seed diverged, and that is known', async () => {
    const runs = await runsWith({ '0 1': [2, 2.1], '0 2': [Infinity, Infinity], '1 1': [2.2, 2.2] });
    expect(contenderOf(runs, quiet)?.chosen).toBe(2.2);
    expect(fragileCells(runs).map((cell) => cell.runs.length)).toEqual([2]);
    expect(fragileCells(runs.filter(({ config }) => config.seed === 1))).toEqual([]);
    expect(fragileWords(fragileCells(runs))[0]).toContain('one of their seeds diverged');
    expect(fragileWords([])).toEqual([]);
  });

  test('has the rivals of all that it was the best of', async () => {
    const [one, other] = await Promise.all([
      runsWith({ '0 1': [2, 2.1], '1 1': [2.2, 2.2] }),
      runsWith({ '2 1': [2.3, 2] }),
    ]);
    expect(bestOf([contenderOf(one, quiet)!, contenderOf(other, quiet)!])).toMatchObject({
      chosen: 2,
      rivals: 3,
    });
    expect(bestOf([])).toBeNull();
  });
});

describe('a margin', () => {
  const of = (loss: number, seeds: number, rivals: number, noise = noiseOf(0.04)) =>
    contender(loss, noise, { seeds, rivals });

  test('has the error of the seeds that are reported, and the luck of the one in front', () => {
    expect(marginOf(of(2.2, 2, 0), of(2, 2, 0))).toMatchObject({ error: 0.04, luck: 0 });
    const behind = marginOf(of(2.2, 1, 3), of(2, 1, 20))!;
    expect(behind.error).toBeCloseTo(0.04 * Math.SQRT2, 12);
    expect(behind.luck).toBeCloseTo(0.04 * expectedBest(20), 12);
    expect(marginOf(of(2, 1, 3), of(2.2, 1, 20))?.luck).toBeCloseTo(0.04 * expectedBest(3), 12);
  });

  test('has the noise of both kinds, and the fewer repetitions', () => {
    const margin = marginOf(of(2.2, 1, 0, noiseOf(0.03, 8)), of(2, 1, 0, noiseOf(0.04, 5)))!;
    expect(margin.error).toBeCloseTo(0.05, 12);
    expect(margin.degrees).toBe(5);
  });

  test('is fair without the luck of either side', () => {
    const margin = marginOf(of(2.1, 1, 3), of(2, 1, 20))!;
    const ahead = 0.1 - 0.04 * (expectedBest(20) - expectedBest(3));
    expect(fairValue(margin)).toBeCloseTo(ahead, 12);
    expect(fairValue(marginOf(of(2, 1, 20), of(2.1, 1, 3))!)).toBeCloseTo(-ahead, 12);
  });

  test('is certain by the t of its repetitions, among as many as were looked at', () => {
    // One-sided 95 % points of Student's t: 2.132 with 4 degrees, 1.812 with 10.
    const by = (value: number, degrees: number) => ({
      ...marginOf(of(2, 2, 0), of(2, 2, 0, noiseOf(0.04, degrees)))!,
      value,
      error: 0.04,
      degrees,
    });
    expect(certainSign(by(2.0 * 0.04, 4))).toBe(0);
    expect(certainSign(by(2.3 * 0.04, 4))).toBe(1);
    expect(certainSign(by(-2.0 * 0.04, 10))).toBe(-1);
    expect(certainSign(by(-2.0 * 0.04, 10), 5)).toBe(0);
    expect(certainSign(by(1, 0))).toBe(0);
    expect(isCertainlyBelow(by(0.05 - 1.7 * 0.04, 10), 0.05)).toBe(false);
    expect(isCertainlyBelow(by(0.05 - 1.9 * 0.04, 10), 0.05)).toBe(true);
    expect(isCertainlyBelow({ ...by(0.05 - 1.9 * 0.04, 10), luck: 0.02 }, 0.05)).toBe(false);
    expect(isCertainlyBelow(by(-1, 0), 0.05)).toBe(false);
  });

  test('counts beyond luck alone', () => {
    const none = { rivalLuck: 0, degrees: 10 };
    expect(signOf({ ...none, value: 0.1, error: 0.04, luck: 0 })).toBe(1);
    expect(signOf({ ...none, value: 0.1, error: 0.04, luck: 0.05 })).toBe(0);
    expect(signOf({ ...none, value: -0.2, error: 0.04, luck: 0.05 })).toBe(-1);
    expect(signOf({ ...none, value: 0, error: 0, luck: 0 })).toBe(0);
  });

  test('takes for luck what the largest of so many normal draws is on average', () => {
    expect([0, 1].map(expectedBest)).toEqual([0, 0]);
    // Harter (1961), Expected values of normal order statistics.
    const exact = { 2: 0.5642, 3: 0.8463, 5: 1.163, 12: 1.6292, 20: 1.8675 };
    for (const [count, value] of Object.entries(exact)) {
      expect(Math.abs(expectedBest(Number(count)) / value - 1)).toBeLessThan(BLOM);
    }
  });
});

/** Blom's approximation is furthest off for two. */
const BLOM = 0.05;
