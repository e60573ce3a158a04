/** One chart on a canvas: uPlot with our axes, lines and references. */

import uPlot from 'uplot';
import { tick } from '../../parts/format.ts';
import { colourName, dashes } from '../colours.ts';
import { logTicks, withRoom } from './axes.ts';
import type { Zoom } from './chartState.ts';
import { inSight, type Line } from './lines.ts';
import type { ReferenceLine } from './references.ts';

const SMOOTH_LINE_PX = 2.25;
const RAW_LINE_PX = 1;
const REFERENCE_LINE_PX = 1.5;
const LABEL_GAP_PX = 3;
/** What was measured stays in the background of what is smoothed. */
const RAW_OPACITY = '50';
/** All charts of the view share one cursor. */
const SYNC_KEY = 'm3lab-train';
/** Fewer points than this are marked one by one. */
const MARKED_POINTS = 60;

export type Picture = {
  readonly lines: readonly Line[];
  readonly references: readonly ReferenceLine[];
  readonly xLabel: string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** What of the x axis is shown; null for all of it. */
  readonly sight: Zoom | null;
  /** Whether what was measured is another line than what is smoothed. */
  readonly isSmoothed: boolean;
};

export type PlotEnds = {
  /** Whose custom properties say the colours. */
  readonly host: Element;
  readonly onCursor: (x: number | null) => void;
  readonly onZoom: (zoom: Zoom | null) => void;
};

/** Redraws in place as long as runs, axes and references are the same, and makes itself anew where they are not. */
export class Chart {
  readonly #frame: HTMLElement;
  readonly #ends: PlotEnds;
  #plot: uPlot | undefined;
  #made = '';
  #picture: Picture | undefined;

  constructor(frame: HTMLElement, ends: PlotEnds) {
    this.#frame = frame;
    this.#ends = ends;
  }

  draw(picture: Picture, height: number): void {
    this.#picture = picture;
    const width = this.#frame.clientWidth;
    if (width === 0) return;
    const data = dataOf(picture);
    const made = keyOf(picture, data);
    if (this.#plot && made === this.#made) {
      if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
      this.#plot.setData(data);
      return;
    }
    this.destroy();
    this.#plot = new uPlot(this.#options(picture, { width, height }), data, this.#frame);
    this.#made = made;
  }

  /** Colours may be others now. */
  restyle(): void {
    this.#made = '';
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#made = '';
  }

  #options(
    { logX, logY, lines, references, xLabel, isSmoothed }: Picture,
    size: { width: number; height: number },
  ): uPlot.Options {
    const style = getComputedStyle(this.#ends.host);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const font = `12px ${colour('--sans')}`;
    const axis: uPlot.Axis = {
      stroke: colour('--ink-soft'),
      font,
      labelFont: font,
      grid: { stroke: colour('--rule'), width: 1 },
      ticks: { stroke: colour('--rule'), width: 1, size: 4 },
    };
    const log = (isLog: boolean): Partial<uPlot.Axis> =>
      isLog
        ? { splits: (_plot, _index, min, max) => logTicks(min, max), filter: (_plot, splits) => splits }
        : {};
    return {
      ...size,
      legend: { show: false },
      cursor: {
        drag: { x: true, y: false, setScale: false },
        points: { size: 6 },
        sync: { key: SYNC_KEY, scales: ['x', null] },
        // A double click is the chart's own; it would forget the range that all charts share.
        bind: {
          dblclick: () => () => {
            this.#ends.onZoom(null);
            return null;
          },
        },
      },
      scales: {
        x: {
          time: false,
          distr: logX ? 3 : 1,
          range: (_plot, min, max) => this.#xEnds(min, max),
        },
        y: {
          distr: logY ? 3 : 1,
          range: (_plot, min, max) =>
            min === null || max === null ? [logY ? 1 : 0, 10] : withRoom({ min, max }, logY),
        },
      },
      series: [
        {},
        ...lines.flatMap((line) => seriesOf(line, colour(colourName(line.slot)), isSmoothed)),
        ...references.map(
          ({ name, dash }): uPlot.Series => ({
            label: name,
            stroke: colour('--ink-soft'),
            width: REFERENCE_LINE_PX,
            dash: [...dash],
            points: { show: false },
          }),
        ),
      ],
      hooks: {
        draw: [(plot) => writeNames(plot, references, { font, ink: colour('--ink-soft') })],
        setCursor: [(plot) => this.#ends.onCursor(cursorOf(plot))],
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < 4) return;
            this.#ends.onZoom({ min: plot.posToVal(left, 'x'), max: plot.posToVal(left + width, 'x') });
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
      axes: [
        {
          ...axis,
          ...log(logX),
          label: xLabel,
          labelSize: 20,
          size: 32,
          space: 60,
          values: (_plot, ticks) => ticks.map((at) => tick(at)),
        },
        {
          ...axis,
          ...log(logY),
          size: 46,
          values: (_plot, ticks) => ticks.map((at) => String(Number(at.toPrecision(3)))),
        },
      ],
    };
  }

  #xEnds(min: number | null, max: number | null): [number, number] {
    const { sight, logX } = this.#picture ?? { sight: null, logX: false };
    const from = sight?.min ?? min ?? (logX ? 1 : 0);
    const to = sight?.max ?? max ?? 1;
    return to > from ? [from, to] : [from, from + 1];
  }
}

function seriesOf({ run, slot, points }: Line, stroke: string, isSmoothed: boolean): uPlot.Series[] {
  const isSparse = points.length <= MARKED_POINTS;
  const raw: uPlot.Series = {
    label: run,
    stroke: `${stroke}${RAW_OPACITY}`,
    width: RAW_LINE_PX,
    points: { show: false },
  };
  const bold: uPlot.Series = {
    label: run,
    stroke,
    width: SMOOTH_LINE_PX,
    dash: [...dashes(slot)],
    points: { show: isSparse, size: 5, fill: stroke },
  };
  return isSmoothed ? [raw, bold] : [bold];
}

/** uPlot's data: one x for all, undefined where a line has no point there. */
function dataOf({ lines, references, sight, logX, isSmoothed }: Picture): uPlot.AlignedData {
  const parts = lines.map((line) => inSight(line, sight, logX));
  const tables = parts.map(
    ({ x, raw, smooth }) => (isSmoothed ? [x, raw, smooth] : [x, smooth]) as unknown as uPlot.AlignedData,
  );
  const joined = tables.length > 0 ? uPlot.join(tables) : ([[]] as uPlot.AlignedData);
  const [xs] = joined;
  const across = references.map(({ bits }) => Array.from(xs, () => bits));
  return [...joined, ...across] as unknown as uPlot.AlignedData;
}

function keyOf(
  { lines, references, xLabel, logX, logY, isSmoothed }: Picture,
  data: uPlot.AlignedData,
): string {
  const marked = lines.map(({ points }) => points.length <= MARKED_POINTS);
  return JSON.stringify([
    lines.map(({ run, slot }) => [run, slot]),
    marked,
    references.map(({ name, bits }) => [name, bits]),
    [xLabel, logX, logY, isSmoothed, data.length],
  ]);
}

function cursorOf(plot: uPlot): number | null {
  const { left } = plot.cursor;
  return left === undefined || left === null || left < 0 ? null : plot.posToVal(left, 'x');
}

/** Writes the name of each reference line above its left end: the curves come down from far above, and at the right end they may lie upon it. */
function writeNames(
  plot: uPlot,
  lines: readonly ReferenceLine[],
  style: { readonly font: string; readonly ink: string },
): void {
  if (plot.data[0].length === 0) return;
  const { ctx, bbox } = plot;
  const scale = window.devicePixelRatio;
  ctx.save();
  ctx.font = style.font.replace(/[\d.]+px/, (size) => `${Number.parseFloat(size) * scale}px`);
  ctx.fillStyle = style.ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  for (const { name, bits } of lines) {
    const y = plot.valToPos(bits, 'y', true);
    ctx.fillText(name.toLowerCase(), bbox.left + LABEL_GAP_PX * scale, y - LABEL_GAP_PX * scale);
  }
  ctx.restore();
}
