/** Draws of cells with replacement, as multiplicities: nothing is copied. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash64 } from '../../formats/hash.ts';

/**
 * How often each of `cells` cells comes up in resample number `index` of the stream of `seed`. Each resample has a stream of its own:
 * the first hundred are the same whether a hundred or a thousand are asked for. `of` tells streams of other cells apart.
 */
export function drawCells(cells: number, seed: number, index: number, of = ''): Float64Array {
  const generator = xoroshiro128plus(hash64(`bootstrap${of}:${seed}:${index}`).low);
  const counts = new Float64Array(cells);
  for (let draw = 0; draw < cells; draw++) {
    const cell = uniformInt(generator, 0, cells - 1);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** The multiplicity of each row from that of its cell. */
export function spreadOverRows(counts: Float64Array, cellOf: Int32Array, rows: Float64Array): void {
  for (let row = 0; row < rows.length; row++) rows[row] = counts[cellOf[row] ?? 0] ?? 0;
}
