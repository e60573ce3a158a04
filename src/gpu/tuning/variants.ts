/** Names of variants, whatever kernel they are of. */

import { sharersOf } from '../kernels/sharers.ts';
import { tileOf } from '../kernels/tile.ts';
import { stripOf } from './attentionChoice.ts';

/** Whether this engine has a variant of that name, and a device with or without `subgroups` can run it. */
export function isVariant(name: string, { subgroups }: { readonly subgroups: boolean }): boolean {
  const tile = tileOf(name);
  if (tile) return subgroups || tile.family !== 'quads';
  return stripOf(name) !== null || sharersOf(name) !== null;
}
