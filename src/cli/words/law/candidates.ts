/** Recipes beside each other, for people. */

import type { Candidate } from '../../../law/advice/recommend.ts';
import type { Interval } from '../../../law/certainty/intervals.ts';
import type { GivenAdvice } from '../../../law/report/advice.ts';
import { between, figure, percent, scale, short } from '../../../law/report/numbers.ts';
import { table } from '../words.ts';
import { paragraphs } from './runs.ts';

/** Every kind's best, with intervals below where there are some. */
export function candidateTable(candidates: readonly Candidate[]): string {
  const head = ['kind', 'loss', 'worse by', 'N', 'k', 'r', 'r_f', 'leads under', 'tied under'];
  const rows = candidates.flatMap(({ recipe, excess, intervals, wins, ties }, index) => {
    const row = [
      recipe.kind,
      recipe.loss.toFixed(3),
      index === 0 ? '–' : excess === 0 ? 'nothing' : figure(excess, 2),
      scale(recipe.N),
      short(recipe.k),
      short(recipe.r),
      short(recipe.r_f),
      wins === null ? '' : percent(wins),
      ties === null ? '' : percent(ties),
    ];
    if (!intervals) return [row];
    const fixed = ({ low, high }: { low: number; high: number }) => between(low.toFixed(3), high.toFixed(3));
    const ends = ({ low, high }: { low: number; high: number }, words: (value: number) => string) =>
      between(words(low), words(high));
    const below = [
      '  95 %',
      fixed(intervals.loss),
      index === 0 ? '' : ends(intervals.excess, (value) => figure(value, 2)),
      ends(intervals.N, scale),
      ends(intervals.k, short),
      ends(intervals.r, short),
      ends(intervals.r_f, short),
      '',
      '',
    ];
    return [row, below];
  });
  return table([head, ...rows]);
}

/** Recipes that were asked about, held against the best. */
export function givenWords(given: readonly GivenAdvice[]): string[] {
  if (given.length === 0) return [];
  const of = (ends: Interval | null, words: (value: number) => string) =>
    ends ? ` (${between(words(ends.low), words(ends.high))})` : '';
  const three = (value: number) => value.toFixed(3);
  const two = (value: number) => figure(value, 2);
  const rows = given.flatMap(({ recipe: { N, k, r, r_f }, foretold }) =>
    foretold === null
      ? []
      : [
          [
            foretold.kind,
            scale(N),
            short(k),
            short(r),
            short(r_f),
            short(foretold.point.C),
            three(foretold.loss) + of(foretold.interval, three),
            two(foretold.excess) + of(foretold.excessInterval, two),
          ],
        ],
  );
  const refused = given.flatMap(({ recipe: { N, k, r, r_f }, reason }) =>
    reason === null
      ? []
      : [paragraphs(`N = ${scale(N)}, k = ${short(k)}, r = ${short(r)}, r_f = ${short(r_f)}: ${reason}`)],
  );
  const head = ['asked about', 'N', 'k', 'r', 'r_f', 'C', 'loss (95 %)', 'worse than the best by'];
  return [[...(rows.length > 0 ? [table([head, ...rows])] : []), ...refused].join('\n')];
}
