/** Results that were never trained: designs planned on texts of any length, each run with the loss that a test says. */

import { recordConfig } from '../../../src/formats/config.ts';
import type { ManifestRun } from '../../../src/formats/manifest.ts';
import type { RunRecord } from '../../../src/formats/record.ts';
import type { SweepDesign } from '../../../src/formats/sweepDesignFields.ts';
import { manifestRuns } from '../../../src/sweep/design/lines.ts';
import { planSweep } from '../../../src/sweep/design/planSweep.ts';
import type { TextFacts } from '../../../src/sweep/design/texts.ts';
import type { ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import { resultsOf } from '../../../src/sweep/experiments/results.ts';
import { BYTE_VOCABULARY } from '../../../src/text/tokenizer/bytes.ts';
import { recordOf } from '../manifests.ts';

const ENDLESS: TextFacts = {
  vocabulary: BYTE_VOCABULARY,
  target: { training: 1e9, validation: 1e6 },
  source: { training: 1e9, validation: 1e6 },
  hashes: { target: 'ab'.repeat(32), source: 'cd'.repeat(32), tokenizer: 'ef'.repeat(32) },
};

/** Lines of a manifest. Throws where a run cannot be. */
export async function planned(designs: readonly SweepDesign[]): Promise<ManifestRun[]> {
  const { runs, dropped } = await planSweep(designs, {
    readTexts: async (configs) => configs.map(() => ENDLESS),
  });
  if (dropped.length > 0) throw new Error(`dropped: ${JSON.stringify(dropped)}`);
  return manifestRuns(runs);
}

/** Bits per byte on the even and on the odd held-out windows; one number for both. Infinity: the run diverged. */
export type MadeUpLoss = number | readonly [even: number, odd: number];

export function madeUpRecord(run: ManifestRun, loss: MadeUpLoss): RunRecord {
  const [even, odd] = typeof loss === 'number' ? [loss, loss] : loss;
  const config = recordConfig(run.config);
  const bits = (even + odd) / 2;
  if (!Number.isFinite(bits)) return { ...recordOf(run), config, status: 'diverged', final: null };
  const { final, ...record } = recordOf(run, bits * Math.LN2);
  if (!final) throw new Error('a record that is done has losses');
  return {
    ...record,
    config,
    realised: { ...record.realised, ...run.nominal },
    final: {
      ...final,
      targetBitsPerByte: bits,
      targetHalves: [even * Math.LN2, odd * Math.LN2],
      targetHalvesBitsPerByte: [even, odd],
    },
  };
}

/** The runs of these designs, finished. */
export async function madeUp(
  designs: readonly SweepDesign[],
  lossOf: (run: ManifestRun) => MadeUpLoss,
): Promise<ResultRun[]> {
  const lines = await planned(designs);
  return resultsOf(
    lines,
    lines.map((line) => madeUpRecord(line, lossOf(line))),
  );
}
