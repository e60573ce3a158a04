/** Rows and sources of runs, for tests of what is fitted. */

import type { RunRow } from '../../../src/formats/runs/row.ts';
import type { FitSource } from '../../../src/page/fit/selection.ts';

export function rowOf(id: string, change: Partial<RunRow> = {}, groups: Record<string, string> = {}): RunRow {
  return {
    ...{ N: 1e5, D_T: 1e6, k: 1, D: 1e6, r: 1, r_f: 1, loss: 3, weight: 1, r_1: null, s: null },
    groups: { id, pair: 'world:id with world:en', tokenizer: 'bytes', seed: '1', ...groups },
    place: `runs: ${id}`,
    ...change,
  };
}

export function sourceOf(key: string, rows: readonly RunRow[], kind: FitSource['kind'] = 'own'): FitSource {
  return {
    key,
    title: key,
    kind,
    runs: { rows, columns: { N: 'realised.N' }, sources: [], groups: [], leftOut: [], notes: [] },
  };
}
