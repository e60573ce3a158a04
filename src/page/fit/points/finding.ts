/** Finds any run by its name, to be left out or put back without a pointer: a dot can only be pointed at. */

import { html, nothing } from 'lit';
import type { FitStudy } from '../study.ts';
import { counted } from '../words.ts';
import { leaveOutButton } from './leaveOut.ts';
import { matching, type RunAtHand } from './runsAtHand.ts';

/** More are found by writing more of the name. */
const MOST_FOUND = 8;

export function finding(
  study: FitStudy,
  runs: readonly RunAtHand[],
  sought: string,
  seek: (text: string) => void,
): unknown {
  const found = matching(runs, sought);
  return html`
    <label class="field">
      <span class="soft">Find a run by its name</span>
      <input
        type="search"
        autocomplete="off"
        spellcheck="false"
        .value=${sought}
        @input=${(event: Event) => seek((event.target as HTMLInputElement).value)}
      />
    </label>
    ${
      sought.trim() === ''
        ? nothing
        : html`
            <ul class="plain">
              ${found.slice(0, MOST_FOUND).map((run) => {
                return html`
                  <li class="row pointed">
                    <span><strong>${run.place}</strong>: measured ${run.measured.toFixed(3)}, predicted ${run.predicted.toFixed(3)}</span>
                    ${leaveOutButton(study, run)}
                  </li>
                `;
              })}
            </ul>
            <p class="soft" role="status">
              ${found.length > MOST_FOUND ? `${counted(found.length, 'run')} are called so; write more of the name.` : nothing}
              ${found.length === 0 ? 'No run is called so.' : nothing}
            </p>
          `
    }
  `;
}
