/** `<sweep-all>`: every run that is here, from whichever sweep, fleet or file, in one table; it is made when it is unfolded. */

import { html, nothing } from 'lit';
import type { RunSummary } from '../../../formats/runSummary.ts';
import { shared } from '../../parts/shared.styles.ts';
import { USUAL_COLUMNS } from '../../runs/table/columns.ts';
import { defineRunTable, type LabRunTable } from '../../runs/table/panel.ts';
import { colourOfRun } from '../multiples/looks.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { counted } from '../words.ts';
import { originWords, restOfName } from './words.ts';

/** Where a run belongs is told by no heading here. */
const COLUMNS = [...USUAL_COLUMNS, 'pair', 'collection', 'origin'];

/** Property: `sweeping`. */
export class SweepAllPanel extends SweepElement {
  static override styles = [shared, sweepStyles];
  static override properties = { ...SweepElement.properties, isOpen: { state: true } };

  declare private isOpen: boolean;
  /** What the table shows; null before it was unfolded. Folded away it takes no news, but keeps what is selected and what can be undone. */
  private shown: readonly RunSummary[] | null = null;

  constructor() {
    super();
    this.isOpen = false;
    defineRunTable();
  }

  /** Gives whether there is anything to filter. */
  focusFilter(): boolean {
    return (
      this.isOpen && (this.renderRoot.querySelector<LabRunTable>('lab-run-table')?.focusFilter() ?? false)
    );
  }

  protected override draw({ lab: { library } }: Sweeping): unknown {
    const runs = library.runs.value;
    if (this.isOpen) this.shown = runs;
    const isListed = library.loaded.value && library.shippedLoaded.value;
    const unfold = ({ currentTarget }: Event) => {
      this.isOpen = (currentTarget as HTMLDetailsElement).open;
    };
    return html`
      <section class="sheet" aria-labelledby="title">
        <div class="head">
          <h2 id="title">All runs</h2>
          <p class="soft number">${isListed ? counted(runs.length, 'run') : 'being listed …'}</p>
        </div>
        <p class="soft">${originWords(runs)}</p>
        <details @toggle=${unfold}>
          <summary>Show them as a table</summary>
          ${
            this.shown === null
              ? nothing
              : html`<lab-run-table
                  label="All runs"
                  .runs=${this.shown}
                  .columns=${COLUMNS}
                  .keeper=${library}
                  .colourOf=${colourOfRun}
                  .labelOf=${restOfName}
                ></lab-run-table>`
          }
        </details>
      </section>
    `;
  }
}
