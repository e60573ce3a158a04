/** A short piece of a reference line, in its dashes. */

import { svg } from 'lit';
import type { ReferenceLine } from './references.ts';

/** Decoration: the line's name always stands beside it. Styled by the chart. */
export function lineSwatch({ dash }: ReferenceLine): unknown {
  return svg`
    <svg class="reference" width="28" height="10" viewBox="0 0 28 10" aria-hidden="true">
      <line x1="1" x2="27" y1="5" y2="5" stroke-dasharray=${dash.join(' ')}></line>
    </svg>
  `;
}
