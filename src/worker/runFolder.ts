/** Where a run of a fleet is kept: runs are named by people, folders are not. */

import { hash64, hexOf } from '../formats/hash.ts';

/** Names of files end somewhere between 140 and 255 bytes. */
const LONGEST = 120;

/** The folder of a run's checkpoint inside that of its fleet: a plain name is its own folder, others are written so that any store takes them. */
export function runFolder(fleet: string, run: string): string {
  const written = encodeURIComponent(run).replace(
    /[*.'()!~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const folder = written.length <= LONGEST ? written : `${written.slice(0, LONGEST)}-${hexOf(hash64(run))}`;
  return `${fleet}/${folder}`;
}
