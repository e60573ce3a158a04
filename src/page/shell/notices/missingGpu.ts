/** What a page without a GPU says: unfolded where a view needs one, in a line where it does not. */

import { html } from 'lit';
import type { Failure } from '../../../worker/api/outcome.ts';
import { FAILURE_TITLES } from './titles.ts';
import { webgpuAdvice } from './webgpuAdvice.ts';

export type MissingGpu = {
  /** Whether the view that is shown has little to show without. */
  readonly isNeeded: boolean;
  readonly isLooking: boolean;
  readonly look: () => void;
};

export function missingGpu(failure: Failure, { isNeeded, isLooking, look }: MissingGpu): unknown {
  const hasApi = 'gpu' in navigator;
  const { userAgent } = navigator;
  // The engine's own words are for the command line too.
  const [what, advice] =
    failure.kind === 'no-webgpu'
      ? [
          hasApi
            ? 'The browser knows WebGPU, but finds no adapter for it.'
            : 'The browser does not know WebGPU.',
          webgpuAdvice({ userAgent, secure: window.isSecureContext, hasApi }),
        ]
      : [failure.message, failure.advice];
  return html`
    <section aria-label="No GPU">
      <details class="box ${isNeeded ? 'bad' : 'warn'}" ?open=${isNeeded}>
        <summary>
          <h2>${FAILURE_TITLES[failure.kind]}</h2>
          <span class="soft">Training needs it; the rest of the lab works.</span>
        </summary>
        <p>${what}</p>
        <p><strong>What to do:</strong> ${advice}</p>
        <p>
          <strong>What still works:</strong> Tour, Fit and Map, with the measured results that ship with the lab and with any that you bring along; texts
          can be opened and counted, recipes worked out, sweeps planned; in Play models that are brought along write and score. Without a browser, <code>npx m3lab train</code> trains on this machine.
        </p>
        <button type="button" ?disabled=${isLooking} @click=${look}>${isLooking ? 'Looking…' : 'Look for a GPU again'}</button>
      </details>
    </section>
  `;
}
