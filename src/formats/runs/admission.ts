/** Which runs may enter a fit: finished ones with a complete schedule, of a kind that the laws speak of. */

import type { Inclusion } from './options.ts';

/** What is known of a run; '' where nothing is. */
export type Standing = {
  readonly status: string;
  readonly kind: string;
  readonly sourceRepeated: boolean;
  /** The model that it began from, where it began from one. */
  readonly start?: string | undefined;
};

/** Kinds that are written down and that no law speaks of. */
const OUTSIDE_KINDS: readonly string[] = ['monolingual re-warm', 'multi-stage'];

const STATUSES: Readonly<Record<string, string>> = {
  stopped: 'stopped before the last step, or still going (--include stopped)',
  running: 'still going',
  diverged: 'diverged',
  failed: 'failed',
};

/** Why a run stays out; null where it may enter. */
export function whyLeftOut(
  { status, kind, sourceRepeated, start }: Standing,
  include: readonly Inclusion[],
): string | null {
  const ofStatus = STATUSES[status];
  if (ofStatus !== undefined && !(status === 'stopped' && include.includes('stopped'))) return ofStatus;
  if (start !== undefined) return 'began from another model: what that one has read is not counted';
  if (OUTSIDE_KINDS.includes(kind)) return `${kind}: no law speaks of this kind`;
  if (sourceRepeated && !include.includes('repeated-source')) {
    return 'source text read more than once (--include repeated-source)';
  }
  return null;
}
