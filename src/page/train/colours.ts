/** Each slot's dashes, so that a run is told apart by more than its colour; the colours are `--run-1` … `--run-8` of page.css. */

import type { Slot } from '../../formats/share/settings.ts';

/** Line dashes in CSS pixels, by slot; the solid line is the first. */
const DASHES: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 5],
  [5, 2],
  [10, 3, 2, 3, 2, 3],
  [1, 4],
];

export function dashes(slot: Slot): readonly number[] {
  return DASHES[slot - 1] ?? [];
}

/** The colours themselves, light and dark, for files, which have no page to take them from. */
export const RUN_COLOURS: readonly (readonly [light: string, dark: string])[] = [
  ['#d2500e', '#e67f48'],
  ['#1c3f86', '#7393f0'],
  ['#1f9281', '#45dfc2'],
  ['#8c7fc0', '#c5bff8'],
  ['#9e3847', '#a96d60'],
  ['#b98858', '#ffe06c'],
  ['#591203', '#b4f9ab'],
  ['#452447', '#83769d'],
];

/** The custom property of its colour. */
export function colourName(slot: Slot): string {
  return `--run-${slot}`;
}
