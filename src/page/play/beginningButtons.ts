/** Buttons that put words from the open texts into a field. */

import { html, nothing } from 'lit';
import type { Beginning } from './beginnings.ts';

const MOST_LETTERS = 40;

export function beginningButtons(
  all: readonly Beginning[],
  words: string,
  take: (text: string) => void,
): unknown {
  if (all.length === 0) return nothing;
  return html`
    <div class="row">
      <span class="soft">${words}</span>
      ${all.map(
        ({ side, language, text }) => html`
          <button
            type="button"
            class="small"
            title="From the ${side} text"
            aria-label="${words} “${shortened(text)}”, from the ${side} text"
            @click=${() => take(text)}
          >
            <span lang=${language ?? nothing}>${shortened(text)}</span>
          </button>
        `,
      )}
    </div>
  `;
}

function shortened(text: string): string {
  const letters = [...text.replaceAll('\n', ' ')];
  return letters.length <= MOST_LETTERS ? letters.join('') : `${letters.slice(0, MOST_LETTERS).join('')}…`;
}
