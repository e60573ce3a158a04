/** A round of an experiment → the runs that it asks for. */

import type { ManifestRun } from '../../formats/manifest.ts';
import type { Corpora } from '../../train/fleet/plan.ts';
import { manifestRuns, type Relocate } from '../design/lines.ts';
import { type PlanSweepOptions, planSweep, type SweepPlan } from '../design/planSweep.ts';
import type { TextFacts } from '../design/texts.ts';
import type { ResultRun, Round } from '../experiments/experiment.ts';
import type { Setting } from '../experiments/settings.ts';

/** What planning needs to know of texts. */
export type PlanningTexts = {
  readonly readTexts: PlanSweepOptions['readTexts'];
  /** The texts that facts are of. */
  readonly corporaOf: (facts: TextFacts) => Corpora;
  /** Paths as manifests are to have them. */
  readonly relocate?: Relocate;
};

export type PlannedRound = SweepPlan & {
  readonly round: Round;
  /** In the order of `runs`. */
  readonly lines: readonly ManifestRun[];
};

/** Rejects with what reading the texts throws, and with the signal's reason. */
export async function planRound(
  round: Round,
  results: readonly ResultRun[],
  setting: Setting,
  { readTexts, relocate }: PlanningTexts,
  signal?: AbortSignal,
): Promise<PlannedRound> {
  const designs = round.designs(results, setting);
  const plan = await planSweep(designs, { readTexts, ...(signal && { signal }) });
  return { ...plan, round, lines: manifestRuns(plan.runs, relocate) };
}
