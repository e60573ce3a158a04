import { expect, it } from 'vitest';
import { sameLaws } from '../../../src/law/comparison/sameLaw.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import type { Fit } from '../../../src/law/fit/outcome.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { CHINCHILLA, makeRuns, monolingual, recipes } from '../certainty/synthetic.ts';

async function groupsOf(names: readonly string[], runs: ReturnType<typeof makeRuns>): Promise<string[][]> {
  const fits: Fit[] = [];
  for (const name of names) fits.push(await fitLaw(lawNamed(name), runs, { descents: 25 }));
  return sameLaws(fits, runs).map((group) => group.map(({ law }) => law.name));
}

it('groups laws that these runs do not tell apart, and no richer one that comes as close', async () => {
  const runs = makeRuns(chinchilla, CHINCHILLA, monolingual([1e5, 4e5, 1.6e6, 6.4e6], [3e5, 1e6, 3e6, 1e7]), {
    noise: 0.003,
    seed: 1,
  });
  // Nothing is repeated, and there is no other language; Muennighoff's law has excess parameters to tell beside.
  expect(
    await groupsOf(['m3', 'muennighoff', 'chinchilla', 'bimix', 'd-cpt', 'chinchilla-unique'], runs),
  ).toEqual([['m3', 'chinchilla', 'd-cpt', 'chinchilla-unique']]);
});

it('groups none where the runs tell them apart', async () => {
  const ratios = [
    [1, 1],
    [0.3, 0.3],
  ] as const;
  const runs = makeRuns(chinchilla, CHINCHILLA, recipes([1e5, 1e6, 4e6], [3e5, 3e6], [1, 8], ratios), {
    noise: 0.003,
    seed: 1,
  });
  expect(await groupsOf(['chinchilla', 'chinchilla-target', 'chinchilla-unique'], runs)).toEqual([]);
});
