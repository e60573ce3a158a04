/** `<lab-notices>`: what went wrong, or is worth knowing, in words: what happened, and what to do. It stands above every view. */

import { html, nothing } from 'lit';
import type { Failure } from '../../../worker/api/outcome.ts';
import type { Lab } from '../../lab.ts';
import { shared } from '../../parts/shared.styles.ts';
import { ShellElement } from '../shellElement.ts';
import { VIEW_FACTS } from '../views.ts';
import { missingGpu } from './missingGpu.ts';
import { styles } from './panel.styles.ts';
import { FAILURE_TITLES } from './titles.ts';

export class NoticesPanel extends ShellElement {
  static override styles = [shared, styles];
  static override properties = { ...ShellElement.properties, isLooking: { state: true } };

  /** Whether a GPU is being looked for again. */
  declare private isLooking: boolean;

  protected override draw(lab: Lab): unknown {
    const { app, router } = lab;
    const adapter = app.adapter.value;
    const noAdapter = adapter !== null && !adapter.ok ? adapter.failure : null;
    const failure = app.failure.value;
    const notices = app.notices.value;
    return html`
      ${noAdapter ? this.noGpu(lab, noAdapter, VIEW_FACTS[router.place.value.view].needsGpu) : nothing}
      <div role="alert">
        ${
          failure
            ? this.box('bad', FAILURE_TITLES[failure.kind], [failure.message, failure.advice], () => {
                app.failure.value = null;
              })
            : nothing
        }
      </div>
      <div role="status">
        ${
          notices.length > 0
            ? this.box('warn', 'Worth knowing', notices, () => {
                app.notices.value = [];
              })
            : nothing
        }
      </div>
    `;
  }

  private noGpu(lab: Lab, failure: Failure, isNeeded: boolean): unknown {
    const look = async () => {
      this.isLooking = true;
      await lab.open();
      this.isLooking = false;
    };
    return missingGpu(failure, { isNeeded, isLooking: this.isLooking, look });
  }

  private box(tone: 'bad' | 'warn', title: string, lines: readonly string[], onClose: () => void): unknown {
    return html`
      <div class="box ${tone}">
        <h2>${title}</h2>
        ${lines.filter(Boolean).map((line) => html`<p>${line}</p>`)}
        <button type="button" class="quiet" @click=${onClose}>Dismiss</button>
      </div>
    `;
  }
}
