/** The table's lines as they are drawn. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { RunSummary } from '../../../formats/runSummary.ts';
import { symbol } from '../../parts/symbol.ts';
import type { Column } from './columns.ts';
import type { Live } from './filter.ts';
import { groupName, groupSpread, groupValue, type RunGroup, spreadWords } from './groups.ts';
import { type LabelOf, labelOfLine, nameOfLine } from './label.ts';
import { type Line, runsOfLine } from './lines.ts';
import { progressWords } from './live.ts';
import type { Sort } from './sorting.ts';

/** What is drawn, and what a hand on it does. */
export type RowsModel = {
  readonly columns: readonly Column[];
  readonly live: Live;
  readonly sort: Sort;
  readonly selected: ReadonlySet<string>;
  /** Key of the line that has the focus. */
  readonly active: string | null;
  /** Id of the run whose name is being written. */
  readonly renaming: string | null;
  /** Whether runs may be grouped: then rows have levels. */
  readonly isTree: boolean;
  readonly canRename: boolean;
  readonly colourOf: ((run: RunSummary) => string | null) | null;
  readonly labelOf: LabelOf | null;
  readonly sortBy: (column: Column, isFurther: boolean) => void;
  readonly selectAll: (isWanted: boolean) => void;
  readonly select: (line: Line, isRange: boolean) => void;
  readonly activate: (line: Line) => void;
  readonly fold: (group: RunGroup) => void;
  readonly beginRename: (run: RunSummary) => void;
  readonly rename: (run: RunSummary, name: string | null) => void;
};

/** Head is the first row, and columns are counted after the box that selects. */
const FIRST_LINE = 2;
const FIRST_COLUMN = 2;

export function headingOf(column: Column): unknown {
  return column.isSymbol ? symbol(column.heading) : column.heading;
}

/** @param state whether all that is shown is selected, nothing, or some */
export function headRow(model: RowsModel, state: 'all' | 'some' | 'none'): TemplateResult {
  return html`
    <div role="rowgroup" class="titles">
      <div role="row" aria-rowindex="1" class="line">
        <span role="columnheader" aria-colindex="1" class="pick">
          <input
            type="checkbox" aria-label="Select all that are shown"
            .checked=${state === 'all'} .indeterminate=${state === 'some'}
            @change=${(event: Event) => model.selectAll((event.target as HTMLInputElement).checked)}
          />
        </span>
        ${model.columns.map((column, index) => headCell(model, column, index))}
      </div>
    </div>
  `;
}

function headCell({ sort, sortBy }: RowsModel, column: Column, index: number): TemplateResult {
  const place = sort.findIndex(({ key }) => key === column.key);
  const isDescending = sort[place]?.isDescending ?? false;
  const order = place < 0 ? 'none' : isDescending ? 'descending' : 'ascending';
  const rank = place >= 0 && sort.length > 1 ? html`<sub class="rank">${place + 1}</sub>` : nothing;
  return html`
    <span
      role="columnheader" aria-colindex=${index + FIRST_COLUMN} aria-sort=${order}
      class=${column.isNumber ? 'figure' : ''} title=${column.meaning}
    ><button type="button" @click=${(event: MouseEvent) => sortBy(column, event.shiftKey)}>${headingOf(column)}${rank}<span
      class="arrow" aria-hidden="true">${place < 0 ? '' : isDescending ? '↓' : '↑'}</span></button></span>
  `;
}

/** @param index of the line among all lines, from 0 */
export function lineRow(model: RowsModel, line: Line, index: number): TemplateResult {
  const picked = runsOfLine(line).filter((run) => model.selected.has(run.id)).length;
  const isPicked = picked === runsOfLine(line).length;
  const isGroup = line.kind === 'group';
  const isActive = line.key === model.active;
  const level = isGroup || !line.isInGroup ? 1 : 2;
  const classes = ['line', isGroup ? 'group' : '', level === 2 ? 'inner' : '', isPicked ? 'picked' : ''];
  return html`
    <div
      role="row" part="row" id=${isActive ? 'active' : `line-${index}`}
      class=${[...classes, isActive ? 'active' : ''].join(' ')}
      aria-rowindex=${index + FIRST_LINE} aria-selected=${isPicked} aria-level=${model.isTree ? level : nothing}
      aria-expanded=${isGroup ? line.isOpen : nothing}
      data-run=${isGroup ? nothing : line.run.id}
      @click=${() => model.activate(line)}
    >
      <span role="gridcell" aria-colindex="1" class="pick">
        <input
          type="checkbox" tabindex="-1" aria-label="Select ${labelOfLine(line, model.labelOf).words}"
          .checked=${isPicked} .indeterminate=${picked > 0 && !isPicked}
          @click=${(event: MouseEvent) => model.select(line, event.shiftKey)}
        />
      </span>
      ${model.columns.map((column, place) => cell(model, line, column, place))}
    </div>
  `;
}

function cell(model: RowsModel, line: Line, column: Column, place: number): TemplateResult {
  if (column.key === 'name') return nameCell(model, line, place);
  const written = line.kind === 'run' ? runText(line.run, column, model.live) : groupText(line.group, column);
  return html`
    <span
      role="gridcell" aria-colindex=${place + FIRST_COLUMN} class="${column.isNumber ? 'figure' : ''} ${stateClass(line, column, model.live)}"
      title=${column.isNumber ? nothing : written}
    ><span class="label" aria-hidden="true">${headingOf(column)}</span><span class="value">${written}</span></span>
  `;
}

function runText(run: RunSummary, column: Column, live: Live): string {
  const now = live.get(run.id);
  return column.key === 'status' && now ? progressWords(now) : column.text(column.value(run, now));
}

function groupText(group: RunGroup, column: Column): string {
  if (column.isMeasured) return spreadWords(groupSpread(group, column), column);
  if (column.key === 'seed') return `${group.runs.length} seeds`;
  const value = groupValue(group, column);
  return value === null && group.runs.some((run) => column.value(run) !== null)
    ? 'several'
    : column.text(value);
}

function stateClass(line: Line, { key, isMeasured }: Column, live: Live): string {
  if (isMeasured) return 'measured';
  if (key !== 'status' || line.kind === 'group') return '';
  return `status-${live.get(line.run.id)?.status ?? line.run.status}`;
}

function nameCell(model: RowsModel, line: Line, place: number): TemplateResult {
  const run = line.kind === 'run' ? line.run : null;
  const isRenaming = run !== null && run.id === model.renaming;
  return html`
    <span role="gridcell" aria-colindex=${place + FIRST_COLUMN} class="name">
      ${line.kind === 'group' ? expander(model, line.group, line.isOpen) : nothing}
      ${swatch(model, line)}
      ${
        isRenaming
          ? renameField(model, run)
          : html`<span
            class="value" title=${nameOfLine(line)}
            @dblclick=${run && model.canRename ? () => model.beginRename(run) : nothing}
          >${labelOfLine(line, model.labelOf).drawn}</span>`
      }
    </span>
  `;
}

/** With the keyboard the row itself folds and unfolds, so it is no stop of its own. */
function expander(model: RowsModel, group: RunGroup, isOpen: boolean): TemplateResult {
  return html`
    <button
      type="button" class="expander" tabindex="-1" aria-label="${isOpen ? 'Fold' : 'Unfold'} ${groupName(group)}"
      @click=${() => model.fold(group)}
    ><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d=${isOpen ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'}></path></svg></button>
  `;
}

function swatch({ colourOf }: RowsModel, line: Line): unknown {
  const [first] = runsOfLine(line);
  const colour = first && colourOf?.(first);
  if (!colour) return nothing;
  return html`<svg class="swatch" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${svg`<rect width="12" height="12" rx="3" fill=${colour}></rect>`}</svg>`;
}

function renameField({ rename }: RowsModel, run: RunSummary): TemplateResult {
  let isOver = false;
  const end = (name: string | null) => {
    // Taking the field away blurs it, which would end it a second time.
    if (!isOver) rename(run, name);
    isOver = true;
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') end((event.target as HTMLInputElement).value);
    if (event.key === 'Escape') end(null);
  };
  return html`
    <input
      class="rename" type="text" maxlength="200" aria-label="New name of ${run.name}" .value=${run.name}
      @keydown=${press} @blur=${(event: Event) => end((event.target as HTMLInputElement).value)}
    />
  `;
}
