/** The paper's symbols as they are set: italic, with what follows the underscore lowered. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { type SymbolPart, symbolParts } from '../../law/report/symbols.ts';

/** `D_T` → D with a T below it. A screen reader reads the letters. Styled by `.symbol` of the shared styles. */
export function symbol(name: string): TemplateResult {
  const [letter = name, index] = name.split('_', 2);
  return html`<span class="symbol">${letter}${index === undefined ? nothing : html`<sub>${index}</sub>`}</span>`;
}

/** The same inside an SVG text. */
export function svgSymbol(name: string): TemplateResult<2> {
  const [letter = name, index] = name.split('_', 2);
  return svg`<tspan class="letter">${letter}</tspan>${index === undefined ? nothing : svg`<tspan class="index" dy="3">${index}</tspan>`}`;
}

/** A sentence with its symbols set: `No law reads r_1.` → the same with r₁ as in print. */
export function setSymbols(text: string): unknown[] {
  const set: unknown[] = [];
  let symbolOf: SymbolPart[] = [];
  const close = () => {
    if (symbolOf.length > 0) set.push(together(symbolOf));
    symbolOf = [];
  };
  for (const part of symbolParts(text)) {
    if (part.place === 'words') {
      close();
      set.push(part.text);
    } else symbolOf.push(part);
  }
  close();
  return set;
}

/** A letter with its index and its star. */
function together(parts: readonly SymbolPart[]): TemplateResult {
  return html`<span class="symbol">${parts.map(({ text, place }) =>
    place === 'below' ? html`<sub>${text}</sub>` : place === 'above' ? html`<sup>${text}</sup>` : text,
  )}</span>`;
}
