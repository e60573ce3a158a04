/** The paper's symbols, folded away until somebody asks. */

import { html, type TemplateResult } from 'lit';
import { symbol } from '../parts/symbol.ts';

const MEANINGS: readonly (readonly [name: string, title: string, meaning: string])[] = [
  ['D_T', 'target text', 'How many different target tokens there are to learn from.'],
  [
    'C',
    'compute',
    'Multiplications and additions that a training takes, about 6 for each parameter and token.',
  ],
  ['N', 'parameters', 'Numbers in the model that training adjusts.'],
  ['D', 'tokens', 'All tokens that a run reads, of both languages; what is read twice counts twice.'],
  ['k', 'epochs', 'How often a run reads its target text.'],
  ['r', 'ratio', 'The share of target tokens in all that a run reads.'],
  ['r_1', 'first ratio', 'The share of target tokens in the first of two stages.'],
  ['r_f', 'final ratio', 'The share of target tokens in the final stage.'],
  ['s', 'final stage', 'How much of the run the final stage takes.'],
];

export function glossary(): TemplateResult {
  return html`
    <details class="glossary">
      <summary>Symbols and words</summary>
      <dl>
        ${MEANINGS.map(
          ([name, title, meaning]) =>
            html`<div><dt>${symbol(name)} <span>${title}</span></dt><dd>${meaning}</dd></div>`,
        )}
        <div><dt><span>token</span></dt><dd>The piece of text that is guessed at once; here a byte.</dd></div>
        <div><dt><span>loss</span></dt><dd>How surprised the model is by text that it has not seen, in bits per byte. Lower is better.</dd></div>
        <div><dt><span>seed</span></dt><dd>The beginning of a run's chance. The same recipe under another seed ends a little elsewhere.</dd></div>
      </dl>
    </details>
  `;
}
