/** From the sentences of the laws, which have neither capital nor full stop, to those of a page. */

import { printedNames } from '../../law/report/symbols.ts';
import { kindWords, type RunKind } from '../runs/kinds.ts';
import { printed } from './numbers.ts';

const KINDS: readonly RunKind[] = [
  'monolingual single-stage',
  'multi-lingual single-stage',
  'multi-lingual two-stage',
];

/** A symbol stays as it is: x is not X. */
const SYMBOL_FIRST = /^(?:[A-Za-z](?:\s=|\*|_|\d|′)|[\u0391-\u03c9])/;

export function sentence(said: string): string {
  // The laws say kinds by their names in the paper.
  const words = KINDS.reduce(
    (text, kind) => text.replaceAll(kind, kindWords(kind)),
    printed(printedNames(said)),
  );
  const first = SYMBOL_FIRST.test(words) ? words.charAt(0) : words.charAt(0).toUpperCase();
  return `${first}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
}
