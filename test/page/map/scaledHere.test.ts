import { describe, expect, it } from 'vitest';
import { readShare } from '../../../src/formats/shareLink.ts';
import { scaledHere } from '../../../src/page/map/scaledHere.ts';

const RECIPE = { D_T: 1e8, C: 6e18, N: 1e8, k: 4, r: 0.25, r_f: 1, r_1: 0.05 };

describe('the recipe scaled down', () => {
  it('is a link to Train that can be read', () => {
    const { query, scaledBy } = scaledHere(RECIPE, { isSoftware: false, flopsPerSecond: null });
    const read = readShare(query, false)!;
    expect(scaledBy).toBeGreaterThan(1000);
    expect(read.problems).toEqual([]);
    expect(read.settings.recipes.map(({ kind }) => kind)).toEqual(['two-stage', 'monolingual']);
    expect(read.settings.recipes[0]!.text).toMatchObject({
      ratio: '0.25',
      finalRatio: '1',
      firstRatio: '0.05',
    });
  });

  it('keeps D_T/D and k', () => {
    const { query } = scaledHere(RECIPE, { isSoftware: false, flopsPerSecond: 1e12 });
    const { text } = readShare(query, false)!.settings;
    expect(Number(text.tokens) / Number(text.targetTokens)).toBeCloseTo(RECIPE.k / RECIPE.r, 1);
  });

  it('is the smaller the slower the device is', () => {
    const by = (flopsPerSecond: number) => scaledHere(RECIPE, { isSoftware: false, flopsPerSecond }).scaledBy;
    expect(by(1e9)).toBeGreaterThan(by(1e11));
    expect(scaledHere(RECIPE, { isSoftware: true, flopsPerSecond: null }).scaledBy).toBeGreaterThan(by(6e10));
  });

  it.each([0.25, 1])('takes about a minute, with all that is trained beside it (r = %d)', (r) => {
    for (const speed of [1e9, 6e10]) {
      const { seconds, others, query } = scaledHere(
        { ...RECIPE, r, r_f: 1, D_T: (RECIPE.C * r) / (6 * RECIPE.N * RECIPE.k) },
        { isSoftware: false, flopsPerSecond: speed },
      );
      expect(readShare(query, false)!.settings.recipes).toHaveLength(1 + others);
      // Models come in a few sizes.
      expect(seconds).toBeGreaterThan(20);
      expect(seconds).toBeLessThan(80);
    }
  });

  it('goes by the speed that was measured, and says where it is a guess', () => {
    const guessed = scaledHere(RECIPE, { isSoftware: true, flopsPerSecond: null });
    const measured = scaledHere(RECIPE, { isSoftware: true, flopsPerSecond: 1e9 });
    expect(guessed.isGuess).toBe(true);
    expect(measured).toMatchObject({ isGuess: false, scaledBy: guessed.scaledBy, seconds: guessed.seconds });
    const slower = scaledHere(RECIPE, { isSoftware: true, flopsPerSecond: 2e8 });
    expect(slower.scaledBy).toBeGreaterThan(guessed.scaledBy);
  });

  it('stays as it is where it is small enough', () => {
    const small = { D_T: 8192, C: 6 * 3e4 * 65_536, N: 3e4, k: 4, r: 0.5, r_f: 0.5 };
    expect(scaledHere(small, { isSoftware: false, flopsPerSecond: 1e12 }).scaledBy).toBe(1);
  });
});
