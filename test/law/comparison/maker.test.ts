import { expect, it } from 'vitest';
import { nests } from '../../../src/law/comparison/nesting.ts';
import { CLOSE, rankFits } from '../../../src/law/comparison/rank.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import type { Fit } from '../../../src/law/fit/outcome.ts';
import { LAWS, lawNamed } from '../../../src/law/laws/catalogue.ts';
import { CHINCHILLA, M3, makeRuns, recipes } from '../certainty/synthetic.ts';

const RECIPES = recipes(
  [1e5, 4e5, 1.6e6],
  [3e5, 3e6],
  [1, 3, 16],
  [
    [1, 1],
    [0.5, 0.5],
    [0.2, 0.2],
    [0.2, 0.5],
    [0.2, 1],
  ],
);

/** By law, values at which each of its terms is seen in these runs. */
const MAKERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  m3: M3,
  'm3-overfit': { ...M3, P: 0.02, delta: 0.8, kappa: 0.6 },
  chinchilla: CHINCHILLA,
  'chinchilla-target': CHINCHILLA,
  'chinchilla-unique': CHINCHILLA,
  muennighoff: { ...CHINCHILLA, RDstar: 8, RNstar: 5 },
  'ratio-power': { ...CHINCHILLA, Rstar: 15, gamma: 0.1, omega: 0.6 },
  'ratio-power-reducible': { ...CHINCHILLA, Rstar: 15, gamma: 0.2, omega: 0.6 },
  'effective-tokens': { ...CHINCHILLA, Rstar: 15, tau0: 0.1, tau1: 0.5 },
  transfer: { ...CHINCHILLA, Rstar: 15, kappa: 3, a: 0.7, b: 0.1 },
  'd-cpt': { ...CHINCHILLA, eta: 0.3, Cr: 0.2, epsilon: 0.02, gamma: 0.7 },
  bimix: { E: 2, alpha: 0.1, B: 300, beta: 0.35 },
  sedova: { ...CHINCHILLA, B: 300, Rstar: 15, delta: 0.15, gamma: -0.2 },
};

const RANKED = LAWS.filter(({ borrows }) => borrows === undefined);

it('knows runs of every law that is ranked', () => {
  expect(Object.keys(MAKERS).sort()).toEqual(RANKED.map(({ name }) => name).sort());
});

it.each(Object.entries(MAKERS))(
  'ranks the law first that made the runs, or one that nests it: %s',
  async (name, values) => {
    const maker = lawNamed(name);
    const runs = makeRuns(maker, values, RECIPES, { noise: 0.003, seed: 1 });
    const fits: Fit[] = [];
    for (const law of RANKED) fits.push(await fitLaw(law, runs, { descents: 5 }));
    const { ranked, apart } = rankFits(fits, runs);
    expect(apart).toEqual([]);
    const first = ranked[0]!.fit.law;
    const found = ranked.find(({ fit }) => fit.law === maker)!;
    const order = ranked.map(({ fit, difference }) => `${fit.law.name} ${difference.toFixed(1)}`).join(', ');
    expect(first === maker || nests(first, maker, LAWS, runs), order).toBe(true);
    expect(found.difference, order).toBeLessThanOrEqual(CLOSE);
    expect(found.suffices).toBe(first !== maker);
  },
);
