/** Whether a law of one's own gives losses at the runs that it is to be fitted to. */

import { valuesOf } from '../law.ts';
import type { Point } from '../point.ts';
import type { Run } from '../run.ts';
import { NoLossError } from './errors.ts';
import type { OwnLaw } from './ownLaw.ts';

/**
 * Throws a {@link NoLossError} where at every start of the law's grid some run has a loss that is not above 0 and finite: there a fit
 * would have nowhere to begin. Stops at the first start that will do, so it costs little for a formula that is sound.
 */
export function checkOwnLaw(law: OwnLaw, runs: readonly Run[]): void {
  const gradient = new Float64Array(law.parameters.length);
  let first: { readonly run: Run; readonly theta: Float64Array } | null = null;
  for (const theta of grid(law)) {
    const bad = runs.find(({ point }) => !Number.isFinite(law.logLoss(point, theta, gradient)));
    if (bad === undefined) return;
    first ??= { run: bad, theta: Float64Array.from(theta) };
  }
  if (first === null) return;
  const { run, theta } = first;
  throw new NoLossError(
    law.name,
    run.place,
    law.formulaAt(run.point, theta),
    valuesOf(law, theta),
    hint(run.point),
  );
}

/** Every combination of starts, in one array that is written anew for each. */
function* grid({ parameters }: OwnLaw): Generator<Float64Array> {
  const theta = new Float64Array(parameters.length);
  const points = parameters.reduce((product, { starts }) => product * starts.length, 1);
  for (let index = 0; index < points; index++) {
    let rest = index;
    parameters.forEach(({ starts }, place) => {
      theta[place] = starts[rest % starts.length] ?? Number.NaN;
      rest = Math.floor(rest / starts.length);
    });
    yield theta;
  }
}

/** A monolingual run has zeros that a formula may divide by. */
function hint({ S, r, k }: Point): string {
  const zeros = [S === 0 ? 'S = 0' : '', r === 1 ? '1 − r = 0' : '', k === 1 ? 'k − 1 = 0' : ''].filter(
    (zero) => zero !== '',
  );
  return zeros.length === 0 ? '' : ` (at this run ${zeros.join(', ')})`;
}
