/** The axes that all small charts share, and where a curve lies on them. */

import type { Curve } from '../curves.ts';

/** Tokens read, and bits per byte: both on logarithmic axes. */
export type Domain = { readonly tokens: readonly [number, number]; readonly bits: readonly [number, number] };

/** In pixels; `left` and `bottom` are for the axes' numbers. */
export type Box = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
  readonly top: number;
  readonly right: number;
};

/** A floor that is further below the lowest loss would only press the curves together. */
const NEAR_FLOOR = 1.7;
/** Room above the highest and below the lowest loss, as a share of the range. */
const ROOM = 0.06;

/** Null as long as nothing was measured. */
export function domainOf(curves: readonly Curve[]): Domain | null {
  let [first, last, low, high] = [Infinity, 0, Infinity, 0];
  for (const { tokens, bits } of curves) {
    for (const [index, at] of tokens.entries()) {
      const value = bits[index] ?? Number.NaN;
      if (!(value > 0 && at > 0)) continue;
      first = Math.min(first, at);
      last = Math.max(last, at);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (last === 0) return null;
  const floor = Math.max(...curves.map(({ floorBits }) => floorBits ?? 0));
  if (floor > 0 && floor < low && low < floor * NEAR_FLOOR) low = floor;
  // One point has a place too.
  const range = Math.max(high / low, 1.05) ** ROOM;
  return { tokens: [first, Math.max(last, first * 1.1)], bits: [low / range, high * range] };
}

/** Pixels of a value on the horizontal axis, and on the vertical one. */
export function placeX(tokens: number, { tokens: [from, to] }: Domain, box: Box): number {
  return box.left + share(tokens, from, to) * (box.width - box.left - box.right);
}

export function placeY(bits: number, { bits: [from, to] }: Domain, box: Box): number {
  return box.top + (1 - share(bits, from, to)) * (box.height - box.top - box.bottom);
}

function share(value: number, from: number, to: number): number {
  return Math.log(value / from) / Math.log(to / from);
}

/** Where what no model can go below lies on the vertical axis; null where it is not known, or not on it. */
export function floorY(curves: readonly Curve[], domain: Domain, box: Box): number | null {
  const floor = curves.find(({ floorBits }) => floorBits !== null)?.floorBits ?? null;
  return floor !== null && floor >= domain.bits[0] ? placeY(floor, domain, box) : null;
}

/** A curve's points in pixels; those that are no numbers are left out. */
export function pointsOf(
  { tokens, bits }: { readonly tokens: readonly number[]; readonly bits: readonly number[] },
  domain: Domain,
  box: Box,
): [x: number, y: number][] {
  return tokens.flatMap((at, index): [number, number][] => {
    const value = bits[index] ?? Number.NaN;
    return value > 0 && at > 0 ? [[placeX(at, domain, box), placeY(value, domain, box)]] : [];
  });
}

/** The outline of a band between two losses at the same tokens: along the upper one and back along the lower. */
export function bandOf(
  { tokens }: Pick<Curve, 'tokens'>,
  { low, high }: { readonly low: readonly number[]; readonly high: readonly number[] },
  domain: Domain,
  box: Box,
): [x: number, y: number][] {
  const along = (bits: readonly number[]) => pointsOf({ tokens, bits }, domain, box);
  return [...along(high), ...along(low).reverse()];
}
