/** What the runs at one C say of the threshold, and those at several C of how it moves. */

import { html } from 'lit';
import { count } from '../../parts/format.ts';
import { symbol } from '../../parts/symbol.ts';
import type { Budget, Pair } from '../measured/measured.ts';
import type { Threshold } from '../measured/threshold.ts';
import { listWords } from '../words.ts';

export function thresholdWords({ threshold }: Pick<Budget, 'threshold'>): unknown {
  return html`At the ${symbol('C')} that is chosen ${clearWords(threshold)} ${placeWords(threshold)} ${certainWords(threshold)}`;
}

function amounts(tokens: readonly number[]): string {
  return tokens.length === 0 ? 'none of the amounts' : `${listWords(tokens.map(count))} tokens`;
}

function clearWords({ two, alone }: Threshold): string {
  if (two.length + alone.length === 0)
    return 'neither two stages nor monolingual models are clearly ahead at any amount that was run.';
  return `two stages are clearly ahead at ${amounts(two)}, monolingual models at ${amounts(alone)}; the rest are ties.`;
}

/** Between which amounts a threshold would lie. */
function placeWords({ place }: Threshold): string {
  switch (place.kind) {
    case 'between':
      return `If the best recipe changes once, it changes between ${count(place.below)} and ${count(place.above)}: there the threshold would lie.`;
    case 'open':
      return `If the best recipe changes once, it changes above ${count(place.below)}; how far above, these runs do not say.`;
    case 'mixed':
      return 'So it does not change once: these runs show no single threshold.';
    case 'never':
      return '';
  }
}

/** What is left of it for a strict judge. */
function certainWords({ two, isScarcestCertain, above: { judged, certain } }: Threshold): string {
  if (two.length === 0) return '';
  const scarcest = isScarcestCertain
    ? 'Strictly judged, two stages are certainly ahead where text is scarcest.'
    : 'Strictly judged, not even the lead where text is scarcest is certain.';
  if (judged === 0) return scarcest;
  const together =
    judged === 1
      ? 'At the one amount above'
      : `At the ${judged} amounts above, judged together because one of many may be ahead by luck,`;
  return certain.length === 0
    ? `${scarcest} ${together} monolingual models are certainly ahead nowhere: that they are better with more text stays undecided.`
    : `${scarcest} ${together} monolingual models are certainly ahead at ${amounts(certain)}.`;
}

/** How far up two stages are clearly ahead, at the lowest C and the highest; '' where fewer than two say it. */
export function movedWords({ budgets }: Pick<Pair, 'budgets'>): string {
  const told = budgets.flatMap(({ compute, threshold: { place } }) =>
    place.kind === 'between' || place.kind === 'open' ? [{ compute, upTo: place.below }] : [],
  );
  const [lowest, highest] = [told[0], told.at(-1)];
  if (!lowest || !highest || lowest === highest) return '';
  const times = Math.round(highest.compute / lowest.compute);
  const found =
    highest.upTo > lowest.upTo
      ? `up to ${count(highest.upTo)} tokens instead of ${count(lowest.upTo)}, as the paper foretells`
      : highest.upTo === lowest.upTo
        ? `up to ${count(lowest.upTo)} tokens, as with less`
        : `up to ${count(highest.upTo)} tokens instead of ${count(lowest.upTo)}, against what the paper foretells`;
  return `With ${times} times the compute two stages are clearly ahead ${found}; that is two amounts of compute and few of text, too little to be sure.`;
}
