/** What the schedule strip marks: where epochs end, and how the learning rate goes. */

import { learningRates, type ScheduleOptions } from '../../../recipe/schedule.ts';
import type { DerivedRecipe } from './derive.ts';

/** More marks than this run together. */
const MOST_MARKS = 40;
/** Points of the line, whatever the number of steps. */
const LINE_STEPS = 240;

/** Where each whole pass over the target's tokens ends, as shares of the run; none where they would be too many to tell apart. */
export function epochMarks({ stages, epochs, ratio }: DerivedRecipe): number[] {
  if (!(epochs > 1) || epochs > MOST_MARKS + 1) return [];
  const marks: number[] = [];
  let start = 0;
  // Target tokens behind each place, in epochs.
  let seen = 0;
  let next = 1;
  for (const stage of stages) {
    const gained = (epochs * stage.share * stage.ratio) / ratio;
    for (; next < epochs && next <= seen + gained; next++) {
      marks.push(start + (stage.share * (next - seen)) / gained);
    }
    seen += gained;
    start += stage.share;
  }
  return marks;
}

export type RatePoint = { readonly at: number; readonly rate: number };

/** The learning rate over the run, from 0 to 1 of its tokens, as a share of the peak; none where the numbers make no schedule. */
export function ratesOf({ stages, steps }: DerivedRecipe, options: ScheduleOptions): RatePoint[] {
  if (!(steps >= 1) || !Number.isFinite(steps)) return [];
  const drawn = Math.min(steps, LINE_STEPS);
  let start = 0;
  const starts = stages.map(({ share }) => {
    const at = Math.round(start * drawn);
    start += share;
    return at;
  });
  try {
    const rates = learningRates({ ...options, learningRate: 1 }, drawn, starts);
    return [...rates].map((rate, step) => ({ at: (step + 0.5) / drawn, rate }));
  } catch {
    return [];
  }
}
