import { beforeAll, expect, test } from 'vitest';
import {
  CONTROL,
  controlSeedsRound,
  OTHER_SCRIPT,
} from '../../../../src/sweep/experiments/phaseShift/controlRound.ts';
import { BASE, GRID_ROUNDS, runsAt } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import { phaseShift } from '../../../../src/sweep/experiments/phaseShift.ts';
import { cellKey, recipeKind, TWO_STAGE } from '../../../../src/sweep/experiments/results.ts';
import { settingOf } from '../../../../src/sweep/experiments/settings.ts';
import { type MadeUp, runRounds } from './madeUp.ts';
import { m3World, SHIFT } from './worlds.ts';

const setting = settingOf('small');
const [low = 0] = setting.computes;
let made: MadeUp;
beforeAll(async () => {
  made = await runRounds(phaseShift.rounds, setting, m3World(SHIFT, 0.01));
});

const runsOf = (variant: string) => runsAt(made.results, low, variant);
const targetsOf = (variant: string) =>
  [...new Set(runsOf(variant).map(({ nominal }) => nominal.D_T))].sort((a, b) => b - a);

test('the first control is written in the target’s script, the second in another, at fewer D_T', () => {
  expect(runsOf(CONTROL).every(({ config }) => config.corpora.source === 'world:sw')).toBe(true);
  expect(runsOf(OTHER_SCRIPT).every(({ config }) => config.corpora.source === 'world:ja')).toBe(true);
  expect(targetsOf(CONTROL)).toHaveLength(2);
  expect(targetsOf(OTHER_SCRIPT)).toEqual(targetsOf(CONTROL).slice(0, 1));
});

test.each([CONTROL, OTHER_SCRIPT])(
  'with %s as many recipes are chosen among as with the source, and judged by the same seeds',
  (variant) => {
    const related = runsAt(made.results, low, BASE, GRID_ROUNDS).filter(
      (run) => recipeKind(run) === TWO_STAGE,
    );
    for (const [rank, targetTokens] of targetsOf(variant).entries()) {
      const here = (runs: typeof related) => runs.filter(({ nominal }) => nominal.D_T === targetTokens);
      const cellsOf = (runs: typeof related) => new Set(here(runs).map(cellKey)).size;
      const seedsOf = (runs: typeof related) =>
        [...new Set(here(runs).map(({ config }) => config.seed))].sort();
      expect(cellsOf(runsOf(variant))).toBe(cellsOf(related));
      expect(seedsOf(runsOf(variant))).toEqual(seedsOf(related));
      expect(seedsOf(related)).toEqual(rank === 0 ? [1, ...setting.moreSeeds] : [1]);
    }
  },
);

test('a source whose best recipe is another repeats its own', async () => {
  // With the unrelated source the shortest final stage is the worst by far, which it is not with the source.
  const world = m3World(SHIFT, 0, ({ config, nominal }) =>
    config.corpora.source === 'world:sw' ? -Math.log(nominal.s + 0.01) : 0,
  );
  const { results } = await runRounds(phaseShift.rounds, setting, world);
  const control = runsAt(results, low, CONTROL);
  const repeated = control.filter(({ config }) => config.seed !== 1);
  const first = control.filter(
    ({ config, nominal }) => config.seed === 1 && nominal.D_T === repeated[0]?.nominal.D_T,
  );
  expect(repeated).toHaveLength(setting.moreSeeds.length);
  const longest = Math.max(...first.map(({ nominal }) => nominal.s));
  for (const { nominal } of repeated) expect(nominal.s).toBe(longest);
});

test('texts that are not given have no runs', () => {
  const texts = { ...setting.texts, control: null, otherScript: null };
  expect(controlSeedsRound.designs(made.results, { ...setting, texts })).toEqual([]);
});
