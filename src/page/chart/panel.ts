/** The live chart: target validation loss by tokens, a line a run; behind each, faint, its training loss. */

import { html, unsafeCSS } from 'lit';
import uPlot from 'uplot';
import plotCss from 'uplot/dist/uPlot.min.css?inline';
import { colourNumber, dashes } from '../colours.ts';
import { count, decimals, tick } from '../format.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { runTitle } from '../runs/best.ts';
import { shared } from '../shared.styles.ts';
import { swatch } from '../swatch.ts';
import { lineSwatch } from './lineSwatch.ts';
import { styles } from './panel.styles.ts';
import { type ReferenceLine, referenceLines } from './references.ts';
import { chartColumns } from './series.ts';

const HEIGHT_PX = 340;
/** Height that the axis labels of a narrow screen leave room for. */
const NARROW_HEIGHT_PX = 260;
const NARROW_PX = 480;
const TARGET_LINE_PX = 2.25;
const TRAINING_LINE_PX = 1;
const REFERENCE_LINE_PX = 1.5;
const LABEL_GAP_PX = 3;
const BITS_DECIMALS = 3;
/** Training loss stays in the background. */
const TRAINING_OPACITY = '55';

export class ChartPanel extends LabElement {
  static override styles = [shared, unsafeCSS(plotCss), styles];

  private plot: uPlot | undefined;
  /** The runs that the present plot has series for. */
  private plotted = '';
  private readonly scheme = window.matchMedia('(prefers-color-scheme: dark)');
  private readonly sizes = new ResizeObserver(() => this.fit());
  private readonly restyle = () => {
    this.plotted = '';
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme.addEventListener('change', this.restyle);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme.removeEventListener('change', this.restyle);
    this.sizes.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
    this.plotted = '';
  }

  protected override draw({ state }: Lab): unknown {
    // Read for its own sake: the curves grow in place.
    void state.curvesVersion.value;
    const runs = [...state.curves.keys()];
    const lines = referenceLines(state.references.value);
    const empty = runs.every((run) => state.curves.get(run)?.training.length === 0);
    return html`
      <section aria-labelledby="chart">
        <h2 id="chart">Target loss</h2>
        <p class="soft">
          Validation loss on the target language, bits per byte. Faint: loss on the training batches, both languages
          together.
        </p>
        <div class="frame">
          <div class="plot" role="img" aria-label=${this.summary(runs, lines)}></div>
          ${empty ? html`<p class="empty soft">The curves appear here.</p>` : ''}
        </div>
        <ul class="legend">
          ${runs.map((run) => html`<li>${swatch(run)} ${runTitle(run)}</li>`)}
          ${lines.map(
            (line) => html`
              <li>
                ${lineSwatch(line)} ${line.name} <span class="number">${decimals(line.bits, BITS_DECIMALS)}</span>
                <span class="soft">${line.meaning}</span>
              </li>
            `,
          )}
        </ul>
      </section>
    `;
  }

  /** The curves in words; every number also stands in the table of runs. */
  private summary(runs: readonly string[], lines: readonly ReferenceLine[]): string {
    const parts = runs.map((run) => {
      const target = this.lab?.state.curves.get(run)?.target ?? [];
      const [first, last] = [target[0], target.at(-1)];
      if (!first || !last) return `${runTitle(run)}: no measurement yet`;
      return `${runTitle(run)}: from ${decimals(first.bits, 2)} to ${decimals(last.bits, 2)} after ${count(last.tokens)} tokens`;
    });
    for (const { name, bits, meaning } of lines)
      parts.push(`${name}, ${meaning}: ${decimals(bits, BITS_DECIMALS)}`);
    return runs.length > 0 ? `Target loss in bits per byte. ${parts.join('. ')}.` : 'No curves yet.';
  }

  protected override updated(): void {
    const state = this.lab?.state;
    const frame = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!state || !frame) return;
    const runs = [...state.curves.keys()];
    if (runs.length === 0) {
      this.plot?.destroy();
      this.plot = undefined;
      this.plotted = '';
      return;
    }
    const { tokens, columns } = chartColumns([...state.curves.values()]);
    const lines = referenceLines(state.references.value);
    // uPlot reads plain arrays of numbers; a missing point is undefined, which its types do not say.
    const across = lines.map(({ bits }) => tokens.map(() => bits));
    const data = [tokens, ...columns, ...across] as unknown as uPlot.AlignedData;
    const wanted = [...runs, ...lines.map(({ name }) => name)].join();
    if (this.plot && this.plotted === wanted) {
      this.plot.setData(data);
      return;
    }
    this.plot?.destroy();
    this.plot = new uPlot(this.options(runs, lines, frame.clientWidth), data, frame);
    this.plotted = wanted;
    this.sizes.disconnect();
    this.sizes.observe(frame);
  }

  private fit(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!this.plot || !frame || frame.clientWidth === this.plot.width) return;
    this.plot.setSize({ width: frame.clientWidth, height: heightFor(frame.clientWidth) });
  }

  private options(runs: readonly string[], held: readonly ReferenceLine[], width: number): uPlot.Options {
    const style = getComputedStyle(this);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const font = `12px ${colour('--sans')}`;
    const axis = {
      stroke: colour('--ink-soft'),
      font,
      labelFont: font,
      grid: { stroke: colour('--rule'), width: 1 },
      ticks: { stroke: colour('--rule'), width: 1, size: 4 },
    };
    const lines = runs.flatMap((run): uPlot.Series[] => {
      const stroke = colour(`--run-${colourNumber(run)}`);
      return [
        {
          label: `${runTitle(run)}, training`,
          stroke: `${stroke}${TRAINING_OPACITY}`,
          width: TRAINING_LINE_PX,
          points: { show: false },
        },
        {
          label: `${runTitle(run)}, target`,
          stroke,
          width: TARGET_LINE_PX,
          dash: [...dashes(run)],
          points: { show: false },
        },
      ];
    });
    const across = held.map(
      ({ name, dash }): uPlot.Series => ({
        label: name,
        stroke: colour('--ink-soft'),
        width: REFERENCE_LINE_PX,
        dash: [...dash],
        points: { show: false },
      }),
    );
    return {
      width,
      height: heightFor(width),
      legend: { show: false },
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: { x: { time: false } },
      series: [{ label: 'Tokens' }, ...lines, ...across],
      hooks: { draw: [(plot) => label(plot, held, { font, ink: colour('--ink-soft') })] },
      axes: [
        {
          ...axis,
          label: 'tokens read',
          labelSize: 22,
          size: 34,
          values: (_, ticks) => ticks.map((at) => tick(at)),
        },
        { ...axis, size: 44 },
      ],
    };
  }
}

/** Writes the name of each reference line above its right end. */
function label(plot: uPlot, lines: readonly ReferenceLine[], style: { font: string; ink: string }): void {
  if (plot.data[0].length === 0) return;
  const { ctx, bbox } = plot;
  const scale = window.devicePixelRatio;
  ctx.save();
  ctx.font = style.font.replace(/[\d.]+px/, (size) => `${Number.parseFloat(size) * scale}px`);
  ctx.fillStyle = style.ink;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  for (const { name, bits } of lines) {
    const y = plot.valToPos(bits, 'y', true);
    ctx.fillText(name.toLowerCase(), bbox.left + bbox.width - LABEL_GAP_PX * scale, y - LABEL_GAP_PX * scale);
  }
  ctx.restore();
}

function heightFor(width: number): number {
  return width < NARROW_PX ? NARROW_HEIGHT_PX : HEIGHT_PX;
}
