import { expect, it } from 'vitest';
import { foretell } from '../../../src/law/advice/predict.ts';
import { predictLoss } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf } from '../../../src/law/point.ts';
import { draws, drawTheta, exampleTheta, m3Theta } from './laws.ts';

const BEST = { N: 1e7, D_T: 1e6, k: 4, r: 0.2, r_f: 1 };
const GIVEN = { N: 1e7, D_T: 1e6, k: 4, r: 1, r_f: 1 };

it('a recipe is foretold by the law, and held against the best under every resample at once', () => {
  const thetas = [1.7, 1.8, 1.9].map((E) => m3Theta({ E }));
  const found = foretell(m3, exampleTheta, GIVEN, BEST, thetas)!;
  expect(found.kind).toBe('monolingual single-stage');
  expect(found.loss).toBeCloseTo(predictLoss(m3, pointOf(GIVEN), exampleTheta), 12);
  expect(found.excess).toBeCloseTo(found.loss - predictLoss(m3, pointOf(BEST), exampleTheta), 12);
  // E moves both alike: the loss is unsure, what the recipe costs is not.
  expect(found.interval!.high - found.interval!.low).toBeCloseTo(0.19, 2);
  expect(found.excessInterval!.high - found.excessInterval!.low).toBeLessThan(1e-9);
  expect(foretell(m3, exampleTheta, GIVEN, BEST)).toMatchObject({ interval: null, excessInterval: null });
});

it('a law that does not speak of the recipe says nothing', () => {
  const cpt = lawNamed('cpt');
  expect(foretell(cpt, drawTheta(cpt, draws(1)), GIVEN, BEST)).toBeNull();
});
