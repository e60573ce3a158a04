/** Which of the runs that were read are fitted. */

import { nearest } from '../../formats/nearest.ts';
import { mixtureNotes } from '../../formats/runs/mixture.ts';
import { LeftOutCounter, type RunRow, type Runs } from '../../formats/runs/row.ts';
import { InputError } from '../report.ts';
import { type Condition, conditionWords, isMet } from './conditions.ts';

export type Choice = {
  readonly where: readonly Condition[];
  /** So many runs of the largest losses are left out. */
  readonly dropTop: number;
};

/** What a run can be chosen by beside its groups; null where it is not known. */
const QUANTITIES: Readonly<Record<string, (row: RunRow) => number | null>> = {
  N: ({ N }) => N,
  D_T: ({ D_T }) => D_T,
  k: ({ k }) => k,
  r: ({ r }) => r,
  r_f: ({ r_f }) => r_f,
  r_1: ({ r_1 }) => r_1,
  s: ({ s }) => s,
  D: ({ D }) => D,
  S: ({ D, r }) => D * (1 - r),
  C: ({ N, D }) => 6 * N * D,
  loss: ({ loss }) => loss,
};

/** Also says what of the chosen does not belong into one fit. Throws `InputError` for what no run can be chosen by. */
export function chooseRuns(runs: Runs, { where, dropTop }: Choice): Runs {
  const leftOut = new LeftOutCounter();
  for (const { reason, rows, first } of runs.leftOut) leftOut.add(reason, first, rows);
  let rows = runs.rows;
  for (const condition of where) {
    const before = rows;
    rows = rows.filter((row) => {
      const isWanted = meets(row, condition, runs.groups);
      if (!isWanted) leftOut.add(`not ${conditionWords(condition)} (--where)`, row.place);
      return isWanted;
    });
    if (rows.length === 0) throw new InputError(`--where: ${noneWords(condition, runs, before)}`);
  }
  const dropped = largestLosses(rows, dropTop);
  for (const { place } of dropped) leftOut.add(`among the ${dropTop} largest losses (--drop-top)`, place);
  const chosen = rows.filter((row) => !dropped.has(row));
  return {
    ...runs,
    rows: chosen,
    leftOut: leftOut.list(),
    notes: [...runs.notes, ...mixtureNotes({ rows: chosen, groups: runs.groups })],
  };
}

/** A column of that name is meant before a quantity, which may have been taken from it. */
function meets(row: RunRow, condition: Condition, groups: readonly string[]): boolean {
  const { name, relation, values } = condition;
  if (groups.includes(name)) {
    const word = row.groups[name] ?? '';
    return relation === '=' ? values.includes(word) : word !== '' && isMet(condition, Number(word));
  }
  const value = Object.hasOwn(QUANTITIES, name) ? QUANTITIES[name]?.(row) : undefined;
  return typeof value === 'number' && isMet(condition, value);
}

/** Of equal losses the earlier. */
function largestLosses(rows: readonly RunRow[], count: number): ReadonlySet<RunRow> {
  if (count === 0) return new Set();
  return new Set([...rows].sort((a, b) => b.loss - a.loss).slice(0, count));
}

const MOST_SAID = 12;

/** `rows` are those that the conditions before this one have left. */
function noneWords(condition: Condition, { groups }: Runs, rows: readonly RunRow[]): string {
  const { name } = condition;
  const isGroup = groups.includes(name);
  if (!isGroup && !Object.hasOwn(QUANTITIES, name)) {
    const all = [...groups, ...Object.keys(QUANTITIES)];
    const close = nearest(name, all);
    const hint = close === null ? `there are ${all.join(', ')}` : `did you mean ${close}?`;
    return `the runs have no column ${name} to choose by; ${hint}`;
  }
  const there = isGroup
    ? [...new Set(rows.map((row) => row.groups[name] ?? ''))]
    : [...new Set(rows.flatMap((row) => QUANTITIES[name]?.(row) ?? []))]
        .sort((a, b) => a - b)
        .map((value) => `${Number(value.toPrecision(4))}`);
  const more = there.length > MOST_SAID ? ` and ${there.length - MOST_SAID} more` : '';
  const listed =
    there.length === 0 ? 'none is known' : `there are ${there.slice(0, MOST_SAID).join(', ')}${more}`;
  return `no run has ${conditionWords(condition)}; ${listed}`;
}
