/** How lines are set: side by side in columns, or stacked as cards where there is little room. All are of one height. */

import type { Column } from './columns.ts';

/** Narrower than this the lines are stacked. */
const STACKED_REM = 46;
const LINE_REM = 2.25;
/** A card's name, a row of its values, and what is around them. */
const CARD_REM = { name: 2.5, row: 2.6, around: 0.5 } as const;
const CARD_COLUMNS = 3;
/** Cards up to this many stand in the page itself; more scroll in a box of their own, and only those that are seen are drawn. */
const FEW_CARDS = 12;
/** Characters that " ± 0.031" adds. */
const SPREAD_WIDTH = 7;

export function isStackedAt(widthPx: number, remPx: number): boolean {
  return widthPx < STACKED_REM * remPx;
}

export function isUnboxed(isStacked: boolean, lines: number): boolean {
  return isStacked && lines <= FEW_CARDS;
}

/** In pixels. */
export function lineHeight(isStacked: boolean, columns: readonly Column[], remPx: number): number {
  if (!isStacked) return Math.round(LINE_REM * remPx);
  const rows = Math.ceil((columns.length - 1) / CARD_COLUMNS);
  return Math.round((CARD_REM.name + CARD_REM.row * rows + CARD_REM.around) * remPx);
}

/** Grid tracks, the same for every line; the name takes what is left. */
export function tracks(columns: readonly Column[], isGrouped: boolean): string {
  return columns
    .map(({ key, width, isMeasured }) => {
      if (key === 'name') return `minmax(${width}ch, 1fr)`;
      return `${width + (isGrouped && isMeasured ? SPREAD_WIDTH : 0)}ch`;
    })
    .join(' ');
}
