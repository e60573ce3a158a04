/** What was asked for and is not among the runs that are here, in sentences: an address may speak of another browser's runs. */

import { pairWords, shortPair } from '../runs/pairWords.ts';
import type { Composition, FitSelection, FitSource } from './selection.ts';

/** `composition` is what `selection` gives of `sources`. */
export function notHereWords(
  selection: FitSelection,
  { pair, pairs, tokenizer, rows }: Pick<Composition, 'pair' | 'pairs' | 'tokenizer' | 'rows'>,
  sources: readonly Pick<FitSource, 'key'>[],
): string[] {
  const gone = (selection.sources ?? []).filter((key) => !sources.some((source) => source.key === key));
  const all = pairs.map(({ name }) => name);
  const words = gone.map((key) =>
    key.startsWith('table:')
      ? `The table ${key.slice('table:'.length)} is not here: tables stay in the browser they were brought to.`
      : `There are no runs of the collection ${key.slice(key.indexOf(':') + 1)} here.`,
  );
  if (rows.length === 0) return words;
  if (isOther(selection.pair, pair))
    words.push(
      `None of these runs are of ${pairWords(selection.pair ?? '', all)}; those of ${pairWords(pair, all)} are fitted.`,
    );
  if (isOther(selection.tokenizer, tokenizer))
    words.push(
      `None of these runs read their text by the tokenizer ${selection.tokenizer}; those by ${tokenizer} are fitted.`,
    );
  return words;
}

/** '' asks for all of them. */
function isOther(asked: string | null, taken: string): boolean {
  return asked !== null && asked !== '' && taken !== asked && shortPair(taken) !== asked;
}
