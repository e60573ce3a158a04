/** Where a law begins that contains another which has been fitted. */

import type { Law } from '../../law/law.ts';

/** Of each product of the further parameters' starts no more than so many are descended from. */
const MOST_STARTS = 8;

/** Coordinates: parameters of the same name stand where the fit has them, the others at each of their own starts. */
export function startsFrom(
  law: Law,
  { law: simple, theta }: { readonly law: Law; readonly theta: Float64Array },
): Float64Array[] {
  let starts: number[][] = [[]];
  for (const { name, starts: own } of law.parameters) {
    const known = theta[simple.parameters.findIndex((parameter) => parameter.name === name)];
    const values = known === undefined ? own : [known];
    starts = starts.flatMap((start) => values.map((value) => [...start, value]));
  }
  return starts.slice(0, MOST_STARTS).map((start) => Float64Array.from(start));
}
