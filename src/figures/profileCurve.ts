/** The profile of one parameter: how much worse the best fit becomes as it is held away from its estimate. */

import * as Plot from '@observablehq/plot';
import { printedName } from '../law/report/symbols.ts';
import { evenAxis, logAxis } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { lookAt } from './theme.ts';
import { type Domain, evenDomain, logDomain, shortNumber } from './ticks.ts';

export type ProfileEnd = { readonly value: number; readonly open: boolean };

export type ProfileCurve = {
  readonly law: string;
  readonly parameter: string;
  readonly unit: string;
  readonly scale: 'log' | 'linear';
  readonly estimate: number;
  /** In the order of their values; the statistic is 0 at the estimate. */
  readonly points: readonly { readonly value: number; readonly statistic: number }[];
  /** Ends of the 95 % interval; an open one was not found as far as was tried. */
  readonly low: ProfileEnd;
  readonly high: ProfileEnd;
  /** The statistic at which the interval ends. */
  readonly critical: number;
};

/** What lies higher is outside in any case, and would press the bottom flat. */
const SHOWN_OVER_CRITICAL = 2.5;

export function drawProfile(canvas: Canvas, profile: ProfileCurve): Figure {
  const { law, unit, scale, estimate, critical } = profile;
  const parameter = printedName(profile.parameter);
  const title = `${law}: profile of ${parameter}`;
  const points = profile.points.filter(
    ({ value }) => Number.isFinite(value) && (scale === 'linear' || value > 0),
  );
  if (points.length < 2) return drawNothing(canvas, title, `There is no profile of ${parameter} to show.`);
  const most = critical * SHOWN_OVER_CRITICAL;
  const curve = cut(points, most);
  const near = points.filter(({ statistic }) => statistic <= most);
  const values = [
    ...curve.map(({ value }) => value),
    ...[profile.low, profile.high].map(({ value }) => value),
  ].filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  const domain = scale === 'log' ? logDomain(values) : evenDomain(values);
  const label = unit === '1' ? parameter : `${parameter}, ${unit}`;
  const { colour } = lookAt(1);
  const inside: Domain = [
    profile.low.open ? domain[0] : Math.max(domain[0], profile.low.value),
    profile.high.open ? domain[1] : Math.min(domain[1], profile.high.value),
  ];
  const interval = intervalWords(profile.low, profile.high);
  return drawFigure(canvas, {
    title,
    subtitle: `Estimate ${shortNumber(estimate, 3)}; ${interval}.`,
    description:
      `Curve of a likelihood ratio statistic over ${label}, lowest at ${shortNumber(estimate, 3)}. The statistic reaches ` +
      `${shortNumber(critical, 3)} where the interval ends: ${interval}.`,
    height: 320,
    x: scale === 'log' ? logAxis(label, domain) : evenAxis(label, domain),
    y: evenAxis('likelihood ratio statistic', [0, most]),
    marks: [
      Plot.rect([inside], { x1: inside[0], x2: inside[1], y1: 0, y2: most, fill: colour, fillOpacity: 0.1 }),
      Plot.frame({ strokeOpacity: 0.25 }),
      Plot.ruleY([critical], { strokeDasharray: '5 4', strokeOpacity: 0.6 }),
      Plot.text(['95 %'], {
        x: [domain[1]],
        y: [critical],
        text: ['95 %'],
        textAnchor: 'end',
        dx: -4,
        dy: -8,
      }),
      // Lines are cut where the frame ends, by hand: what Plot would clip with has a number of its own in each page.
      Plot.line(curve, { x: 'value', y: 'statistic', stroke: colour, strokeWidth: 2 }),
      Plot.dot(near, { x: 'value', y: 'statistic', r: 2.5, fill: colour }),
      Plot.ruleX(
        [estimate].filter((value) => value >= domain[0] && value <= domain[1]),
        { strokeOpacity: 0.6 },
      ),
    ],
  });
}

function intervalWords(low: ProfileEnd, high: ProfileEnd): string {
  const from = shortNumber(low.value, 3);
  const to = shortNumber(high.value, 3);
  if (low.open && high.open) return `95 % interval open on both sides (tried from ${from} to ${to})`;
  if (low.open) return `95 % interval up to ${to}, open below (tried down to ${from})`;
  return high.open
    ? `95 % interval from ${from}, open above (tried up to ${to})`
    : `95 % interval ${from} to ${to}`;
}

type At = ProfileCurve['points'][number];

/** The curve up to `most`, with the places where it crosses that height. */
function cut(points: readonly At[], most: number): At[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const crosses = before !== undefined && before.statistic > most !== point.statistic > most;
    const share = crosses ? (most - before.statistic) / (point.statistic - before.statistic) : 0;
    const crossing = crosses
      ? [{ value: before.value + share * (point.value - before.value), statistic: most }]
      : [];
    return point.statistic > most ? crossing : [...crossing, point];
  });
}
