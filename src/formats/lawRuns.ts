/** Runs in columns, as they are sent to the worker that fits laws: ten thousand of them cross in a millisecond. */

import type { RunRow } from './runs/row.ts';

export const LAW_QUANTITIES = ['N', 'D_T', 'k', 'r', 'r_f', 'loss', 'weight', 'r_1', 's'] as const;
export type LawQuantity = (typeof LAW_QUANTITIES)[number];

/** Words of one column, each once, and which of them each run has. */
export type WordColumn = { readonly words: readonly string[]; readonly index: Uint32Array };

export type LawRuns = {
  /** By which later commands name them; whoever sends them chooses it. */
  readonly id: number;
  /** A value a run; NaN where it is not known (r_1 and s). */
  readonly quantities: Readonly<Record<LawQuantity, Float64Array>>;
  readonly groups: Readonly<Record<string, WordColumn>>;
  /** Where each run was read, for people. */
  readonly places: readonly string[];
};

export function lawRunsOf(id: number, rows: readonly RunRow[]): LawRuns {
  const quantities = Object.fromEntries(
    LAW_QUANTITIES.map((quantity) => [
      quantity,
      Float64Array.from(rows, (row) => row[quantity] ?? Number.NaN),
    ]),
  ) as Record<LawQuantity, Float64Array>;
  const names = new Set<string>();
  for (const { groups } of rows) for (const name of Object.keys(groups)) names.add(name);
  const groups = Object.fromEntries([...names].map((name) => [name, wordColumn(rows, name)]));
  return { id, quantities, groups, places: rows.map(({ place }) => place) };
}

function wordColumn(rows: readonly RunRow[], name: string): WordColumn {
  const numbers = new Map<string, number>();
  const index = Uint32Array.from(rows, ({ groups }) => {
    const word = groups[name] ?? '';
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
  return { words: [...numbers.keys()], index };
}

/** The same as rows; what no run of the columns says is absent from its groups only where it is absent from all. */
export function rowsOfLawRuns({ quantities, groups, places }: LawRuns): RunRow[] {
  const columns = Object.entries(groups);
  const at = (quantity: LawQuantity, row: number): number => quantities[quantity][row] ?? Number.NaN;
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return places.map((place, row) => {
    const [D_T, k, r] = [at('D_T', row), at('k', row), at('r', row)];
    return {
      N: at('N', row),
      D_T,
      k,
      D: (k * D_T) / r,
      r,
      r_f: at('r_f', row),
      loss: at('loss', row),
      weight: at('weight', row),
      r_1: known(at('r_1', row)),
      s: known(at('s', row)),
      groups: Object.fromEntries(
        columns.map(([name, { words, index }]) => [name, words[index[row] ?? 0] ?? '']),
      ),
      place,
    };
  });
}
