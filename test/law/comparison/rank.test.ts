import { describe, expect, it } from 'vitest';
import { nests } from '../../../src/law/comparison/nesting.ts';
import { rankFits } from '../../../src/law/comparison/rank.ts';
import type { Law } from '../../../src/law/law.ts';
import { LAWS, lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { fitAt, recipes, runAt } from '../certainty/synthetic.ts';

const RUNS = recipes(
  [1e5, 1e6],
  [1e6, 3e6],
  [1, 4],
  [
    [1, 1],
    [0.25, 0.5],
  ],
).map((at) => runAt(at));

function fitOf(law: Law, aicc: number | null, rows = RUNS.length) {
  return { ...fitAt(law, RUNS, new Float64Array(law.parameters.length)), aicc, rows };
}

describe('nesting', () => {
  it('follows limits, also through a law between', () => {
    expect(nests(m3, lawNamed('chinchilla'), LAWS, RUNS)).toBe(true);
    expect(nests(lawNamed('m3-overfit'), lawNamed('chinchilla-unique'), LAWS, RUNS)).toBe(true);
    expect(nests(lawNamed('chinchilla'), m3, LAWS, RUNS)).toBe(false);
    expect(nests(m3, m3, LAWS, RUNS)).toBe(false);
  });

  it('counts a limit that holds at some points where the runs are among them', () => {
    const some: Law = {
      ...m3,
      name: 'some',
      limits: [{ becomes: 'd-cpt', at: {}, where: ({ r }) => r === 1, words: '' }],
    };
    expect(nests(some, lawNamed('d-cpt'), LAWS, RUNS)).toBe(false);
    expect(
      nests(
        some,
        lawNamed('d-cpt'),
        LAWS,
        RUNS.filter(({ point }) => point.r === 1),
      ),
    ).toBe(true);
  });

  it('ends where laws are limits of each other', () => {
    const limit = (becomes: string) => [{ becomes, at: {}, words: '' }];
    const one: Law = { ...m3, name: 'one', limits: limit('two') };
    const two: Law = { ...m3, name: 'two', limits: limit('one') };
    expect(nests(one, m3, [one, two], RUNS)).toBe(false);
  });
});

describe('ranking', () => {
  it('orders by AICc, and says where the simpler law suffices', () => {
    const chinchilla = lawNamed('chinchilla');
    const { ranked, apart } = rankFits(
      [fitOf(chinchilla, -97), fitOf(lawNamed('bimix'), -98), fitOf(m3, -100)],
      RUNS,
    );
    expect(apart).toEqual([]);
    expect(ranked.map(({ fit, difference, suffices }) => [fit.law.name, difference, suffices])).toEqual([
      ['m3', 0, false],
      ['bimix', 2, false],
      ['chinchilla', 3, true],
    ]);
    expect(ranked[2]!.nestedIn).toContain('m3');
    const far = rankFits([fitOf(chinchilla, -95), fitOf(m3, -100)], RUNS);
    expect(far.ranked[1]!.suffices).toBe(false);
  });

  it('sets apart what was fitted to other rows, or borrows, or has no AICc, with the reason', () => {
    const cpt = lawNamed('cpt');
    const two = RUNS.filter(({ point }) => point.r < 1);
    const small: Law = { ...m3, name: 'small', covers: ({ N }) => N < 5e5 };
    const { ranked, apart } = rankFits(
      [
        { ...fitOf(cpt, -500, two.length), borrowed: ['E', 'A', 'alpha'] },
        fitOf(small, -300, 8),
        fitOf(lawNamed('m3-overfit'), null),
        fitOf(lawNamed('bimix'), Number.NEGATIVE_INFINITY),
        fitOf(m3, -100),
      ],
      RUNS,
    );
    expect(ranked.map(({ fit }) => fit.law.name)).toEqual(['m3']);
    expect(apart.map(({ fit, reason }) => [fit.law.name, reason])).toEqual([
      ['cpt', expect.stringMatching(/E, A, alpha.*chinchilla.*8 of 16/)],
      ['small', expect.stringMatching(/covers 8 runs.*16/)],
      ['m3-overfit', expect.stringMatching(/too many parameters for 16 runs/)],
      ['bimix', expect.stringMatching(/every run/)],
    ]);
  });

  it('ranks nothing of nothing', () => {
    expect(rankFits([], RUNS)).toEqual({ ranked: [], apart: [] });
  });
});
