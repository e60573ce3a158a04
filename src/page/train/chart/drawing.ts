/** A chart as SVG and as a table: for files, and for those who do not see the canvas. */

import { count, decimals } from '../../parts/format.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { dashes, RUN_COLOURS } from '../colours.ts';
import { type Curve, secondsAt } from '../curves.ts';
import type { XAxis } from './chartState.ts';
import type { Line } from './lines.ts';
import { AXIS_FACTS, QUANTITY_FACTS, type Quantity } from './quantities.ts';
import type { ReferenceLine } from './references.ts';

export type Drawn = {
  readonly quantity: Quantity;
  readonly axis: XAxis;
  readonly lines: readonly Line[];
  readonly references: readonly ReferenceLine[];
  readonly logX: boolean;
  readonly logY: boolean;
};

const WIDTH_PX = 720;

/** Drawn by the figures' own room, which is loaded when it is first asked for; for light paper and for dark, whatever the page is. */
export async function svgOf(drawn: Drawn): Promise<SVGSVGElement> {
  const [{ drawSeries }, { darkRules }] = await Promise.all([
    import('../../../figures/series.ts'),
    import('../../../figures/theme.ts'),
  ]);
  const { quantity, axis, lines, references, logX, logY } = drawn;
  const { title, unit, caption } = QUANTITY_FACTS[quantity];
  const figure = drawSeries(
    { document, width: WIDTH_PX },
    {
      title,
      subtitle: caption,
      description: `${title} of ${lines.length} runs.`,
      x: { label: AXIS_FACTS[axis].label, log: logX },
      y: { label: unit || title.toLowerCase(), log: logY },
      series: lines.map(({ run, slot, x, smooth }) => ({
        label: run,
        points: x.map((at, index) => ({ x: at, y: smooth[index] ?? Number.NaN })),
        markers: false,
        dashed: dashes(slot).length > 0,
        look: { colour: RUN_COLOURS[slot - 1]?.[0] ?? 'currentColor', symbol: 'circle' },
      })),
      rules: references.map(({ name, bits }) => ({ label: name, y: bits })),
    },
  );
  const [style] = figure.getElementsByTagName('style');
  style?.append(darkRules(RUN_COLOURS));
  return figure;
}

/** All points, as measured and as smoothed, by rising steps: what is read of a long table then speaks of all runs. */
export function tableOf({ quantity, lines }: Drawn, curves: ReadonlyMap<string, Curve>): FigureTable {
  const { title, unit } = QUANTITY_FACTS[quantity];
  const isMeasured = quantity !== 'rate';
  return {
    columns: [
      { name: 'run' },
      { name: 'step' },
      { name: 'tokens' },
      { name: 'time', unit: 's' },
      { name: title.toLowerCase(), ...(unit && { unit }) },
      ...(isMeasured ? [{ name: 'smoothed', ...(unit && { unit }) }] : []),
    ],
    rows: lines
      .flatMap(({ run, points, smooth }) =>
        points.map(({ step, tokens, bits }, index) => {
          const seconds = secondsAt(curves.get(run)?.times ?? [], step);
          const row = [run, step, tokens, Number.isFinite(seconds) ? seconds : null, bits];
          return { step, row: isMeasured ? [...row, smooth[index] ?? null] : row };
        }),
      )
      .sort((a, b) => a.step - b.step)
      .map(({ row }) => row),
  };
}

/** The curves in words. */
export function summaryOf({ quantity, lines, references }: Drawn): string {
  const { title, unit } = QUANTITY_FACTS[quantity];
  if (lines.length === 0) return 'No curves yet.';
  const parts = lines.map(({ run, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return `${run}: no measurement yet`;
    const digits = quantity === 'rate' ? 5 : 2;
    return `${run}: from ${decimals(first.bits, digits)} to ${decimals(last.bits, digits)} after ${count(last.tokens)} tokens`;
  });
  for (const { name, bits, meaning } of references) parts.push(`${name}, ${meaning}: ${decimals(bits, 3)}`);
  return `${title}${unit ? ` in ${unit}` : ''}. ${parts.join('. ')}.`;
}
