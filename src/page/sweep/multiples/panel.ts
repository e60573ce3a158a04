/** `<sweep-multiples>`: a small chart for each recipe of a sweep, its seeds together, all on the same axes, live. */

import { html, nothing } from 'lit';
import '../../parts/figure/panel.ts';
import type { SweepRun } from '../../../worker/api/sweep.ts';
import { whole } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { symbol } from '../../parts/symbol.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { dark } from '../../parts/theme.ts';
import { kindWords } from '../../runs/kinds.ts';
import type { Curve } from '../curves.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { counted } from '../words.ts';
import { type Cell, cellsOf, cellTitle } from './cells.ts';
import { boxOf, type DrawnCurves, drawCell, type Palette } from './drawing.ts';
import { lookOf } from './looks.ts';
import { styles } from './panel.styles.ts';
import { pictureOf } from './picture.ts';
import { type Domain, domainOf } from './scale.ts';
import { areSeeds, spreadOf } from './spread.ts';
import { captionWords, lossWords } from './words.ts';

/** Charts at once. */
const SHOWN = 64;
/** A chart is drawn before it is scrolled to: three windows' height below, and above. */
const AHEAD = '300% 0px';

/** Property: `sweeping`. */
export class SweepMultiplesPanel extends SweepElement {
  static override styles = [shared, sweepStyles, styles];
  static override properties = { ...SweepElement.properties, from: { state: true } };

  /** The first chart that is shown. */
  declare private from: number;
  private cells: readonly Cell[] = [];
  /** The runs that the cells are of. */
  private cut: readonly SweepRun[] = [];
  private domain: Domain | null = null;
  /** Charts that can be seen, and those of them that are to be drawn anew. */
  private readonly seen = new Set<Element>();
  private readonly stale = new Set<Element>();
  private frame = 0;
  private readonly sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.seen.add(target);
        else this.seen.delete(target);
      }
      this.drawSoon();
    },
    { rootMargin: AHEAD },
  );
  private readonly sizes = new ResizeObserver(() => this.drawAll());

  constructor() {
    super();
    this.from = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    this.sizes.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.seen.clear();
  }

  protected override draw(sweeping: Sweeping): unknown {
    const { state } = sweeping;
    const runs = state.runs.value;
    // Curves grow in place, and the theme changes what is drawn.
    void [state.curvesVersion.value, dark.value];
    if (runs.length === 0) return nothing;
    if (this.cut !== runs) {
      this.cells = cellsOf(runs);
      this.cut = runs;
    }
    this.from = Math.min(this.from, Math.max(0, this.cells.length - 1));
    const shown = this.cells.slice(this.from, this.from + SHOWN);
    const curves = this.cells.flatMap((cell) => this.curvesOf(cell, sweeping));
    const hasSeeds = this.cells.some((cell) => areSeeds(cell.runs));
    this.domain = domainOf(curves);
    void sweeping.actions.shown.loadCurves(
      shown.flatMap((cell) => cell.runs.flatMap(({ id, status }) => (status === 'open' ? [] : [id]))),
    );
    return html`
      <lab-figure
        heading="Loss as it falls"
        .caption=${captionWords(curves, this.domain, hasSeeds)}
        .summary=${this.summary(sweeping)}
        fileName="sweep-curves"
        .table=${() => this.table(sweeping)}
        .svg=${() => this.picture(shown, sweeping)}
      >
        <ul class="legend">${this.legend()}</ul>
        <ul class="cells">${shown.map((cell) => this.cell(cell, sweeping))}</ul>
        ${this.pager()}
      </lab-figure>
    `;
  }

  protected override updated(): void {
    const charts = new Set(this.renderRoot.querySelectorAll('canvas'));
    for (const known of [this.seen, this.stale])
      for (const gone of known) if (!charts.has(gone as HTMLCanvasElement)) known.delete(gone);
    for (const chart of charts) this.sight.observe(chart);
    this.drawAll();
  }

  private cell(cell: Cell, sweeping: Sweeping): unknown {
    const words = lossWords(cell.runs, this.curvesOf(cell, sweeping));
    return html`
      <li>
        <p class="name">
          ${kindWords(cell.kind)}
          <span class="soft">${cell.parts.map(({ of, value }, index) => html`${index > 0 ? ' · ' : nothing}${symbol(of)} ${value}`)}</span>
        </p>
        <canvas data-key=${cell.key} role="img" aria-label="${cellTitle(cell)}: ${counted(cell.runs.length, 'run')}, ${words}"></canvas>
        <p class="soft number">${words}</p>
      </li>
    `;
  }

  private legend(): unknown {
    const kinds = [...new Set(this.cells.map(({ kind }) => kind))];
    return kinds.map((kind) => {
      const { colour, dash } = lookOf(kind);
      return html`<li>
        <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
          <line x1="0" x2="28" y1="4" y2="4" stroke="var(${colour})" stroke-width="2" stroke-dasharray=${dash.join(' ') || nothing}></line>
        </svg>
        ${kindWords(kind)}
      </li>`;
    });
  }

  private pager(): unknown {
    const all = this.cells.length;
    if (all <= SHOWN) return nothing;
    const to = Math.min(all, this.from + SHOWN);
    const turn = (from: number) => () => {
      this.from = from;
    };
    return html`<div class="row">
      <button type="button" class="small" ?disabled=${this.from === 0} @click=${turn(Math.max(0, this.from - SHOWN))}>Earlier charts</button>
      <span class="soft number">${whole(this.from + 1)} to ${whole(to)} of ${whole(all)}</span>
      <button type="button" class="small" ?disabled=${to === all} @click=${turn(this.from + SHOWN)}>Further charts</button>
    </div>`;
  }

  private curvesOf({ runs }: Cell, { state }: Sweeping): Curve[] {
    return runs.flatMap(({ id }) => state.curves.get(id) ?? []);
  }

  private drawnOf(cell: Cell, sweeping: Sweeping): DrawnCurves {
    const curves = this.curvesOf(cell, sweeping);
    return { curves, spread: spreadOf(cell.runs, curves) };
  }

  private drawAll(): void {
    for (const chart of this.renderRoot.querySelectorAll('canvas')) this.stale.add(chart);
    this.drawSoon();
  }

  private drawSoon(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.drawSeen();
    });
  }

  private drawSeen(): void {
    const { sweeping } = this;
    if (!sweeping) return;
    const looks = getComputedStyle(this);
    const palette: Palette = {
      colourOf: (property) => looks.getPropertyValue(property).trim(),
      font: looks.fontFamily,
    };
    const byKey = new Map(this.cells.map((cell) => [cell.key, cell] as const));
    for (const chart of this.seen) {
      if (!(chart instanceof HTMLCanvasElement) || !this.stale.delete(chart)) continue;
      const cell = byKey.get(chart.dataset.key ?? '');
      if (cell) this.drawOn(chart, cell, palette, sweeping);
    }
  }

  private drawOn(chart: HTMLCanvasElement, cell: Cell, palette: Palette, sweeping: Sweeping): void {
    const { clientWidth, clientHeight } = chart;
    const context = chart.getContext('2d');
    if (!context || clientWidth === 0) return;
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
    if (chart.width !== width || chart.height !== height) Object.assign(chart, { width, height });
    context.setTransform(scale, 0, 0, scale, 0, 0);
    drawCell(context, this.drawnOf(cell, sweeping), this.domain, {
      look: lookOf(cell.kind),
      box: boxOf(clientWidth, clientHeight),
      palette,
    });
  }

  private summary({ state }: Sweeping): string {
    const done = state.runs.value.filter(({ status }) => status === 'done').length;
    const best = this.cells
      .flatMap((cell) => {
        const bits = cell.runs.flatMap(({ id }) => state.curves.get(id)?.bits.at(-1) ?? []);
        return bits.length > 0 ? [{ cell, bits: Math.min(...bits) }] : [];
      })
      .sort((a, b) => a.bits - b.bits)[0];
    const lowest = best
      ? ` The lowest loss so far is ${best.bits.toFixed(2)} bits per byte, of ${cellTitle(best.cell)}.`
      : '';
    return `${counted(this.cells.length, 'recipe')}, ${counted(done, 'run')} of ${whole(state.runs.value.length)} finished.${lowest}`;
  }

  private table({ state }: Sweeping): FigureTable {
    const named = this.cells.flatMap((cell) => cell.runs.map((run) => ({ cell, run })));
    return {
      columns: [
        { name: 'run' },
        { name: 'recipe' },
        { name: 'seed' },
        { name: 'tokens' },
        { name: 'loss', unit: 'bits per byte' },
      ],
      rows: named.flatMap(({ cell, run }) => {
        const curve = state.curves.get(run.id);
        return (curve?.tokens ?? []).map((tokens, index) => [
          run.id,
          cellTitle(cell),
          run.seed,
          tokens,
          curve?.bits[index] ?? null,
        ]);
      }),
    };
  }

  private picture(shown: readonly Cell[], sweeping: Sweeping): SVGSVGElement | null {
    const looks = getComputedStyle(this);
    const cells = shown.map((cell) => ({ cell, ...this.drawnOf(cell, sweeping) }));
    return pictureOf(cells, this.domain, (property) => looks.getPropertyValue(property).trim());
  }
}
