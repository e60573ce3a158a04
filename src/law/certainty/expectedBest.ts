/** What luck alone is worth to whoever is chosen among many. */

import { fishersFTail } from './fishersF.ts';

const MANY_DEGREES = 1e6;
const FURTHEST = 8;
const HALVINGS = 40;

/** The largest of so many draws from a standard normal distribution, on average: Blom's approximation, 5 % too large for two. 0 for one or none. */
export function expectedBest(count: number): number {
  if (count <= 1) return 0;
  const above = 1 - (count - 0.375) / (count + 0.25);
  let [low, high] = [0, FURTHEST];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (fishersFTail(middle ** 2, 1, MANY_DEGREES) / 2 > above) low = middle;
    else high = middle;
  }
  return low;
}
