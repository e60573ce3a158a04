/** Numbers on axes: ticks of true log axes, and how numbers are written. */

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
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

/** Plain between these, as a power of ten beyond. */
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e4;

/** `0.25`, `1200`, `3·10⁵`, `10¹⁸`. */
export function shortNumber(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  if (!Number.isFinite(rounded)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  const size = Math.abs(rounded);
  if (size === 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)) return minus(`${rounded}`);
  const [mantissa = '', exponent = ''] = rounded.toExponential().split('e');
  const power = `10${[...exponent.replace('+', '')].map((digit) => SUPERSCRIPTS[digit] ?? digit).join('')}`;
  if (mantissa === '1') return power;
  return mantissa === '-1' ? `−${power}` : `${minus(mantissa)}·${power}`;
}

/** A sign of its own width beside digits. */
function minus(number: string): string {
  return number.replace('-', '−');
}

export type Domain = readonly [low: number, high: number];

const MOST_TICKS = 9;
/** Below this a log axis is nearly even, and even steps read best. */
const NARROW = 3;

/** Ticks for a log axis: powers of ten where it is long, 1-2-5 where it is shorter, even steps where it is nearly even. */
export function logTicks([low, high]: Domain): number[] {
  if (high / low < NARROW) return evenTicks([low, high]);
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  for (const steps of [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]]) {
    const ticks = decades(first, last, 1).flatMap((decade) =>
      steps.map((step) => Number(`${step}e${decade}`)),
    );
    const within = ticks.filter((tick) => tick >= low && tick <= high);
    if (within.length >= 2 && within.length <= MOST_TICKS) return within;
  }
  const apart = Math.ceil((last - first) / MOST_TICKS);
  return decades(first, last, apart)
    .map((decade) => Number(`1e${decade}`))
    .filter((tick) => tick >= low && tick <= high);
}

/** Ticks at even steps of 1, 2 or 5. */
export function evenTicks([low, high]: Domain): number[] {
  const rough = (high - low) / 7;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
}

/** From the least to the greatest of the values that a log axis can show, with a little room; never of no width. */
export function logDomain(values: readonly number[], room = 0.05): Domain {
  const shown = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log);
  const [low, high] = extent(shown, [0, 0]);
  const margin = Math.max((high - low) * room, 0.05);
  return [Math.exp(low - margin), Math.exp(high + margin)];
}

export function evenDomain(values: readonly number[], room = 0.05): Domain {
  const [low, high] = extent(values.filter(Number.isFinite), [0, 0]);
  const margin = high > low ? (high - low) * room : Math.max(Math.abs(low) * room, 1e-6);
  return [low - margin, high + margin];
}

/** Spread arguments end at some ten thousand values. */
function extent(values: readonly number[], none: Domain): Domain {
  let [low, high] = [values[0] ?? none[0], values[0] ?? none[1]];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function decades(first: number, last: number, apart: number): number[] {
  return Array.from({ length: Math.floor((last - first) / apart) + 1 }, (_, index) => first + index * apart);
}
