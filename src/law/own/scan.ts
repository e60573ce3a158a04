/**
 * Reads a formula word by word before it is parsed. The parser's nodes do not know where they stood, and its language has much that no
 * law needs (strings, matrices, assignments, products without a sign); here all of that is refused at its character.
 */

import { nearest } from '../../formats/nearest.ts';
import { FormulaError } from './errors.ts';
import { FUNCTION_NAMES, FUNCTIONS } from './functions.ts';

/** A law of a page's length is a mistake; it also keeps what recurses over it far from the end of the stack. */
export const MOST_CHARACTERS = 1000;
const MOST_PARENTHESES = 50;

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const NAME = /^[\p{L}][\p{L}\p{M}\p{N}_]*/u;

/** Signs that people paste from papers, each of one character so that places stay. */
const PASTED: Readonly<Record<string, string>> = {
  '·': '*',
  '⋅': '*',
  '×': '*',
  '−': '-',
  '–': '-',
  '÷': '/',
  '\n': ' ',
  '\r': ' ',
  '\t': ' ',
  '\u00a0': ' ',
};

const REFUSED: Readonly<Record<string, string>> = {
  '=': 'a formula gives the loss and assigns nothing; only L = may stand in front',
  '[': 'matrices are not known here; group with ( and )',
  ']': 'matrices are not known here; group with ( and )',
  '{': 'group with ( and )',
  '}': 'group with ( and )',
  '"': 'a formula has no strings',
  "'": 'a formula has no strings, and no mark for a derivative',
  '?': 'no conditions; write a bend with min, max or abs',
  ':': 'no conditions and no ranges; write a bend with min, max or abs',
  '<': 'no comparisons; write a bend with min, max or abs',
  '>': 'no comparisons; write a bend with min, max or abs',
  '!': 'no factorials; write the number',
  '%': 'no percentages and no remainders; write the number',
  ';': 'one formula only',
  '#': 'no comments in a formula',
};

const GREEK_LETTERS = 'αβγδεζηθικλμνξοπρςστυφχψω';
const GREEK_NAMES =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

export type Words = {
  /** The formula with `L =` blanked and pasted signs replaced, each character still in its place. */
  readonly text: string;
  /** Every name that is not a function's. */
  readonly names: ReadonlySet<string>;
};

/** Throws a {@link FormulaError} at the first character that no formula over `known` names can have. */
export function scan(formula: string, known: readonly string[]): Words {
  const text = [...formula.replace(/^\s*L\s*=(?!=)/, (front) => ' '.repeat(front.length))]
    .map((sign) => PASTED[sign] ?? sign)
    .join('');
  if (text.trim() === '') throw new FormulaError(formula, 1, 'there is no formula');
  if (formula.length > MOST_CHARACTERS) {
    throw new FormulaError(
      formula,
      MOST_CHARACTERS + 1,
      `the formula has ${formula.length} characters; at most ${MOST_CHARACTERS} are read`,
    );
  }
  const names = new Set<string>();
  const fail = (at: number, problem: string): never => {
    throw new FormulaError(formula, at + 1, problem);
  };
  let depth = 0;
  /** What stands directly before: a product without its sign is refused, because A/2 N would divide by N. */
  let operand = false;
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const sign = rest[0] ?? '';
    if (sign === ' ') {
      at++;
      continue;
    }
    const number = NUMBER.exec(rest)?.[0];
    const name = NAME.exec(rest)?.[0];
    if (operand && (number !== undefined || name !== undefined || sign === '(')) {
      fail(at, 'an operator is missing here; a product is written with *');
    }
    if (number !== undefined) {
      at += number.length;
      if (!Number.isFinite(Number(number))) fail(at - number.length, `${number} is too large for a number`);
      operand = true;
    } else if (name !== undefined) {
      const called = /^ *\(/.test(text.slice(at + name.length));
      const problem = called ? problemOfCall(name, known) : problemOfName(name, known);
      if (problem !== null) fail(at, problem);
      if (!called) names.add(name);
      operand = !called;
      at += name.length;
    } else {
      if (rest.startsWith('**')) fail(at, 'a power is written with ^');
      if (sign === '(' && ++depth > MOST_PARENTHESES) {
        fail(at, `more than ${MOST_PARENTHESES} parentheses inside each other`);
      }
      if (sign === ')') depth--;
      if (!'+-*/^(),'.includes(sign))
        fail(
          at,
          REFUSED[sign] ??
            `${JSON.stringify(String.fromCodePoint(rest.codePointAt(0) ?? 0))} has no meaning in a formula`,
        );
      operand = sign === ')';
      at++;
    }
  }
  return { text, names };
}

function problemOfCall(name: string, known: readonly string[]): string | null {
  if (Object.hasOwn(FUNCTIONS, name)) return null;
  if (known.includes(name)) return `${name} is no function; a product is written with *`;
  if (name === 'ln') return 'there is no function ln; the natural logarithm is log';
  const near = nearest(name, FUNCTION_NAMES);
  return `there is no function ${name}; ${near === null ? `known are ${FUNCTION_NAMES.join(', ')}` : `did you mean ${near}?`}`;
}

function problemOfName(name: string, known: readonly string[]): string | null {
  if (known.includes(name)) return null;
  if (Object.hasOwn(FUNCTIONS, name)) return `${name} is a function; its value stands in parentheses`;
  if (/[^A-Za-z0-9_]/.test(name)) {
    const letter = GREEK_LETTERS.indexOf(name);
    const written = letter < 0 || name.length > 1 ? 'as in alpha' : `${GREEK_NAMES[letter]} for ${name}`;
    return `names are written in ASCII letters, ${written}`;
  }
  const near = nearest(name, known);
  return `no quantity or parameter is called ${name}; ${near === null ? `known are ${known.join(', ')}` : `did you mean ${near}?`}`;
}
