/** The operations that a formula and its derivatives come down to. Numbers, because an inner loop chooses by them. */

export const ADD = 0;
export const SUBTRACT = 1;
export const MULTIPLY = 2;
export const DIVIDE = 3;
export const NEGATE = 4;
export const POWER = 5;
export const EXP = 6;
export const EXPM1 = 7;
export const LOG = 8;
export const LOG1P = 9;
export const SQRT = 10;
export const MIN = 11;
export const MAX = 12;
export const ABS = 13;
export const SIGN = 14;
/** a·b, and 0 where either is 0 whatever the other is: x^y·ln x at x = 0. */
export const DAMPED = 15;
/** y·x^{y−1}, from x, y and x^y; the power is raised again only at x = 0. */
export const POWER_SLOPE = 16;
/** c where a ≥ b, else 0. */
export const WHERE_AT_LEAST = 17;
/** c where a > b, else 0. */
export const WHERE_ABOVE = 18;
/** a/b, and 0 where a is 0 whatever b is. */
export const DAMPED_QUOTIENT = 19;

/** One operation on up to three numbers; those that it does not take are ignored. */
export function operate(operation: number, a: number, b: number, c: number): number {
  switch (operation) {
    case ADD:
      return a + b;
    case SUBTRACT:
      return a - b;
    case MULTIPLY:
      return a * b;
    case DIVIDE:
      return a / b;
    case NEGATE:
      return -a;
    case POWER:
      return a ** b;
    case EXP:
      return Math.exp(a);
    case EXPM1:
      return Math.expm1(a);
    case LOG:
      return Math.log(a);
    case LOG1P:
      return Math.log1p(a);
    case SQRT:
      return Math.sqrt(a);
    case MIN:
      return Math.min(a, b);
    case MAX:
      return Math.max(a, b);
    case ABS:
      return Math.abs(a);
    case SIGN:
      return Math.sign(a);
    case DAMPED:
      return a === 0 || b === 0 ? 0 : a * b;
    case POWER_SLOPE:
      return a === 0 ? b * a ** (b - 1) : (b * c) / a;
    case WHERE_AT_LEAST:
      return a >= b ? c : 0;
    case WHERE_ABOVE:
      return a > b ? c : 0;
    case DAMPED_QUOTIENT:
      return a === 0 ? 0 : a / b;
    default:
      return Number.NaN;
  }
}
