/** How residuals differ from group to group, for people. */

import type { GroupDifference, GroupResidual } from '../../../law/groupDifferences.ts';

/** Of chance alone, for so many columns of so many tables, and of what is worth a word: with many runs anything is beyond chance. */
const RARE = 1e-3;
const LEAST_SHARE = 0.1;

/** One for each column that parts the runs into sets which the law does not fit alike; sentences without a full stop. */
export function groupNotes(law: string, differences: readonly GroupDifference[]): string[] {
  return differences.flatMap(({ column, groups, share, p }) => {
    const [best, worst] = [groups[0], groups.at(-1)];
    if (p === null || p > RARE || share < LEAST_SHARE || !best || !worst) return [];
    const among =
      groups.length > 2
        ? `; ${Math.round(100 * share)} % of the residuals’ variance lies between ${groups.length} groups`
        : '';
    return [
      `${law} does not fit all values of ${column} alike: ${place(best)}, ${place(worst)} than it says${among}. Fit them apart (--where ${column}=…)`,
    ];
  });
}

function place({ word, runs, mean }: GroupResidual): string {
  const percent = Math.abs(100 * Math.expm1(mean));
  return `${word === '' ? 'where there is none' : word} (${runs}) ${Number(percent.toPrecision(2))} % ${mean > 0 ? 'worse' : 'better'}`;
}
