/** Laws in the order in which the runs speak for them, as lines of a table. */

import type { RankedLaw } from '../../../worker/api/fits.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import type { Comparison } from '../study.ts';
import { statusWord } from '../words.ts';

export type Line = {
  readonly law: RankedLaw;
  readonly difference: number | null;
  readonly suffices: boolean;
  readonly reason: string;
};

/** In the order of the evidence as far as it is known: before the last law has come, by AICc alone. */
export function linesOf({ laws, result }: Comparison): Line[] {
  const of = (name: string) => laws.find(({ fit }) => fit.law.name === name);
  if (result) {
    return [
      ...result.ranked.flatMap(({ law, difference, suffices }) => {
        const found = of(law);
        return found ? [{ law: found, difference, suffices, reason: '' }] : [];
      }),
      ...result.apart.flatMap(({ law, reason }) => {
        const found = of(law);
        return found ? [{ law: found, difference: null, suffices: false, reason }] : [];
      }),
    ];
  }
  // Only fits to the same runs are held against each other.
  const most = Math.max(0, ...laws.map(({ fit }) => fit.file.rows));
  const aiccOf = ({ fit }: RankedLaw) =>
    fit.file.rows === most && fit.file.borrowed === undefined ? fit.file.aicc : null;
  const least = Math.min(...laws.flatMap((law) => aiccOf(law) ?? []));
  return [...laws]
    .sort((a, b) => (aiccOf(a) ?? Number.POSITIVE_INFINITY) - (aiccOf(b) ?? Number.POSITIVE_INFINITY))
    .map((law) => {
      const aicc = aiccOf(law);
      return { law, difference: aicc === null ? null : aicc - least, suffices: false, reason: '' };
    });
}

export function lawsTable(lines: readonly Line[]): FigureTable {
  return {
    columns: [
      { name: 'law' },
      { name: 'runs' },
      { name: 'AICc over the best' },
      { name: 'R² seen' },
      { name: 'error seen', unit: 'RMSE of ln loss' },
      { name: 'R² foreseen', unit: 'cross-validation' },
      { name: 'error foreseen', unit: 'RMSE of ln loss' },
      { name: 'error most compute', unit: 'RMSE of ln loss' },
      { name: 'status' },
    ],
    rows: lines.map(({ law: { fit, crossValidation, heldOut }, difference }) => [
      fit.law.name,
      fit.file.rows,
      difference,
      fit.file.rSquared,
      fit.file.rmseLog,
      crossValidation?.rSquared ?? null,
      crossValidation?.rmseLog ?? null,
      heldOut[0]?.score?.rmseLog ?? null,
      statusWord(fit).words,
    ]),
  };
}
