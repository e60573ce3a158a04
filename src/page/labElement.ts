/** The base of every panel: it gets the lab (state and actions) as a property, and draws nothing before. */

import { nothing } from 'lit';
import type { LabActions } from './actions.ts';
import { SignalElement } from './signalElement.ts';
import type { LabState } from './state.ts';

export type Lab = { readonly state: LabState; readonly actions: LabActions };

export abstract class LabElement extends SignalElement {
  static override properties = { lab: { attribute: false } };

  /** State to draw from and actions to call. */
  declare lab: Lab | undefined;

  protected abstract draw(lab: Lab): unknown;

  /** Moves the focus to an element of this panel, by its id. */
  focusOn(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  protected override render(): unknown {
    return this.lab ? this.draw(this.lab) : nothing;
  }
}
