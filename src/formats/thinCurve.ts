/** Curves with fewer points, so that the records of many runs stay small. */

import type { CurvePoint } from './record.ts';

/**
 * At most `most` points of a curve, in order. The first and the last stay; then validations, all of them or such as are spread evenly
 * over the run; what room is left goes to training losses, spread evenly. Each point that stays is as it was: a training loss is the
 * mean over the steps since the point that stood before it in the whole curve. `most` is 2 or more.
 */
export function thinCurve(curve: readonly CurvePoint[], most: number): CurvePoint[] {
  if (!(most >= 2)) throw new RangeError(`a curve of ${most} points; it has a first and a last`);
  if (curve.length <= most) return [...curve];
  const kept = new Set([0, curve.length - 1]);
  const inner = [...curve.keys()].slice(1, -1);
  const validations = inner.filter((index) => curve[index]?.targetLoss !== undefined);
  const others = inner.filter((index) => curve[index]?.targetLoss === undefined);
  for (const places of [validations, others])
    for (const place of spread(places, most - kept.size)) kept.add(place);
  return curve.filter((_, index) => kept.has(index));
}

/** `count` of the items, or all: each in the middle of its share of the list. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor(((index + 0.5) * items.length) / count)] as T,
  );
}
