/** What does the computing, as short as it can be said; the rest unfolds. */

import { html, nothing } from 'lit';
import type { AppState } from '../../appState.ts';
import { adapterName, shortName } from './adapterName.ts';

export function adapterBadge({ adapter: found, unopened }: AppState): unknown {
  const adapter = found.value;
  if (unopened.value) return html`<p class="badge none"><strong>The lab did not start</strong></p>`;
  if (adapter === null) return html`<p class="badge waiting">Looking for the GPU…</p>`;
  if (!adapter.ok) return html`<p class="badge none"><strong>No GPU to train on</strong></p>`;
  const facts = adapter.value;
  const { software } = facts;
  const name = adapterName(facts);
  const short = shortName(facts);
  return html`
    <p class="badge ${software ? 'software' : 'hardware'}" title=${name}>
      <strong>${short}</strong>
      ${software ? html`<span>Software adapter: slow but exact</span>` : nothing}
    </p>
  `;
}
