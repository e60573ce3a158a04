/** The lab's name, and what does the computing. */

import { html, nothing } from 'lit';
import type { AdapterFacts, Outcome } from '../../worker/api.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { shared } from '../shared.styles.ts';
import { adapterName } from './adapterName.ts';
import { styles } from './panel.styles.ts';

export class HeaderPanel extends LabElement {
  static override styles = [shared, styles];

  protected override draw({ state }: Lab): unknown {
    const { adapter, unopened } = state;
    return html`
      <header>
        <div class="name">
          <h1>M<sup>3</sup> Lab</h1>
          <p>Two texts, three recipes: which one teaches a language that has little text?</p>
        </div>
        ${this.badge(adapter.value, unopened.value)}
      </header>
    `;
  }

  private badge(adapter: Outcome<AdapterFacts> | null, unopened: boolean): unknown {
    if (unopened) return html`<p class="badge none"><strong>The lab did not start</strong></p>`;
    if (adapter === null) return html`<p class="badge"><span class="soft">Looking for the GPU…</span></p>`;
    if (!adapter.ok) return html`<p class="badge none"><strong>No GPU to train on</strong></p>`;
    const { software } = adapter.value;
    return html`
      <p class="badge ${software ? 'software' : 'hardware'}">
        <strong>${adapterName(adapter.value)}</strong>
        ${software ? html`<span>Software adapter: slow but exact</span>` : nothing}
      </p>
    `;
  }
}
