/** Values of laws as people read them. */

/** Four digits that matter; powers of ten where a number is very large or small. */
export function figure(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  // toPrecision itself changes to powers of ten for small numbers only below 1e−6.
  if (size >= 1e6 || size < 1e-4)
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
      .replace(/^-/, '−');
  const plain =
    size >= 10 ** (digits - 1) ? Math.round(value).toLocaleString('en') : value.toPrecision(digits);
  return plain.replace('-', '−');
}

const RAISED: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** As print has it what numbers and terminals write with an e: `2.06e-9` → 2.06·10⁻⁹, `1e+12` → 10¹². */
export function powerOfTen(written: string): string {
  const [mantissa = '', exponent = ''] = written.replaceAll('-', '−').split('e');
  const power = `10${[...exponent.replace('+', '').replace('−', '-')].map((digit) => RAISED[digit] ?? digit).join('')}`;
  if (mantissa === '1') return power;
  return mantissa === '−1' ? `−${power}` : `${mantissa}·${power}`;
}

const POWER_IN_TEXT = /(?<![\p{L}\p{N}.])\d+(?:\.\d+)?e-?\d+(?![\p{L}\p{N}])/gu;

/** A sentence of the laws with its large and small numbers as in print. */
export function printedNumbers(sentence: string): string {
  return sentence.replace(POWER_IN_TEXT, powerOfTen);
}

/** Three digits at most, and none that say nothing: 1, 0.05, 9,000. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e6 || (size < 1e-4 && size > 0)) return figure(value, 3);
  const rounded = Number(value.toPrecision(3));
  return size >= 1000 ? rounded.toLocaleString('en') : String(rounded);
}

/** Thousands and millions by letter, as papers write model scales and tokens: 2.81 B, 400 M, 55 k. */
export function scale(value: number): string {
  // Rounded first: 999,999,999 is 1 B.
  const rounded = Number(value.toPrecision(3));
  const [letter, size] = LETTERS.find(([, least]) => rounded >= least) ?? ['', 1];
  if (rounded / size >= 1000 || rounded < 1e-3) return short(value);
  return `${Number((rounded / size).toPrecision(3))}${letter === '' ? '' : ` ${letter}`}`;
}

const LETTERS = [
  ['T', 1e12],
  ['B', 1e9],
  ['M', 1e6],
  ['k', 1e3],
] as const;

/** A share: 100 %, 0.31 %, 97 %; what is not all is not written as all. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 1) return `${Number(value.toPrecision(2))} %`;
  if (share < 1 && value > 99) return `${Math.min(Number(value.toPrecision(3)), 99.9)} %`;
  return `${Math.round(value)} %`;
}

export function between(low: string, high: string): string {
  return low === high ? low : `${low} … ${high}`;
}

export function interval(ends: { readonly low: number; readonly high: number } | null | undefined): string {
  return ends ? between(figure(ends.low), figure(ends.high)) : '–';
}

/** An error of log loss, which is a share of the loss where it is small. */
export function logError(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return value >= 10 ? value.toExponential(1) : value.toPrecision(3);
}

export function rSquaredWords(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  // Far below 0 the figure says no more than that.
  return value < -99 ? '< −99' : value.toFixed(3).replace('-', '−');
}
