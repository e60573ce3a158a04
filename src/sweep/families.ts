/**
 * Which runs need not take their first steps, since another run takes the same ones.
 *
 * Nothing is asked of a recipe: what counts is where windows and learning rates agree. So two-stage runs share their first stage where
 * their rate is still at its peak and their warm-up takes equally many steps; under a cosine, runs share nothing unless they decay alike.
 */

import type { TrainConfig } from '../formats/config.ts';
import { type Fork, likenessOf, sharedSteps } from '../train/checkpoint/fork.ts';
import { type CorporaOfRuns, type PlannedRun, planFleets } from '../train/fleet/plan.ts';

export type Families = {
  /** One at most a run, from a run that stands before it in the list. */
  readonly forks: readonly Fork[];
  /** Steps that nobody takes twice, over all forks, and their 6·N·D in FLOPs. */
  readonly savedSteps: number;
  readonly savedFlops: number;
};

/** A fork makes and reads a checkpoint, which costs as much as a few steps. */
const LEAST_STEPS = 8;

/** A run and those that fork from it, each where they part. */
type Branch = { readonly run: PlannedRun; readonly forks: { readonly step: number; readonly to: Branch }[] };

/** The forks among runs that are trained together, whichever fleets they make. Throws `RunConfigError` for a run that cannot be. */
export function familiesOf(
  configs: readonly TrainConfig[],
  corpora: CorporaOfRuns,
  leastSteps = LEAST_STEPS,
): Families {
  const found = planFleets(configs, corpora).map(({ runs }) => families(runs, leastSteps));
  return {
    forks: found.flatMap(({ forks }) => forks),
    savedSteps: found.reduce((sum, { savedSteps }) => sum + savedSteps, 0),
    savedFlops: found.reduce((sum, { savedFlops }) => sum + savedFlops, 0),
  };
}

/**
 * The forks that save the most steps, among runs of one fleet plan. A fork comes where the two part, so that no step is taken twice;
 * forks of less than `leastSteps` steps are left out.
 */
export function families(runs: readonly PlannedRun[], leastSteps = LEAST_STEPS): Families {
  const forks: Fork[] = [];
  let savedSteps = 0;
  let savedFlops = 0;
  // By what runs must have in common to share anything.
  const trees = new Map<string, Branch[]>();
  for (const run of runs) {
    const likeness = likenessOf(run);
    const roots = trees.get(likeness) ?? [];
    trees.set(likeness, roots);
    const added: Branch = { run, forks: [] };
    const place = placeOf(run, roots, leastSteps);
    if (!place) {
      roots.push(added);
      continue;
    }
    const { branch, step } = place;
    branch.forks.push({ step, to: added });
    forks.push({ from: branch.run.name, step, to: run.name });
    savedSteps += step;
    savedFlops += 6 * run.realised.N * step * run.plan.batch * run.plan.context;
  }
  return { forks, savedSteps, savedFlops };
}

type Place = { readonly branch: Branch; readonly step: number };

/** Where a run parts last from all that are there. */
function placeOf(run: PlannedRun, roots: readonly Branch[], leastSteps: number): Place | null {
  for (const root of roots) {
    const step = sharedSteps(root.run, run);
    if (step >= Math.max(1, leastSteps)) return furthest(run, { branch: root, step });
  }
  return null;
}

/** Only who parts from the branch at the same step can have more in common with the run than the branch has. */
function furthest(run: PlannedRun, { branch, step }: Place): Place {
  for (const { step: parted, to } of branch.forks) {
    if (parted !== step) continue;
    const shared = sharedSteps(to.run, run, step);
    if (shared > step) return furthest(run, { branch: to, step: shared });
  }
  return { branch, step };
}
