import { describe, expect, it } from 'vitest';
import { collapse } from '../../../src/law/advice/epochs.ts';
import { logSpaced } from '../../../src/law/advice/scales.ts';
import { coordinatesOf, type Law } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { monolingualEpochs } from './closedForms.ts';
import { draws, drawTheta, EXAMPLE, exampleTheta, m3Theta } from './laws.ts';

const BUDGETS = logSpaced(1e14, 1e22, 4);
const SCARCITIES = logSpaced(1e-3, 3, 8);

/** A law that collapses does so to rounding: to some 1e−11, and to some 1e−7 where nearly all of the loss is E. */
const EXACT = 1e-6;

/** What breaks the collapse does so visibly over eight orders of compute. */
const VISIBLE = 0.05;

describe('best epochs against scarcity', () => {
  it('lie on one curve for all budgets under M³, and ratios do too', async () => {
    const draw = draws(21);
    for (const theta of [exampleTheta, drawTheta(m3, draw), drawTheta(m3, draw)]) {
      const { spread, left } = await collapse(m3, theta, BUDGETS, SCARCITIES);
      expect(left).toEqual([]);
      expect(spread!.lnEpochs).toBeLessThan(EXACT);
      expect(spread!.lnMonolingualEpochs).toBeLessThan(EXACT);
      expect(spread!.ratio).toBeLessThan(EXACT);
      expect(spread!.finalRatio).toBeLessThan(EXACT);
    }
  });

  it('lie on the curve of the closed form where one language is best', async () => {
    const { points } = await collapse(m3, exampleTheta, BUDGETS, SCARCITIES);
    expect(points.length).toBe(BUDGETS.length * SCARCITIES.length);
    for (const { x, monolingual } of points) {
      expect(monolingual!.k / monolingualEpochs(x, EXAMPLE)).toBeCloseTo(1, 7);
    }
  });

  it('part by budget under an overfitting term that grows with the model', async () => {
    const law = lawNamed('m3-overfit');
    const spreadWith = async (P: number) => {
      const theta = coordinatesOf(law, { ...EXAMPLE, P, delta: 0.7, kappa: 0.6 });
      return (await collapse(law, theta, BUDGETS, SCARCITIES)).spread!;
    };
    const hurt = await spreadWith(0.02);
    expect(hurt.lnEpochs).toBeGreaterThan(VISIBLE);
    expect(hurt.lnMonolingualEpochs).toBeGreaterThan(VISIBLE);
    expect(SCARCITIES).toContain(hurt.worstX);
    expect((await spreadWith(0)).lnMonolingualEpochs).toBeLessThan(EXACT);
  });

  it('lie on one curve whatever power of the model stands in the data term', async () => {
    // N^δ·D_T^−β scales with C as N^−α does, along some split of C between the two.
    const law = lawNamed('sedova');
    for (const delta of [-0.1, 0, 0.1]) {
      const theta = coordinatesOf(law, { ...EXAMPLE, delta, gamma: 0 });
      expect((await collapse(law, theta, BUDGETS, SCARCITIES)).spread!.lnMonolingualEpochs).toBeLessThan(
        EXACT,
      );
    }
  });

  it('part by budget where the ratio acts on the loss that no scale removes', async () => {
    const spreadUnder = async (name: string) => {
      const law = lawNamed(name);
      const theta = coordinatesOf(law, { ...EXAMPLE, gamma: 0.08 });
      return (await collapse(law, theta, BUDGETS, SCARCITIES)).spread!;
    };
    expect((await spreadUnder('ratio-power')).lnEpochs).toBeGreaterThan(VISIBLE);
    expect((await spreadUnder('ratio-power-reducible')).lnEpochs).toBeLessThan(EXACT);
  });

  it('come with intervals that hold them, each resample at x of its own optimum', async () => {
    const draw = draws(5);
    const thetas = Array.from({ length: 12 }, () =>
      m3Theta({ Rstar: 12 + 6 * draw(), B: 1500 + 1200 * draw() }),
    );
    const { points } = await collapse(m3, exampleTheta, [1e18], [0.05, 2], { thetas });
    const [scarce, plenty] = points;
    expect(scarce!.interval!.low).toBeLessThan(scarce!.best.k);
    expect(scarce!.interval!.high).toBeGreaterThan(scarce!.best.k);
    // B moves D*(C) by a good deal, and k* = 1/x with it alone: at equal x it does not.
    expect(plenty!.interval!.high / plenty!.interval!.low).toBeCloseTo(1, 4);
    const alone = await collapse(m3, exampleTheta, [1e18], [0.05]);
    expect(alone.points[0]!.interval).toBeNull();
  });

  it('cannot be asked of a law without optimal data', async () => {
    const law: Law = lawNamed('bimix');
    const found = await collapse(law, drawTheta(law, draws(1)), BUDGETS, SCARCITIES);
    expect(found).toEqual({ points: [], spread: null, left: BUDGETS });
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const long = collapse(m3, exampleTheta, logSpaced(1e14, 1e22, 500), logSpaced(1e-3, 1, 500), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(long).rejects.toThrow('aborted');
  });
});
