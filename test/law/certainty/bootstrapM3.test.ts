import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../src/law/certainty/bootstrap.ts';
import { predictionInterval } from '../../../src/law/certainty/intervals.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf } from '../../../src/law/point.ts';
import { CHINCHILLA, EVERY_KIND, M3, makeRuns, monolingual, recipes } from './synthetic.ts';

const NOISE = 0.003;
const DATA_SETS = 24;
const RESAMPLES = 60;

/** Of 24 data sets, whose nine parameters go together in part; percentile intervals of 60 resamples are somewhat narrow. */
const LEAST = 0.9;
const MOST = 0.995;

describe('the bootstrap of M³', () => {
  it('covers the truth as often as it says', async () => {
    const truth = coordinatesOf(m3, M3);
    const point = pointOf({ N: 1e6, D_T: 1e6, k: 8, r: 0.3, r_f: 0.8 });
    const loss = predictLoss(m3, point, truth);
    let parameters = 0;
    let predictions = 0;
    for (let seed = 1; seed <= DATA_SETS; seed++) {
      const runs = makeRuns(m3, M3, EVERY_KIND, { noise: NOISE, seed });
      const found = await bootstrap(refit(m3, runs, [truth]), runs, { resamples: RESAMPLES, seed });
      for (const [name, value] of Object.entries(M3)) {
        const { low, high } = found.parameters[name]!;
        if (low <= value && value <= high) parameters++;
      }
      const { low, high } = predictionInterval(m3, found.thetas, point)!;
      if (low <= loss && loss <= high) predictions++;
    }
    expect(parameters / DATA_SETS / 9).toBeGreaterThan(LEAST);
    expect(parameters / DATA_SETS / 9).toBeLessThan(MOST);
    expect(predictions / DATA_SETS).toBeGreaterThan(0.8);
  });

  it('covers a truth that lies on a bound, and never calls it certain', async () => {
    const values = { ...M3, tau: 0 };
    const truth = coordinatesOf(m3, values);
    let covered = 0;
    for (let seed = 1; seed <= DATA_SETS; seed++) {
      const runs = makeRuns(m3, values, EVERY_KIND, { noise: NOISE, seed });
      const { parameters, held } = await bootstrap(refit(m3, runs, [truth]), runs, {
        resamples: RESAMPLES,
        seed,
      });
      const { tau } = parameters;
      if (tau === null || tau === undefined) expect(held).toEqual(['tau']);
      else expect(tau.high).toBeGreaterThan(tau.low);
      if (held.includes('tau') || tau!.low === 0) covered++;
    }
    // One of 24 is 4 %; three and more would happen in one of a hundred.
    expect(covered).toBeGreaterThanOrEqual(DATA_SETS - 3);
  });

  it('has no interval without width, but says that the parameter lies at its bound', async () => {
    // Losses of millions have no use for E, and passes that never wear out none for R*.
    const runs = makeRuns(m3, { ...M3, Rstar: Number.POSITIVE_INFINITY }, EVERY_KIND, {
      noise: 0,
      seed: 1,
    }).map((run, row) => ({
      ...run,
      // More passes are a little better than new text would be.
      loss: 1e6 * (run.loss - M3.E) * (run.point.k > 1 ? 0.99 : 1) * (1 + 0.001 * Math.sin(row)),
    }));
    const fit = await fitLaw(m3, runs, { descents: 20 });
    const { parameters, held } = await bootstrap(fit, runs, { resamples: 30 });
    expect(held).toContain('Rstar');
    for (const name of held) {
      expect(parameters[name]).toBeNull();
      expect(fit.atBounds).toContain(name);
    }
    for (const interval of Object.values(parameters))
      if (interval !== null) expect(interval.high).toBeGreaterThan(interval.low);
  });
});

describe('the bootstrap of a law that borrows', () => {
  const cpt = lawNamed('cpt');
  const { E, A, alpha } = CHINCHILLA;
  const scales = [1e5, 4e5, 1.6e6, 6.4e6];
  const scratch = makeRuns(lawNamed('chinchilla'), CHINCHILLA, monolingual(scales, [3e5, 1e6, 3e6]), {
    noise: 0.01,
    seed: 1,
  });
  const values = { E, A, alpha, Bprime: 300, betaprime: 0.25, gamma: 0.06 };
  const two = makeRuns(cpt, values, recipes(scales, [3e5, 1e6, 3e6], [1, 4], [[0.2, 1]]), {
    noise: 0.003,
    seed: 2,
  });
  const runs = [...scratch, ...two];

  it('resamples what it borrows from too', async () => {
    const fit = await fitLaw(cpt, runs, { descents: 20 });
    const whole = await bootstrap(fit, runs, { resamples: 60 });
    expect(whole.borrowedToo).toBe(true);
    const { low, high } = whole.parameters.alpha!;
    expect(low).toBeLessThan(alpha);
    expect(high).toBeGreaterThan(alpha);
    // Without the scratch runs what they told is held, and what hangs on it seems surer than it is.
    const held = await bootstrap(fit, two, { resamples: 60 });
    expect(held.borrowedToo).toBe(false);
    expect(held.parameters.alpha).toBeNull();
    const width = ({ parameters }: typeof held, name: string) =>
      parameters[name]!.high - parameters[name]!.low;
    expect(width(whole, 'betaprime')).toBeGreaterThan(1.5 * width(held, 'betaprime'));
  });

  it('holds what was given by hand', async () => {
    const fit = await fitLaw(cpt, runs, { descents: 20, freeze: { E, A, alpha } });
    const { borrowedToo, parameters } = await bootstrap(fit, runs, { resamples: 10 });
    expect(borrowedToo).toBeNull();
    expect(parameters.alpha).toBeNull();
  });
});
