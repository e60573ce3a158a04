/** The functions that a formula may call, with the number of values that each takes. */

export type KnownFunction = { readonly least: number; readonly most: number };

const ONE: KnownFunction = { least: 1, most: 1 };
const TWO: KnownFunction = { least: 2, most: 2 };
/** More would be a mistake, not a law. */
const MOST_COMPARED = 8;
const SEVERAL: KnownFunction = { least: 2, most: MOST_COMPARED };

/** `log` is the natural logarithm; a second value is its base. */
export const FUNCTIONS: Readonly<Record<string, KnownFunction>> = {
  exp: ONE,
  expm1: ONE,
  log: { least: 1, most: 2 },
  log1p: ONE,
  log2: ONE,
  log10: ONE,
  sqrt: ONE,
  pow: TWO,
  abs: ONE,
  min: SEVERAL,
  max: SEVERAL,
};

export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

/** Words of the expression language that cannot be names; and L, which is what the formula gives. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...FUNCTION_NAMES,
  'L',
  'mod',
  'to',
  'in',
  'and',
  'or',
  'xor',
  'not',
  'true',
  'false',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  'end',
]);
