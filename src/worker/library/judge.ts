/** Whether a run takes the place of one with its id. */

import type { RunRecord } from '../../formats/record.ts';
import type { RunOrigin } from '../../formats/runSummary.ts';
import type { StoredSummary } from '../../store/database.ts';

/** `taken`: it is new here, or goes further. `known`: it is here already. `differing`: it is here with another loss, which stays. */
export type Verdict = 'taken' | 'known' | 'differing';

/**
 * A finished run is never replaced by one that is not, and of unfinished ones the longer counts. Of two finished ones a run that was
 * brought along gives way to what is here; one that was trained here replaces it, since somebody has just trained it anew.
 */
export function judge(before: StoredSummary | null, record: RunRecord, origin: RunOrigin): Verdict {
  if (before === null || before.removedAt !== null) return 'taken';
  const { summary } = before;
  const isDone = record.status === 'done';
  if (isDone !== (summary.status === 'done')) return isDone ? 'taken' : 'known';
  if (!isDone) return record.realised.steps > summary.steps ? 'taken' : 'known';
  const loss = record.final?.targetLoss ?? null;
  if (origin !== 'own') return loss === summary.targetLoss ? 'known' : 'differing';
  return loss === summary.targetLoss && summary.origin === 'own' ? 'known' : 'taken';
}
