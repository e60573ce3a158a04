/** Rules of a figure of series: straight lines across its frame at values that matter, and the words beside them. */

import * as Plot from '@observablehq/plot';
import { LETTER_PX } from './legend.ts';
import { PAPER } from './theme.ts';
import type { Domain } from './ticks.ts';

/** A straight line across the frame, at one value of either axis. */
export type SeriesRule = { readonly label: string } & ({ readonly x: number } | { readonly y: number });

/** The frame that rules stand in, in pixels from its lower left corner. */
export type RuleFrame = {
  readonly x: Domain;
  readonly y: Domain;
  readonly width: number;
  readonly height: number;
  readonly across: (x: number) => number;
  readonly up: (y: number) => number;
  /** Places that words keep off, such as the data. */
  readonly taken: readonly (readonly [across: number, up: number])[];
};

/** Of the words of one vertical rule, which stand above the data. */
export const RULE_LINE_PX = 17;

/** From a rule to its words: aside of a vertical one, off a horizontal one. */
const BESIDE_PX = 5;
const OFF_PX = 9;
/** Further is no better. */
const FAR_PX = 30;

const LOOK = { strokeDasharray: '1.5 3.5', strokeLinecap: 'round', strokeWidth: 1.5 } as const;

export function ruleLines(rules: readonly SeriesRule[]): Plot.Markish[] {
  return [Plot.ruleX(uprightOf(rules), { x: 'x', ...LOOK }), Plot.ruleY(levelOf(rules), { y: 'y', ...LOOK })];
}

/**
 * Words of vertical rules, each on a line of its own at the frame's top, on the side that has more room; of horizontal ones at that end,
 * above or below, which lies furthest from what is taken. They are drawn before the data, so that they never hide any.
 */
export function ruleWords(rules: readonly SeriesRule[], frame: RuleFrame): Plot.Markish[] {
  const { x: xs, y: ys, width, across } = frame;
  const look = { stroke: PAPER, strokeWidth: 4, fill: 'currentColor', paintOrder: 'stroke' } as const;
  return [
    ...uprightOf(rules).map(({ x, label }, index) => {
      const left = across(x);
      const isRightward = left < width / 2;
      return Plot.text([label], {
        ...look,
        x: [x],
        y: [ys[1]],
        text: [cut(label, Math.max(left, width - left))],
        textAnchor: isRightward ? 'start' : 'end',
        dx: isRightward ? BESIDE_PX : -BESIDE_PX,
        dy: 10 + index * RULE_LINE_PX,
      });
    }),
    ...levelOf(rules).map(({ y, label }) => {
      const words = cut(label, width);
      const { isRight, isAbove } = freest(words.length * LETTER_PX, y, frame);
      return Plot.text([label], {
        ...look,
        x: [isRight ? xs[1] : xs[0]],
        y: [y],
        text: [words],
        textAnchor: isRight ? 'end' : 'start',
        dx: isRight ? -BESIDE_PX : BESIDE_PX,
        dy: isAbove ? -OFF_PX : OFF_PX,
      });
    }),
  ];
}

type Corner = { readonly isRight: boolean; readonly isAbove: boolean };

/** Right before left and above before below, where there is nothing between them. */
const CORNERS: readonly Corner[] = [true, false].flatMap((isAbove) =>
  [true, false].map((isRight) => ({ isRight, isAbove })),
);

/** Where words of a horizontal rule lie furthest from what is taken, inside the frame. */
function freest(length: number, y: number, { width, height, up, taken }: RuleFrame): Corner {
  let best: Corner = { isRight: true, isAbove: true };
  let furthest = -1;
  for (const corner of CORNERS) {
    const from = corner.isRight ? width - length - BESIDE_PX : BESIDE_PX;
    const middle = up(y) + (corner.isAbove ? OFF_PX : -OFF_PX);
    if (middle < OFF_PX || middle > height - OFF_PX) continue;
    const nearest = taken.reduce((least, [at, above]) => {
      const aside = Math.max(from - at, at - from - length, 0);
      return Math.min(least, Math.max(aside, Math.abs(above - middle)));
    }, FAR_PX);
    if (nearest > furthest) [best, furthest] = [corner, nearest];
  }
  return best;
}

function cut(label: string, room: number): string {
  const letters = Math.max(4, Math.floor(room / LETTER_PX) - 1);
  return label.length > letters ? `${label.slice(0, letters - 1)}…` : label;
}

function uprightOf(rules: readonly SeriesRule[]) {
  return rules.flatMap((rule) => ('x' in rule ? [rule] : []));
}

function levelOf(rules: readonly SeriesRule[]) {
  return rules.flatMap((rule) => ('y' in rule ? [rule] : []));
}
