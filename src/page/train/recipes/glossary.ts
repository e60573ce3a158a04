/** What the recipes' quantities mean, folded away until somebody asks. */

import { html, nothing } from 'lit';

/** A symbol that is read out too: here it is what is spoken of. */
function letter(name: string, index?: string): unknown {
  return html`<span class="symbol">${name}${index ? html`<sub>${index}</sub>` : nothing}</span>`;
}

const MEANINGS: readonly (readonly [name: string, mark: unknown, meaning: unknown])[] = [
  [
    'Target tokens',
    letter('D', 'T'),
    'How much of the target text there is to train on. A token is a byte, or with a BPE a piece of a word.',
  ],
  ['Tokens', letter('D'), 'All that a run reads of both languages; what is read again counts again.'],
  ['Source', letter('S'), 'How many of these tokens are source text.'],
  [
    'Epochs',
    letter('k'),
    html`How often a run reads its target tokens: <span class="formula">${letter('k')} = ${letter('r')}${letter('D')} / ${letter('D', 'T')}</span>.`,
  ],
  ['Ratio', letter('r'), 'The share of target tokens in the whole run. 1 is target only, 0.5 an even mix.'],
  ['Final ratio', letter('r', 'f'), 'The share of target tokens in the final stage.'],
  ['First ratio', letter('r', '1'), 'The share of target tokens in the first stage. 0 is source only.'],
  [
    'Final stage',
    letter('s'),
    html`How much of the run the final stage is. It follows from the three ratios; 1 where there is one stage only.`,
  ],
  [
    'Compute',
    letter('C'),
    html`Floating-point operations of the training, about 6${letter('N')}${letter('D')}, where ${letter('N')} counts the
      parameters that each token meets.`,
  ],
];

export function glossary(): unknown {
  return html`
    <details>
      <summary>What these mean</summary>
      <dl class="glossary">
        ${MEANINGS.map(([name, mark, meaning]) => html`<div><dt>${name} ${mark}</dt><dd>${meaning}</dd></div>`)}
      </dl>
    </details>
  `;
}
