import { describe, expect, it } from 'vitest';
import { NoRecipeError, recommend } from '../../../src/law/advice/recommend.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { draws, drawTheta, exampleTheta, m3Theta } from './laws.ts';

const SCARCE = { compute: 1e18, targetTokens: 2e6 };
const PLENTY = { compute: 1e18, targetTokens: 1e10 };

describe('a recommendation', () => {
  it('names the best kind, what each other would cost, and how scarce the text is', async () => {
    const scarce = await recommend(m3, exampleTheta, SCARCE);
    expect(scarce.best.recipe.kind).toBe('multi-lingual two-stage');
    expect(scarce.best.recipe.r_f).toBe(1);
    expect(scarce.best.excess).toBe(0);
    expect(scarce.runnersUp.map(({ recipe }) => recipe.kind).sort()).toEqual([
      'monolingual single-stage',
      'multi-lingual single-stage',
    ]);
    for (const { recipe, excess } of scarce.runnersUp) {
      expect(excess).toBeGreaterThan(0);
      expect(recipe.loss - scarce.best.recipe.loss).toBe(excess);
    }
    expect(scarce.runnersUp[0]!.excess).toBeLessThanOrEqual(scarce.runnersUp[1]!.excess);
    expect(scarce.scarcity).toBeLessThan(0.017846);
    expect(scarce.tied).toEqual([]);
    expect(scarce.best.intervals).toBeNull();
    expect(scarce.best.wins).toBeNull();

    const plenty = await recommend(m3, exampleTheta, PLENTY);
    expect(plenty.best.recipe.kind).toBe('monolingual single-stage');
    expect(plenty.scarcity).toBeGreaterThan(1);
  });

  it('says how sure it is over resampled fits', async () => {
    const draw = draws(8);
    const thetas = Array.from({ length: 60 }, () =>
      m3Theta({ tau: 0.2 + 0.1 * draw(), B: 2000 + 200 * draw() }),
    );
    const { best, runnersUp } = await recommend(m3, exampleTheta, SCARCE, { thetas });
    for (const { recipe, intervals, excess } of [best, ...runnersUp]) {
      for (const quantity of ['loss', 'N', 'k', 'r', 'r_f'] as const) {
        const { low, high } = intervals![quantity];
        expect(low).toBeLessThanOrEqual(recipe[quantity] * (1 + 1e-4));
        expect(high).toBeGreaterThanOrEqual(recipe[quantity] * (1 - 1e-4));
      }
      expect(intervals!.excess.low).toBeLessThanOrEqual(excess);
      expect(intervals!.excess.high).toBeGreaterThanOrEqual(excess);
    }
    expect(best.wins).toBe(1);
    expect(runnersUp.map(({ wins }) => wins)).toEqual([0, 0]);
  });

  it('counts the resamples that would rather have another kind', async () => {
    const thetas = [exampleTheta, exampleTheta, exampleTheta, m3Theta({ tau: 0, phi: 1 })];
    const { best, runnersUp } = await recommend(m3, exampleTheta, SCARCE, { thetas });
    expect(best.wins).toBe(0.75);
    expect(runnersUp.find(({ recipe }) => recipe.kind === 'monolingual single-stage')!.wins).toBe(0.25);
    expect(best.intervals!.excess).toEqual({ low: 0, high: 0 });
  });

  it('calls no kind the winner of a lead that is less than the noise', async () => {
    // An ω of a thousandth: two stages lead one by next to nothing, and both lead one language.
    const faint = m3Theta({ omega: 1e-3 });
    const thetas = [faint, faint, m3Theta({ omega: 2e-3 })];
    const exact = await recommend(m3, faint, SCARCE, { thetas });
    expect(exact.best).toMatchObject({ wins: 1, recipe: { kind: 'multi-lingual two-stage' } });
    const noisy = await recommend(m3, faint, SCARCE, { thetas, noise: 0.003 });
    const shares = Object.fromEntries(
      [noisy.best, ...noisy.runnersUp].map(({ recipe, wins, ties }) => [recipe.kind, [wins, ties]]),
    );
    expect(shares).toEqual({
      'multi-lingual two-stage': [0, 1],
      'multi-lingual single-stage': [0, 1],
      'monolingual single-stage': [0, 0],
    });
    expect(noisy.ties).toBe(1);
    expect(noisy.close).toEqual(['multi-lingual single-stage']);
  });

  it('holds nothing for a rival that is only as near to the best kind as its own allows', async () => {
    const { best, runnersUp, ties, close } = await recommend(m3, exampleTheta, PLENTY, {
      thetas: [exampleTheta, m3Theta({ tau: 0.2 })],
      noise: 0.01,
    });
    expect(best).toMatchObject({ wins: 1, recipe: { kind: 'monolingual single-stage' } });
    expect(runnersUp.every(({ recipe }) => recipe.atEdges.includes('nearly monolingual'))).toBe(true);
    expect([ties, close]).toEqual([0, []]);
  });

  it('chooses among the kinds that it may', async () => {
    const kinds = ['monolingual single-stage', 'multi-lingual single-stage'] as const;
    const { best, runnersUp } = await recommend(m3, exampleTheta, { ...SCARCE, limits: { kinds } });
    expect([best, ...runnersUp].map(({ recipe }) => recipe.kind).sort()).toEqual([...kinds].sort());
  });

  it('says what a law does not decide', async () => {
    const chinchilla = lawNamed('chinchilla');
    const blind = await recommend(chinchilla, drawTheta(chinchilla, draws(2)), SCARCE);
    expect(blind.blindness).toBe('all kinds');
    expect(blind.best.recipe.kind).toBe('monolingual single-stage');
    expect(blind.runnersUp).toEqual([]);
    const thetas = [drawTheta(chinchilla, draws(3)), drawTheta(chinchilla, draws(4))];
    const alone = await recommend(chinchilla, drawTheta(chinchilla, draws(2)), SCARCE, { thetas });
    expect([alone.best.wins, alone.ties]).toEqual([null, null]);

    const dCpt = lawNamed('d-cpt');
    const stages = await recommend(dCpt, drawTheta(dCpt, draws(2)), SCARCE);
    expect(stages.blindness).toBe('stages');
    expect([stages.best, ...stages.runnersUp].map(({ recipe }) => recipe.kind).sort()).toEqual([
      'monolingual single-stage',
      'multi-lingual single-stage',
    ]);

    const open = await recommend(m3, m3Theta({ omega: 0 }), SCARCE);
    expect(open.blindness).toBeNull();
    expect(open.best.recipe.kind).toBe('multi-lingual single-stage');
    expect(open.tied).toEqual(['multi-lingual two-stage']);
    expect(open.runnersUp.find(({ recipe }) => recipe.kind === 'multi-lingual two-stage')!.excess).toBe(0);
  });

  it('has no scarcity where the law knows no optimal data', async () => {
    const cpt = lawNamed('cpt');
    const { best, runnersUp, scarcity } = await recommend(cpt, drawTheta(cpt, draws(2)), SCARCE);
    expect(best.recipe.kind).toBe('multi-lingual two-stage');
    expect(runnersUp).toEqual([]);
    expect(scarcity).toBeNull();
  });

  it('says that there is none where limits leave none', async () => {
    const cpt = lawNamed('cpt');
    const task = { ...SCARCE, limits: { sourceTokensAtMost: 0 } };
    await expect(recommend(cpt, drawTheta(cpt, draws(2)), task)).rejects.toThrow(NoRecipeError);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const thetas = Array.from({ length: 100_000 }, () => exampleTheta);
    const asked = recommend(m3, exampleTheta, SCARCE, {
      thetas,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(asked).rejects.toThrow('aborted');
  });
});
