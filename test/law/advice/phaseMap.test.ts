import { describe, expect, it } from 'vitest';
import { bestOfEach, lowest } from '../../../src/law/advice/best.ts';
import { phaseMap } from '../../../src/law/advice/phaseMap.ts';
import { logSpaced } from '../../../src/law/advice/scales.ts';
import { TaskError } from '../../../src/law/advice/task.ts';
import { threshold } from '../../../src/law/advice/threshold/threshold.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { draws, drawTheta, exampleTheta, m3Theta } from './laws.ts';

const COMPUTES = logSpaced(1e15, 1e21, 5);
const CORPORA = logSpaced(1e5, 1e11, 9);

/** Quick searches, at smooth optima. */
const QUICK_OFF = 1e-8;

describe('the phase map', () => {
  it('has the best recipe of each cell, and what the other kinds would cost', async () => {
    const map = await phaseMap(m3, exampleTheta, COMPUTES, CORPORA);
    expect(map.cells.length).toBe(45);
    for (const [i, compute] of COMPUTES.entries()) {
      for (const [j, targetTokens] of CORPORA.entries()) {
        const cell = map.cells[i * CORPORA.length + j]!;
        const recipes = bestOfEach(m3, exampleTheta, { compute, targetTokens });
        const best = lowest(recipes)!;
        expect(cell).toMatchObject({ compute, targetTokens, wins: null, certainty: null });
        expect(cell.best!.kind).toBe(best.kind);
        expect(Math.abs(cell.best!.loss / best.loss - 1)).toBeLessThan(QUICK_OFF);
        for (const { kind, loss } of recipes) expect(cell.excess[kind]).toBeCloseTo(loss - best.loss, 6);
      }
    }
  });

  it('turns from two stages to one language at the threshold', async () => {
    const map = await phaseMap(m3, exampleTheta, COMPUTES, CORPORA);
    for (const [i, compute] of COMPUTES.entries()) {
      const found = threshold(m3, exampleTheta, compute);
      if (found.state !== 'crossed') throw new Error(found.state);
      for (const [j, targetTokens] of CORPORA.entries()) {
        expect(map.cells[i * CORPORA.length + j]!.best!.kind).toBe(
          targetTokens < found.D_T ? 'multi-lingual two-stage' : 'monolingual single-stage',
        );
      }
      expect(map.optimalTokens[i]! * found.x).toBeCloseTo(found.D_T, -1);
    }
  });

  it('is less sure near the threshold than far from it', async () => {
    const draw = draws(6);
    const thetas = Array.from({ length: 25 }, () => m3Theta({ tau: 0.1 + 0.3 * draw() }));
    const corpora = logSpaced(1e5, 1e10, 11);
    const shares: number[] = [];
    const { cells } = await phaseMap(m3, exampleTheta, [1e18], corpora, {
      thetas,
      certaintyEvery: 1,
      onProgress: (share) => shares.push(share),
    });
    expect(cells[0]!.certainty).toBe(1);
    expect(cells.at(-1)!.certainty).toBe(1);
    expect(Math.min(...cells.map(({ certainty }) => certainty!))).toBeLessThan(0.95);
    for (const { wins } of cells) {
      expect(Object.values(wins!).reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    }
    expect(shares.at(-1)).toBe(1);
  });

  it('asks one cell of a block, and every cell where that one does not speak for the others', async () => {
    const draw = draws(4);
    const thetas = Array.from({ length: 8 }, () => m3Theta({ tau: 0.15 + 0.2 * draw() }));
    const corpora = logSpaced(1e5, 1e11, 16);
    let asked = 0;
    const counting = {
      ...m3,
      logLoss: (...args: Parameters<typeof m3.logLoss>) => {
        asked++;
        return m3.logLoss(...args);
      },
    };
    const every = async (certaintyEvery: number) => {
      asked = 0;
      const map = await phaseMap(counting, exampleTheta, [1e17, 1e18, 1e19], corpora, {
        thetas,
        certaintyEvery,
      });
      return { certainties: map.cells.map(({ certainty }) => certainty), asked };
    };
    const [coarse, fine] = [await every(3), await every(1)];
    expect(coarse.certainties).toEqual(fine.certainties);
    expect(fine.certainties.some((certainty) => certainty! > 0 && certainty! < 1)).toBe(true);
    expect(coarse.asked).toBeLessThan(0.7 * fine.asked);
  });

  it('is sure of a kind that is as good as another, and unsure of a lead within the noise', async () => {
    const alike = m3Theta({ omega: 0 });
    const same = await phaseMap(m3, alike, [1e18], [2e6], { thetas: [alike, alike], noise: 0.003 });
    expect(same.cells[0]).toMatchObject({ certainty: 1, best: { kind: 'multi-lingual single-stage' } });
    const faint = m3Theta({ omega: 1e-3 });
    const close = await phaseMap(m3, faint, [1e18], [2e6], { thetas: [faint, faint], noise: 0.003 });
    expect(close.cells[0]).toMatchObject({ certainty: 0, best: { kind: 'multi-lingual two-stage' } });
  });

  it('leaves out what limits rule out, and says what a law is blind to', async () => {
    const { cells } = await phaseMap(m3, exampleTheta, [1e18], [1e6], { limits: { sourceTokensAtMost: 0 } });
    expect(cells[0]!.best!.kind).toBe('monolingual single-stage');
    expect(cells[0]!.excess['multi-lingual two-stage']).toBeNull();
    const chinchilla = lawNamed('chinchilla');
    const blind = await phaseMap(chinchilla, drawTheta(chinchilla, draws(1)), [1e18], [1e6]);
    expect(blind.blindness).toBe('all kinds');
    expect(blind.cells[0]!.best!.kind).toBe('monolingual single-stage');
    const cpt = lawNamed('cpt');
    const untold = await phaseMap(cpt, drawTheta(cpt, draws(1)), [1e18], [1e6], {
      limits: { sourceTokensAtMost: 0 },
    });
    expect(untold.cells[0]!.best).toBeNull();
    expect(untold.optimalTokens).toEqual([null]);
  });

  it('refuses a budget that cannot be, and stops when told to', async () => {
    await expect(phaseMap(m3, exampleTheta, [0], [1e6])).rejects.toThrow(TaskError);
    const stop = new AbortController();
    const long = phaseMap(m3, exampleTheta, logSpaced(1e12, 1e20, 500), logSpaced(1e5, 1e9, 500), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(long).rejects.toThrow('aborted');
    await expect(phaseMap(m3, exampleTheta, [1e18], [1e6], { signal: AbortSignal.abort() })).rejects.toThrow(
      'aborted',
    );
  });
});

describe('the axis of a map', () => {
  it('has its ends, and equal factors between', () => {
    expect(logSpaced(3, 3000, 4).map((value) => Number(value.toPrecision(12)))).toEqual([3, 30, 300, 3000]);
    expect(logSpaced(3, 3000, 4).at(-1)).toBe(3000);
    expect(logSpaced(5, 10, 1)).toEqual([5]);
  });
});
