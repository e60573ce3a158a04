import { describe, expect, it } from 'vitest';
import { bestOfKind } from '../../../src/law/advice/best.ts';
import { optimalData } from '../../../src/law/advice/optimalData.ts';
import { firstDeparture } from '../../../src/law/advice/threshold/firstDeparture.ts';
import { type Law, valuesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { monolingualEpochs, powerLawOptimum, scarcityOfEpochs } from './closedForms.ts';
import { draws, drawTheta, EXAMPLE, exampleTheta } from './laws.ts';

/** A polished minimum is good to some 1e−11 in logarithms; where most of the loss is E, to some 1e−7. */
const LN_EXACT = 1e-6;

const BUDGETS = [1e11, 1e16, 1e23];

describe('the first departure from the monolingual optimum', () => {
  it('lies where the design computed it', () => {
    const departure = firstDeparture(EXAMPLE);
    if (typeof departure === 'string') throw new Error(departure);
    expect(departure.k).toBeCloseTo(23.087, 3);
    expect(departure.x).toBeCloseTo(0.017846, 6);
    expect(scarcityOfEpochs(departure.k, EXAMPLE)).toBe(departure.x);
  });

  it('is always where a source token is worth more than its company costs, never where it is worth nothing', () => {
    expect(firstDeparture({ ...EXAMPLE, tau: 1.09 })).toBe('always');
    expect(firstDeparture({ ...EXAMPLE, tau: 1.08 })).not.toBe('always');
    expect(firstDeparture({ ...EXAMPLE, tau: 0 })).toBe('never');
    expect(firstDeparture({ ...EXAMPLE, Rstar: Infinity })).toBe('never');
  });
});

describe('the best epochs of a monolingual recipe', () => {
  it('are those of the search, at every scarcity and budget', () => {
    const draw = draws(11);
    for (const theta of [exampleTheta, drawTheta(m3, draw), drawTheta(m3, draw)]) {
      const values = valuesOf(m3, theta) as unknown as typeof EXAMPLE;
      for (const compute of BUDGETS) {
        const D = powerLawOptimum(values, compute).D;
        for (const x of [3, 0.999, 0.3, 0.02, 0.001]) {
          const found = bestOfKind(m3, theta, 'monolingual single-stage', { compute, targetTokens: x * D })!;
          expect(Math.abs(Math.log(found.k / monolingualEpochs(x, values)))).toBeLessThan(LN_EXACT);
        }
      }
    }
  });

  it('invert the scarcity of epochs', () => {
    for (const k of [0.2, 1, 1.001, 3, 40, 300]) {
      expect(monolingualEpochs(scarcityOfEpochs(k, EXAMPLE), EXAMPLE) / k).toBeCloseTo(1, 12);
    }
  });

  it('come to 1/x where repetition does not wear off', () => {
    for (const x of [2, 0.5, 0.01]) {
      expect(monolingualEpochs(x, { ...EXAMPLE, Rstar: 1e9 }) * x).toBeCloseTo(1, 6);
      expect(monolingualEpochs(x, { ...EXAMPLE, Rstar: Infinity }) * x).toBeCloseTo(1, 12);
    }
  });
});

describe('optimal data', () => {
  it('is Hoffmann’s closed form under every law that is his law on one pass of target text', () => {
    const names = [
      'chinchilla',
      'chinchilla-target',
      'chinchilla-unique',
      'm3',
      'm3-overfit',
      'effective-tokens',
      'transfer',
    ];
    for (const name of [...names, 'muennighoff', 'ratio-power', 'ratio-power-reducible']) {
      const law = lawNamed(name);
      const theta = drawTheta(law, draws(17));
      const values = valuesOf(law, theta) as unknown as typeof EXAMPLE;
      for (const compute of BUDGETS) {
        const expected = powerLawOptimum(values, compute);
        const found = optimalData(law, theta, compute)!;
        expect(Math.abs(Math.log(found.D / expected.D)), name).toBeLessThan(LN_EXACT);
        expect(Math.abs(Math.log(found.N / expected.N)), name).toBeLessThan(LN_EXACT);
      }
    }
  });

  it('grows as C^{α/(α+β)}', () => {
    const [small, large] = [1e14, 1e20].map((compute) => optimalData(m3, exampleTheta, compute)!.D);
    expect(Math.log(large! / small!) / Math.log(1e6)).toBeCloseTo(0.35 / 0.72, 8);
  });

  it('is not known to a law without scale, or without monolingual runs', () => {
    const known = (law: Law) => optimalData(law, drawTheta(law, draws(1)), 1e16);
    expect(known(lawNamed('bimix'))).toBeNull();
    expect(known(lawNamed('cpt'))).toBeNull();
  });
});
