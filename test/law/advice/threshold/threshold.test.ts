import { describe, expect, it } from 'vitest';
import { bestOfEach, lowest } from '../../../../src/law/advice/best.ts';
import { optimalData } from '../../../../src/law/advice/optimalData.ts';
import { TaskError } from '../../../../src/law/advice/task.ts';
import { firstDeparture } from '../../../../src/law/advice/threshold/firstDeparture.ts';
import { type Threshold, threshold, thresholdNear } from '../../../../src/law/advice/threshold/threshold.ts';
import { thresholdLine } from '../../../../src/law/advice/threshold/thresholdLine.ts';
import { coordinatesOf, type Law, valuesOf } from '../../../../src/law/law.ts';
import { lawNamed } from '../../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../../src/law/laws/m3.ts';
import { bruteForce } from '../bruteForce.ts';
import { draws, drawTheta, EXAMPLE, exampleTheta, m3Theta } from '../laws.ts';

/** The slope at which a recipe counts as left, 2e−10, moves a continuous threshold by so much where the slope is small. */
const EXACT = 1e-6;

/** The quick threshold is bisected to 1e−3, and its lead of 1e−6 costs as much again where the kinds part slowly. */
const NEAR = 5e-3;

const COMPUTE = 1e18;

function crossed(found: Threshold): Extract<Threshold, { state: 'crossed' }> {
  if (found.state !== 'crossed') throw new Error(JSON.stringify(found));
  return found;
}

function departure(theta: Float64Array): { k: number; x: number } {
  const found = firstDeparture(valuesOf(m3, theta) as unknown as typeof EXAMPLE);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

describe('the threshold of M³', () => {
  it('is the closed form where the ratio leaves 1 bit by bit, at every budget', () => {
    for (const compute of [1e12, COMPUTE, 1e24]) {
      const found = crossed(threshold(m3, exampleTheta, compute));
      const { x, k } = departure(exampleTheta);
      expect(found.jumps).toBe(false);
      expect(Math.abs(found.x / x - 1)).toBeLessThan(EXACT);
      expect(found.monolingual.k / k).toBeCloseTo(1, 5);
      expect(found.bilingual.kind).toBe('multi-lingual two-stage');
      expect(found.D_T / optimalData(m3, exampleTheta, compute)!.D).toBeCloseTo(found.x, 12);
    }
  });

  it('is never below the closed form; where the ratio jumps it lies above, and both sides agree on the loss', () => {
    const draw = draws(3);
    let jumped = 0;
    let told = 0;
    for (let set = 0; set < 40; set++) {
      const theta = drawTheta(m3, draw);
      const values = valuesOf(m3, theta) as unknown as typeof EXAMPLE;
      const first = firstDeparture(values);
      // The threshold is looked for down to 1e−6.
      if (typeof first === 'string' || first.x < 1e-5) continue;
      told++;
      const found = crossed(threshold(m3, theta, 1e17));
      const sets = JSON.stringify({ values, found, first });
      if (!found.jumps) {
        expect(Math.abs(found.x / first.x - 1), sets).toBeLessThan(EXACT);
        continue;
      }
      jumped++;
      expect(found.x / first.x, sets).toBeGreaterThan(1);
      // It was left before source tokens paid to first order, so at fewer epochs.
      expect(found.monolingual.k, sets).toBeLessThan(first.k);
      expect(found.bilingual.r, sets).toBeLessThan(1);
      expect(found.bilingual.loss / found.monolingual.loss, sets).toBeCloseTo(1, 6);
    }
    // Of 400 sets of these ranges 35 in 100 jump, 16 in 100 at more than 1.1·x_c.
    expect(jumped).toBeGreaterThan(told / 10);
    expect(told - jumped).toBeGreaterThan(told / 3);
  });

  it('parts the budgets and corpora at which a net over all recipes prefers one side and the other', () => {
    const jumping = m3Theta({ tau: 0.1, beta: 0.25, alpha: 0.45, Rstar: 6 });
    for (const theta of [exampleTheta, jumping]) {
      const found = crossed(threshold(m3, theta, COMPUTE));
      const lead = (factor: number) => {
        const task = { compute: COMPUTE, targetTokens: found.D_T * factor };
        const net = (kind: Parameters<typeof bruteForce>[2]) => bruteForce(m3, theta, kind, task);
        return (
          net('monolingual single-stage') -
          Math.min(net('multi-lingual single-stage'), net('multi-lingual two-stage'))
        );
      };
      expect(lead(0.9)).toBeGreaterThan(0);
      expect(lead(1.1)).toBeLessThan(0);
    }
    expect(crossed(threshold(m3, jumping, COMPUTE)).jumps).toBe(true);
  });

  it('is everywhere where the source is worth more than its company costs, nowhere where it is worthless', () => {
    // 1 + φ·(1 − ω) = 1.09.
    expect(threshold(m3, m3Theta({ tau: 1.1 }), COMPUTE).state).toBe('always');
    expect(threshold(m3, m3Theta({ tau: 1.05 }), COMPUTE).state).toBe('crossed');
    expect(threshold(m3, m3Theta({ tau: 0, phi: 1.5 }), COMPUTE).state).toBe('never');
    // Interchangeable languages, text that does not wear off: a tie is no reason to leave.
    expect(threshold(m3, m3Theta({ tau: 1, phi: 0, Rstar: Infinity }), COMPUTE).state).toBe('never');
  });

  it('lies lower where a lead is asked for, and there the lead is what was asked', () => {
    const margin = 0.05;
    const found = crossed(
      threshold(m3, exampleTheta, COMPUTE, {
        margin,
        limits: { kinds: ['monolingual single-stage', 'multi-lingual two-stage'] },
      }),
    );
    expect(found.D_T).toBeLessThan(crossed(threshold(m3, exampleTheta, COMPUTE)).D_T);
    expect(found.monolingual.loss - found.bilingual.loss).toBeCloseTo(margin, 5);
    expect(found.jumps).toBeNull();
    expect(() => threshold(m3, exampleTheta, COMPUTE, { margin: -1 })).toThrow(TaskError);
  });

  it('is that of one kind on request: a single stage comes later', () => {
    const single = crossed(
      threshold(m3, exampleTheta, COMPUTE, {
        limits: { kinds: ['monolingual single-stage', 'multi-lingual single-stage'] },
      }),
    );
    const either = crossed(threshold(m3, exampleTheta, COMPUTE));
    expect(single.bilingual.kind).toBe('multi-lingual single-stage');
    expect(single.D_T).toBeLessThan(either.D_T);
  });

  it('moves up where repetition is limited', () => {
    const free = crossed(threshold(m3, exampleTheta, COMPUTE));
    const limited = crossed(threshold(m3, exampleTheta, COMPUTE, { limits: { epochsAtMost: 4 } }));
    expect(limited.D_T).toBeGreaterThan(free.D_T * 1.5);
    const task = { compute: COMPUTE, limits: { epochsAtMost: 4 } };
    const best = (factor: number) =>
      lowest(bestOfEach(m3, exampleTheta, { ...task, targetTokens: limited.D_T * factor }))!.kind;
    expect(best(1.2)).toBe('monolingual single-stage');
    expect(best(0.8)).toBe('multi-lingual two-stage');
  });
});

describe('a law without a threshold', () => {
  it.each([
    ['chinchilla', 'blind'],
    ['bimix', 'no optimal data'],
    ['cpt', 'no monolingual runs'],
  ])('says why: %s is %s', (name, why) => {
    const law = lawNamed(name);
    expect(threshold(law, drawTheta(law, draws(4)), COMPUTE)).toMatchObject({ state: 'untold', why });
  });

  it('never leaves for source tokens that count for nothing', () => {
    const law: Law = lawNamed('chinchilla-target');
    expect(threshold(law, coordinatesOf(law, EXAMPLE), COMPUTE).state).toBe('never');
  });
});

describe('the threshold line', () => {
  it('grows as D* does under M³, and holds its uncertainty', async () => {
    const draw = draws(9);
    const thetas = Array.from({ length: 20 }, () =>
      m3Theta({ tau: 0.2 + 0.1 * draw(), Rstar: 12 + 6 * draw() }),
    );
    const shares: number[] = [];
    const line = await thresholdLine(m3, exampleTheta, [1e16, 1e18], {
      thetas,
      onProgress: (share) => shares.push(share),
    });
    expect(line.length).toBe(2);
    for (const { threshold: found, interval, always, never, untold } of line) {
      const { D_T } = crossed(found);
      expect(interval!.low).toBeLessThan(D_T);
      expect(interval!.high).toBeGreaterThan(D_T);
      expect(interval!.high / interval!.low).toBeLessThan(10);
      expect([always, never, untold]).toEqual([0, 0, 0]);
    }
    expect(crossed(line[1]!.threshold).x).toBeCloseTo(crossed(line[0]!.threshold).x, 6);
    expect(shares.at(-1)).toBe(1);
  });

  it('counts resamples without a crossing as what they are', async () => {
    const thetas = [m3Theta({ tau: 2 }), m3Theta({ tau: 2 }), m3Theta({ tau: 0 }), exampleTheta];
    const [at] = await thresholdLine(m3, exampleTheta, [COMPUTE], { thetas });
    expect(at).toMatchObject({ always: 0.5, never: 0.25, untold: 0 });
    expect(at!.interval!.high).toBe(Infinity);
  });

  it('finds from anywhere what the whole search finds', () => {
    const { D_T } = crossed(threshold(m3, exampleTheta, COMPUTE));
    for (const near of [D_T, D_T * 1e-3, D_T * 40, D_T * 1e12]) {
      expect(Math.abs(thresholdNear(m3, exampleTheta, COMPUTE, near)! / D_T - 1)).toBeLessThan(NEAR);
    }
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const thetas = Array.from({ length: 10_000 }, () => exampleTheta);
    const line = thresholdLine(m3, exampleTheta, [COMPUTE], {
      thetas,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(line).rejects.toThrow('aborted');
  });
});
