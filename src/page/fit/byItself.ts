/** Which runs are fitted where nobody has chosen: those that ship with the lab are mixed with a person's own only where that is asked for. */

import { counted, listed } from './words.ts';

/** So many are called by their names. */
const MOST_NAMED = 3;

/** Of a source of runs. */
type Kind = {
  readonly key: string;
  readonly kind: string;
  readonly runs: { readonly rows: readonly unknown[] };
};

/** Keys of what ships with the lab; where nothing does, of all that is here. */
export function keysByItself(sources: readonly Kind[]): readonly string[] {
  const shipped = sources.filter(({ kind, runs }) => kind === 'shipped' && runs.rows.length > 0);
  return (shipped.length > 0 ? shipped : sources).map(({ key }) => key);
}

/** The sources of these keys, or those that are taken by themselves. */
export function taken<Source extends Kind>(
  sources: readonly Source[],
  keys: readonly string[] | null,
): Source[] {
  const wanted = new Set(keys ?? keysByItself(sources));
  return sources.filter(({ key }) => wanted.has(key));
}

/** `keys` as a selection holds them: null where they are what would be taken anyway. */
export function asChosen(keys: readonly string[], sources: readonly Kind[]): readonly string[] | null {
  const own = keysByItself(sources);
  return own.length === keys.length && own.every((key) => keys.includes(key)) ? null : keys;
}

/** A person's own runs that are not taken by themselves; null where there are none. */
export type Mine = {
  readonly keys: readonly string[];
  /** In a sentence. */
  readonly words: string;
};

export function mineLeft(sources: readonly (Kind & { readonly title: string })[]): Mine | null {
  const own = keysByItself(sources);
  const mine = sources.filter(({ key, runs }) => !own.includes(key) && runs.rows.length > 0);
  const runs = mine.reduce((sum, one) => sum + one.runs.rows.length, 0);
  if (runs === 0) return null;
  const names = mine.slice(0, MOST_NAMED).map(({ title }) => title);
  const others = mine.length - names.length;
  return {
    keys: mine.map(({ key }) => key),
    words: `${counted(runs, 'run')} of your own ${runs === 1 ? 'is' : 'are'} not in it: ${listed([
      ...names,
      ...(others > 0 ? [counted(others, 'more collection')] : []),
    ])}.`,
  };
}
