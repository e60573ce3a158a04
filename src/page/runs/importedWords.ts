/** What became of a file of runs that was brought along, in a sentence. */

import type { ImportedFile } from '../../worker/api/library.ts';
import { whole } from '../parts/format.ts';

/** "7 runs taken, 3 are here with other losses, which stay, 1 refused." */
export function importedWords({ taken, known, differing, refusedCount }: ImportedFile): string {
  const one = differing.length === 1;
  const parts = [
    `${whole(taken)} ${taken === 1 ? 'run' : 'runs'} taken`,
    ...(known > 0 ? [`${whole(known)} ${known === 1 ? 'was' : 'were'} here already`] : []),
    ...(differing.length > 0
      ? [
          `${whole(differing.length)} ${one ? 'is' : 'are'} here with ${one ? 'another loss, which stays' : 'other losses, which stay'}`,
        ]
      : []),
    ...(refusedCount > 0 ? [`${whole(refusedCount)} refused`] : []),
  ];
  return `${parts.join(', ')}.`;
}
