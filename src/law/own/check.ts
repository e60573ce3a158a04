/** Whether a law of one's own gives losses at the runs that it is to be fitted to. */

import { coordinateOf, valuesOf } from '../law.ts';
import type { Point } from '../point.ts';
import type { Run } from '../run.ts';
import { NoLossError } from './errors.ts';
import type { OwnLaw } from './ownLaw.ts';

type Values = Readonly<Record<string, number>>;

/**
 * Throws a {@link NoLossError} where at every start of the law's grid some run has a loss that is not above 0 and finite, or one that
 * has no slope: there a fit would have nowhere to begin. `freeze` are values of parameters that are not fitted, which stand in the place
 * of their starts. Stops at the first start that will do, so it costs little for a formula that is sound.
 */
export function checkOwnLaw(law: OwnLaw, runs: readonly Run[], freeze: Values = {}): void {
  const gradient = new Float64Array(law.parameters.length);
  let first: Fault | null = null;
  for (const theta of grid(law, freeze)) {
    const run = runs.find(({ point }) => !Number.isFinite(law.logLoss(point, theta, gradient)));
    if (run === undefined) return;
    const loss = law.formulaAt(run.point, theta);
    const isLoss = loss > 0 && Number.isFinite(loss);
    // A number that is no loss says more to a person than a loss without a slope.
    if (first === null || (first.isLoss && !isLoss))
      first = { run, theta: Float64Array.from(theta), loss, isLoss };
  }
  if (first === null) return;
  const { run, theta, loss, isLoss } = first;
  throw new NoLossError(
    law.name,
    run.place,
    loss,
    isLoss ? law.slopelessAt(run.point, theta) : [],
    valuesOf(law, theta),
    zeroHint(law, run.point) + infinityHint(freeze),
  );
}

type Fault = {
  readonly run: Run;
  readonly theta: Float64Array;
  readonly loss: number;
  readonly isLoss: boolean;
};

/** Every combination of starts, in one array that is written anew for each. */
function* grid({ parameters }: OwnLaw, freeze: Values): Generator<Float64Array> {
  const lists = parameters.map((parameter) => {
    const frozen = freeze[parameter.name];
    return frozen === undefined ? parameter.starts : [coordinateOf(parameter, frozen)];
  });
  const theta = new Float64Array(lists.length);
  const points = lists.reduce((product, { length }) => product * length, 1);
  for (let index = 0; index < points; index++) {
    let rest = index;
    lists.forEach((starts, place) => {
      theta[place] = starts[rest % starts.length] ?? Number.NaN;
      rest = Math.floor(rest / starts.length);
    });
    yield theta;
  }
}

/** A monolingual run has zeros that a formula may divide by; of quantities that it reads. */
function zeroHint({ reads }: OwnLaw, { S, r, k }: Point): string {
  const zeros = [
    S === 0 && reads.includes('S') ? 'S = 0' : '',
    r === 1 && reads.includes('r') ? '1 − r = 0' : '',
    k === 1 && reads.includes('k') ? 'k − 1 = 0' : '',
  ].filter((zero) => zero !== '');
  return zeros.length === 0 ? '' : ` (at this run ${zeros.join(', ')})`;
}

function infinityHint(freeze: Values): string {
  const infinite = Object.keys(freeze).filter((name) => !Number.isFinite(freeze[name]));
  return infinite.length === 0
    ? ''
    : `; ${infinite.join(', ')} is frozen at infinity, where a formula has no limit but what it works out to (∞·0 is no number): ` +
        'freeze a large number instead';
}
