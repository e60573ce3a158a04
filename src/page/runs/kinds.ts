/** What the kinds of runs are called where there is little room, and how each is drawn. */

import type { RunSummary } from '../../formats/runSummary.ts';

export type RunKind = RunSummary['kind'];

const WORDS: Readonly<Record<RunKind, string>> = {
  'monolingual single-stage': 'monolingual',
  'multi-lingual single-stage': 'one stage',
  'multi-lingual two-stage': 'two stages',
  'monolingual re-warm': 're-warmed',
  'multi-stage': 'own stages',
};

/** `multi-lingual two-stage` → "two stages". */
export function kindWords(kind: RunKind): string {
  return WORDS[kind];
}
