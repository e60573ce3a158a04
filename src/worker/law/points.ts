/** What a fit says of every run of its dataset, in columns. */

import { influence } from '../../law/certainty/influence.ts';
import { predictionInterval } from '../../law/certainty/intervals.ts';
import { coveredRuns } from '../../law/certainty/sensitivities.ts';
import { spread } from '../../law/report/spread.ts';
import { Rest } from '../../law/rest.ts';
import type { Points } from '../api/fits.ts';
import type { FitEntry } from './shelf.ts';

/** Resamples that are asked at each run: the ends of 95 % of so many are seen to move by less than a figure's line. */
const MOST_RESAMPLES = 120;
/** A first-order step for each of more runs than these takes seconds, and one of so many pulls little. */
const MOST_PULLING = 4000;

export async function pointsOf(entry: FitEntry, signal: AbortSignal): Promise<Points> {
  const { fit, all, runs, isFitted, bootstrap } = entry;
  const { law, theta } = fit;
  const rest = new Rest({ signal });
  const count = all.length;
  const blank = () => new Float64Array(count).fill(Number.NaN);
  const points = {
    fit: entry.id,
    predicted: blank(),
    low: bootstrap ? blank() : new Float64Array(0),
    high: bootstrap ? blank() : new Float64Array(0),
    fitted: new Uint8Array(count),
    pull: blank(),
    pulled: new Int16Array(count).fill(-1),
    pulledBy: blank(),
  };
  const gradient = new Float64Array(theta.length);
  const thetas = spread(bootstrap?.thetas ?? [], MOST_RESAMPLES);
  for (const [row, { point }] of all.entries()) {
    if (law.covers && !law.covers(point)) continue;
    points.predicted[row] = Math.exp(law.logLoss(point, theta, gradient));
    points.fitted[row] = isFitted[row] ?? 0;
    if (bootstrap) {
      const ends = predictionInterval(law, thetas, point);
      points.low[row] = ends?.low ?? Number.NaN;
      points.high[row] = ends?.high ?? Number.NaN;
    }
    await rest.after(row / count);
  }
  const covered = coveredRuns(law, runs);
  if (covered.length > MOST_PULLING) return points;
  const { pull, parameter, shift } = influence(fit, runs);
  let place = 0;
  for (let row = 0; row < count; row++) {
    if (points.fitted[row] !== 1) continue;
    points.pull[row] = pull[place] ?? Number.NaN;
    points.pulled[row] = parameter[place] ?? -1;
    points.pulledBy[row] = shift[place] ?? Number.NaN;
    place++;
  }
  return points;
}
