/** The laws in the order of the evidence: AICc over the best law's. */

import * as Plot from '@observablehq/plot';
import { namesAxis, namesMargin } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { lookAt } from './theme.ts';
import { shortNumber } from './ticks.ts';

export type LawRanking = {
  /** The best first; differences of AICc to it. */
  readonly laws: readonly { readonly name: string; readonly difference: number }[];
};

/** Up to here differences are no evidence (Burnham and Anderson 2002). */
const CLOSE = 4;
const ROW_PX = 26;
/** Of a law's name; more are cut. */
export const MOST_LETTERS = 26;

export function drawRanking(canvas: Canvas, { laws }: LawRanking): Figure {
  const title = 'Laws by AICc';
  const sound = laws.filter(({ difference }) => difference >= 0 && Number.isFinite(difference));
  if (sound.length === 0) return drawNothing(canvas, title, 'No law could be ranked.');
  const most = Math.max(2 * CLOSE, ...sound.map(({ difference }) => difference)) * 1.05;
  const names = sound.map(({ name }) => name);
  const { colour } = lookAt(1);
  const ticks = [0, CLOSE, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000, 1_000_000].filter(
    (tick) => tick <= most,
  );
  return drawFigure(canvas, {
    title,
    subtitle: `Shaded: within ${CLOSE} of the best, which is no evidence against a law.`,
    description: `AICc over the best law's: ${sound.map(({ name, difference }) => `${name} ${shortNumber(difference, 3)}`).join(', ')}.`,
    height: names.length * ROW_PX + 58,
    marginLeft: namesMargin(names, MOST_LETTERS),
    marginRight: 64,
    // The best is at 0, which no logarithm shows; near 0 this axis is even, and further out logarithmic.
    x: {
      scale: { type: 'symlog', constant: CLOSE, domain: [0, most] },
      label: 'AICc − the best law’s',
      ticks,
    },
    y: namesAxis(names, MOST_LETTERS),
    marks: [
      Plot.rect([0], { x1: 0, x2: CLOSE, fill: 'currentColor', fillOpacity: 0.08 }),
      Plot.link(sound, {
        x1: () => 0,
        x2: 'difference',
        y1: 'name',
        y2: 'name',
        stroke: colour,
        strokeWidth: 1.5,
      }),
      Plot.dot(sound, { x: 'difference', y: 'name', r: 5, fill: colour }),
      Plot.text(sound, {
        x: 'difference',
        y: 'name',
        text: ({ difference }) => shortNumber(difference, 3),
        textAnchor: 'start',
        dx: 9,
      }),
    ],
  });
}
