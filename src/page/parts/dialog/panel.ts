/** `<lab-dialog>`: a native modal dialog with a heading and a way out; Escape and a click beside it close it too. */

import { html, LitElement } from 'lit';
import { define } from '../define.ts';
import { shared } from '../shared.styles.ts';
import { styles } from './panel.styles.ts';

/**
 * Properties: `heading`, words; `isOpen` (read only).
 * Methods: `show()`, `close()`.
 * Events: `closed`, however it was closed; the focus is back where it was before.
 * Slots: what it says; `actions`, buttons at its foot (without any there is no foot).
 * Custom properties: `--dialog-width`, 42rem unless it is set.
 */
export class LabDialog extends LitElement {
  static override styles = [shared, styles];
  static override properties = { heading: {}, hasActions: { state: true } };

  declare heading: string;
  declare private hasActions: boolean;

  constructor() {
    super();
    this.heading = '';
    this.hasActions = false;
  }

  get isOpen(): boolean {
    return this.#dialog()?.open ?? false;
  }

  async show(): Promise<void> {
    await this.updateComplete;
    const dialog = this.#dialog();
    if (dialog && !dialog.open) dialog.showModal();
  }

  close(): void {
    this.#dialog()?.close();
  }

  protected override render(): unknown {
    return html`
      <dialog aria-labelledby="heading" @click=${this.closeBeside} @close=${() => this.dispatchEvent(new Event('closed'))}>
        <div class="head">
          <h2 id="heading">${this.heading}</h2>
          <button type="button" class="close" aria-label="Close" @click=${() => this.close()}>✕</button>
        </div>
        <div class="body" tabindex="-1"><slot></slot></div>
        <div class="foot" ?hidden=${!this.hasActions}>
          <slot name="actions" @slotchange=${this.countActions}></slot>
        </div>
      </dialog>
    `;
  }

  /** The dialog itself is hit only beside what it holds. */
  private readonly closeBeside = (event: MouseEvent): void => {
    const dialog = this.#dialog();
    if (!dialog || event.composedPath()[0] !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const inside =
      event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) this.close();
  };

  private readonly countActions = (event: Event): void => {
    this.hasActions = (event.target as HTMLSlotElement).assignedElements().length > 0;
  };

  #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-dialog': LabDialog;
  }
}

define('lab-dialog', LabDialog);
