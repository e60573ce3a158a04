/** How many invocations take a row together, in kernels that walk along rows: norms and cross-entropy. */

import { groupGrid, type Kernel, WORKGROUP } from '../kernel.ts';
import type { Constants } from '../wgsl.ts';

/** One needs no barrier; many read neighbouring places at the same time and keep a GPU busy with few rows. */
export type Sharers = 1 | 16 | 64;
export const SHARERS: readonly Sharers[] = [1, 16, 64];

/** Workgroups for `rows` rows, a multiple of 16. */
export function rowGroups(rows: number, sharers: Sharers): number {
  return Math.ceil((rows * sharers) / WORKGROUP);
}

export function sharedConstants(sharers: Sharers): Constants {
  return { SHARERS: sharers, SHARED: sharers > 1 };
}

/** Grid and constants of a kernel that does nothing but walk along rows. */
export function rowsCut(
  rows: number,
  runs: number,
  sharers: Sharers,
): { readonly grid: Kernel['grid']; readonly constants: Constants } {
  const { grid, GRID_X } = groupGrid(rowGroups(rows, sharers), runs);
  return { grid, constants: { GRID_X, ...sharedConstants(sharers) } };
}

/** E.g. `16 a row`. */
export function sharersName(sharers: Sharers): string {
  return `${sharers} a row`;
}

/** The number of that name, or null where this engine has none. */
export function sharersOf(name: string): Sharers | null {
  return SHARERS.find((sharers) => sharersName(sharers) === name) ?? null;
}
