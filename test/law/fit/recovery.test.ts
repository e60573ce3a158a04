/**
 * Known parameters come back, with errors as large as the fit says. `M3LAB_SEEDS` sets to how many draws of the noise each regime and
 * each law is fitted from nothing; the estimates of twenty draws are always held against the truth.
 */

import { describe, expect, it } from 'vitest';
import { covariance } from '../../../src/law/fit/covariance.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf, parameterValue } from '../../../src/law/law.ts';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { M3, makeRuns } from '../certainty/synthetic.ts';
import { NET, NOISE, netRuns } from './net.ts';

/** Draws that are fitted from nothing. */
const SEEDS = Number(process.env.M3LAB_SEEDS ?? 2);
/** Draws whose estimates are counted: descents from the truth and beside it, where fits from nothing end too. */
const DRAWS = Math.max(20, SEEDS);
/** The fit's starts are few here; that they suffice is part of what is tested. */
const DESCENTS = 20;

/** Of some 180 estimates a regime; two standard errors should hold 95.4 %. */
const LEAST_INSIDE = 0.9;
const MOST_INSIDE = 0.99;

/** Of the objective: what two descents to the same bottom may differ by. */
const SAME_BOTTOM = 1e-7;

const OMEGA = m3.parameters.findIndex(({ name }) => name === 'omega');

const REGIMES = {
  'the base': M3,
  'much worn out by repetition': { ...M3, Rstar: 3 },
  'a source that is useless as data': { ...M3, tau: 0 },
  'no competition': { ...M3, phi: 0, omega: 0 },
  'competition in the final stage alone': { ...M3, omega: 1 },
  'competition by the average ratio alone': { ...M3, omega: 0 },
};

describe.each(Object.entries(REGIMES))('288 runs with 0.3 % noise, %s', (_, values) => {
  const truth = coordinatesOf(m3, values);
  // Where there is no competition the law is level in ω, and a little of it with either end of ω may be better than none.
  const beside = [0.5, 1].map((omega) => coordinatesOf(m3, { ...values, phi: values.phi + 0.02, omega }));

  it('are found from nothing, at no worse a place than from the truth', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const runs = netRuns(seed, values);
      const fit = await fitLaw(m3, runs, { descents: DESCENTS });
      // No place is better that is known: the truth's own bottom.
      const near = refit(m3, runs, [truth, ...beside]);
      expect(fit.objective, `seed ${seed}`).toBeLessThanOrEqual(near.objective * (1 + SAME_BOTTOM));
    }
  });

  it('come back within two standard errors as often as they should', () => {
    let near = 0;
    let estimates = 0;
    for (let seed = 1; seed <= DRAWS; seed++) {
      const runs = netRuns(seed, values);
      const fit = refit(m3, runs, [truth, ...beside]);
      const { free, matrix } = covariance(fit, runs);
      free.forEach((index, place) => {
        const error = Math.sqrt(matrix[place * free.length + place]!);
        // What decides a competition that there is not is anyone's guess.
        if (index === OMEGA && values.phi === 0) return;
        estimates++;
        if (Math.abs(fit.theta[index]! - truth[index]!) <= 2 * error) near++;
      });
      // A parameter on a bound has no standard error: it is where the truth is, or as near as the others' errors let it.
      for (const name of fit.atBounds) {
        const index = m3.parameters.findIndex((parameter) => parameter.name === name);
        if (index === OMEGA && values.phi === 0) continue;
        const parameter = m3.parameters[index]!;
        const apart = Math.abs(
          parameterValue(parameter, fit.theta[index]!) - values[name as keyof typeof values],
        );
        expect(apart, `seed ${seed}: ${name}`).toBeLessThan(0.1);
      }
    }
    const share = near / estimates;
    expect(estimates).toBeGreaterThan(6 * DRAWS);
    expect(share, `${near} of ${estimates}`).toBeGreaterThanOrEqual(LEAST_INSIDE);
    expect(share, `${near} of ${estimates}`).toBeLessThanOrEqual(MOST_INSIDE);
  });
});

describe('the law that made the runs', () => {
  it.each(Array.from({ length: Math.max(SEEDS, 3) }, (_, index) => index + 1))(
    'is first or a hair behind one that nests it, and the others trail: seed %d',
    async (seed) => {
      const runs = netRuns(seed);
      const scores = new Map<string, number>();
      for (const law of LAWS) {
        if (law.borrows !== undefined) continue;
        const { aicc } = await fitLaw(law, runs, { descents: 5 });
        scores.set(law.name, aicc!);
      }
      const best = Math.min(...scores.values());
      expect(scores.get('m3')! - best).toBeLessThanOrEqual(4);
      for (const [name, aicc] of scores) {
        if (!name.startsWith('m3')) expect(aicc - best, name).toBeGreaterThan(200);
      }
    },
  );

  it('leaves residuals as large as the noise', async () => {
    const fit = await fitLaw(m3, netRuns(2), { descents: DESCENTS });
    expect(fit.status).toBe('converged');
    expect(fit.rSquared).toBeGreaterThan(0.999);
    // The standard deviation of 288 normal numbers is off by 4 %.
    expect(fit.rmseLog / NOISE).toBeGreaterThan(0.85);
    expect(fit.rmseLog / NOISE).toBeLessThan(1.15);
  });

  it('is found exactly where there is no noise', async () => {
    const runs = makeRuns(m3, M3, NET, { noise: 0, seed: 1 });
    const fit = await fitLaw(m3, runs, { descents: DESCENTS });
    const truth = coordinatesOf(m3, M3);
    fit.theta.forEach((value, index) => {
      expect(Math.abs(value - truth[index]!), m3.parameters[index]!.name).toBeLessThan(1e-5);
    });
    expect(fit.rmseLog).toBeLessThan(1e-8);
  });
});
