/** How a rise of Huber's objective is read as evidence. */

import { type HuberScale, huberScale } from '../fit/huberScale.ts';
import type { Fit } from '../fit/outcome.ts';
import { precisionsOf } from '../fit/weights.ts';
import type { Run } from '../run.ts';
import { indicesWithout, sensitivities } from './sensitivities.ts';

export type LikelihoodScale = HuberScale & {
  /**
   * Statistic of the likelihood ratio for M-estimators per unit of the objective (Schrader and Hettmansperger 1980): 2·E[ψ′]/E[ψ²], ψ
   * the derivative of Huber's function, with E[ψ²] over n − p degrees of freedom. d parameters that are not needed lower the
   * objective by as much as d·F(d, n − p) says; with a wide δ this is the exact F test of least squares.
   */
  readonly perObjective: number;
  /** n − p. */
  readonly degrees: number;
};

/** `runs` are those of the fit. Runs are taken as independent. */
export function likelihoodScale(fit: Fit, runs: readonly Run[]): LikelihoodScale {
  const free = indicesWithout(fit.law, [...fit.frozen, ...fit.unknown]).length;
  const { residuals } = sensitivities(fit.law, runs, fit.theta);
  const present = runs.filter(({ weight }) => weight > 0).length;
  const scale = huberScale(residuals, precisionsOf(runs), fit.delta, free);
  return { ...scale, perObjective: (2 * scale.slope) / scale.square, degrees: present - free };
}
