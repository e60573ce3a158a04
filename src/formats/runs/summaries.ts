/** Summaries of runs → rows: what the page fits, under the same rules as records in a file. */

import type { RunSummary } from '../runSummary.ts';
import { whyLeftOut } from './admission.ts';
import { deriveRun, QuantityProblem } from './derive.ts';
import type { ReadRunsOptions } from './options.ts';
import { type LeftOut, LeftOutCounter, type RunRow, type RunSource, type Runs } from './row.ts';

/** Where each quantity stands in a record. */
const COLUMNS: Readonly<Record<string, string>> = {
  N: 'realised.N',
  loss: 'final.targetLoss',
  D_T: 'realised.D_T',
  k: 'realised.k',
  r: 'realised.r',
  r_f: 'realised.r_f',
  r_1: 'realised.r_1',
  s: 'realised.s',
};

export type ReadSummariesOptions = Pick<ReadRunsOptions, 'include'> & {
  readonly read?: typeof readRunSummary;
};

/** A run as a row of a fit, or why it is none. */
export type ReadSummary =
  | { readonly row: RunRow }
  | { readonly why: string; readonly place: string; readonly pair: string };

/** One of the runs of {@link readRunSummaries}. */
export function readRunSummary(
  run: RunSummary,
  { include = [] }: Pick<ReadRunsOptions, 'include'> = {},
): ReadSummary {
  const { id, name, collection, pair, N, D_T, k, r, r_f, r_1, s, targetLoss } = run;
  const place = `${collection}: ${name === '' ? id : name}`;
  const why = whyLeftOut(run, include) ?? lossProblem(targetLoss);
  if (why !== null || targetLoss === null) return { why: why ?? '', place, pair };
  try {
    const quantities = deriveRun({ N, D_T, k, r, r_f, r_1, s });
    return { row: { ...quantities, loss: targetLoss, weight: 1, groups: groupsOf(run), place } };
  } catch (error) {
    if (!(error instanceof QuantityProblem)) throw error;
    return { why: `${error.role}: ${error.message}`, place, pair };
  }
}

/**
 * The rows of those runs that may enter a fit, and why the others may not, by the pair of their texts; a collection is a source. Throws
 * nothing. `read` may know runs that were read before.
 */
export function readRunSummaries(
  runs: readonly RunSummary[],
  { include = [], read = readRunSummary }: ReadSummariesOptions = {},
): Runs {
  const leftOut = new Map<string, LeftOutCounter>();
  const rows: RunRow[] = [];
  const counts = new Map<string, number>();
  for (const run of runs) {
    const found = read(run, { include });
    if ('why' in found) {
      const counter = leftOut.get(found.pair) ?? new LeftOutCounter();
      leftOut.set(found.pair, counter);
      counter.add(found.why, found.place);
      continue;
    }
    rows.push(found.row);
    counts.set(run.collection, (counts.get(run.collection) ?? 0) + 1);
  }
  const sources = [...counts].map(([file, count]): RunSource => ({ file, rows: count, columns: COLUMNS }));
  return {
    rows,
    columns: rows.length === 0 ? {} : COLUMNS,
    sources,
    groups: Object.keys(rows[0]?.groups ?? {}),
    leftOut: [...leftOut]
      .flatMap(([pair, counter]) => counter.list().map((one): LeftOut => ({ ...one, pair })))
      .sort((a, b) => b.rows - a.rows),
    notes: [],
  };
}

function lossProblem(loss: number | null): string | null {
  if (loss === null) return 'no loss was measured';
  return loss > 0 && Number.isFinite(loss) ? null : 'its loss is no number above 0';
}

function groupsOf(run: RunSummary): Record<string, string> {
  const { id, name, pair, target, seed, kind, status, tokenizer, collection } = run;
  return { id, name, pair, target, seed: String(seed), kind, status, tokenizer, collection };
}
