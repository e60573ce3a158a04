import { beforeAll, describe, expect, test } from 'vitest';
import { m3 } from '../../../src/law/laws/m3.ts';
import { type NextRound, nextRound, type RoundOptions } from '../../../src/sweep/adaptive/nextRound.ts';
import { COMPUTE, DESIGN, drawn, type World, world } from './worlds.ts';

/** Of ln loss, as between seeds of small models. */
const NOISE = 0.01;
/** Enough to find the one valley of such data. */
const DESCENTS = 24;
const FIRST = 14;
const ROUND = 8;
const TWO_SIDED = 1.96;

function ask({ made }: World, ids: readonly string[], more: Partial<RoundOptions> = {}): Promise<NextRound> {
  return nextRound({
    law: m3,
    compute: COMPUTE,
    runs: ROUND,
    design: DESIGN,
    planned: DESIGN.filter(({ id }) => ids.includes(id)),
    results: made(ids),
    finished: new Set(ids),
    descents: DESCENTS,
    ...more,
  });
}

function thresholdOf({ aim }: NextRound) {
  if (aim?.of !== 'threshold') throw new Error(JSON.stringify(aim));
  return aim;
}

describe('three rounds beside as many runs at random', () => {
  const SEEDS = [2, 3, 4, 6];
  type Outcome = { truth: number; adaptive: NextRound; random: NextRound; expected: number[]; ids: string[] };
  const outcomes: Outcome[] = [];
  beforeAll(async () => {
    for (const seed of SEEDS) {
      const made = world(seed, NOISE);
      const ids = [...(await ask(made, [], { runs: FIRST })).chosen];
      const expected: number[] = [];
      for (let round = 0; round < 3; round++) {
        const next = await ask(made, ids);
        const { before, after } = thresholdOf(next);
        expected.push(after / before);
        ids.push(...next.chosen);
      }
      const adaptive = await ask(made, ids);
      const random = await ask(made, drawn(ids.length, seed + 77));
      outcomes.push({ truth: made.truth, adaptive, random, expected, ids });
    }
  }, 60_000);

  test('the interval of the threshold is narrower in every world, and by a third in the mean', () => {
    const ratios = outcomes.map(
      ({ adaptive, random }) => thresholdOf(adaptive).before / thresholdOf(random).before,
    );
    for (const ratio of ratios) expect(ratio).toBeLessThan(1);
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(2 / 3);
  });

  test('it covers the truth', () => {
    const covers = outcomes.map(({ truth, adaptive }) => {
      const { D_T, before } = thresholdOf(adaptive);
      return Math.abs(Math.log(D_T) - truth) <= TWO_SIDED * before;
    });
    // Of four 95 % intervals, two or more miss in one of 70 cases.
    expect(covers.filter((isSo) => !isSo).length).toBeLessThanOrEqual(1);
  });

  test('each run of the design is chosen once, and each round is expected to help, ever less', () => {
    for (const { ids, expected } of outcomes) {
      expect(ids).toHaveLength(FIRST + 3 * ROUND);
      expect(new Set(ids).size).toBe(ids.length);
      for (const share of expected) expect(share).toBeLessThan(1);
      expect(expected[2]).toBeGreaterThan(expected[0]!);
    }
  });
});

describe('a round', () => {
  const made = world(1, NOISE);
  const many = drawn(45, 5);

  test('is spread over the design until there are enough results for a fit, of every kind', async () => {
    const none = await ask(made, []);
    expect([none.aim, none.fit, none.chosen.length]).toEqual([null, null, ROUND]);
    const few = drawn(m3.parameters.length, 3);
    expect(await ask(made, few)).toMatchObject({ aim: null, fit: null, left: DESIGN.length - few.length });
    const single = DESIGN.filter(({ nominal }) => nominal.kind !== 'multi-lingual two-stage').slice(0, 40);
    const next = await ask(
      made,
      single.map(({ id }) => id),
    );
    expect(next.aim).toBeNull();
    const kinds = next.chosen.map((id) => DESIGN.find((one) => one.id === id)?.nominal.kind);
    expect(new Set(kinds)).toEqual(new Set(['multi-lingual two-stage']));
  });

  test('is the same a second time; what is under way is not chosen, and counts as known', async () => {
    const first = await ask(made, many);
    expect((await ask(made, many)).chosen).toEqual(first.chosen);
    const planned = DESIGN.filter(({ id }) => many.includes(id) || first.chosen.includes(id));
    const next = await ask(made, many, { planned });
    expect(next.chosen.filter((id) => first.chosen.includes(id))).toEqual([]);
    expect(thresholdOf(next).before).toBeCloseTo(thresholdOf(first).after, 9);
    expect(thresholdOf(next).before).toBeLessThan(thresholdOf(first).before);
  });

  test('is empty where nothing is left of the design, or where what is left tells nothing', async () => {
    const all = DESIGN.map(({ id }) => id);
    expect(await ask(made, all)).toMatchObject({ chosen: [], left: 0 });
    // One run, of a recipe that was made twenty times before.
    const [one] = DESIGN;
    const copies = Array.from({ length: 20 }, () => one!.id);
    const results = made.made([...many, ...copies]);
    const known = DESIGN.filter(({ id }) => many.includes(id));
    const next = await ask(made, many, { results, design: [...known, { ...one!, id: 'again' }], runs: 1 });
    expect(next.left).toBe(1);
    expect(next.aim).not.toBeNull();
    expect(next.chosen).toEqual([]);
  });

  test('asks for the lead where the law names no threshold', async () => {
    const useless = DESIGN.map(({ id }) => id).filter((_, index) => index % 3 === 0);
    const results = made.made(useless).map((run) => ({
      ...run,
      // A source that teaches nothing and takes from the model.
      loss:
        1.5 +
        90 * (run.point.N * run.point.r) ** -0.33 +
        300 * (run.point.D_T * Math.min(run.point.k, 8)) ** -0.35,
    }));
    const next = await ask(made, useless, { results });
    expect(next.aim).toMatchObject({ of: 'lead', state: 'never', D_T: expect.closeTo(1e4, 3) });
    // Runs that tell whether the smallest corpus is helped by another language.
    const corpora = next.chosen.map((id) => DESIGN.find((one) => one.id === id)!.nominal.D_T);
    expect(corpora.filter((D_T) => D_T === 1e4).length).toBeGreaterThanOrEqual(2);
    expect(next.chosen.length).toBeGreaterThan(0);
  });

  test('ends when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(ask(made, many, { signal })).rejects.toThrow('enough');
  });
});
