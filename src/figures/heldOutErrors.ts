/** How well each law foresaw the runs that were held from it, slice by slice. */

import * as Plot from '@observablehq/plot';
import { logAxis, namesAxis, namesMargin } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { MOST_LETTERS } from './lawRanking.ts';
import { lookAt } from './theme.ts';
import { logDomain, shortNumber } from './ticks.ts';

export type HeldOutErrors = {
  /** Slices in an order that does not change, so that each keeps its colour. */
  readonly slices: readonly string[];
  /** In the order in which they are to stand. */
  readonly laws: readonly string[];
  readonly errors: readonly {
    readonly law: string;
    readonly slice: string;
    /** Root mean square of the residuals of log loss. */
    readonly rmseLog: number;
  }[];
};

const ROW_PX = 30;
/** Dots of one row stand a little above each other. */
const APART_PX = 3.5;

export function drawHeldOut(canvas: Canvas, { slices, laws, errors }: HeldOutErrors): Figure {
  const title = 'Errors on runs that were held out';
  const sound = errors.filter(
    ({ rmseLog, law }) => rmseLog > 0 && Number.isFinite(rmseLog) && laws.includes(law),
  );
  if (sound.length === 0) return drawNothing(canvas, title, 'No slice of the runs was held out.');
  const present = slices.filter((slice) => sound.some((error) => error.slice === slice));
  return drawFigure(canvas, {
    title,
    subtitle: 'Each slice is foreseen by a fit that did not see it; further left is better.',
    description: `Root mean square of the residuals of log loss on held-out runs: ${sound.map(({ law, slice, rmseLog }) => `${law} on ${slice} ${shortNumber(rmseLog, 2)}`).join(', ')}.`,
    legend: present.map((slice) => ({ label: slice, look: lookAt(slices.indexOf(slice)) })),
    height: laws.length * ROW_PX + 58,
    marginLeft: namesMargin(laws, MOST_LETTERS),
    x: logAxis(
      'root mean square of the residuals of log loss',
      logDomain(
        sound.map(({ rmseLog }) => rmseLog),
        0.08,
      ),
    ),
    y: namesAxis(laws, MOST_LETTERS),
    marks: [
      Plot.ruleY(laws, { strokeOpacity: 0.12 }),
      ...present.map((slice, index) => {
        const { colour, symbol } = lookAt(slices.indexOf(slice));
        return Plot.dot(
          sound.filter((error) => error.slice === slice),
          {
            x: 'rmseLog',
            y: 'law',
            symbol,
            r: 4.5,
            fill: colour,
            fillOpacity: 0.85,
            dy: (index - (present.length - 1) / 2) * APART_PX,
          },
        );
      }),
    ],
  });
}
