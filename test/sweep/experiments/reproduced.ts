/** All rounds of an experiment in a world whose losses are known: nothing is trained. */

import type { ManifestRun } from '../../../src/formats/manifest.ts';
import type { RunRecord } from '../../../src/formats/record.ts';
import type { Experiment, ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { mergedLines, resultsOf } from '../../../src/sweep/experiments/results.ts';
import type { Setting } from '../../../src/sweep/experiments/settings.ts';
import { normals } from '../../law/certainty/synthetic.ts';
import { madeUpRecord, planned } from './madeUp.ts';

export type World = {
  /** Target loss without noise, bits per byte; Infinity where the run diverges. */
  readonly loss: (run: ManifestRun) => number;
  /** Standard deviation of each half's loss, bits per byte. */
  readonly noise: number;
  readonly seed?: number;
};

/** Each round on the results of those before it. A run has the same loss however often and in whatever order it is asked for. */
export async function reproduced(
  { rounds }: Pick<Experiment, 'rounds'>,
  setting: Setting,
  { loss, noise, seed = 1 }: World,
): Promise<ResultRun[]> {
  let lines: readonly ManifestRun[] = [];
  let results: ResultRun[] = [];
  const records = new Map<string, RunRecord>();
  for (const { designs } of rounds) {
    lines = mergedLines([...lines, ...(await planned(designs(results, setting)))]);
    for (const run of lines) {
      if (records.has(run.id)) continue;
      const normal = normals(Number.parseInt(run.id.slice(0, 7), 16) + seed);
      const expected = loss(run);
      records.set(run.id, madeUpRecord(run, [expected + noise * normal(), expected + noise * normal()]));
    }
    results = resultsOf(lines, records.values());
  }
  return results;
}
