/** The button that leaves a run out of the fit, or puts it back. */

import { html } from 'lit';
import type { FitStudy } from '../study.ts';
import type { RunAtHand } from './runsAtHand.ts';

export function leaveOutButton({ fits }: FitStudy, { key, place }: RunAtHand): unknown {
  const words = fits.selection.value.leftOut.includes(key) ? 'Put back' : 'Leave out';
  return html`
    <button type="button" class="small" aria-label="${words} ${place}" @click=${() => fits.toggle(key)}>
      ${words}
    </button>
  `;
}
