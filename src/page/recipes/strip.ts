/** A run's tokens as a strip from first to last: how much of each moment is target, how much source. */

import { svg } from 'lit';
import type { DerivedRecipe } from '../form/derive.ts';
import { count } from '../format.ts';

const WIDTH = 200;
const HEIGHT = 36;

/** Percent for people: 12.5, 90. */
function percent(ratio: number): string {
  return `${Number((100 * ratio).toFixed(1))} %`;
}

/** The strip in words, for those who cannot see it. */
export function stripWords(recipe: DerivedRecipe): string {
  const stages = recipe.stages.map(
    ({ share, ratio }) => `${count(Math.round(share * recipe.tokens))} tokens at ${percent(ratio)} target`,
  );
  return stages.join(', then ');
}

/**
 * Draws the stages over `longest` tokens (the longest run of the fleet, so that strips can be compared): target from
 * below, source above it.
 */
export function strip(recipe: DerivedRecipe, longest: number): unknown {
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
      ${index > 0 ? svg`<line class="edge" x1=${x} x2=${x} y1="0" y2=${HEIGHT}></line>` : ''}
    `;
  });
  return svg`
    <svg
      class="strip" role="img" aria-label=${stripWords(recipe)} viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
    >${stages}</svg>
  `;
}
