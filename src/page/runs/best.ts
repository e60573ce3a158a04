/** What runs are called, and which of them did best. */

import { isRecipeKind } from '../colours.ts';
import { KIND_TITLES } from '../form/fields.ts';
import type { RunRow } from '../state.ts';

export function runTitle(run: string): string {
  return isRecipeKind(run) ? KIND_TITLES[run] : run;
}

/**
 * The run with the lowest target loss once none is going any more, or undefined: runs that ended at other steps, or
 * diverged, cannot be compared.
 */
export function bestRun(rows: readonly RunRow[]): string | undefined {
  if (rows.length < 2 || rows.some(({ status }) => status !== 'done')) return undefined;
  let best: { run: string; bits: number } | undefined;
  for (const { run, targetBits } of rows) {
    if (targetBits !== null && (!best || targetBits < best.bits)) best = { run, bits: targetBits };
  }
  return best?.run;
}
