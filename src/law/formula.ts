/** Formulas for a page: MathML from TeX. */

import temml from 'temml';

export type FormulaOptions = {
  /** On a line of its own, with large fractions; false for one inside a sentence. */
  readonly display?: boolean;
};

/** A `<math>` element as text, with its TeX as annotation for those who copy it. Throws temml's ParseError for TeX that it cannot read. */
export function mathml(tex: string, { display = true }: FormulaOptions = {}): string {
  return temml.renderToString(tex, { displayMode: display, annotate: true, throwOnError: true, xml: true });
}
