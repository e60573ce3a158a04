import { expect, it } from 'vitest';
import { nests } from '../../../src/law/comparison/nesting.ts';
import { CLOSE, rankFits } from '../../../src/law/comparison/rank.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import type { Fit } from '../../../src/law/fit/outcome.ts';
import { LAWS, lawNamed } from '../../../src/law/laws/catalogue.ts';
import { CHINCHILLA, M3, makeRuns, monolingual, recipes } from '../certainty/synthetic.ts';

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

/** `M3LAB_SEEDS` sets more draws of the noise. */
const SEEDS = Array.from({ length: Number(process.env.M3LAB_SEEDS ?? 1) }, (_, index) => index + 1);

it.each(
  Object.entries(MAKERS).flatMap(([name, values], place) =>
    SEEDS.map((seed) => [name, seed + place, values] as const),
  ),
)('ranks the law first that made the runs, or one that nests it: %s, seed %d', async (name, seed, values) => {
  const maker = lawNamed(name);
  const runs = makeRuns(maker, values, RECIPES, { noise: 0.003, seed });
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
});

it.each(SEEDS)(
  'knows runs of continual pre-training, with the runs from scratch beside that it borrows from: seed %d',
  async (seed) => {
    const cpt = lawNamed('cpt');
    const { E, A, alpha } = CHINCHILLA;
    const scales = [1e5, 4e5, 1.6e6, 6.4e6];
    const from = makeRuns(lawNamed('chinchilla'), CHINCHILLA, monolingual(scales, [3e5, 1e6, 3e6, 1e7]), {
      noise: 0.003,
      seed,
    });
    const values = { E, A, alpha, Bprime: 300, betaprime: 0.25, gamma: 0.06 };
    const recipe = recipes(
      scales,
      [3e5, 1e6, 3e6],
      [1, 3],
      [
        [0.5, 1],
        [0.2, 0.5],
      ],
    );
    const two = makeRuns(cpt, values, recipe, { noise: 0.003, seed: seed + 100 });
    const fit = await fitLaw(cpt, [...from, ...two], { descents: 5 });
    expect(fit.borrowed).toEqual(['E', 'A', 'alpha']);
    // Of the borrowed three the fit to the scratch runs knows α to some 3 %, and the others make up for it.
    expect(fit.rmseLog).toBeLessThan(3 * 0.003);
    expect(rankFits([fit], [...from, ...two]).ranked).toEqual([]);

    // On the runs that it speaks of, against the others, with what it borrows known: first, or behind one that has more to fit.
    const known = await fitLaw(cpt, two, { descents: 5, freeze: { E, A, alpha } });
    const order = [{ name: 'cpt', aicc: known.aicc! }];
    for (const law of RANKED)
      order.push({ name: law.name, aicc: (await fitLaw(law, two, { descents: 5 })).aicc! });
    order.sort((a, b) => a.aicc - b.aicc);
    expect(order[0]!.name, order.map(({ name, aicc }) => `${name} ${aicc.toFixed(1)}`).join(', ')).toBe(
      'cpt',
    );
  },
);
