/** How many runs are fitted and how many are not, and what was chosen by itself, in sentences. */

import { mineLeft } from '../byItself.ts';
import {
  type Composition,
  type FitSelection,
  type FitSource,
  fittedCount,
  OTHER_TEXTS,
} from '../selection.ts';
import { counted, listed } from '../words.ts';

/** "394 runs are fitted, 3 are left out, and 270 are of other texts." */
export function countWords(composition: Pick<Composition, 'rows' | 'without' | 'leftOut'>): string {
  const fitted = fittedCount(composition);
  const sum = (isOther: boolean) =>
    composition.leftOut.reduce(
      (all, { reason, rows }) => all + ((reason === OTHER_TEXTS) === isOther ? rows : 0),
      0,
    );
  const [left, others] = [sum(false), sum(true)];
  const be = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'is' : 'are'}`;
  const parts = [
    `${counted(fitted, 'run')} ${fitted === 1 ? 'is' : 'are'} fitted`,
    ...(left > 0 ? [`${be(left)} left out`] : []),
    ...(others > 0 ? [`${be(others)} of other texts`] : []),
  ];
  return `${listed(parts)}.`;
}

/** '' where a person has chosen all there is to choose. */
export function byItselfWords(
  { sources: chosen, pair }: Pick<FitSelection, 'sources' | 'pair'>,
  sources: readonly FitSource[],
  { pairs }: Pick<Composition, 'pairs'>,
): string {
  const isPart = chosen === null && mineLeft(sources) !== null;
  const parts = [
    ...(isPart ? ['the measured runs that ship with the lab'] : []),
    ...(pair === null && pairs.length > 1 ? ['the languages with the most runs'] : []),
  ];
  return parts.length === 0 ? '' : `Chosen by itself: ${parts.join(', and of them ')}.`;
}
