/** What a pair of texts is called: records name a file by its whole hash, which nobody reads and no address needs. */

import { pairLanguages } from './languages.ts';

const HASH = /#sha256=([0-9a-f]{8})[0-9a-f]*/g;

/** Stands for the texts, or the tokenizer, of runs that name none. */
export const NOT_SAID = 'not-said';

/** The same with the first digits of its hashes, by which it may be asked for. */
export function shortPair(pair: string): string {
  return pair.replace(HASH, '#sha256=$1');
}

/** For a person: by its languages, and by its files and a few digits of their hashes where those of `all` are called the same. */
export function pairWords(pair: string, all: readonly string[] = []): string {
  if (pair === NOT_SAID) return 'texts that are not said';
  const isTaken = (of: (pair: string) => string) =>
    all.some((other) => other !== pair && of(other) === of(pair));
  const names = [languages, files].find((of) => !isTaken(of)) ?? digits;
  return names(pair);
}

function languages(pair: string): string {
  return files(pairLanguages(pair));
}

function files(pair: string): string {
  return pair.replace(HASH, '').replaceAll('file:', '');
}

function digits(pair: string): string {
  return pair.replace(HASH, ' ($1)').replaceAll('file:', '');
}
