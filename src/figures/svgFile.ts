/**
 * A figure as the text of an .svg file, with paper and ink of its own. The same figure is the same bytes each time; one that was drawn
 * in a browser may lie half a pixel beside one that was drawn by the command line, since Plot moves lines onto the pixels of the screen.
 */

import type { Figure } from './frame.ts';
import { FILE_CLASS } from './theme.ts';
import { plain } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Elements that hold text and nothing else, whose blanks count. */
const ELEMENT_NODE = 1;
const TEXT_NODE = 3;

export function svgFile(figure: Figure): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(figure, true)}\n`;
}

/** Attributes by name: documents differ in the order in which they keep them. */
function written(element: Element, isRoot: boolean): string {
  const attributes = new Map([...element.attributes].map(({ name, value }) => [name, value]));
  if (isRoot) {
    attributes.set('xmlns', SVG);
    attributes.set('class', `${attributes.get('class') ?? ''} ${FILE_CLASS}`.trim());
  }
  const name = element.localName;
  const opening = [
    name,
    ...[...attributes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}="${escaped(value).replaceAll('"', '&quot;')}"`),
  ].join(' ');
  const inside = [...element.childNodes].map((child) => {
    if (child.nodeType === ELEMENT_NODE) return written(child as Element, false);
    if (child.nodeType !== TEXT_NODE) return '';
    const text = child.textContent ?? '';
    return name === 'style' ? text : escaped(text);
  });
  const content = inside.join('');
  return content === '' ? `<${opening}/>` : `<${opening}>${content}</${name}>`;
}

function escaped(text: string): string {
  return plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
