/** Numbers on axes: ticks of true log axes, and how numbers are written. */

import { powerOfTen } from '../law/report/numbers.ts';

/** Plain between these, as a power of ten beyond. */
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e4;

/** `0.25`, `1200`, `3·10⁵`, `10¹⁸`. */
export function shortNumber(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  if (!Number.isFinite(rounded)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  const size = Math.abs(rounded);
  if (size === 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)) return minus(`${rounded}`);
  return powerOfTen(rounded.toExponential());
}

/** Digits of an estimate beside the width of its interval, and where they end. */
const DIGITS_OF_WIDTH = 2;
const FEWEST_DIGITS = 3;
const MOST_DIGITS = 7;

/** Numbers that are read beside each other, all to the same decimal place: `0.290`, `0.289`, `0.292`. */
export function alike(values: readonly number[]): string[] {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  const largest = Math.max(...sizes);
  const isPlain = sizes.length > 0 && largest < LARGEST_PLAIN && largest >= SMALLEST_PLAIN;
  if (!isPlain) return values.map((value) => shortNumber(value, FEWEST_DIGITS));
  const finite = values.filter(Number.isFinite);
  const width = Math.max(...finite) - Math.min(...finite);
  const before = Math.floor(Math.log10(largest)) + 1;
  const wanted = width > 0 ? DIGITS_OF_WIDTH - (Math.floor(Math.log10(width)) + 1) : 0;
  const decimals = Math.max(0, Math.min(MOST_DIGITS - before, Math.max(FEWEST_DIGITS - before, wanted)));
  return values.map((value) =>
    Number.isFinite(value) ? minus(value.toFixed(decimals)) : shortNumber(value),
  );
}

/** A sign of its own width beside digits. */
function minus(number: string): string {
  return number.replace('-', '−');
}

export type Domain = readonly [low: number, high: number];

export function isWithin(value: number, [low, high]: Domain): boolean {
  return value >= low && value <= high;
}

export function clamped(value: number, [low, high]: Domain): number {
  return Math.min(high, Math.max(low, value));
}

const MOST_TICKS = 9;
/** Below this a log axis is nearly even, and even steps read best. */
const NARROW = 3;
/** Mantissas of the ticks in each decade, those that read best first. */
const STEPS: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.5, 2, 3, 4, 5, 6, 8],
  [1, 2, 5],
  [1, 3],
  [1],
];

/** Up to this ratio an end of the axis may be without a number. */
const END = 1.3;

/** Ticks for a log axis: even steps where it is nearly even, else the first of {@link STEPS} that reach to both its ends, or nearest to them. */
export function logTicks([low, high]: Domain): number[] {
  if (high / low < NARROW) return evenTicks([low, high]);
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  let best: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const steps of STEPS) {
    const within = decades(first, last, 1)
      .flatMap((decade) => steps.map((step) => Number(`${step}e${decade}`)))
      .filter((tick) => tick >= low && tick <= high);
    if (within.length < 2 || within.length > MOST_TICKS) continue;
    const gap = Math.max((within[0] ?? high) / low, high / (within.at(-1) ?? low));
    if (gap <= END) return within;
    // Rounding of quotients is no gain.
    if (gap < least * (1 - 1e-9)) [best, least] = [within, gap];
  }
  if (best.length > 0) return best;
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
