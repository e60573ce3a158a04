/** What stands above the table's lines: the filter, its facets, the columns, and what can be done with what is selected. */

import { html, nothing, type TemplateResult } from 'lit';
import { whole } from '../../parts/format.ts';
import { COLUMNS, type Column } from './columns.ts';
import type { Comparison } from './comparison.ts';
import {
  FACET_HEADINGS,
  FACETS,
  type Facet,
  type FacetCount,
  type Filter,
  facetWords,
  isFiltered,
} from './filter.ts';
import { headingOf } from './rows.ts';
import type { Sort } from './sorting.ts';

export type ToolbarModel = {
  readonly filter: Filter;
  /** Null while they are folded away: of many runs they take a moment to count. */
  readonly counts: Readonly<Record<Facet, readonly FacetCount[]>> | null;
  readonly chosen: ReadonlySet<string>;
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly isGrouped: boolean;
  /** Without headings to sort by. */
  readonly isStacked: boolean;
  /** Null where it is not asked what differs. */
  readonly comparison: Comparison | null;
  readonly total: number;
  readonly shown: number;
  readonly selected: number;
  /** Of the selected runs, how many can be deleted. */
  readonly removable: number;
  /** Runs that were deleted and can come back. */
  readonly removed: number;
  /** What could not be done, in words. */
  readonly problem: string | null;
  readonly setWords: (words: string) => void;
  readonly tick: (facet: Facet, value: string) => void;
  readonly clearFilter: () => void;
  readonly openFacets: (isOpen: boolean) => void;
  readonly choose: (column: Column) => void;
  readonly setGrouped: (isGrouped: boolean) => void;
  readonly setComparing: (isComparing: boolean) => void;
  readonly sortBy: (sort: Sort) => void;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  readonly undo: () => void;
  readonly dismiss: () => void;
  readonly remove: () => void;
  readonly save: (kind: 'csv' | 'json') => void;
};

export function toolbar(model: ToolbarModel): TemplateResult {
  return html`
    <div class="toolbar ${model.isStacked ? 'narrow' : ''}" part="toolbar">
      <div class="bar">
        <input
          id="words" type="search" placeholder="Filter: words, &quot;a phrase&quot;, -without" aria-label="Filter runs by words"
          autocomplete="off" spellcheck="false" .value=${model.filter.words}
          @input=${(event: Event) => model.setWords((event.target as HTMLInputElement).value)}
        />
        ${facets(model)} ${columnChoice(model)}
        ${toggle('Group seeds', model.isGrouped, model.setGrouped)}
        ${toggle('Only what differs', model.comparison !== null, model.setComparing)}
        ${model.isStacked ? sortChoice(model) : nothing}
      </div>
      ${chips(model)}
      <div class="bar lower">
        <p class="soft number" role="status">${countWords(model)}</p>
        ${model.selected > 0 ? selectionActs(model) : html`<button type="button" class="quiet" @click=${model.selectAll}>Select all</button>`}
        <slot name="actions"></slot>
        <span class="files" role="group" aria-label="Save what is shown">
          <button type="button" class="quiet" @click=${() => model.save('csv')}>CSV</button>
          <button type="button" class="quiet" @click=${() => model.save('json')}>JSON</button>
        </span>
      </div>
      ${model.comparison ? commonWords(model.comparison, model.selected) : nothing}
      <div role="status">${model.removed > 0 ? undoNotice(model) : nothing}</div>
      ${model.problem === null ? nothing : problemNotice(model.problem, model.dismiss)}
    </div>
  `;
}

function countWords({ total, shown, selected }: ToolbarModel): string {
  const runs = total === 1 ? 'run' : 'runs';
  const all = shown === total ? `${whole(total)} ${runs}` : `${whole(shown)} of ${whole(total)} ${runs}`;
  return selected > 0 ? `${all}, ${whole(selected)} selected` : all;
}

function toggle(words: string, isOn: boolean, set: (isOn: boolean) => void): TemplateResult {
  return html`
    <label class="toggle"><input
      type="checkbox" .checked=${isOn}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
    /> ${words}</label>
  `;
}

function facets({ filter, counts, tick, openFacets }: ToolbarModel): TemplateResult {
  return html`
    <details
      class="menu"
      @toggle=${(event: Event) => {
        openFacets((event.target as HTMLDetailsElement).open);
        keepInside(event);
      }}
    >
      <summary>Filters</summary>
      <div class="sheet facets">
        ${counts === null ? nothing : FACETS.map((facet) => facetChoice(facet, counts[facet], filter, tick))}
      </div>
    </details>
  `;
}

/** Moves an open menu to the left as far as it would hang over the bar's end. */
function keepInside({ target }: Event): void {
  const menu = target as HTMLDetailsElement;
  const sheet = menu.querySelector<HTMLElement>('.sheet');
  const bar = menu.closest<HTMLElement>('.bar');
  if (!menu.open || !sheet || !bar) return;
  sheet.style.removeProperty('translate');
  // What is in it may be drawn only now that it is open.
  requestAnimationFrame(() => {
    const over = sheet.getBoundingClientRect().right - bar.getBoundingClientRect().right;
    if (over > 0) sheet.style.setProperty('translate', `${-over}px`);
  });
}

function facetChoice(
  facet: Facet,
  counts: readonly FacetCount[],
  { ticked }: Filter,
  tick: ToolbarModel['tick'],
): TemplateResult {
  const values = counts.map(({ value }) => value);
  return html`
    <fieldset>
      <legend>${FACET_HEADINGS[facet]}</legend>
      <div class="values">
        ${counts.map(
          ({ value, runs }) => html`
            <label><input
              type="checkbox" .checked=${ticked[facet]?.has(value) ?? false} @change=${() => tick(facet, value)}
            /> ${facetWords(facet, value, values)} <span class="soft number">${whole(runs)}</span></label>
          `,
        )}
      </div>
    </fieldset>
  `;
}

function columnChoice({ chosen, choose }: ToolbarModel): TemplateResult {
  return html`
    <details class="menu" @toggle=${keepInside}>
      <summary>Columns</summary>
      <div class="sheet">
        <fieldset>
          <legend class="unseen">Columns that are shown</legend>
          <div class="values columns">
            ${COLUMNS.filter(({ key }) => key !== 'name').map(
              (column) => html`
                <label title=${column.meaning}><input
                  type="checkbox" .checked=${chosen.has(column.key)} @change=${() => choose(column)}
                /> ${headingOf(column)} <span class="soft">${column.meaning}</span></label>
              `,
            )}
          </div>
        </fieldset>
      </div>
    </details>
  `;
}

/** Where lines are stacked there are no headings to click. */
function sortChoice({ columns, sort, sortBy }: ToolbarModel): TemplateResult {
  const [first] = sort;
  const pick = (event: Event) => {
    const key = (event.target as HTMLSelectElement).value;
    sortBy(key === '' ? [] : [{ key, isDescending: first?.isDescending ?? false }]);
  };
  return html`
    <span class="order">
      <select aria-label="Sort by" @change=${pick}>
        <option value="" .selected=${!first}>Sort: as they came</option>
        ${columns.map(
          ({ key, heading, isSymbol, meaning }) =>
            html`<option value=${key} .selected=${first?.key === key}>${isSymbol ? `${heading}: ${meaning}` : heading}</option>`,
        )}
      </select>
      <button
        type="button" ?disabled=${!first} aria-label=${first?.isDescending ? 'Sort rising' : 'Sort falling'}
        @click=${() => first && sortBy([{ ...first, isDescending: !first.isDescending }])}
      >${first?.isDescending ? '↓' : '↑'}</button>
    </span>
  `;
}

function chips({ filter, tick, clearFilter }: ToolbarModel): unknown {
  if (!isFiltered(filter)) return nothing;
  const ticked = FACETS.flatMap((facet) =>
    [...(filter.ticked[facet] ?? [])].map((value) => ({ facet, value })),
  );
  return html`
    <ul class="chips" aria-label="Filters that are set">
      ${ticked.map(
        ({ facet, value }) => html`<li><button
          type="button" aria-label="Remove filter ${FACET_HEADINGS[facet]}: ${facetWords(facet, value)}"
          @click=${() => tick(facet, value)}
        >${FACET_HEADINGS[facet]}: ${facetWords(facet, value)} <span aria-hidden="true">×</span></button></li>`,
      )}
      <li><button type="button" class="quiet" @click=${clearFilter}>Show all</button></li>
    </ul>
  `;
}

function selectionActs({ removable, selectNone, remove }: ToolbarModel): TemplateResult {
  return html`
    <button type="button" class="quiet" @click=${selectNone}>Select none</button>
    ${removable > 0 ? html`<button type="button" class="quiet" @click=${remove}>Delete ${whole(removable)}</button>` : nothing}
  `;
}

function commonWords({ differing, common }: Comparison, selected: number): TemplateResult {
  const about = selected > 1 ? `the ${whole(selected)} selected runs` : 'the runs shown';
  return html`
    <p class="soft common">
      ${
        differing.length === 0
          ? html`All settings of ${about} are alike.`
          : html`Alike in ${about}: ${common.map(
              ({ column, text }, index) =>
                html`${index > 0 ? ', ' : ''}<span title=${column.meaning}>${headingOf(column)} ${text}</span>`,
            )}.`
      }
    </p>
  `;
}

function undoNotice({ removed, undo, dismiss }: ToolbarModel): TemplateResult {
  return html`
    <p class="undo">
      ${whole(removed)} ${removed === 1 ? 'run' : 'runs'} deleted.
      <button type="button" class="quiet" @click=${undo}>Undo</button>
      <button type="button" class="quiet" aria-label="Dismiss" @click=${dismiss}>×</button>
    </p>
  `;
}

function problemNotice(words: string, dismiss: () => void): TemplateResult {
  return html`
    <p class="undo problem" role="alert">
      ${words}
      <button type="button" class="quiet" aria-label="Dismiss" @click=${dismiss}>×</button>
    </p>
  `;
}
