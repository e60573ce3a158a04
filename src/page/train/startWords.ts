/** What is said of the models that a training begins from, and of those that go with it. */

import type { ModelFacts } from '../../worker/api/models.ts';
import type { StartChosen } from '../models/modelShelf.ts';
import { modelTitle } from '../models/modelWords.ts';

/** Beside the button that trains; null where the runs begin with new weights. */
export function beginsWords(start: StartChosen): string | null {
  if (start === null || start === 'gone') return null;
  return `All runs begin from ${modelTitle(start)}.`;
}

/** Which models are lost when another fleet takes the place of theirs; null where none is. */
export function modelsGone(all: readonly ModelFacts[] | null): string | null {
  const gone = (all ?? []).filter(({ isKept, keptAs }) => !isKept && keptAs === null);
  if (gone.length === 0) return null;
  // A recipe's own name may hold a comma.
  const names = gone.map(({ name }) => name).join('; ');
  return gone.length === 1
    ? `The model of this fleet goes too: ${names}.`
    : `The ${gone.length} models of this fleet go too: ${names}.`;
}
