/** Axes: their scales, ticks and words. */

import * as Plot from '@observablehq/plot';
import { type Domain, evenTicks, logTicks, shortNumber } from './ticks.ts';

export type Axis = {
  readonly scale: Plot.ScaleOptions;
  readonly label: string;
  /** Null leaves them to the scale. */
  readonly ticks: readonly number[] | null;
  /** What stands at a tick, where that is not its number. */
  readonly tickWords?: ((tick: number) => string) | undefined;
};

/** A logarithmic axis with a label, e.g. `model scale N, parameters`. */
export function logAxis(label: string, domain: Domain): Axis {
  return { scale: { type: 'log', domain: [...domain] }, label, ticks: logTicks(domain) };
}

export function evenAxis(label: string, domain: Domain): Axis {
  return { scale: { type: 'linear', domain: [...domain] }, label, ticks: evenTicks(domain) };
}

/** A row for each name, from the top; names that are too long for the margin are cut. */
export function namesAxis(names: readonly string[], letters: number): Axis {
  const cut = (name: string): string => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name);
  return {
    scale: { type: 'band', domain: [...names], padding: 0.3, tickSize: 0, tickFormat: cut },
    label: '',
    ticks: null,
  };
}

/** Room at the left that {@link namesAxis} needs. */
export function namesMargin(names: readonly string[], letters: number): number {
  return 30 + Math.min(letters, Math.max(...names.map((name) => name.length))) * 7;
}

/** Of a digit, and between two ticks' words. */
const DIGIT_PX = 6.6;
const BETWEEN_PX = 8;

/** The ticks of a horizontal axis of so many pixels whose words do not run into each other; round numbers have their place first. */
export function roomyTicks(axis: Axis, width: number): Axis {
  const { ticks, scale, tickWords = (tick: number) => shortNumber(tick) } = axis;
  const [low, high] = (scale.domain as number[] | undefined) ?? [];
  if (ticks === null || low === undefined || high === undefined) return axis;
  const along = alongScale(scale);
  const [from, to] = [along(low), along(high)];
  const kept: { tick: number; middle: number; half: number }[] = [];
  for (const tick of [...ticks.filter(isRound), ...ticks.filter((one) => !isRound(one))]) {
    const middle = ((along(tick) - from) / (to - from)) * width;
    const half = (tickWords(tick).length * DIGIT_PX + BETWEEN_PX) / 2;
    if (kept.every((other) => Math.abs(other.middle - middle) >= other.half + half))
      kept.push({ tick, middle, half });
  }
  return { ...axis, ticks: kept.map(({ tick }) => tick).sort((a, b) => a - b) };
}

function alongScale({ type, constant }: Plot.ScaleOptions): (value: number) => number {
  if (type === 'log') return Math.log;
  if (type === 'symlog')
    return (value) => Math.sign(value) * Math.log1p(Math.abs(value) / Number(constant ?? 1));
  return (value) => value;
}

function isRound(tick: number): boolean {
  return tick === 0 || Number.isInteger(Math.log10(Math.abs(tick)));
}

/** Ticks are given their words one by one: Plot leaves some of a log axis's out. */
export function axisMarks(
  { ticks, tickWords = (tick) => shortNumber(tick) }: Axis,
  direction: 'x' | 'y',
): Plot.Markish[] {
  if (ticks === null) return [];
  const options = { text: tickWords, label: null };
  return direction === 'x'
    ? [Plot.gridX(ticks), Plot.axisX(ticks, options)]
    : [Plot.gridY(ticks), Plot.axisY(ticks, options)];
}

export function scaleOf({ scale, ticks }: Axis): Plot.ScaleOptions {
  return ticks === null ? { ...scale, label: null } : { ...scale, axis: null };
}
