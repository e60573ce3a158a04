/** What is typed on the command line → what the commands work with; what makes no sense ends with exit code 2. */

import { InvalidArgumentError } from 'commander';
import { CORPUS_SPEC_HELP, type CorpusSpec, parseCorpusSpec } from '../formats/corpusSpec.ts';

/** A corpus as it was typed, and what it means. */
export type AskedCorpus = { readonly text: string; readonly spec: CorpusSpec };

export const SPEC_HELP = `${CORPUS_SPEC_HELP}; or the path of a file`;

/** A letter alone before a colon is a drive. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** A spec; what names no scheme is the path of a file. Throws `CorpusSpecError`. */
export function corpusArgument(text: string): AskedCorpus {
  return { text, spec: parseCorpusSpec(SCHEME.test(text) ? text : `file:${text}`) };
}

/** For an option that may be given several times, or several values at once. */
export function corpusArguments(text: string, before: readonly AskedCorpus[] = []): AskedCorpus[] {
  return [...before, corpusArgument(text)];
}

/** Reads whole numbers of `least` or more, and of `most` at most. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const upTo = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    const isFit = text.trim() !== '' && Number.isSafeInteger(value) && value >= least && value <= most;
    if (!isFit) throw new InvalidArgumentError(`give a whole number ${upTo}.`);
    return value;
  };
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('give a number from 0 to 1.');
  return value;
}
