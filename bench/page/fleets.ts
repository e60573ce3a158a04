/** The page's part in timing fleets: one fleet of M runs, and the same M runs as single ones in turns. */

import { BENCH_SIZES, type BenchSizeName } from '../../src/model/bench/sizes.ts';
import { createOurFleet, type OurFleet } from '../trainers/ours.ts';
import { makeWorkload } from '../workload.ts';
import { ourEngine } from './devices.ts';

export type Together = 'fleet' | 'singles';

type OpenRuns = {
  /** GPU memory that the fleet holds. */
  readonly bytes: number;
  /** Tokens of one step of one run. */
  readonly tokensPerStep: number;
};

/** Either way the same runs in the same order: a fleet of all, or a fleet for each. */
const groups = new Map<Together, readonly OurFleet[]>();

function groupOf(together: Together): readonly OurFleet[] {
  const group = groups.get(together);
  if (!group) throw new Error(`no runs have been opened as ${together}`);
  return group;
}

/** Takes `steps` steps of every run and gives all their losses, [run][step]. */
async function train(together: Together, steps: number): Promise<number[][]> {
  const group = groupOf(together);
  const losses: number[][] = [];
  // One after the other: runs that share the queue would take each other's work for their own, and bundle too few steps.
  for (const fleet of group) {
    await fleet.advance(steps);
    losses.push(...(await fleet.losses()));
  }
  const taken = losses.find((run) => run.length !== steps);
  if (taken) throw new Error(`the engine was asked for ${steps} steps and took ${taken.length}`);
  return losses;
}

function closeRuns(): void {
  for (const group of groups.values()) for (const fleet of group) fleet.destroy();
  groups.clear();
}

export const fleetCalls = {
  /** Opens `runs` runs of a size both ways; what was open is closed. */
  async openRuns(size: BenchSizeName, runs: number): Promise<OpenRuns> {
    closeRuns();
    const ours = await ourEngine();
    const workload = makeWorkload(BENCH_SIZES[size]);
    const fleet = await createOurFleet(ours, workload, { first: 0, count: runs });
    groups.set('fleet', [fleet]);
    const singles: OurFleet[] = [];
    groups.set('singles', singles);
    for (let run = 0; run < runs; run++) {
      singles.push(await createOurFleet(ours, workload, { first: run, count: 1 }));
    }
    return { bytes: fleet.bytes, tokensPerStep: workload.size.batch * workload.size.config.context };
  },

  closeRuns,

  /** The losses of the next `steps` steps of every run, [run][step]. */
  runLosses: train,

  /** Milliseconds for `steps` steps of every run, and the reading of their losses. */
  async timeRuns(together: Together, steps: number): Promise<number> {
    const start = performance.now();
    await train(together, steps);
    return performance.now() - start;
  },
};
