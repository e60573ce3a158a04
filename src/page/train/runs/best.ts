/** Which run did best. */

import type { RunRow } from '../fleetState.ts';

/** Losses nearer than this many combined standard errors may well change places on other held-out text. */
const CLEAR_GAP_ERRORS = 2;

export type Best = {
  readonly run: string;
  /** Whether its lead over the runner-up is more than the noise of the validation set; true where that is unknown. */
  readonly clear: boolean;
};

/**
 * The run with the lowest target loss once none is going any more, or undefined: runs that ended at other steps, or
 * diverged, cannot be compared.
 */
export function bestRun(rows: readonly RunRow[]): Best | undefined {
  if (rows.length < 2 || rows.some(({ status }) => status !== 'done')) return undefined;
  const measured = rows.flatMap(({ run, targetBits, targetBitsError }) =>
    targetBits === null ? [] : [{ run, bits: targetBits, error: targetBitsError }],
  );
  const [first, second] = measured.sort((a, b) => a.bits - b.bits);
  if (!first) return undefined;
  if (!second || first.error === null || second.error === null) return { run: first.run, clear: true };
  const noise = CLEAR_GAP_ERRORS * Math.hypot(first.error, second.error);
  return { run: first.run, clear: second.bits - first.bits >= noise };
}
