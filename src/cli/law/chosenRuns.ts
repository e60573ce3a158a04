/** Which of the runs that were read are fitted. */

import { nearest } from '../../formats/nearest.ts';
import { LeftOutCounter, type RunRow, type Runs } from '../../formats/runs/row.ts';
import { InputError } from '../report.ts';

export type Choice = {
  /** Group → the words that are wanted in it. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** So many runs of the largest losses are left out. */
  readonly dropTop: number;
};

/** Throws `InputError` for a group that there is not. */
export function chooseRuns(runs: Runs, { where, dropTop }: Choice): Runs {
  const leftOut = new LeftOutCounter();
  for (const { reason, rows, first } of runs.leftOut) leftOut.add(reason, first, rows);
  let rows = runs.rows;
  for (const [group, words] of Object.entries(where)) {
    rows = rows.filter((row) => {
      const isWanted = words.includes(row.groups[group] ?? '');
      if (!isWanted) leftOut.add(`not ${group} = ${words.join(' or ')} (--where)`, row.place);
      return isWanted;
    });
    if (rows.length === 0) throw new InputError(`--where: ${noneWords(group, words, runs)}`);
  }
  const dropped = largestLosses(rows, dropTop);
  for (const { place } of dropped) leftOut.add(`among the ${dropTop} largest losses (--drop-top)`, place);
  return { ...runs, rows: rows.filter((row) => !dropped.has(row)), leftOut: leftOut.list() };
}

/** Of equal losses the earlier. */
function largestLosses(rows: readonly RunRow[], count: number): ReadonlySet<RunRow> {
  if (count === 0) return new Set();
  return new Set([...rows].sort((a, b) => b.loss - a.loss).slice(0, count));
}

const MOST_SAID = 12;

function noneWords(group: string, words: readonly string[], { rows, groups }: Runs): string {
  if (!groups.includes(group)) {
    const close = nearest(group, groups);
    const hint = close === null ? `there are ${groups.join(', ') || 'none'}` : `did you mean ${close}?`;
    return `the runs have no column ${group} to choose by; ${hint}`;
  }
  const there = [...new Set(rows.map((row) => row.groups[group] ?? ''))];
  const more = there.length > MOST_SAID ? ` and ${there.length - MOST_SAID} more` : '';
  return `no run has ${words.join(' or ')} in ${group}; there are ${there.slice(0, MOST_SAID).join(', ')}${more}`;
}
