/** The base of every panel of the view Sweep: it gets state and actions as a property, and draws nothing before. */

import { noChange, nothing } from 'lit';
import type { Lab } from '../lab.ts';
import { SignalElement } from '../parts/signalElement.ts';
import type { SweepActions } from './actions.ts';
import type { SweepState } from './state.ts';

export type Sweeping = { readonly state: SweepState; readonly actions: SweepActions; readonly lab: Lab };

/** Property: `sweeping`. */
export abstract class SweepElement extends SignalElement {
  static override properties = { sweeping: { attribute: false } };

  declare sweeping: Sweeping | undefined;

  protected abstract draw(sweeping: Sweeping): unknown;

  protected override render(): unknown {
    if (!this.sweeping) return nothing;
    // While another view is shown it stays as it is, and is drawn anew when it is seen again.
    const isSeen = this.sweeping.lab.router.place.value.view === 'sweep';
    return isSeen ? this.draw(this.sweeping) : noChange;
  }
}
