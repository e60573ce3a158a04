/** What went wrong, or is worth knowing, in words: what happened, and what to do. */

import { html, nothing } from 'lit';
import type { Failure, FailureKind } from '../../worker/api.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { shared } from '../shared.styles.ts';
import { styles } from './panel.styles.ts';
import { webgpuAdvice } from './webgpuAdvice.ts';

const TITLES: Record<FailureKind, string> = {
  'no-webgpu': 'This browser gives the page no WebGPU',
  limit: 'The GPU allows less than this needs',
  memory: 'The GPU is out of memory',
  'device-lost': 'The GPU was lost',
  gpu: 'The GPU refused the work',
  'storage-full': 'Storage is full',
  storage: 'Nothing can be stored',
  text: 'A text cannot be read',
  network: 'A text cannot be fetched',
  config: 'This cannot be trained as it stands',
  busy: 'The lab is at work in another tab',
  'not-now': 'Not now',
  cancelled: 'Stopped',
  internal: 'Something in the lab went wrong',
};

export class NoticesPanel extends LabElement {
  static override styles = [shared, styles];

  protected override draw({ state }: Lab): unknown {
    const adapter = state.adapter.value;
    const noAdapter = adapter !== null && !adapter.ok ? adapter.failure : null;
    const failure = state.failure.value;
    const notices = state.notices.value;
    return html`
      ${noAdapter ? this.missingGpu(noAdapter) : nothing}
      <div role="alert">
        ${
          failure
            ? this.box('bad', TITLES[failure.kind], [failure.message, failure.advice], () => {
                state.failure.value = null;
              })
            : nothing
        }
      </div>
      <div role="status">
        ${
          notices.length > 0
            ? this.box('warn', 'Worth knowing', notices, () => {
                state.notices.value = [];
              })
            : nothing
        }
      </div>
    `;
  }

  private missingGpu(failure: Failure): unknown {
    const advice =
      failure.kind === 'no-webgpu'
        ? webgpuAdvice({
            userAgent: navigator.userAgent,
            secure: window.isSecureContext,
            hasApi: 'gpu' in navigator,
          })
        : failure.advice;
    return html`
      <section class="box bad" aria-label="No GPU">
        <h2>${TITLES[failure.kind]}</h2>
        <p>${failure.message}</p>
        <p><strong>What to do:</strong> ${advice}</p>
        <p>
          <strong>What still works:</strong> texts can be opened and counted, and recipes worked out below; curves of
          earlier runs are shown. Training needs WebGPU. Without a browser, <code>npx m3lab train</code> does the same
          on this machine.
        </p>
      </section>
    `;
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
