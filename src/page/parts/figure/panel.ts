/** `<lab-figure>`: stands around every figure, with its heading, its words, its values as a table, and its files. */

import { html, LitElement, nothing } from 'lit';
import { define } from '../define.ts';
import { pngOf, svgText } from '../download/picture.ts';
import { CSV_TYPE, SVG_TYPE, saveBlob, saveJson, saveText } from '../download/save.ts';
import { heading } from '../heading.ts';
import { shared } from '../shared.styles.ts';
import { csvOf, type FigureTable, objectsOf } from '../table/figureTable.ts';
import '../table/panel.ts';
import { styles } from './panel.styles.ts';

type Eventually<T> = T | Promise<T>;
type FileKind = 'CSV' | 'SVG' | 'PNG' | 'JSON';

/** How long the line stays that says what was saved. */
const SAID_MS = 6000;

/**
 * Properties:
 * - `heading`: words; none where the view has its own heading beside it, and then `label` names the figure.
 * - `level`: of the heading, 2 to 4; 3 unless it is said.
 * - `caption`: a Lit template or words below the drawing.
 * - `summary`: what the figure shows, in words, for those who do not see it.
 * - `fileName`: without its ending.
 * - `table`: gives the values; asked for whenever they are shown or saved. Without it there is neither table nor CSV.
 * - `svg`: gives the drawing; unless it is set that of the `<lab-plot>` inside, or else the first svg inside. It may take its time (a
 *   canvas's figure is drawn anew by code that is loaded for it). Null: nothing is drawn yet.
 * - `drawn`: false for a figure without a drawing that can be saved: then there is neither SVG nor PNG.
 * - `data`: gives what the JSON holds; unless it is set the table's rows as objects.
 *
 * Slots: the drawing; `tools`, more buttons at the end of the line.
 * Parts: `figure`, `tools`.
 */
export class LabFigure extends LitElement {
  static override styles = [shared, styles];
  static override properties = {
    heading: {},
    label: {},
    level: { type: Number },
    caption: { attribute: false },
    summary: {},
    fileName: {},
    table: { attribute: false },
    svg: { attribute: false },
    drawn: { type: Boolean },
    data: { attribute: false },
    isOpen: { state: true },
    said: { state: true },
  };

  declare heading: string | undefined;
  declare label: string | undefined;
  declare level: 2 | 3 | 4;
  declare caption: unknown;
  declare summary: string | undefined;
  declare fileName: string | undefined;
  declare table: (() => Eventually<FigureTable>) | undefined;
  declare svg: (() => Eventually<SVGSVGElement | null>) | undefined;
  declare drawn: boolean;
  declare data: (() => Eventually<unknown>) | undefined;
  /** Whether the table is shown, with the values it shows. */
  declare private isOpen: FigureTable | null;
  /** What became of the last file, and whether it went wrong. */
  declare private said: { readonly words: string; readonly failed: boolean } | null;
  private hush: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.level = 3;
    this.drawn = true;
    this.isOpen = null;
    this.said = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.hush);
  }

  /** Shows the values anew where they are shown: for figures that change. */
  refreshTable(): void {
    if (this.isOpen) void this.showTable();
  }

  protected override render(): unknown {
    const name = this.heading ?? this.label ?? 'Figure';
    return html`
      <figure part="figure" aria-label=${name}>
        ${this.heading ? heading(this.level, this.heading) : nothing}
        <slot></slot>
        ${this.summary ? html`<p class="unseen">${this.summary}</p>` : nothing}
        ${this.caption ? html`<figcaption>${this.caption}</figcaption>` : nothing}
        <div class="tools" part="tools" role="group" aria-label="${name}: values and files">
          ${this.table ? this.tableButton(name) : nothing}
          ${this.kinds().map(
            (kind) =>
              html`<button type="button" aria-label="${kind}: ${name}" @click=${() => this.save(kind)}>${kind}</button>`,
          )}
          <slot name="tools"></slot>
          <span role="status" class="soft ${this.said?.failed ? 'failed' : ''}">${this.said?.words ?? nothing}</span>
        </div>
        ${this.isOpen ? html`<lab-table .table=${this.isOpen} .caption=${`${name}: values`}></lab-table>` : nothing}
      </figure>
    `;
  }

  private kinds(): FileKind[] {
    const isData = this.table !== undefined || this.data !== undefined;
    return [
      ...(this.table ? (['CSV'] as const) : []),
      ...(this.drawn ? (['SVG', 'PNG'] as const) : []),
      ...(isData ? (['JSON'] as const) : []),
    ];
  }

  private tableButton(name: string): unknown {
    const open = this.isOpen !== null;
    const flip = () => {
      if (open) this.isOpen = null;
      else void this.showTable();
    };
    return html`
      <button type="button" aria-expanded=${open} aria-label="Table: ${name}" @click=${flip}>Table</button>
    `;
  }

  private async showTable(): Promise<void> {
    await this.attempt(async () => {
      this.isOpen = (await this.table?.()) ?? null;
    });
  }

  private async save(kind: FileKind): Promise<void> {
    await this.attempt(async () => {
      const name = `${this.fileName ?? this.heading ?? this.label ?? 'figure'}.${kind.toLowerCase()}`;
      await this.make(kind, name);
      this.say(`Saved as ${name}.`, false);
    });
  }

  private async make(kind: FileKind, name: string): Promise<void> {
    if (kind === 'JSON') return saveJson(await this.dataOrRows(), name);
    if (kind === 'CSV') return saveText(csvOf(await this.values()), name, CSV_TYPE);
    const drawing = this.svg ? await this.svg() : this.drawingInside(kind);
    if (!drawing) throw new Error('Nothing is drawn yet.');
    if (kind === 'SVG') saveText(await svgText(drawing), name, SVG_TYPE);
    else saveBlob(await pngOf(drawing), name);
  }

  private async values(): Promise<FigureTable> {
    return (await this.table?.()) ?? { columns: [], rows: [] };
  }

  private async dataOrRows(): Promise<unknown> {
    return this.data ? this.data() : objectsOf(await this.values());
  }

  /** A plot is drawn anew for a file that scales; a picture is what is seen. */
  private drawingInside(kind: 'SVG' | 'PNG'): SVGSVGElement | null {
    const plot = this.querySelector('lab-plot');
    if (plot) return kind === 'SVG' ? plot.forFile() : plot.figure;
    return this.querySelector('svg');
  }

  private async attempt(what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), true);
    }
  }

  private say(words: string, failed: boolean): void {
    clearTimeout(this.hush);
    this.said = { words, failed };
    if (!failed) {
      this.hush = setTimeout(() => {
        this.said = null;
      }, SAID_MS);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-figure': LabFigure;
  }
}

define('lab-figure', LabFigure);
