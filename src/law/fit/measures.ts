/** How close a law comes to the runs, in the figures that fits are compared by. */

import type { Law } from '../law.ts';
import type { Rows } from './rows.ts';

export type Measures = {
  readonly rSquared: number;
  readonly rmseLog: number;
  readonly aicc: number | null;
};

/** Losses are stored with some ten digits: residuals below are rounding, and their logarithm would rank it. */
const NO_RESIDUAL = 1e-12;

/**
 * R² = 1 − SSE/SST on raw loss; the root mean square of log residuals; AICc = n·ln(RSS_log/n) + 2p' + 2p'(p'+1)/(n−p'−1) with p' one
 * more than the parameters that were fitted (the noise is one), and null where n ≤ p' + 1. n counts the runs, whatever their weights.
 * R² has no value where there are no more runs than parameters, which pass through all of them and explain nothing.
 */
export function measure(law: Law, rows: Rows, theta: Float64Array, fitted: number): Measures {
  const { points, lnLoss, weight, total, count } = rows;
  const gradient = new Float64Array(law.parameters.length);
  let mean = 0;
  for (let i = 0; i < points.length; i++) mean += ((weight[i] ?? 0) * Math.exp(lnLoss[i] ?? 0)) / total;
  let squaresOfLog = 0;
  let squares = 0;
  let spread = 0;
  points.forEach((point, i) => {
    const times = weight[i] ?? 0;
    if (times === 0) return;
    const lnPredicted = law.logLoss(point, theta, gradient);
    const loss = Math.exp(lnLoss[i] ?? 0);
    squaresOfLog += times * (lnPredicted - (lnLoss[i] ?? 0)) ** 2;
    squares += times * (Math.exp(lnPredicted) - loss) ** 2;
    spread += times * (loss - mean) ** 2;
  });
  const parameters = fitted + 1;
  const meanSquare = Math.max(squaresOfLog / total, NO_RESIDUAL ** 2);
  const left = count - parameters - 1;
  return {
    rSquared:
      count > fitted && spread > total * (mean * NO_RESIDUAL) ** 2 ? 1 - squares / spread : Number.NaN,
    rmseLog: Math.sqrt(squaresOfLog / total),
    aicc:
      left > 0
        ? count * Math.log(meanSquare) + 2 * parameters + (2 * parameters * (parameters + 1)) / left
        : null,
  };
}
