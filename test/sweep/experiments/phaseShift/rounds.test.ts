import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/formats/json.ts';
import type { PlannedRun } from '../../../../src/sweep/design/complete.ts';
import { checksRound } from '../../../../src/sweep/experiments/phaseShift/checksRound.ts';
import { ROUNDS, VARIANT } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import { phaseShift } from '../../../../src/sweep/experiments/phaseShift.ts';
import { hasTag } from '../../../../src/sweep/experiments/results.ts';
import { settingOf } from '../../../../src/sweep/experiments/settings.ts';
import { familiesOf } from '../../../../src/sweep/families.ts';
import { byteTokenizer } from '../../../../src/text/tokenizer/bytes.ts';
import type { Corpora } from '../../../../src/train/fleet/plan.ts';
import { type MadeUp, runRounds } from './madeUp.ts';
import { m3World, SHIFT } from './worlds.ts';

const setting = settingOf('small');
const [low = 0, high = 0] = setting.computes;
let made: MadeUp;
beforeAll(async () => {
  made = await runRounds(phaseShift.rounds, setting, m3World(SHIFT, 0.01));
});

const runsOf = (name: string, { rounds }: MadeUp = made) =>
  rounds.find((round) => round.name === name)?.runs ?? [];
const at = (runs: readonly PlannedRun[], compute: number) =>
  runs.filter((run) => hasTag(run, 'budget', compute));
const targetsOf = (runs: readonly PlannedRun[]) =>
  [...new Set(runs.map(({ nominal }) => nominal.D_T))].sort((a, b) => b - a);

describe('rounds', () => {
  test('ask for runs that can be, each round under names of its own', () => {
    expect(made.dropped).toEqual([]);
    for (const { name, runs } of made.rounds) {
      expect(new Set(runs.map(({ config }) => config.name)).size, name).toBe(runs.length);
    }
  });

  test('run every kind at every D_T of the lowest C, with target text in the first stage', () => {
    const grid = at(runsOf(ROUNDS.grid), low);
    expect(targetsOf(grid).length).toBeGreaterThanOrEqual(6);
    for (const targetTokens of targetsOf(grid)) {
      const kinds = new Set(
        grid.filter(({ nominal }) => nominal.D_T === targetTokens).map(({ nominal }) => nominal.kind),
      );
      expect(kinds.size).toBe(3);
    }
    for (const { nominal } of grid) {
      if (nominal.kind === 'multi-lingual two-stage') {
        expect(nominal.r_1).toBeGreaterThan(0);
        expect(nominal.r_1).toBeLessThanOrEqual(0.5);
        expect([0.75, 1]).toContain(nominal.r_f);
        expect(nominal.s).toBeLessThanOrEqual(0.5);
      }
      if (nominal.kind === 'multi-lingual single-stage') expect(nominal.r).toBeLessThanOrEqual(0.75);
      expect(nominal.D_T).toBeGreaterThanOrEqual(64 * 64);
    }
    expect(at(runsOf(ROUNDS.grid), high)).toEqual([]);
  });

  test('look at the higher C where the lower foretells the threshold, on both sides of it', () => {
    const targets = targetsOf(at(runsOf(ROUNDS.highest), high));
    expect(targets).toHaveLength(4);
    // About 23,000 at the lower C, and twice that at four times as much.
    expect(Math.max(...targets)).toBeGreaterThan(46_000);
    expect(Math.min(...targets)).toBeLessThan(46_000);
  });

  test('go one D_T further where the threshold turns out to lie outside', async () => {
    const early = m3World(SHIFT, 0, ({ nominal }) =>
      nominal.C > 2 * low && nominal.kind === 'multi-lingual two-stage' ? -0.8 : 0,
    );
    const found = await runRounds(phaseShift.rounds, setting, early);
    const [highest = 0] = targetsOf(runsOf(ROUNDS.highest, found));
    const further = targetsOf(runsOf(ROUNDS.wider, found));
    expect(further).toHaveLength(1);
    expect(further[0]).toBeGreaterThan(highest);
    expect(targetsOf(runsOf(ROUNDS.wider)).length).toBeLessThanOrEqual(1);
  });

  test('repeat the best recipes with three seeds in all, on both sides of the threshold', () => {
    const repeated = at(runsOf(ROUNDS.seeds), low);
    expect(targetsOf(repeated)).toHaveLength(2);
    const first = at(runsOf(ROUNDS.grid), low);
    for (const { config } of repeated) {
      const { seed, name: _, ...rest } = config;
      expect(setting.moreSeeds).toContain(seed);
      const twin = first.find(
        ({ config: { name: __, seed: ___, ...other } }) => canonicalJson(other) === canonicalJson(rest),
      );
      expect(twin, config.name).toBeDefined();
    }
  });

  test('check the winner just below the threshold, and the other texts', () => {
    const checks = runsOf(ROUNDS.checks);
    const variants = new Map<unknown, number>();
    for (const { tags } of at(checks, low)) {
      const variant = String(tags[VARIANT]);
      variants.set(variant, (variants.get(variant) ?? 0) + 1);
    }
    expect(Object.fromEntries(variants)).toEqual({
      'half the learning rate': 4,
      'twice the learning rate': 4,
      'four times the weight decay': 4,
      'cosine schedule': 4,
      're-warm': 1,
      'unrelated source': expect.any(Number),
      'unrelated source in another script': expect.any(Number),
      'noisy target': 8,
    });
    const settings = checks.filter(({ tags }) => String(tags[VARIANT]).includes('rate'));
    expect(settings.every(({ config }) => setting.moreSeeds.includes(config.seed))).toBe(true);
    // At the higher C the rates alone, each kind.
    expect(at(checks, high)).toHaveLength(4);
    expect(at(checks, high).every((one) => settings.includes(one))).toBe(true);
    const rewarmed = checks.find(({ tags }) => tags[VARIANT] === 're-warm');
    expect(rewarmed?.nominal).toMatchObject({ kind: 'monolingual re-warm', r: 1 });
    expect(rewarmed?.nominal.C).toBeLessThanOrEqual(low * 1.01);
    const control = checks.filter(({ tags }) => tags[VARIANT] === 'unrelated source');
    expect(control.every(({ config }) => config.corpora.source?.startsWith('world:sw'))).toBe(true);
  });

  test('leave out what there is no text for', () => {
    const texts = { ...setting.texts, control: null, otherScript: null, noisy: null };
    const designs = checksRound.designs(made.results, { ...setting, texts });
    const variants = designs.map(({ tags }) => tags?.[VARIANT]);
    expect(variants).toContain('re-warm');
    expect(variants).not.toContain('unrelated source');
    expect(variants).not.toContain('noisy target');
  });

  test('ask for the same again when later rounds are finished', () => {
    for (const round of phaseShift.rounds) {
      const rounds = made.rounds.findIndex(({ name }) => name === round.name);
      const earlier = new Set(made.rounds.slice(0, rounds).flatMap(({ runs }) => runs.map(({ id }) => id)));
      const before = made.results.filter(({ id }) => earlier.has(id));
      expect(round.designs(made.results, setting), round.name).toEqual(round.designs(before, setting));
      expect(round.designs([...made.results].reverse(), setting)).toEqual(round.designs(before, setting));
    }
  });
});

describe('cost in FLOPs (6·N·D), with every shared first stage counted once', () => {
  const totalOf = (found: MadeUp, costOf: (runs: readonly PlannedRun[]) => number) =>
    found.rounds.reduce((sum, { runs }) => sum + costOf(runs), 0);

  test('small keeps to its limit in a typical world', () => {
    const total = totalOf(made, exactCost);

    expect(total).toBeLessThan(8.8e12);
    expect(total).toBeGreaterThan(4e12);
    // What the next test stands on: never less.
    const rough = totalOf(made, roughCost) / total;
    expect(rough).toBeGreaterThan(1);
    expect(rough).toBeLessThan(1.15);
  });

  test('laptop too', async () => {
    const found = await runRounds(phaseShift.rounds, settingOf('laptop'), m3World(SHIFT, 0.01));
    expect(found.dropped).toEqual([]);
    expect(totalOf(found, roughCost)).toBeLessThan(QUARTER_HOUR_FLOPS);
    expect(targetsOf(at(runsOf(ROUNDS.grid, found), low)).length).toBeGreaterThanOrEqual(6);
  });
});

/** At 0.14 of a peak of 1 TFLOP/s, a share below the least that was measured on a busy processor. */
const QUARTER_HOUR_FLOPS = 15 * 60 * 0.14 * 1e12;

/** No run of the small budget reads more of a language. */
const LONGEST_TOKENS = 2_500_000;

const text = (name: string) => ({
  ...{ name, sha256: name },
  train: new Uint16Array(LONGEST_TOKENS),
  validation: new Uint16Array(1000),
});
const corpora = {
  target: text('target'),
  source: text('source'),
  tokenizer: byteTokenizer,
} as unknown as Corpora;

/** As forks are planned, by what windows and learning rates agree. */
function exactCost(runs: readonly PlannedRun[]): number {
  if (runs.length === 0) return 0;
  const configs = runs.map(({ id, config }) => ({ ...config, name: id }));
  return sum(runs.map(({ flops }) => flops)) - familiesOf(configs, corpora).savedFlops;
}

/**
 * In a moment: two-stage runs that begin alike train the longest first stage and a final stage each; of monolingual runs the longer one
 * holds the shorter one up to its decay, 30 % of it; nothing else is shared.
 */
function roughCost(runs: readonly PlannedRun[]): number {
  const groups = new Map<string, PlannedRun[]>();
  for (const run of runs) {
    const { config, nominal } = run;
    const { warmup: _, ...optimizer } = config.optimizer;
    const isMixed = nominal.kind === 'multi-lingual single-stage';
    const { N, D_T, r_1, C, kind } = nominal;
    const length = kind === 'monolingual single-stage' ? null : C;
    const isAlone = isMixed || optimizer.schedule === 'cosine';
    const key = canonicalJson([
      ...[N, D_T, r_1, kind, length, config.seed, config.corpora],
      ...[optimizer, isAlone ? nominal.r + nominal.s : null],
    ]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return sum(
    [...groups.values()].map((group) => {
      const longest = Math.max(...group.map(({ flops }) => flops));
      if (group[0]?.nominal.kind === 'multi-lingual two-stage') {
        const shortest = Math.min(...group.map(({ nominal }) => nominal.s));
        return longest * (1 - shortest + sum(group.map(({ nominal }) => nominal.s)));
      }
      return longest + 0.3 * (sum(group.map(({ flops }) => flops)) - longest);
    }),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
