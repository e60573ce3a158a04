/** What could not be done, where it was asked for. A screen reader hears of it by what the view says aloud: four models may fail at once. */

import { html, nothing } from 'lit';
import type { Failure } from '../../worker/api/outcome.ts';

/** `onClose`: puts it away, where it would stand until the same is asked for again. */
export function failureNote(failure: Failure | null | undefined, onClose?: () => void): unknown {
  if (!failure) return nothing;
  const { message, advice } = failure;
  const words = html`${message}${advice ? ` ${advice}` : nothing}`;
  if (!onClose) return html`<p class="note bad">${words}</p>`;
  return html`
    <div class="note bad closing">
      <p>${words}</p>
      <button type="button" class="quiet" aria-label="Close: ${message}" @click=${onClose}>✕</button>
    </div>
  `;
}
