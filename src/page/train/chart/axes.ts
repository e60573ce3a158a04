/** Ends and ticks of the charts' axes. */

import type { Zoom } from './chartState.ts';

/** Room above and below the lines, as a share of what they take. */
const ROOM = 0.06;
const MOST_TICKS = 7;

/** The ends of an axis around values from `min` to `max`: true to them on a log axis too, and not drawn out to powers of ten. */
export function withRoom({ min, max }: Zoom, isLog: boolean): [number, number] {
  if (isLog && min > 0) {
    const factor = max > min ? (max / min) ** ROOM : 2;
    return [min / factor, max * factor];
  }
  const room = max > min ? ROOM * (max - min) : Math.abs(max) * ROOM || 1;
  return [min - room, max + room];
}

const FINE_STEPS = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9];
const LADDERS: readonly (readonly number[])[] = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], FINE_STEPS];

/** Round numbers between the ends of a log axis: powers of ten where there are many, finer ones where there are few. */
export function logTicks(min: number, max: number): number[] {
  if (!(min > 0) || !(max > min)) return [];
  const [from, to] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  let best: number[] = [];
  for (const ladder of LADDERS) {
    const ticks: number[] = [];
    for (let power = from; power <= to; power++) {
      for (const step of ladder) {
        const tick = Number((step * 10 ** power).toPrecision(12));
        if (tick >= min && tick <= max) ticks.push(tick);
      }
    }
    if (ticks.length > MOST_TICKS && best.length >= 2) break;
    best = ticks;
  }
  // Within less than a fifth of itself an axis is as good as even.
  return best.length >= 2 ? best.slice(0, 2 * MOST_TICKS) : evenTicks(min, max);
}

function evenTicks(min: number, max: number): number[] {
  const rough = (max - min) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(min / step) * step; tick <= max; tick += step)
    ticks.push(Number(tick.toPrecision(12)));
  return ticks;
}
