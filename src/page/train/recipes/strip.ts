/** A run's tokens as a strip from first to last: how much of each moment is target, how much source; where epochs end; the learning rate. */

import { nothing, svg } from 'lit';
import type { ScheduleOptions } from '../../../recipe/schedule.ts';
import { brief, count } from '../../parts/format.ts';
import type { DerivedRecipe } from '../form/derive.ts';
import { epochMarks, ratesOf } from '../form/marks.ts';

const WIDTH = 400;
const HEIGHT = 44;
/** The line of the learning rate keeps off the strip's edges. */
const RATE_EDGE = 4;
const MARK_HEIGHT = 7;

/** Percent for people: 12.5, 90. */
function percent(ratio: number): string {
  return `${Number((100 * ratio).toFixed(1))} %`;
}

/** The strip in words, for those who cannot see it. */
export function stripWords(recipe: DerivedRecipe): string {
  const stages = recipe.stages.map(
    ({ share, ratio }) => `${count(Math.round(share * recipe.tokens))} tokens at ${percent(ratio)} target`,
  );
  return `${stages.join(', then ')}; the target text is read ${brief(recipe.epochs)} times`;
}

/**
 * Draws the stages over `longest` tokens (the longest run of the fleet, so that strips can be compared): target from
 * below, source above it; ticks where an epoch ends; the learning rate as a thin line.
 */
export function strip(recipe: DerivedRecipe, longest: number, schedule: ScheduleOptions): unknown {
  const width = longest > 0 ? (WIDTH * recipe.tokens) / longest : WIDTH;
  let from = 0;
  const stages = recipe.stages.map(({ share, ratio }, index) => {
    const x = from;
    const wide = share * width;
    from += wide;
    const targetHeight = ratio * HEIGHT;
    return svg`
      <rect class="source" x=${x} y="0" width=${wide} height=${HEIGHT - targetHeight}></rect>
      <rect class="target" x=${x} y=${HEIGHT - targetHeight} width=${wide} height=${targetHeight}></rect>
      ${index > 0 ? svg`<line class="edge" x1=${x} x2=${x} y1="0" y2=${HEIGHT}></line>` : nothing}
    `;
  });
  const marks = epochMarks(recipe).map((at) => {
    const x = at * width;
    return svg`<line class="epoch" x1=${x} x2=${x} y1=${HEIGHT - MARK_HEIGHT} y2=${HEIGHT}></line>`;
  });
  const rates = ratesOf(recipe, schedule)
    .map(
      ({ at, rate }) =>
        `${(at * width).toFixed(1)},${(RATE_EDGE + (1 - rate) * (HEIGHT - 2 * RATE_EDGE)).toFixed(1)}`,
    )
    .join(' ');
  return svg`
    <svg
      class="strip" role="img" aria-label=${stripWords(recipe)} viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
    >${stages}${marks}${rates === '' ? nothing : svg`<polyline class="rate under" points=${rates}></polyline><polyline class="rate" points=${rates}></polyline>`}</svg>
  `;
}
