/** The papers' symbols in the words of a figure: italic, with their indices lowered. */

import { type SymbolPart, symbolParts } from '../law/report/symbols.ts';

const SVG = 'http://www.w3.org/2000/svg';
const TEXT_NODE = 3;

/** Without quotation marks, which an attribute would have to escape, and so without names that end in a number. */
const SERIF = 'Iowan Old Style, Charter, Palatino Linotype, Georgia, DejaVu Serif, serif';
const INDEX_SIZE = '0.75em';
/** Pixels below the line, or above it. */
const SHIFTS: Readonly<Record<SymbolPart['place'], number>> = { words: 0, letter: 0, below: 3, above: -5 };

/** Sets the symbols in all words below `element`. */
export function setSymbols(element: Element): void {
  for (const text of [...element.getElementsByTagName('text')]) setIn(text);
}

function setIn(element: Element): void {
  for (const node of [...element.childNodes]) {
    if (node.nodeType !== TEXT_NODE) {
      if ((node as Element).localName === 'tspan') setIn(node as Element);
      continue;
    }
    const parts = symbolParts(node.textContent ?? '');
    if (parts.every(({ place }) => place === 'words')) continue;
    let shifted = 0;
    for (const part of parts) {
      const dy = SHIFTS[part.place] - shifted;
      shifted += dy;
      element.insertBefore(spanOf(part, dy, element.ownerDocument), node);
    }
    element.removeChild(node);
  }
}

function spanOf({ text, place }: SymbolPart, dy: number, document: Element['ownerDocument']): Node {
  if (place === 'words' && dy === 0) return document.createTextNode(text);
  const span = document.createElementNS(SVG, 'tspan');
  if (dy !== 0) span.setAttribute('dy', `${dy}`);
  if (place !== 'words') {
    span.setAttribute('font-family', SERIF);
    span.setAttribute('font-style', 'italic');
  }
  if (place === 'below' || place === 'above') span.setAttribute('font-size', INDEX_SIZE);
  span.textContent = text;
  return span;
}
