/** What a later look at a fit takes over from it: its runs, and what was held. */

import type { Fit } from '../fit/outcome.ts';
import { parameterValue } from '../law.ts';
import type { Run } from '../run.ts';
import { coveredRuns } from './sensitivities.ts';

/** Values of the parameters that `fit` did not fit, to freeze them again. */
export function frozenValues({
  law,
  theta,
  frozen,
}: Pick<Fit, 'law' | 'theta' | 'frozen'>): Record<string, number> {
  return Object.fromEntries(
    law.parameters.flatMap((parameter, index) =>
      frozen.includes(parameter.name)
        ? [[parameter.name, parameterValue(parameter, theta[index] ?? Number.NaN)]]
        : [],
    ),
  );
}

/** Those of `runs` that the fit was made on. Throws a `RangeError` where they cannot be: there are more or fewer. */
export function matchingRuns(fit: Fit, runs: readonly Run[]): readonly Run[] {
  const covered = coveredRuns(fit.law, runs);
  if (covered.length !== fit.rows)
    throw new RangeError(
      `${fit.law.name} was fitted to ${fit.rows} runs, but it covers ${covered.length} of those given; give the runs that it was fitted to`,
    );
  return covered;
}
