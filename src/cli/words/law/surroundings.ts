/** What a law says around a budget and a corpus, for people. */

import type { Collapse } from '../../../law/advice/epochs.ts';
import type { PhaseMap } from '../../../law/advice/phaseMap.ts';
import type { RecipeKind } from '../../../law/point.ts';
import { between, figure, scale, short } from '../../../law/report/numbers.ts';
import type { Surroundings } from '../../../law/report/surroundings.ts';
import { table } from '../words.ts';
import { paragraphs } from './runs.ts';

export function surroundingsWords({ map, epochs }: Surroundings, compute: number): string {
  return [
    map ? mapWords(map) : 'No map of kinds: there is one kind to choose among.',
    ...epochWords(epochs, compute),
  ].join('\n\n');
}

/** Above this spread of ln k* budgets do not lie on one curve. */
const ROUNDING = 1e-6;

/** k* against x at the budget that is nearest to what was asked. */
function epochWords({ points, spread }: Collapse, compute: number): string[] {
  const away = (budget: number) => Math.abs(Math.log(budget / compute));
  const nearest = points.map((point) => point.compute).sort((a, b) => away(a) - away(b))[0];
  if (nearest === undefined) return ['No best k against x: to this law no corpus is scarce.'];
  const rows = points
    .filter((point) => point.compute === nearest)
    .map(({ x, best, interval }) => [
      short(x),
      short(best.k),
      interval ? between(short(interval.low), short(interval.high)) : '',
      LETTER[best.kind],
    ]);
  const apart =
    spread === null
      ? ''
      : spread.lnEpochs < ROUNDING
        ? 'All budgets have the same best k at equal x.'
        : `Over budgets the best k differs by up to a factor of ${short(Math.exp(spread.lnEpochs))} at equal x, most at x = ${short(spread.worstX)}.`;
  return [
    [
      paragraphs(`Best k by scarcity x = D_T/D*(C), at C = ${figure(nearest, 2)}`),
      table([['x', 'k', '95 %', 'kind'], ...rows], 0),
      apart,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  ];
}

const LETTER: Readonly<Record<RecipeKind, string>> = {
  'monolingual single-stage': 'm',
  'multi-lingual single-stage': '1',
  'multi-lingual two-stage': '2',
};

/** Corpora to the right, compute upwards. */
function mapWords({ computes, corpora, cells }: PhaseMap): string {
  const lines = computes.map((compute, i) => {
    const letters = corpora.map((_, j) => {
      const cell = cells[i * corpora.length + j];
      const letter = cell?.best ? LETTER[cell.best.kind] : '·';
      // Where every tenth resample would have another kind it is not sure.
      return `${letter}${cell?.certainty !== undefined && cell?.certainty !== null && cell.certainty < 0.9 ? '?' : ' '}`;
    });
    return `  ${figure(compute, 2).padStart(7)}  ${letters.join('')}`.trimEnd();
  });
  const [first = 0, last = 0] = [corpora[0], corpora.at(-1)];
  return [
    'Best kind by compute (upwards) and target tokens (to the right); m monolingual, 1 one stage, 2 two stages, ? not sure',
    ...lines.reverse(),
    `           D_T from ${scale(first)} to ${scale(last)}, even in the logarithm`,
  ].join('\n');
}
