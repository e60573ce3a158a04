/** What target losses are held against, as lines across the chart: under the one no model gets, the other knows spelling alone. */

import type { References } from '../../../formats/record.ts';

export type ReferenceLine = {
  readonly name: string;
  readonly bits: number;
  /** Line dashes in CSS pixels. */
  readonly dash: readonly number[];
  /** What it means, in a few words. */
  readonly meaning: string;
};

/** The lines that are known, in bits a byte. */
export function referenceLines(references: References | null): readonly ReferenceLine[] {
  const { floorBitsPerByte: floor = null, ngramBitsPerByte: ngram = null } = references ?? {};
  return [
    ...(floor === null
      ? []
      : [{ name: 'Entropy floor', bits: floor, dash: [10, 6], meaning: 'no model does better' }]),
    ...(ngram === null
      ? []
      : [{ name: 'n-gram reference', bits: ngram, dash: [2, 4], meaning: 'knows spelling alone' }]),
  ];
}
