/** A part of a large table that stands for the whole while a fit looks for its valley. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash64 } from '../../../formats/hash.ts';
import { isOnePass, type Point, recipeKind } from '../../point.ts';
import { pickRows, type Rows } from '../rows.ts';

/** Up to here every descent reads all rows. */
export const MOST_ROWS = 2000;

/** Of each stratum, or all that it has: rare kinds of runs tell parameters that no other kind tells. */
const LEAST_OF_STRATUM = 200;

/**
 * Some {@link MOST_ROWS} of the rows, strata being the kinds of recipe with and without repetition. Inside a stratum rows are ordered by
 * scale, text and epochs, and one is drawn from each of as many equal pieces of that order, so that the sample reaches as far as the
 * rows do. Each row drawn counts for those that it stands for.
 */
export function sampleRows(rows: Rows, seed: number): Rows {
  const count = rows.points.length;
  if (count <= MOST_ROWS) return rows;
  const strata = new Map<string, number[]>();
  rows.points.forEach((point, index) => {
    const stratum = `${recipeKind(point)} ${isOnePass(point)}`;
    const members = strata.get(stratum);
    if (members === undefined) strata.set(stratum, [index]);
    else members.push(index);
  });
  const generator = xoroshiro128plus(hash64(`rows of a fit:${seed}`).low);
  const drawn: { row: number; scale: number }[] = [];
  for (const members of strata.values()) {
    const share = Math.round((MOST_ROWS * members.length) / count);
    const size = Math.min(members.length, Math.max(LEAST_OF_STRATUM, share));
    const ordered = members.sort((a, b) => compare(rows.points[a], rows.points[b]) || a - b);
    for (let piece = 0; piece < size; piece++) {
      const from = Math.floor((piece * members.length) / size);
      const to = Math.floor(((piece + 1) * members.length) / size);
      drawn.push({ row: ordered[uniformInt(generator, from, to - 1)] ?? 0, scale: to - from });
    }
  }
  drawn.sort((a, b) => a.row - b.row);
  return pickRows(
    rows,
    Int32Array.from(drawn, ({ row }) => row),
    Float64Array.from(drawn, ({ scale }) => scale),
  );
}

function compare(a: Point | undefined, b: Point | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a.N - b.N || a.D_T - b.D_T || a.k - b.k || a.r - b.r || a.r_f - b.r_f;
}
