/** What a run table shows, as a table for files: the columns that are seen, by their keys, numbers with all their digits. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import type { Column } from './columns.ts';
import type { Live } from './filter.ts';

/** A row a run, its id in front: names may be alike. */
export function tableOfRuns(
  runs: readonly RunSummary[],
  columns: readonly Column[],
  live: Live = new Map(),
): FigureTable {
  return {
    columns: ['id', ...columns.map(({ key }) => key)].map((name) => ({ name })),
    rows: runs.map((run) => [run.id, ...columns.map((column) => column.value(run, live.get(run.id)))]),
  };
}
