/** What is said of one token: how likely it was, and what else could have stood there. */

import { html, nothing, svg } from 'lit';
import type { CopiedSpan } from '../../../worker/api/models.ts';
import type { ReadToken } from '../../../worker/api/play.ts';
import { readable } from '../../parts/readable.ts';
import { byteWords, percent, pieceSigns } from './words.ts';

export type CardOf = {
  readonly token: ReadToken;
  /** More of it, a line each. */
  readonly facts: readonly string[];
  readonly copied: CopiedSpan | null;
};

export function card({ token, facts, copied }: CardOf): unknown {
  const isAmong = token.alternatives.some(({ id }) => id === token.id);
  return html`
    <p><b class="piece">${signs(token.piece)}</b> ${percent(token.probability)}</p>
    ${facts.map((fact) => html`<p class="soft">${fact}</p>`)}
    <ul>
      ${token.alternatives.map(
        ({ id, text, probability }) => html`
          <li class=${id === token.id ? 'here' : ''}>
            <span class="piece">${signs(text)}</span>
            ${bar(probability)}
            <span class="number">${percent(probability)}</span>
          </li>
        `,
      )}
    </ul>
    ${isAmong ? nothing : html`<p class="soft">It is not among the eight likeliest.</p>`}
    ${copied ? html`<p class="soft">${copiedWords(copied)} <q>${readable(copied.snippet)}</q></p>` : nothing}
  `;
}

/** The sign of a space lies low and is small in most typefaces. */
function signs(piece: string): unknown {
  return pieceSigns(piece)
    .split(/(␣)/)
    .map((part) => (part === '␣' ? html`<span class="space">␣</span>` : part));
}

/** The number beside it says the same. */
function bar(probability: number): unknown {
  const width = Math.min(100, Math.max(0, 100 * probability));
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${width} height="1"></rect>`}</svg>`;
}

function copiedWords({ length, side }: CopiedSpan): string {
  return `Part of ${byteWords(length)} that stand word for word in the ${side} text:`;
}
