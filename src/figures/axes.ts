/** Axes: their scales, ticks and words. */

import * as Plot from '@observablehq/plot';
import { type Domain, evenTicks, logTicks, shortNumber } from './ticks.ts';

export type Axis = {
  readonly scale: Plot.ScaleOptions;
  readonly label: string;
  /** Null leaves them to the scale. */
  readonly ticks: readonly number[] | null;
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
  return 22 + Math.min(letters, Math.max(...names.map((name) => name.length))) * 7;
}

/** Ticks are given their words one by one: Plot leaves some of a log axis's out. */
export function axisMarks({ ticks }: Axis, direction: 'x' | 'y'): Plot.Markish[] {
  if (ticks === null) return [];
  const options = { text: (tick: number) => shortNumber(tick), label: null };
  return direction === 'x'
    ? [Plot.gridX(ticks), Plot.axisX(ticks, options)]
    : [Plot.gridY(ticks), Plot.axisY(ticks, options)];
}

export function scaleOf({ scale, ticks }: Axis): Plot.ScaleOptions {
  return ticks === null ? { ...scale, label: null } : { ...scale, axis: null };
}
