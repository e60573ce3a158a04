/** What a law takes over from a fit of another law, before it is fitted itself. */

import { type Law, valuesOf } from '../law.ts';
import { lawNamed } from '../laws/catalogue.ts';
import type { Run } from '../run.ts';
import { BorrowError } from './errors.ts';
import type { Fit } from './outcome.ts';

type Values = Readonly<Record<string, number>>;

/**
 * Values to freeze: those of `freeze`, and those that the law borrows and `freeze` does not give. `fitOther` is how the other law is
 * fitted, with the frozen values that it shares. Throws {@link BorrowError}.
 */
export async function withBorrowed(
  law: Law,
  runs: readonly Run[],
  freeze: Values,
  fitOther: (other: Law, runs: readonly Run[], freeze: Values) => Promise<Fit>,
): Promise<Values> {
  const { borrows } = law;
  if (borrows === undefined) return freeze;
  const wanted = borrows.parameters.filter((name) => freeze[name] === undefined);
  if (wanted.length === 0) return freeze;
  const other = lawNamed(borrows.law);
  const shared = Object.fromEntries(
    borrows.parameters.flatMap((name) => (freeze[name] === undefined ? [] : [[name, freeze[name]]])),
  );
  const theirs = runs.filter(({ point }) => borrows.runs(point));
  const needed = other.parameters.length - Object.keys(shared).length + 1;
  if (theirs.length < needed) throw new BorrowError(law, other, theirs.length, needed);
  const fit = await fitOther(other, theirs, shared);
  if (fit.status === 'under-determined') throw new BorrowError(law, other, theirs.length, needed);
  const values = valuesOf(other, fit.theta);
  return { ...freeze, ...Object.fromEntries(wanted.map((name) => [name, values[name] ?? Number.NaN])) };
}
