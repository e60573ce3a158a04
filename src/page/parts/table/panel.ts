/** `<lab-table>`: a plain table of a figure's values; its head stays in sight while its rows scroll. */

import { html, LitElement, nothing } from 'lit';
import { define } from '../define.ts';
import { whole } from '../format.ts';
import { shared } from '../shared.styles.ts';
import { setSymbols } from '../symbol.ts';
import { cellWords, type FigureTable, isNumeric } from './figureTable.ts';
import { styles } from './panel.styles.ts';

/** More rows than this nobody reads, and the page would be slow to lay out. */
const MOST_ROWS = 500;

/**
 * Properties: `table`, the values; `caption`, what they are, in words (read out; not shown); `elsewhere`, where rows that are not shown can be
 * had (`in the CSV` unless it is said).
 * Parts: `frame`, what scrolls; `table`.
 */
export class LabTable extends LitElement {
  static override styles = [shared, styles];
  static override properties = {
    table: { attribute: false },
    caption: {},
    elsewhere: {},
  };

  declare table: FigureTable | undefined;
  declare caption: string | undefined;
  declare elsewhere: string | undefined;

  protected override render(): unknown {
    const { table, caption = 'Values' } = this;
    if (!table) return nothing;
    if (table.rows.length === 0) return html`<p class="soft">There are no values.</p>`;
    const numeric = table.columns.map((_, index) => (isNumeric(table, index) ? 'numeric' : ''));
    const more = table.rows.length - MOST_ROWS;
    return html`
      <div class="frame" part="frame" tabindex="0" role="region" aria-label=${caption}>
        <table part="table">
          <caption class="unseen">${caption}</caption>
          <thead>
            <tr>
              ${table.columns.map(
                ({ name, unit }, index) => html`
                  <th scope="col" class=${numeric[index] ?? ''}>
                    ${setSymbols(name)}${unit ? html` <span class="soft">${setSymbols(unit)}</span>` : nothing}
                  </th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            ${table.rows.slice(0, MOST_ROWS).map(
              (row) => html`
                <tr>${table.columns.map((_, index) => html`<td class=${numeric[index] ?? ''}>${cellWords(row[index])}</td>`)}</tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      ${more > 0 ? html`<p class="soft more">${whole(more)} more ${this.elsewhere ?? 'in the CSV'}.</p>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-table': LabTable;
  }
}

define('lab-table', LabTable);
