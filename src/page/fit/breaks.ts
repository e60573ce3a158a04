/** Places where a formula may go on in the next line: before what is said beside it, and only then before a further term. */

/** Narrower gaps stand inside a term. */
const LEAST_GAP_EM = 1;
const FURTHER = /^[+−-]$/;

/**
 * Puts what belongs together in the outermost row of a `<math>` into rows of their own: of class `statement` up to each wide gap, and in
 * them of class `term`; style sheets may then set them like words. A formula of a single term stays as it is.
 */
export function breakable(math: Element): Element {
  const row = outermostRow(math);
  const statements = row ? statementsOf([...row.children]).map(termsOf) : [];
  if (!row || statements.flat().length < 2) return math;
  row.setAttribute('class', 'statements');
  row.replaceChildren(
    ...statements.map((terms) =>
      rowOf(
        row,
        'statement',
        terms.map((term) => rowOf(row, 'term', term)),
      ),
    ),
  );
  return math;
}

function outermostRow(math: Element): Element | null {
  const inside = [...math.children].find(({ localName }) => localName === 'semantics') ?? math;
  return [...inside.children].find(({ localName }) => localName === 'mrow') ?? null;
}

function statementsOf(elements: readonly Element[]): Element[][] {
  const statements: Element[][] = [[]];
  for (const element of elements) {
    statements.at(-1)?.push(element);
    if (isGap(element)) statements.push([]);
  }
  return statements.filter(({ length }) => length > 0);
}

function termsOf(elements: readonly Element[]): Element[][] {
  const terms: Element[][] = [];
  for (const element of elements) {
    const term = terms.at(-1);
    const isFurther = element.localName === 'mo' && FURTHER.test(element.textContent?.trim() ?? '');
    // A sign that comes first in a row would else be set as that of a number.
    if (isFurther && term) element.setAttribute('form', 'infix');
    if (isFurther || !term) terms.push([element]);
    else term.push(element);
  }
  return terms;
}

function isGap(element: Element): boolean {
  return (
    element.localName === 'mspace' && Number.parseFloat(element.getAttribute('width') ?? '0') >= LEAST_GAP_EM
  );
}

function rowOf(
  { namespaceURI, ownerDocument }: Element,
  name: string,
  children: readonly Element[],
): Element {
  const row = ownerDocument.createElementNS(namespaceURI, 'mrow');
  row.setAttribute('class', name);
  row.append(...children);
  return row;
}
