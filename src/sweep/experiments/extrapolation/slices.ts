/** What laws foresee of runs that are larger, scarcer, longer or of another sort than those they are fitted to. */

import { type HeldOut, holdOut } from '../../../law/comparison/heldOut.ts';
import { SLICES, type SliceName } from '../../../law/comparison/slices.ts';
import type { Law } from '../../../law/law.ts';
import type { Run } from '../../../law/run.ts';
import type { ReportWatch } from '../experiment.ts';

/** The highest budget is held out by itself, so that the slice by compute says nothing new. */
export const OTHER_SLICES: readonly SliceName[] = SLICES.filter((name) => name !== 'top-compute');

export type SlicedLaw = { readonly law: Law; readonly slices: Readonly<Partial<Record<SliceName, HeldOut>>> };

/** Of runs of all budgets. Rejects with the signal's reason when aborted. */
export async function slicedLaws(
  laws: readonly Law[],
  runs: readonly Run[],
  { signal, onProgress }: ReportWatch = {},
): Promise<SlicedLaw[]> {
  const found: SlicedLaw[] = [];
  for (const [index, law] of laws.entries()) {
    const slices: [SliceName, HeldOut][] = [];
    for (const [place, name] of OTHER_SLICES.entries()) {
      const told = (share: number) =>
        onProgress?.(
          `fitting ${law.name} without ${name}`,
          (index + (place + share) / OTHER_SLICES.length) / laws.length,
        );
      slices.push([name, await holdOut(law, runs, name, { onProgress: told, ...(signal && { signal }) })]);
    }
    found.push({ law, slices: Object.fromEntries(slices) });
  }
  onProgress?.('fitted', 1);
  return found;
}
