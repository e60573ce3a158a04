/** A short piece of a run's line, in its colour and dashes. */

import { svg } from 'lit';
import type { Slot } from '../../formats/share/settings.ts';
import { dashes } from './colours.ts';

/** Decoration: the run's name always stands beside it. Styled by `swatchStyles`. */
export function swatch(slot: Slot): unknown {
  return svg`
    <svg class="swatch swatch-${slot}" width="28" height="10" viewBox="0 0 28 10" preserveAspectRatio="xMinYMid slice" aria-hidden="true">
      <line x1="1" x2="27" y1="5" y2="5" stroke-dasharray=${dashes(slot).join(' ') || 'none'}></line>
    </svg>
  `;
}
