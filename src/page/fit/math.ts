/** MathML that the law's worker made, as elements of the page. */

import { breakable } from './breaks.ts';

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** Where a style stands until it may be set: the page's policy takes none from markup, not even in a document that is parsed apart. */
const LATER = 'data-style';

/** A `<math>` element of text, with its styles set one by one. What is not well-formed is shown as its text. */
export function mathOf(text: string): Element {
  const unstyled = text.replaceAll(' style="', ` ${LATER}="`);
  const parsed = new DOMParser().parseFromString(unstyled, 'application/xml').documentElement;
  if (parsed.namespaceURI !== MATHML || parsed.localName !== 'math') {
    const words = document.createElement('code');
    words.textContent = text;
    return words;
  }
  const math = document.importNode(parsed, true);
  for (const element of [math, ...math.querySelectorAll(`[${LATER}]`)]) {
    const style = element.getAttribute(LATER);
    element.removeAttribute(LATER);
    if (style && 'style' in element && element.style instanceof CSSStyleDeclaration)
      element.style.cssText = style;
  }
  return breakable(math);
}

/** Elements of formulas, made once each: drawn again, they stay where they are. */
export class Formulas {
  readonly #made = new Map<string, Element>();

  /** `place` names where it stands: one element has one place. */
  of(place: string, text: string): Element {
    const key = `${place} ${text}`;
    const made = this.#made.get(key) ?? mathOf(text);
    this.#made.set(key, made);
    return made;
  }
}
