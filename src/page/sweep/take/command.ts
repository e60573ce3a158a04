/** `<sweep-command>`: a command line, and a button that copies it. */

import { css, html, LitElement, nothing } from 'lit';
import { shared } from '../../parts/shared.styles.ts';

/** How long the word stays that it was copied. */
const SAID_MS = 3000;

/** Properties: `command`; `label`, what it is called for a screen reader. */
export class SweepCommand extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        gap: 0.5rem;
        align-items: start;
        padding: 0.4rem 0.5rem;
        background: var(--sunk);
        border-radius: var(--radius);
      }

      code {
        flex: 1;
        min-width: 0;
        padding: 0.25rem 0;
        font-size: var(--text-small);
        line-height: 1.5;
      }

      button {
        flex: none;
        min-height: 1.9rem;
        padding: 0 0.6rem;
        font-size: var(--text-small);
      }
    `,
  ];
  static override properties = { command: {}, label: {}, said: { state: true } };

  declare command: string;
  declare label: string;
  declare private said: string;

  constructor() {
    super();
    this.command = '';
    this.label = 'Command';
    this.said = '';
  }

  protected override render(): unknown {
    return html`
      <div class="line" role="group" aria-label=${this.label}>
        <code>${this.command}</code>
        <button type="button" aria-label="Copy ${this.label}" @click=${() => void this.copy()}>Copy</button>
      </div>
      <p class="soft" role="status">${this.said || nothing}</p>
    `;
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.command);
      this.said = 'Copied.';
    } catch {
      // A browser may keep the clipboard to itself; the words can be selected all the same.
      const code = this.renderRoot.querySelector('code');
      if (code) getSelection()?.selectAllChildren(code);
      this.said = 'Selected: copy it by hand.';
    }
    setTimeout(() => {
      this.said = '';
    }, SAID_MS);
  }
}
