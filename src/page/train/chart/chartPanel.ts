/** `<train-chart>`: one quantity of all runs, live, with its values under the pointer, its table and its files. */

import { html, nothing, unsafeCSS } from 'lit';
import plotCss from 'uplot/dist/uPlot.min.css?inline';
import '../../parts/figure/panel.ts';
import type { LabFigure } from '../../parts/figure/panel.ts';
import { decimals } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { dark } from '../../parts/theme.ts';
import { swatch } from '../swatch.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { styles } from './chartPanel.styles.ts';
import { RANGES, type Zoom } from './chartState.ts';
import { type Drawn, summaryOf, svgOf, tableOf } from './drawing.ts';
import { lineSwatch } from './lineSwatch.ts';
import { extentOf, type Line, linesOf, valueAt } from './lines.ts';
import { Chart } from './plot.ts';
import { AXIS_FACTS, QUANTITY_FACTS, type Quantity } from './quantities.ts';
import { type ReferenceLine, referenceLines } from './references.ts';

const TALL_PX = 320;
const LOW_PX = 190;
/** On a narrow screen a tall chart would push all else out of sight. */
const NARROW_TALL_PX = 250;
const NARROW_PX = 480;
/** Live curves move this often, at most: more nobody sees, and the page has other things to do. */
const REDRAW_MS = 200;
/** Long curves, or a slow machine: a chart takes no more than one part in so many of the page's time. */
const SHARE_OF_TIME = 20;
/** An open table is long; nobody reads it faster. */
const TABLE_MS = 1500;

export class ChartPanel extends TrainElement {
  static override styles = [shared, unsafeCSS(plotCss), styles];
  static override properties = { ...TrainElement.properties, quantity: {} };

  declare quantity: Quantity;

  #chart: Chart | undefined;
  #drawn: Drawn | undefined;
  /** What it was made from. */
  #inputs: readonly unknown[] = [];
  /** What stands on the canvas. */
  #shown: readonly unknown[] = [];
  #sight: Zoom | null = null;
  #drawnAt = 0;
  /** What the last drawing took. */
  #tookMs = 0;
  /** What the table was last asked to show, a moment later. */
  #tabled: Drawn | undefined;
  #tableTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #sizes = new ResizeObserver(() => this.#redraw());

  constructor() {
    super();
    this.quantity = 'target';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    clearTimeout(this.#tableTimer);
    this.#tableTimer = undefined;
    this.#chart?.destroy();
    this.#chart = undefined;
    this.#shown = [];
  }

  /** Curves that grow ask for this many times a second; it is done now and then. */
  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#drawnAt + Math.max(REDRAW_MS, SHARE_OF_TIME * this.#tookMs) - performance.now();
    if (wait > 0 && this.hasUpdated) await new Promise((resolve) => setTimeout(resolve, wait));
    super.scheduleUpdate();
  }

  protected override draw({ state }: Train): unknown {
    const { fleet, charts } = state;
    // Read for its own sake: the colours are the theme's.
    void dark.value;
    this.#drawnAt = performance.now();
    const drawn = this.drawn({ fleet, charts });
    const { quantity } = this;
    this.#drawn = drawn;
    this.#sight = charts.zoom.value ?? endOf(extentOf(drawn.lines, drawn.logX), RANGES[charts.range.value]);
    const { title, caption } = QUANTITY_FACTS[quantity];
    const isEmpty = drawn.lines.every(({ points }) => points.length === 0);
    const summary = summaryOf(drawn);
    return html`
      <lab-figure
        .heading=${title}
        .caption=${caption}
        .fileName=${`m3lab ${title.toLowerCase()}`}
        .table=${this.giveTable}
        .svg=${this.giveSvg}
      >
        ${this.readout(drawn, charts.cursor.value)}
        <div class="frame">
          <div class="plot ${quantity === 'target' ? 'tall' : 'low'}" role="img" aria-label=${summary} data-quantity=${quantity}></div>
          ${isEmpty ? html`<p class="empty soft">The curves appear here.</p>` : nothing}
        </div>
      </lab-figure>
    `;
  }

  private readonly giveTable = (): FigureTable =>
    this.#drawn && this.train
      ? tableOf(this.#drawn, this.train.state.fleet.curves)
      : { columns: [], rows: [] };

  private readonly giveSvg = async (): Promise<SVGSVGElement | null> =>
    this.#drawn ? svgOf(this.#drawn) : null;

  /** The same object as long as nothing but the pointer has moved. */
  private drawn({ fleet, charts }: Pick<Train['state'], 'fleet' | 'charts'>): Drawn {
    const [axis, halfLife, hidden, rows] = [
      charts.xAxis.value,
      charts.halfLife,
      charts.hidden.value,
      fleet.rows.value,
    ];
    const [logX, logY, references] = [charts.logX.value, charts.logY.value, fleet.references.value];
    const inputs = [fleet.curvesVersion.value, axis, halfLife, hidden, rows, logX, logY, references];
    const before = this.#drawn;
    if (before && inputs.every((input, index) => input === this.#inputs[index])) return before;
    this.#inputs = inputs;
    const { quantity } = this;
    return {
      quantity,
      axis,
      lines: linesOf(
        { rows, curves: fleet.curves, configs: fleet.configs.value },
        { quantity, axis, halfLife, hidden },
      ),
      references: quantity === 'target' ? referenceLines(references) : [],
      logX,
      logY,
    };
  }

  /** Under the pointer, or at the end: each run's value; the swatches stand beside the names above the charts. */
  private readout({ lines, references, axis }: Drawn, cursor: number | null): unknown {
    const { decimals: digits } = QUANTITY_FACTS[this.quantity];
    const at = cursor === null ? 'now' : `at ${this.place(cursor, axis)}`;
    return html`
      <ul class="readout number" aria-hidden="true">
        ${lines.map((line: Line) => html`<li>${swatch(line.slot)} ${decimals(valueAt(line, cursor), digits)}</li>`)}
        ${references.map(
          (line: ReferenceLine) =>
            html`<li title=${line.meaning}>${lineSwatch(line)} ${line.name} ${decimals(line.bits, digits)}</li>`,
        )}
        ${lines.length > 0 ? html`<li class="soft at">${at}</li>` : nothing}
      </ul>
    `;
  }

  private place(x: number, axis: Drawn['axis']): string {
    const { unit, title } = AXIS_FACTS[axis];
    const digits = Number(x.toPrecision(3));
    const number = digits >= 1e7 ? digits.toExponential() : digits.toLocaleString('en');
    return `${number} ${unit || title.toLowerCase()}`;
  }

  protected override updated(): void {
    this.#redraw();
    this.#tookMs = performance.now() - this.#drawnAt;
    if (this.#tabled === this.#drawn) return;
    this.#tabled = this.#drawn;
    this.#tableTimer ??= setTimeout(() => {
      this.#tableTimer = undefined;
      this.renderRoot.querySelector<LabFigure>('lab-figure')?.refreshTable();
    }, TABLE_MS);
  }

  #redraw(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>('.plot');
    const drawn = this.#drawn;
    if (!frame || !drawn || !this.train) return;
    if (drawn.lines.every(({ points }) => points.length === 0)) {
      this.#chart?.destroy();
      this.#shown = [];
      return;
    }
    const isDark = dark.peek();
    const shown = [drawn, this.#sight?.min, this.#sight?.max, frame.clientWidth, isDark];
    if (shown.every((part, index) => part === this.#shown[index])) return;
    const wasDark = this.#shown.at(-1);
    this.#shown = shown;
    if (!this.#chart) {
      this.#chart = this.#open(frame, this.train);
      this.#sizes.observe(frame);
    }
    if (wasDark !== isDark) this.#chart.restyle();
    const { halfLife } = this.train.state.charts;
    const { lines, references, logX, logY, axis } = drawn;
    const isSmoothed = this.quantity !== 'rate' && halfLife > 0;
    const picture = {
      lines,
      references,
      logX,
      logY,
      isSmoothed,
      sight: this.#sight,
      xLabel: AXIS_FACTS[axis].label,
    };
    this.#chart.draw(picture, this.#height(frame.clientWidth));
  }

  #open(frame: HTMLElement, { state: { charts } }: Train): Chart {
    return new Chart(frame, {
      host: this,
      onCursor: (x) => {
        charts.cursor.value = x;
      },
      onZoom: (zoom) => {
        charts.zoom.value = zoom;
      },
    });
  }

  #height(width: number): number {
    if (this.quantity !== 'target') return LOW_PX;
    return width < NARROW_PX ? NARROW_TALL_PX : TALL_PX;
  }
}

/** The last share of what there is; null for all of it. */
function endOf(extent: Zoom | null, share: number): Zoom | null {
  if (!extent || share >= 1) return null;
  return { min: extent.max - share * (extent.max - extent.min), max: extent.max };
}
