/** What is shown while something is under way, and where it went wrong. */

import { html, nothing } from 'lit';
import type { Failure } from '../../worker/api/outcome.ts';
import type { Behind } from './deepening.ts';

/** How far it is, with a way to stop it where there is one. */
export function goingLine(going: Behind | null, stop?: () => void): unknown {
  if (!going) return nothing;
  const percent = Math.floor(100 * going.share);
  return html`
    <span class="row">
      <progress max="1" .value=${going.share} aria-label=${going.doing || 'Computing'}></progress>
      <span class="soft number">${going.doing || 'Computing'}… ${percent} %</span>
      ${stop ? html`<button type="button" class="small" @click=${stop}>Stop</button>` : nothing}
    </span>
  `;
}

export function failureNote(failure: Failure | null): unknown {
  if (!failure) return nothing;
  return html`<p class="note bad" role="alert">${failure.message} ${failure.advice}</p>`;
}
