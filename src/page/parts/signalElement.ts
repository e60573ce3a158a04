/** A Lit element that redraws whenever a signal it read while drawing has changed. */

import { effect } from '@preact/signals-core';
import { LitElement } from 'lit';

export abstract class SignalElement extends LitElement {
  private stopWatching: (() => void) | undefined;

  protected override performUpdate(): void {
    // Lit calls this once more after an update that another caller has already made.
    if (!this.isUpdatePending) return;
    this.stopWatching?.();
    this.stopWatching = undefined;
    if (!this.isConnected) {
      // Taken out before its turn came: whoever watched now would never be stopped.
      super.performUpdate();
      return;
    }
    let drawing = true;
    this.stopWatching = effect(() => {
      if (drawing) {
        drawing = false;
        super.performUpdate();
      } else {
        this.requestUpdate();
      }
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // An element that was taken out and put back has to read its signals anew.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWatching?.();
    this.stopWatching = undefined;
  }
}
