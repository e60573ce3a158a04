import { describe, expect, it } from 'vitest';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';
import { measuredWinners } from '../../../src/page/map/measured.ts';

const NOISE = 0.01;

/** Of N parameters at D_T = 1000 tokens unless it is said; two stages where r_f is above r. */
function run(loss: number, at: { k?: number; r?: number; r_f?: number; D_T?: number; N?: number } = {}): Run {
  const { k = 4, r = 1, r_f = r, D_T = 1000, N = 1e4 } = at;
  // At one budget: whoever reads more of the source passes less often.
  return {
    point: pointOf({ N, D_T, k: k * r, r, r_f }),
    loss,
    weight: 1,
    r_1: null,
    s: null,
    groups: { pair: 'a with b' },
    place: '',
  };
}

describe('measured winners', () => {
  it('are the best of each kind at one budget and corpus', () => {
    const { winners } = measuredWinners(
      [
        run(2),
        run(2.2, { N: 8e3, k: 5 }),
        run(1.5, { r: 0.5 }),
        run(1.8, { r: 0.25, r_f: 1 }),
        run(1, { D_T: 5000 }),
      ],
      NOISE,
    );
    expect(winners).toHaveLength(1);
    expect(winners[0]).toMatchObject({
      kind: 'multi-lingual single-stage',
      isTie: false,
      targetTokens: 1000,
    });
    expect(winners[0]!.kinds.map(({ loss, tried }) => [loss, tried])).toEqual([
      [1.5, 1],
      [1.8, 1],
      [2, 2],
    ]);
  });

  it('tie where the lead is less than the noise', () => {
    const of = (loss: number) => measuredWinners([run(2), run(loss, { r: 0.5 })], NOISE).winners[0]!;
    expect(of(1.99)).toMatchObject({ kind: 'multi-lingual single-stage', isTie: true });
    expect(of(1.9).isTie).toBe(false);
  });

  it('do not tie where only the two bilingual kinds do', () => {
    const { winners } = measuredWinners(
      [run(2), run(1.5, { r: 0.5 }), run(1.499, { r: 0.25, r_f: 1 })],
      NOISE,
    );
    expect(winners[0]).toMatchObject({ kind: 'multi-lingual two-stage', isTie: false, isNextTie: true });
  });

  it('tie where whoever was chosen among many was lucky', () => {
    const many = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5].map((r) => run(2 * Math.exp(-0.028 + r * 1e-4), { r }));
    expect(measuredWinners([run(2), many[0]!], NOISE).winners[0]!.isTie).toBe(false);
    expect(measuredWinners([run(2), ...many], NOISE).winners[0]!.isTie).toBe(true);
  });

  it('go by the noise between seeds where some recipe was run twice', () => {
    const runs = [run(2), run(2.1), run(1.97, { r: 0.5 }), run(1.99, { r: 0.5 })];
    const { noise, isNoiseMeasured, winners } = measuredWinners(runs, 1e-9);
    expect(isNoiseMeasured).toBe(true);
    expect(noise).toBeGreaterThan(0.02);
    expect(winners[0]!.kinds.map(({ seeds }) => seeds)).toEqual([2, 2]);
    expect(winners[0]!.isTie).toBe(true);
    // Other settings are no other seed.
    const tuned = measuredWinners(runs, NOISE, ({ loss }) => `${loss}`);
    expect(tuned).toMatchObject({ isNoiseMeasured: false, noise: NOISE });
    expect(tuned.winners[0]!.kinds.map(({ tried }) => tried)).toEqual([2, 2]);
    expect(measuredWinners([run(2)], NOISE)).toMatchObject({
      isNoiseMeasured: false,
      noise: NOISE,
      winners: [],
    });
  });

  it('are none without a monolingual run to be won against', () => {
    expect(measuredWinners([run(2, { r: 0.5 }), run(1, { r: 0.25, r_f: 1 })], NOISE).winners).toEqual([]);
  });

  it('agree in budgets and corpora but for whole windows', () => {
    const runs = [run(2), run(1.5, { r: 0.5, D_T: 1010 }), run(1.2, { r: 0.5, k: 8 })];
    const { winners } = measuredWinners(runs, NOISE);
    expect(winners).toHaveLength(1);
    expect(winners[0]!.kinds[0]!.loss).toBe(1.5);
  });
});
