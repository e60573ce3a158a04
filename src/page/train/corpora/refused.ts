/** A text that could not be read: why, and where it is a table with several columns, which one to take. */

import { html, nothing } from 'lit';
import type { Failure } from '../../../worker/api/outcome.ts';
import type { Side } from '../../../worker/api/texts.ts';
import type { Train } from '../trainElement.ts';

/** `takeColumn` is called with the column that a person chooses. */
export function refused(
  { state }: Train,
  side: Side,
  { message, advice, columns = [] }: Failure,
  takeColumn: (column: string) => void,
): unknown {
  const take = ({ currentTarget }: Event) => {
    const root = (currentTarget as HTMLElement).getRootNode() as ShadowRoot;
    const select = root.querySelector<HTMLSelectElement>(`#${side}-columns`);
    if (select) takeColumn(select.value);
  };
  return html`
    <p class="problem">${message} ${advice}</p>
    ${
      columns.length > 0
        ? html`
            <div class="line">
              <div class="field">
                <label for="${side}-columns">Text column</label>
                <select id="${side}-columns" ?disabled=${state.fleet.busy.value}>
                  ${columns.map((column) => html`<option value=${column}>${column}</option>`)}
                </select>
              </div>
              <button type="button" class="primary" ?disabled=${state.fleet.busy.value} @click=${take}>
                Take this column
              </button>
            </div>
          `
        : nothing
    }
  `;
}
