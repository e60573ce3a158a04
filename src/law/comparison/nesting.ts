/** Which law is a special case of which. */

import type { Law } from '../law.ts';
import type { Run } from '../run.ts';

/**
 * Whether `simple` is `rich` at some choice of its parameters, directly or by laws between them that are among `laws`, on all of `runs`:
 * a limit that holds only at some points counts where the runs are among these.
 */
export function nests(rich: Law, simple: Law, laws: readonly Law[], runs: readonly Run[]): boolean {
  return becomes(rich, simple.name, laws, runs, new Set());
}

function becomes(
  law: Law,
  target: string,
  laws: readonly Law[],
  runs: readonly Run[],
  seen: Set<string>,
): boolean {
  if (seen.has(law.name)) return false;
  seen.add(law.name);
  return law.limits.some((limit) => {
    const { where } = limit;
    if (where !== undefined && !runs.every(({ point }) => where(point))) return false;
    if (limit.becomes === target) return true;
    const next = laws.find(({ name }) => name === limit.becomes);
    return next !== undefined && becomes(next, target, laws, runs, seen);
  });
}
