/** What is said of all runs together: where they came from, and what each is called. */

import type { RunOrigin, RunSummary } from '../../../formats/runSummary.ts';
import { whole } from '../../parts/format.ts';
import type { LabelOf } from '../../runs/table/label.ts';

const ORIGINS: readonly (readonly [RunOrigin, words: string])[] = [
  ['own', 'trained here'],
  ['imported', 'brought along'],
  ['shipped', 'shipped with the lab'],
];

/** "8 trained here, 30 brought along and 397 shipped with the lab. …"; what can be done with them follows. */
export function originWords(runs: readonly Pick<RunSummary, 'origin'>[]): string {
  const parts = ORIGINS.flatMap(([origin, words]) => {
    const count = runs.filter((run) => run.origin === origin).length;
    return count === 0 ? [] : [`${whole(count)} ${words}`];
  });
  if (parts.length === 0) return 'What is trained here or in Train, and what is brought along, stands here.';
  const listed = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  const isShippedAlone = runs.every(({ origin }) => origin === 'shipped');
  return `${listed}. ${isShippedAlone ? 'These stay as they are.' : 'Your own and those you brought can be renamed and deleted.'}`;
}

/** Runs that are named after their sweep are called by the rest of the name: the sweep stands in a column of its own. */
export const restOfName: LabelOf = ({ name, collection }, isGroup) => {
  if (!name.startsWith(`${collection} `)) return null;
  const rest = name.slice(collection.length + 1);
  const words = isGroup ? rest.replace(/[\s,]*seed[ =]\d+$/, '') : rest;
  return words === '' ? null : { words, drawn: words };
};
