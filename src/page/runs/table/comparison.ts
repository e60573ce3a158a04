/** What tells runs apart, and what they have in common. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { COLUMNS, type Column } from './columns.ts';

export type Comparison = {
  /** Columns in which the runs were asked for differently. */
  readonly differing: readonly Column[];
  /** What was asked for alike, as it is written. */
  readonly common: readonly { readonly column: Column; readonly text: string }[];
};

/** Lists of runs are values, and a table asks several times for the same. */
const known = new WeakMap<readonly RunSummary[], Comparison>();

/** Of settings alone: measured values always differ. Numbers that are written alike are alike: 0.7501 and 0.7502. */
export function compareRuns(runs: readonly RunSummary[]): Comparison {
  const before = known.get(runs);
  if (before) return before;
  const compared = compare(runs);
  known.set(runs, compared);
  return compared;
}

function compare(runs: readonly RunSummary[]): Comparison {
  const differing: Column[] = [];
  const common: { column: Column; text: string }[] = [];
  const [first] = runs;
  if (!first) return { differing, common };
  for (const column of COLUMNS) {
    if (!column.isSetting) continue;
    const value = column.value(first);
    const text = column.text(value);
    const differs = (run: RunSummary) => {
      const other = column.value(run);
      // Texts may be written alike that are not: the same languages, another size.
      return other !== value && !(column.isNumber && column.text(other) === text);
    };
    if (runs.some(differs)) differing.push(column);
    else common.push({ column, text });
  }
  return { differing, common };
}
