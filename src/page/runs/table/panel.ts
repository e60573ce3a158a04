/** `<lab-run-table>`: runs as a table that sorts, filters, groups over seeds, compares, renames and deletes; ten thousand stay quick. */

import { html, LitElement, nothing } from 'lit';
import type { RunSummary } from '../../../formats/runSummary.ts';
import { shared } from '../../parts/shared.styles.ts';
import { type RunKeeper, TableActs, type TableState } from './acts.ts';
import { type Column, columnsOf, USUAL_COLUMNS } from './columns.ts';
import { compareRuns } from './comparison.ts';
import { type Filter, facetCounts, type Live, NO_FILTER, toggled } from './filter.ts';
import { actOf } from './keyboard.ts';
import type { LabelOf } from './label.ts';
import { isStackedAt, isUnboxed, lineHeight, tracks } from './layout.ts';
import { type Arranged, arranger } from './lines.ts';
import { styles } from './panel.styles.ts';
import { headRow, lineRow, type RowsModel } from './rows.ts';
import { type Sort, sortedBy } from './sorting.ts';
import { toolbarStyles } from './toolbar.styles.ts';
import { toolbar } from './toolbar.ts';
import { type Window as Seen, scrollTo, windowAt } from './window.ts';

const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/**
 * Properties (none is an attribute but `label`):
 * - `runs`: what is shown, in the order that unsorted lines have. A run that changes is another object.
 * - `live`: by id, how far runs are that have not ended; their values stand over those of the summary.
 * - `keeper`: renames and deletes, the Library for one; without it neither is offered.
 * - `colourOf`: a colour (any that CSS knows, custom properties too) beside a run's name; null for none.
 * - `labelOf`: what stands in the place of a run's name (label.ts); null for its name, by which it is sorted and saved in any case.
 * - `columns`: keys of those that are shown, see columns.ts; the name always is.
 * - `selected`: ids; may be set from outside.
 * - `label`: what the table is called for a screen reader.
 * - `filter`, `sort`, `isGrouped`, `isComparing`: how it is looked at.
 *
 * Events (all bubble): `selection` with `{ids}` when a person selects; `shown` with `{ids}` when other runs pass the filter, or in another
 * order; `columns` with `{keys}` when a person chooses columns.
 * Methods: {@link focusFilter}.
 * Keys, while the lines have the focus: arrows, Page Up and Down, Home, End move (with Shift they select); Space selects, Ctrl A all;
 * Enter renames a run and unfolds a group, as Right and Left do; Delete deletes; `/` goes to the filter.
 * Slots: `actions`, buttons beside the count; `empty`, what stands there while there are no runs at all.
 * Parts: `toolbar`, `grid`, `row`.
 */
export class LabRunTable extends LitElement implements TableState {
  static override styles = [shared, styles, toolbarStyles];
  static override properties = {
    runs: { attribute: false },
    live: { attribute: false },
    keeper: { attribute: false },
    colourOf: { attribute: false },
    labelOf: { attribute: false },
    columns: { attribute: false },
    selected: { attribute: false },
    label: {},
    filter: { attribute: false },
    sort: { attribute: false },
    isGrouped: { attribute: false },
    isComparing: { attribute: false },
    open: { state: true },
    active: { state: true },
    renaming: { state: true },
    removed: { state: true },
    problem: { state: true },
    seen: { state: true },
    isStacked: { state: true },
    isFaceted: { state: true },
  };

  declare runs: readonly RunSummary[];
  declare live: Live;
  declare keeper: RunKeeper | null;
  declare colourOf: ((run: RunSummary) => string | null) | null;
  declare labelOf: LabelOf | null;
  declare columns: readonly string[];
  declare selected: ReadonlySet<string>;
  declare label: string;
  declare filter: Filter;
  declare sort: Sort;
  declare isGrouped: boolean;
  declare isComparing: boolean;
  /** The element's own affair, as all below. */
  declare open: ReadonlySet<string>;
  declare active: string | null;
  declare renaming: string | null;
  declare removed: TableState['removed'];
  declare problem: string | null;
  /** Lines that are drawn. */
  declare private seen: Seen;
  declare private isStacked: boolean;
  /** Whether the facets are unfolded. */
  declare private isFaceted: boolean;

  private readonly arrange = arranger();
  private readonly acts: TableActs;
  /** The runs that the last `shown` told of. */
  private told: readonly RunSummary[] | undefined;
  private readonly sizes = new ResizeObserver(() => this.measure());
  private readonly closing = (event: Event) => this.closeMenus(event);

  constructor() {
    super();
    this.runs = [];
    this.live = new Map();
    this.keeper = null;
    this.colourOf = null;
    this.labelOf = null;
    this.columns = USUAL_COLUMNS;
    this.selected = new Set();
    this.label = 'Runs';
    this.filter = NO_FILTER;
    this.sort = [];
    this.isGrouped = false;
    this.isComparing = false;
    this.open = new Set();
    this.active = null;
    this.renaming = null;
    this.removed = [];
    this.problem = null;
    this.seen = { from: 0, to: 0 };
    this.isStacked = false;
    this.isFaceted = false;
    this.acts = new TableActs(this, {
      tell: (name, detail) => this.tell(name, detail),
      focusLines: () => this.scroller?.focus({ preventScroll: true }),
      focusName: () =>
        void this.updateComplete.then(() =>
          this.renderRoot.querySelector<HTMLInputElement>('.rename')?.select(),
        ),
      show: (line) => this.show(line),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    document.addEventListener('pointerdown', this.closing);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    document.removeEventListener('pointerdown', this.closing);
  }

  /** For the key that a view gives it. Gives whether there is a filter. */
  focusFilter(): boolean {
    const words = this.renderRoot.querySelector<HTMLInputElement>('#words');
    words?.focus();
    return words !== null;
  }

  /** The lines as they are now. */
  private arranged(): Arranged {
    const { runs, live, filter, sort, isGrouped, open } = this;
    const only = this.isComparing && this.selected.size > 1 ? this.selected : null;
    return this.arrange({ runs, live, filter, sort, isGrouped, open, only });
  }

  /** While settings are compared, those that differ and what was measured. */
  private shownColumns(): readonly Column[] {
    const chosen = columnsOf(this.columns);
    if (!this.isComparing) return chosen;
    const differing = compareRuns(this.arranged().runs).differing;
    const others = chosen.filter(({ isSetting }) => !isSetting);
    return columnsOf([...differing, ...others].map(({ key }) => key));
  }

  protected override render(): unknown {
    if (this.runs.length === 0 && this.removed.length === 0)
      return html`<slot name="empty"><p class="soft">No runs yet.</p></slot>`;
    const arranged = this.arranged();
    const columns = this.shownColumns();
    const { lines, runs } = arranged;
    const { from, to } = this.seen;
    const drawn = lines.slice(from, to);
    const isActiveDrawn = drawn.some(({ key }) => key === this.active);
    const picked = runs.filter(({ id }) => this.selected.has(id)).length;
    const state = picked === 0 ? 'none' : picked === runs.length ? 'all' : 'some';
    const model = this.rowsModel(columns, arranged);
    const shape = `${this.isStacked ? 'stacked' : ''} ${isUnboxed(this.isStacked, lines.length) ? 'unboxed' : ''}`;
    return html`
      ${this.toolbarOf(arranged, columns)}
      <div
        class="scroller ${shape}" part="grid" tabindex="0" role=${this.isGrouped ? 'treegrid' : 'grid'}
        aria-label=${this.label} aria-multiselectable="true"
        aria-rowcount=${lines.length + 1} aria-colcount=${columns.length + 1}
        aria-activedescendant=${isActiveDrawn ? 'active' : nothing}
        @keydown=${this.press} @scroll=${this.look}
      >
        ${headRow(model, state)}
        <div role="rowgroup" class="lines">
          <div role="presentation" class="drawn">
            ${drawn.map((line, index) => lineRow(model, line, from + index))}
          </div>
        </div>
        ${lines.length === 0 ? html`<p class="soft nothing">${this.runs.length === 0 ? 'No run is left.' : 'No run has all of this.'}</p>` : nothing}
      </div>
    `;
  }

  private rowsModel(columns: readonly Column[], { runs, lines }: Arranged): RowsModel {
    const { acts, live, sort, selected, active, renaming, colourOf, labelOf } = this;
    return {
      ...{ columns, live, sort, selected, active, renaming, colourOf, labelOf },
      isTree: this.isGrouped,
      canRename: this.keeper !== null,
      sortBy: ({ key }, isFurther) => {
        this.sort = sortedBy(this.sort, key, isFurther);
      },
      selectAll: (isWanted) => acts.selectRuns(runs, isWanted),
      select: (line, isRange) => acts.selectLine(line, isRange, lines),
      activate: ({ key }) => {
        this.active = key;
      },
      fold: ({ key }) => acts.fold(key),
      beginRename: ({ id }) => acts.beginRename(id),
      rename: (run, name) => void acts.rename(run, name),
    };
  }

  private toolbarOf({ runs, lines }: Arranged, columns: readonly Column[]): unknown {
    const { acts, filter, sort, isGrouped, isStacked } = this;
    return toolbar({
      ...{ filter, sort, columns, isGrouped, isStacked },
      counts: this.isFaceted ? facetCounts(this.runs, this.live) : null,
      chosen: new Set(this.columns),
      comparison: this.isComparing ? compareRuns(runs) : null,
      total: this.runs.length,
      shown: runs.length,
      selected: this.selected.size,
      removable: this.keeper ? [...this.selected].filter((id) => this.keeper?.isOwn(id)).length : 0,
      removed: this.removed.reduce((sum, { count }) => sum + count, 0),
      problem: this.problem,
      setWords: (words) => acts.setFilter({ ...this.filter, words }),
      tick: (facet, value) => acts.setFilter(toggled(this.filter, facet, value)),
      clearFilter: () => acts.setFilter(),
      openFacets: (isOpen) => {
        this.isFaceted = isOpen;
      },
      choose: (column) => acts.choose(column),
      setGrouped: (isWanted) => {
        this.isGrouped = isWanted;
      },
      setComparing: (isWanted) => {
        this.isComparing = isWanted;
      },
      sortBy: (wanted) => {
        this.sort = wanted;
      },
      selectAll: () => acts.selectRuns(runs, true),
      selectNone: () => acts.selectNone(),
      remove: () => void acts.remove([...this.selected], lines),
      undo: () => void acts.undoRemove(),
      dismiss: () => acts.dismiss(),
      save: (kind) => acts.save(kind, runs, columns),
    });
  }

  protected override updated(): void {
    const { lines, runs } = this.arranged();
    const columns = this.shownColumns();
    const height = lineHeight(this.isStacked, columns, rem());
    // The page's policy admits no style attributes; what is said through the object model is not one.
    this.style.setProperty('--widths', tracks(columns, this.isGrouped));
    this.style.setProperty('--line', `${height}px`);
    const place = (selector: string, name: string, value: string) =>
      this.renderRoot.querySelector<HTMLElement>(selector)?.style.setProperty(name, value);
    place('.lines', 'height', `${height * lines.length}px`);
    place('.drawn', 'transform', `translateY(${this.seen.from * height}px)`);
    this.measure();
    if (this.told === runs) return;
    this.told = runs;
    this.tell('shown', { ids: runs.map(({ id }) => id) });
  }

  private get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  /** How lines are set in the present width, and which of them are drawn. */
  private measure(): void {
    // A view that is hidden has no width: what it had is kept.
    if (this.clientWidth > 0) this.isStacked = isStackedAt(this.clientWidth, rem());
    this.look();
  }

  private look(): void {
    const { scroller } = this;
    if (!scroller || this.clientWidth === 0) return;
    const { lines } = this.arranged();
    const height = lineHeight(this.isStacked, this.shownColumns(), rem());
    const seen = isUnboxed(this.isStacked, lines.length)
      ? { from: 0, to: lines.length }
      : windowAt(lines.length, height, scroller.scrollTop, scroller.clientHeight);
    if (seen.from !== this.seen.from || seen.to !== this.seen.to) this.seen = seen;
  }

  private show(line: number | null): void {
    const { scroller } = this;
    if (!scroller) return;
    const head = this.isStacked
      ? 0
      : (this.renderRoot.querySelector<HTMLElement>('.titles')?.offsetHeight ?? 0);
    const height = lineHeight(this.isStacked, this.shownColumns(), rem());
    scroller.scrollTop =
      line === null ? 0 : scrollTo(line, height, scroller.scrollTop, scroller.clientHeight - head);
  }

  private press(event: KeyboardEvent): void {
    const { scroller } = this;
    // What stands inside has keys of its own.
    if (!scroller || event.target !== scroller) return;
    if (event.key === '/') {
      event.preventDefault();
      this.focusFilter();
    }
    const arranged = this.arranged();
    const height = lineHeight(this.isStacked, this.shownColumns(), rem());
    const page = Math.max(1, Math.floor(scroller.clientHeight / height) - 1);
    const active = arranged.lines.findIndex(({ key }) => key === this.active);
    const act = actOf(event, { active, lines: arranged.lines, page });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    this.acts.press(act, arranged.lines[active], arranged);
  }

  private closeMenus(event: Event): void {
    const path = event.composedPath();
    for (const menu of this.renderRoot.querySelectorAll<HTMLDetailsElement>('details.menu[open]'))
      if (!path.includes(menu)) menu.open = false;
  }

  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Makes the element known to the page; again does nothing. */
export function defineRunTable(): void {
  if (!customElements.get('lab-run-table')) customElements.define('lab-run-table', LabRunTable);
}
