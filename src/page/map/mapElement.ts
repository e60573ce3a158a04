/** What all panels of the view Map are: drawn from its state, silent until it is handed in. */

import { html, nothing } from 'lit';
import { SignalElement } from '../parts/signalElement.ts';
import type { AskedOf, MapState } from './state.ts';

/** Property: `state`. */
export abstract class MapElement extends SignalElement {
  static override properties = { state: { attribute: false } };

  declare state: MapState | undefined;

  /** What nobody sees is drawn once it is seen. */
  protected override shouldUpdate(): boolean {
    return this.state?.shown.value ?? true;
  }

  protected override render(): unknown {
    return this.state ? this.draw(this.state) : nothing;
  }

  /** What went wrong with what this panel shows. */
  protected failed(state: MapState, asked: AskedOf): unknown {
    const words = state.problems.value[asked];
    return words === undefined ? nothing : html`<p class="note bad" role="alert">${words}</p>`;
  }

  protected abstract draw(state: MapState): unknown;
}
