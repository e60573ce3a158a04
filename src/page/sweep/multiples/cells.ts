/** Runs of one recipe under several seeds as one small chart, named by what tells it from the others. */

import type { SweepRun } from '../../../worker/api/sweep.ts';
import { kindWords } from '../../runs/kinds.ts';
import { type Quantity, quantityWords } from '../words.ts';

export type Cell = {
  readonly key: string;
  /** `two stages`. */
  readonly kind: SweepRun['kind'];
  /** What tells it from the others: D_T is 8,192, r is 0.25. None where nothing differs. */
  readonly parts: readonly { readonly of: Quantity; readonly value: string }[];
  readonly runs: readonly SweepRun[];
};

const QUANTITIES: readonly Quantity[] = ['C', 'N', 'D_T', 'k', 'r', 'r_f', 'r_1', 's'];
/** What mostly follows from the others, the least telling first. */
const DISPENSABLE: readonly Quantity[] = ['s', 'k', 'r_1', 'r_f', 'C', 'r'];
/** Numbers that were reached in two ways differ in their last digits. */
const DIGITS = 6;

/** In the order of their first runs. */
export function cellsOf(runs: readonly SweepRun[]): Cell[] {
  const cells = new Map<string, SweepRun[]>();
  for (const run of runs) {
    const key = keyOf(run, QUANTITIES);
    const cell = cells.get(key);
    if (cell) cell.push(run);
    else cells.set(key, [run]);
  }
  const firsts = [...cells.values()].flatMap(([first]) => first ?? []);
  const telling = tellingOf(firsts);
  return [...cells].map(([key, ofCell]) => {
    const [first] = ofCell;
    return {
      key,
      kind: first?.kind ?? 'multi-stage',
      parts: first ? telling.map((of) => ({ of, value: quantityWords(of, first[of]) })) : [],
      runs: ofCell,
    };
  });
}

/** `one stage, D_T 8,192 · r 0.25`. */
export function cellTitle({ kind, parts }: Pick<Cell, 'kind' | 'parts'>): string {
  const name = parts.map(({ of, value }) => `${of} ${value}`).join(' · ');
  return name === '' ? kindWords(kind) : `${kindWords(kind)}, ${name}`;
}

/** The quantities that differ, without those that tell nothing more. */
function tellingOf(cells: readonly SweepRun[]): readonly Quantity[] {
  let telling = QUANTITIES.filter((of) => new Set(cells.map((run) => short(run[of]))).size > 1);
  const apart = (of: readonly Quantity[]) => new Set(cells.map((run) => keyOf(run, of))).size;
  const wanted = apart(telling);
  for (const one of DISPENSABLE) {
    const without = telling.filter((of) => of !== one);
    if (apart(without) === wanted) telling = without;
  }
  return telling;
}

function keyOf(run: SweepRun, quantities: readonly Quantity[]): string {
  return [run.kind, ...quantities.map((of) => short(run[of]))].join(' ');
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
