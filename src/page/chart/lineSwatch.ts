/** A reference line in the legend. */

import { svg } from 'lit';
import type { ReferenceLine } from './references.ts';

/** A short piece of a line, for the legend. Styled by the chart. */
export function lineSwatch({ dash }: ReferenceLine): unknown {
  return svg`
    <svg class="swatch reference" width="28" height="10" viewBox="0 0 28 10" aria-hidden="true">
      <line x1="1" x2="27" y1="5" y2="5" stroke-dasharray=${dash.join(' ')}></line>
    </svg>
  `;
}
