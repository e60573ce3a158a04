/** Finds a parameter's symbol in a formula: the innermost elements that say the same. */

/** TeX that MathML carries for those who copy it is no part of what is seen. */
const UNSEEN = 'annotation';

export function symbolsIn(formula: Element, symbol: Element): Element[] {
  const wanted = seenText(symbol);
  if (wanted === '') return [];
  const found: Element[] = [];
  const visit = (element: Element): boolean => {
    if (element.localName === UNSEEN) return false;
    const inside = [...element.children].map(visit).some(Boolean);
    if (inside || seenText(element) !== wanted) return inside;
    found.push(element);
    return true;
  };
  visit(formula);
  return found;
}

function seenText(element: Element): string {
  if (element.localName === UNSEEN) return '';
  const { childNodes } = element;
  return [...childNodes]
    .map((node) => (node.nodeType === 1 ? seenText(node as Element) : (node.textContent ?? '')))
    .join('')
    .replace(/\s+/g, '');
}
