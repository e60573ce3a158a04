/** What could not be done, in the panel where it was asked for. */

import { html, nothing } from 'lit';
import type { Failure } from '../../worker/api/outcome.ts';

export function failureNote(failure: Failure | null | undefined): unknown {
  if (!failure) return nothing;
  const { message, advice } = failure;
  return html`<p class="note bad" role="alert">${message}${advice ? ` ${advice}` : nothing}</p>`;
}
