/** `<tour-chart>`: one of the tour's charts, as wide as its place. It draws into the light DOM, so that `<lab-figure>` finds its picture. */

import { html, LitElement, nothing, render } from 'lit';
import { define } from '../../parts/define.ts';
import { withLooks } from '../../parts/download/picture.ts';
import type { LabFigure } from '../../parts/figure/panel.ts';
import { drawChart, drawForFile, scalesOf } from './draw.ts';
import { hasLegend, htmlLegend } from './legend.ts';
import { type ChartModel, chartWords } from './model.ts';
import { nearest } from './scale.ts';

const FIRST_WIDTH = 560;
const FILE_WIDTH = 720;

/**
 * Properties: `model`; `pick`, called with one of the model's `choices` when a person drags over the chart.
 * Methods: `forFile()`, a drawing that stands alone, with its legend in it.
 */
export class TourChart extends LitElement {
  static override properties = {
    model: { attribute: false },
    pick: { attribute: false },
    width: { state: true },
  };

  declare model: ChartModel | undefined;
  declare pick: ((x: number) => void) | undefined;
  declare private width: number;

  private readonly sizes = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.width = FIRST_WIDTH;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  /** Null before there is anything to draw. It is not in the page, and has the looks that the page gives it now. */
  forFile(): SVGSVGElement | null {
    const { model } = this;
    if (!model) return null;
    // Looks come from the page's stylesheets, so it stands in the page while they are read, and is gone before anything is painted.
    const place = document.createElement('div');
    this.append(place);
    try {
      render(drawForFile(model, FILE_WIDTH, chartWords(model)), place);
      const drawing = place.querySelector('svg');
      return drawing && withLooks(drawing);
    } finally {
      place.remove();
    }
  }

  protected override render(): unknown {
    const { model } = this;
    if (!model) return nothing;
    return html`
      <div
        class="drawing ${this.pick && model.choices ? 'pickable' : ''}"
        @pointerdown=${(event: PointerEvent) => this.drag(event)}
        @pointermove=${(event: PointerEvent) => event.buttons === 1 && this.drag(event)}
      >${drawChart(model, this.width, chartWords(model))}</div>
      ${hasLegend(model) ? htmlLegend(model) : nothing}
    `;
  }

  protected override updated(): void {
    const figure = this.closest<LabFigure>('lab-figure');
    if (!figure) return;
    figure.svg = () => this.forFile();
    // The values may lie open below the chart.
    figure.refreshTable();
  }

  private measure(): void {
    // A view that is hidden has no width: what it had is kept.
    if (this.clientWidth > 0) this.width = this.clientWidth;
  }

  private drag(event: PointerEvent): void {
    const { model, pick } = this;
    const drawing = this.querySelector('svg');
    if (!model?.choices || !pick || !drawing) return;
    const at = event.clientX - drawing.getBoundingClientRect().left;
    const value = nearest(scalesOf(model, this.width).x, model.choices, at);
    if (value !== undefined && value !== model.chosen) pick(value);
  }
}

define('tour-chart', TourChart);
