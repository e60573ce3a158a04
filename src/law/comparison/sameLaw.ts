/** Laws that are one law on the runs that there are. */

import { coveredRuns } from '../certainty/sensitivities.ts';
import { informationOf, inverseOf } from '../fit/information.ts';
import type { Fit } from '../fit/outcome.ts';
import { rowsOf } from '../fit/rows.ts';
import type { Run } from '../run.ts';

/** Of log loss: descents to one bottom end this close, and laws that differ anywhere differ by more. */
const SAME_PREDICTION = 1e-6;

/**
 * Groups of two or more `fits` that are one law on `runs`: they cover the same runs, predict the same loss at each, and have as many
 * directions that these tell. So are all laws of total tokens on monolingual runs, and a law whose further terms nothing there can
 * show; not a richer law that happens to come close. Groups and fits keep their order.
 */
export function sameLaws(fits: readonly Fit[], runs: readonly Run[]): Fit[][] {
  const groups: { readonly fits: Fit[]; readonly looks: Looks }[] = [];
  for (const fit of fits) {
    const looks = looksOf(fit, runs);
    const group = groups.find((other) => isSame(other.looks, looks));
    if (group === undefined) groups.push({ fits: [fit], looks });
    else group.fits.push(fit);
  }
  return groups.flatMap(({ fits: members }) => (members.length > 1 ? [members] : []));
}

type Looks = { readonly told: number; readonly logLoss: ReadonlyMap<Run, number> };

function looksOf({ law, theta, frozen, unknown }: Fit, runs: readonly Run[]): Looks {
  const covered = coveredRuns(law, runs);
  const gradient = new Float64Array(law.parameters.length);
  const free = law.parameters.flatMap(({ name }, index) =>
    frozen.includes(name) || unknown.includes(name) ? [] : [index],
  );
  const { open } = inverseOf(informationOf(law, rowsOf(law, covered), theta, free));
  return {
    told: free.length - open,
    logLoss: new Map(covered.map((run) => [run, law.logLoss(run.point, theta, gradient)])),
  };
}

function isSame(one: Looks, other: Looks): boolean {
  if (one.told !== other.told || one.logLoss.size !== other.logLoss.size) return false;
  return [...one.logLoss].every(
    ([run, value]) => Math.abs(value - (other.logLoss.get(run) ?? Number.NaN)) <= SAME_PREDICTION,
  );
}
