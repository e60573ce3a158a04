/** The reader's own case beside what was measured: how far it lies beyond anything that the lab knows. */

import { html, type TemplateResult } from 'lit';
import { symbol } from '../../parts/symbol.ts';
import type { ChartModel, ChartSeries } from '../chart/model.ts';
import { kindTitle, LOOKS, type Look, OWN_LOOK, TIE_LOOK } from '../looks.ts';
import type { Pair } from '../measured/measured.ts';
import { KINDS, type Kind } from '../measured/recipes.ts';
import type { OwnCase, Scene, TourState } from '../scene.ts';
import { manyTimes, powerWords } from '../words.ts';
import { answer, figure } from './step.ts';

export function ownCase({ pair }: Scene, state: TourState): TemplateResult {
  const own = state.own.value;
  return html`
    ${answer(beyondWords(pair, own), state, 'your-case')}
    ${figure({
      heading: 'Your case, and what was measured',
      fileName: 'tour-your-case',
      model: ownCaseModel(pair, own),
      caption: html`Each mark but yours is one amount of text ${symbol('D_T')} at one compute ${symbol('C')} at which recipes were run, and the kind that
        did best there. Both axes go in powers of ten: a step is ten times as much.`,
    })}
  `;
}

/** Where which kind won, and the reader's place, over D_T and C. */
export function ownCaseModel({ budgets }: Pick<Pair, 'budgets'>, own: OwnCase): ChartModel {
  const won = (name: string, look: Look, isIt: (winners: readonly Kind[]) => boolean): ChartSeries => ({
    name,
    look,
    isLoose: true,
    points: budgets.flatMap(({ compute, places }) =>
      places
        .filter(({ winners }) => isIt(winners))
        .map(({ targetTokens }) => ({ x: targetTokens, y: compute })),
    ),
  });
  const measured = [
    ...KINDS.map((kind) =>
      won(`${kindTitle(kind)} best`, LOOKS[kind], (winners) => winners.length === 1 && winners[0] === kind),
    ),
    won('a tie', TIE_LOOK, ({ length }) => length > 1),
  ].filter(({ points }) => points.length > 0);
  const mine: ChartSeries = {
    ...{ name: 'your case', look: OWN_LOOK, isLoose: true },
    points: [{ x: own.targetTokens, y: own.compute }],
  };
  return {
    x: { label: 'target tokens', symbol: 'D_T', isLog: true, format: powerWords },
    y: { label: 'operations', symbol: 'C', isLog: true, format: powerWords },
    series: [...measured, mine],
    chosen: own.targetTokens,
  };
}

/** How far the case lies beyond the largest text and the largest compute that were run. */
export function beyondWords({ budgets }: Pick<Pair, 'budgets'>, own: OwnCase): string {
  const texts = budgets.flatMap(({ places }) => places.map(({ targetTokens }) => targetTokens));
  const text = own.targetTokens / Math.max(...texts);
  const compute = own.compute / Math.max(...budgets.map((budget) => budget.compute));
  const beyond = [
    ...(text > 1 ? [`${manyTimes(text)} the largest text`] : []),
    ...(compute > 1 ? [`${manyTimes(compute)} the largest compute`] : []),
  ];
  if (beyond.length === 0)
    return 'Your case lies among those that were measured: the map is at its best here.';
  return `Your case has ${beyond.join(' and ')} that was measured here. The map must guess beyond what it knows, and says how far.`;
}
