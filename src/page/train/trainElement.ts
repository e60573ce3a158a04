/** The base of every panel of Train: it gets state and actions as a property, and draws nothing before. */

import { nothing } from 'lit';
import { SignalElement } from '../parts/signalElement.ts';
import type { TrainActions } from './actions.ts';
import type { TrainState } from './state.ts';

export type Train = { readonly state: TrainState; readonly actions: TrainActions };

export abstract class TrainElement extends SignalElement {
  static override properties = { train: { attribute: false } };

  /** State to draw from and actions to call. */
  declare train: Train | undefined;

  protected abstract draw(train: Train): unknown;

  /** Moves the focus to an element of this panel, by its id. */
  focusOn(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  /** What nobody sees is drawn once it is seen. */
  protected override shouldUpdate(): boolean {
    return this.train?.state.shown.value ?? true;
  }

  protected override render(): unknown {
    return this.train ? this.draw(this.train) : nothing;
  }
}
