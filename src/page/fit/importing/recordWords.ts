/** What became of files of records that were brought along, in sentences. */

import type { ImportedFile } from '../../../worker/api/library.ts';
import { importedWords } from '../../runs/importedWords.ts';
import { counted } from '../words.ts';

/** Of refused records so many are named. */
const MOST_NAMED = 5;

export function recordWords(files: readonly ImportedFile[]): string[] {
  const taken = files.reduce((sum, file) => sum + file.taken, 0);
  return [
    ...files.flatMap((file) => [
      `${file.name}: ${importedWords(file)}`,
      ...file.refused.slice(0, MOST_NAMED).map(({ place, reason }) => `${place}: ${reason}`),
    ]),
    taken === 0
      ? 'Nothing new is here, so the fit stays as it is.'
      : `What was taken is being fitted now, by itself: ${counted(taken, 'run')}. Under “Runs” others can be ticked beside it.`,
  ];
}

/** Keys of the sources that have runs now which were not here. */
export function sourcesOf(files: readonly ImportedFile[]): string[] {
  return [...new Set(files.filter(({ taken }) => taken > 0).map(({ name }) => `runs:${name}`))];
}
