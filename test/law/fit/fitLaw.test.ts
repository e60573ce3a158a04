import { describe, expect, it } from 'vitest';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import type { FitOptions } from '../../../src/law/fit/options.ts';
import { MOST_ROWS } from '../../../src/law/fit/search/sample.ts';
import { coordinatesOf, valuesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import type { Run } from '../../../src/law/run.ts';
import { CHINCHILLA, M3, makeRuns, monolingual, recipes } from '../certainty/synthetic.ts';
import { netRuns } from './net.ts';

const FEW: FitOptions = { descents: 10 };

const plainRuns = makeRuns(
  chinchilla,
  CHINCHILLA,
  monolingual([1e5, 3e5, 1e6, 3e6, 1e7], [3e5, 1e6, 3e6, 1e7]),
  { noise: 0.003, seed: 4 },
);

/** Two descents to the same bottom, one of which sums in another order. */
const SAME = 1e-6;

function expectSame(theta: Float64Array, other: Float64Array): void {
  theta.forEach((value, index) => {
    expect(Math.abs(value - other[index]!), `coordinate ${index}`).toBeLessThan(SAME * (1 + Math.abs(value)));
  });
}

describe('fitLaw', () => {
  it('gives the same bits twice', async () => {
    const runs = netRuns(3);
    const [first, second] = [await fitLaw(m3, runs, FEW), await fitLaw(m3, runs, FEW)];
    expect(second).toEqual(first);
  });

  it('comes to the same bottom from other draws of starts', async () => {
    const runs = netRuns(3);
    const first = await fitLaw(m3, runs, { ...FEW, seed: 1 });
    const second = await fitLaw(m3, runs, { ...FEW, seed: 2 });
    expectSame(second.theta, first.theta);
  });

  it('takes a run that is there twice as two runs, and one that is there no time as none', async () => {
    const weights = Float64Array.from(plainRuns, (_, index) => [1, 2, 0][index % 3]!);
    const weighted = await fitLaw(chinchilla, plainRuns, { ...FEW, weights });
    const copied = await fitLaw(
      chinchilla,
      plainRuns.flatMap((run, index) => new Array<Run>(weights[index]!).fill(run)),
      FEW,
    );
    expectSame(weighted.theta, copied.theta);
    for (const key of ['objective', 'rSquared', 'rmseLog', 'aicc'] as const)
      expect(Math.abs(weighted[key]! / copied[key]! - 1), key).toBeLessThan(SAME);
    expect(weighted.rows).toBe(plainRuns.length);
  });

  it('leaves what is frozen, and fits the rest', async () => {
    const freeze = { E: 1.8, alpha: 0.35 };
    const fit = await fitLaw(chinchilla, plainRuns, { ...FEW, freeze });
    const values = valuesOf(chinchilla, fit.theta);
    expect(values.E).toBeCloseTo(1.8, 12);
    expect(values.alpha).toBe(0.35);
    expect(fit.frozen).toEqual(['E', 'alpha']);
    expect(Math.abs(values.beta! - 0.37)).toBeLessThan(0.02);
    const all = await fitLaw(chinchilla, plainRuns, FEW);
    expect(all.objective).toBeLessThan(fit.objective);
  });

  it('only measures where all is frozen', async () => {
    const fit = await fitLaw(chinchilla, plainRuns, { freeze: CHINCHILLA });
    expectSame(fit.theta, coordinatesOf(chinchilla, CHINCHILLA));
    expect(fit.status).toBe('converged');
  });

  it('knows nothing of the source where there is none, and still gives the monolingual answer', async () => {
    const mono = netRuns(5).filter(({ point }) => point.r === 1);
    const fit = await fitLaw(m3, mono, FEW);
    expect(fit.unknown).toEqual(['tau', 'phi', 'omega']);
    expect(fit.status).toBe('under-determined');
    expect(fit.condition).toBe(Number.POSITIVE_INFINITY);
    const values = valuesOf(m3, fit.theta);
    expect([values.tau, values.phi, values.omega]).toEqual([0, 0, 0]);
    expect(Math.abs(values.alpha! - M3.alpha)).toBeLessThan(0.03);
    expect(Math.abs(values.Rstar! / M3.Rstar - 1)).toBeLessThan(0.15);
    const held = await fitLaw(m3, mono, { ...FEW, freeze: { tau: 0, phi: 0, omega: 0 } });
    expect(held.aicc).toBe(fit.aicc);
    expect(held.status).toBe('converged');
  });

  it('says that directions are open where runs vary too little, and which parameters trade off', async () => {
    const alike = plainRuns.filter(({ point }) => point.N === 1e6);
    const fit = await fitLaw(chinchilla, alike, FEW);
    expect(fit.status).toBe('under-determined');
    const pairs = fit.tradeOffs.map(({ parameters, correlation }) => [
      ...parameters,
      Math.round(correlation),
    ]);
    // At one scale E, A·N^−α and α are three names of one number.
    expect(pairs).toContainEqual(['E', 'A', -1]);
    expect(pairs).toContainEqual(['E', 'alpha', 1]);
    expect(pairs).toContainEqual(['A', 'alpha', 1]);
    expect(fit.aicc).toBeNull();
  });

  it('settles the exponents of a term that is not there', async () => {
    const fit = await fitLaw(m3Overfit, netRuns(1), { descents: 20 });
    expect(fit.objective).toBeLessThanOrEqual((await fitLaw(m3, netRuns(1), FEW)).objective * (1 + SAME));
    for (const name of fit.unknown) {
      const index = m3Overfit.parameters.findIndex((parameter) => parameter.name === name);
      expect(fit.theta[index], name).toBe(0);
    }
  });

  it('names a parameter at a bound', async () => {
    const flat = makeRuns(
      m3,
      { ...M3, tau: 0 },
      recipes(
        [1e5, 1e6],
        [3e5, 3e6],
        [1, 4, 16],
        [
          [1, 1],
          [0.5, 0.5],
          [0.2, 0.5],
        ],
      ),
      {
        noise: 0,
        seed: 1,
      },
    );
    // A little worse for more source than a useless source is.
    const runs = flat.map((run) => ({ ...run, loss: run.loss * (run.point.r < 1 ? 1.003 : 1) }));
    const fit = await fitLaw(m3, runs, FEW);
    expect(fit.atBounds).toContain('tau');
    expect(fit.status).toBe('at a bound');
  });

  it('takes two runs, and says that they tell next to nothing', async () => {
    const fit = await fitLaw(m3, netRuns(1).slice(0, 2), FEW);
    expect(fit.status).toBe('under-determined');
    expect(fit.aicc).toBeNull();
    expect(fit.rmseLog).toBeLessThan(1e-3);
    // Passing through two points explains nothing.
    expect(fit.rSquared).toBeNaN();
    for (const value of fit.theta) expect(Number.isFinite(value)).toBe(true);
  });

  it('borrows from a fit of the other law to its runs', async () => {
    const runs = netRuns(6);
    const cpt = lawNamed('cpt');
    const fit = await fitLaw(cpt, runs, FEW);
    const scratch = await fitLaw(
      chinchilla,
      runs.filter(({ point }) => point.r === 1 && point.k <= 1),
      FEW,
    );
    expect(fit.frozen).toEqual(['E', 'A', 'alpha']);
    expectSame(fit.theta.slice(0, 3), scratch.theta.slice(0, 3));
    expect(fit.rows).toBe(runs.filter(({ point }) => point.r_f > point.r).length);
    const given = await fitLaw(
      cpt,
      runs.filter(({ point }) => point.r < 1),
      {
        ...FEW,
        freeze: { E: 1.8, A: 480, alpha: 0.35 },
      },
    );
    expect(given.rows).toBe(fit.rows);
  });

  it('borrows from runs of one pass as they are counted: whole steps of 1.004 passes', async () => {
    const runs = makeRuns(
      m3,
      M3,
      netRuns(6).map(({ point }) => ({ ...point, k: point.k === 1 ? 1.004 : point.k })),
      { noise: 0.003, seed: 6 },
    );
    const fit = await fitLaw(lawNamed('cpt'), runs, FEW);
    expect(fit.borrowed).toEqual(['E', 'A', 'alpha']);
    expect(Math.abs(valuesOf(fit.law, fit.theta).alpha! - M3.alpha)).toBeLessThan(0.05);
    const given = await fitLaw(lawNamed('cpt'), runs, { ...FEW, freeze: { E: 1.8 } });
    expect({ frozen: given.frozen, borrowed: given.borrowed }).toEqual({
      frozen: ['E', 'A', 'alpha'],
      borrowed: ['A', 'alpha'],
    });
  });

  it('fits many rows by a sample, then all of them', async () => {
    const many = recipes(
      [1e5, 3e5, 1e6, 3e6],
      [3e5, 1e6, 3e6],
      [1, 3, 10, 30],
      [
        [1, 1],
        [0.5, 0.5],
        [0.2, 0.2],
        [0.5, 0.9],
        [0.2, 1],
      ],
    );
    const runs = makeRuns(m3, M3, many, { noise: 0.003, seed: 2, copies: 9 });
    expect(runs.length).toBeGreaterThan(MOST_ROWS);
    const fit = await fitLaw(m3, runs, FEW);
    expect(fit.rows).toBe(runs.length);
    expect(fit.status).toBe('converged');
    const values = valuesOf(m3, fit.theta);
    for (const name of ['alpha', 'beta', 'tau', 'phi'] as const)
      expect(Math.abs(values[name]! / M3[name] - 1), name).toBeLessThan(0.05);
    expect(await fitLaw(m3, runs, FEW)).toEqual(fit);
  });

  it('stops when it is told to, and tells how far it is', async () => {
    const runs = netRuns(1);
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(fitLaw(m3, runs, { signal: aborted })).rejects.toThrow('enough');
    const controller = new AbortController();
    const shares: number[] = [];
    const going = fitLaw(m3, runs, {
      signal: controller.signal,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 3) controller.abort(new Error('stop'));
      },
    });
    await expect(going).rejects.toThrow('stop');
    expect(shares).toHaveLength(3);
    const whole: number[] = [];
    await fitLaw(m3, runs, { ...FEW, onProgress: (share) => whole.push(share) });
    expect(whole.at(-1)).toBe(1);
    expect([...whole].sort((a, b) => a - b)).toEqual(whole);
  });
});
