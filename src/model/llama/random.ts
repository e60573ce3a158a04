/** Seeded draws: what initial weights and the choice of tokens are made of. */

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The generator's first numbers still show the seed. */
const WARM_UP_DRAWS = 32;

/** A stream of 32-bit whole numbers that starts anew for each seed, of which the lowest 32 bits count. */
export function seededDraws(seed: number): () => number {
  const generator = xoroshiro128plus(seed | 0);
  for (let i = 0; i < WARM_UP_DRAWS; i++) generator.next();
  return () => generator.next() >>> 0;
}
