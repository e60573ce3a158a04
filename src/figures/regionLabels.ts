/** Where the name of a region fits into it: a kind is told by a word as well as by its colour. */

import { LETTER_PX } from './legend.ts';

export type RegionLabel<T> = { readonly value: T; readonly row: number; readonly column: number };

/** Room that a word needs above and below its middle. */
const HALF_HEIGHT_PX = 11;
const MARGIN_PX = 6;

/**
 * For each value of the grid the cell around which its word has most room, where it has enough; `values` by row, then by column.
 * `cellWidth` and `cellHeight` in pixels.
 */
export function regionLabels<T extends string>(
  values: readonly (T | null)[],
  columns: number,
  cellWidth: number,
  cellHeight: number,
  words: (value: T) => string,
): RegionLabel<T>[] {
  const rows = columns === 0 ? 0 : values.length / columns;
  const best = new Map<T, RegionLabel<T> & { readonly room: number }>();
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const [row, column] = [Math.floor(index / columns), index % columns];
    const halfWidth = (words(value).length * LETTER_PX) / 2 + MARGIN_PX;
    const room = roomAround(
      values,
      rows,
      columns,
      row,
      column,
      halfWidth / cellWidth,
      HALF_HEIGHT_PX / cellHeight,
    );
    if (room >= 1 && room > (best.get(value)?.room ?? 0)) best.set(value, { value, row, column, room });
  }
  return [...best.values()].map(({ value, row, column }) => ({ value, row, column }));
}

/** How many times the box of half so many cells to each side can be there, all of one value; below 1 where it cannot. */
function roomAround(
  values: readonly unknown[],
  rows: number,
  columns: number,
  row: number,
  column: number,
  halfColumns: number,
  halfRows: number,
): number {
  const value = values[row * columns + column];
  const isSame = (down: number, across: number) =>
    row + down >= 0 &&
    row + down < rows &&
    column + across >= 0 &&
    column + across < columns &&
    values[(row + down) * columns + column + across] === value;
  for (let reach = 1; ; reach++) {
    // Half a cell of the middle one is on each side.
    const across = Math.max(0, Math.ceil(reach * halfColumns - 0.5));
    const down = Math.max(0, Math.ceil(reach * halfRows - 0.5));
    for (let i = -down; i <= down; i++) {
      for (let j = -across; j <= across; j++) if (!isSame(i, j)) return reach - 1;
    }
    if (across === 0 && down === 0 && reach > rows + columns) return reach;
  }
}
