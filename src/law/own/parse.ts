/** From a formula's text to its tree, by mathjs; nothing of mathjs that could evaluate is loaded or called. */

import { create, type MathNode, parseDependencies } from 'mathjs/number';
import { FormulaError } from './errors.ts';
import { scan } from './scan.ts';

// The package's types hold every factory for one that may be missing.
const { parse } = create(parseDependencies ?? {});

export type Parsed = {
  readonly tree: MathNode;
  /** Names that occur. */
  readonly names: ReadonlySet<string>;
  /** In one line, without what was only in front. */
  readonly text: string;
};

/** Throws a {@link FormulaError} where the formula is not an expression over the `known` names. */
export function parseFormula(formula: string, known: readonly string[]): Parsed {
  const { text, names } = scan(formula, known);
  try {
    return { tree: parse(text), names, text: text.trim().replace(/ +/g, ' ') };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const character = 'char' in error && typeof error.char === 'number' ? error.char : text.length + 1;
    const words = error.message.replace(/ *\(char \d+\)$/, '');
    throw new FormulaError(formula, character, `${words.charAt(0).toLowerCase()}${words.slice(1)}`);
  }
}
