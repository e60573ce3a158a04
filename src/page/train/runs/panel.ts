/** The runs of the fleet in numbers: where each stands and how well it does. */

import { html, nothing } from 'lit';
import type { RunSummary } from '../../../formats/runSummary.ts';
import { decimals, whole } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { type ReferenceLine, referenceLines } from '../chart/references.ts';
import { colourName } from '../colours.ts';
import type { RunRow, RunStatus } from '../fleetState.ts';
import { swatch } from '../swatch.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { type Best, bestRun } from './best.ts';
import { styles } from './panel.styles.ts';

/** Losses to the third decimal: a thousandth of a bit is below the noise of most validation sets. */
const BITS_DECIMALS = 3;

const WITHIN_NOISE =
  'its lead over the next is within the noise of the held-out text, less than two standard errors.';

const STATUS_WORDS: Record<RunStatus, string> = {
  waiting: 'waiting',
  training: 'training',
  done: 'finished',
  stopped: 'stopped',
  diverged: 'diverged',
  failed: 'failed',
};

export class RunsPanel extends TrainElement {
  static override styles = [shared, styles];
  static override properties = { ...TrainElement.properties, isOpen: { state: true } };

  /** Whether the details have been asked for. */
  declare private isOpen: boolean;

  constructor() {
    super();
    this.isOpen = false;
  }

  protected override draw(train: Train): unknown {
    const { fleet } = train.state;
    const rows = fleet.rows.value;
    if (rows.length === 0) return nothing;
    const best = bestRun(rows);
    const warnings = [...new Set(rows.flatMap((row) => row.warnings))];
    return html`
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        <table role="table">
          <caption class="soft">Losses in bits per byte; lower is better.</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Recipe</th>
              <th role="columnheader" scope="col">Status</th>
              <th role="columnheader" scope="col" class="figure">Step</th>
              <th role="columnheader" scope="col" class="figure">Training</th>
              <th role="columnheader" scope="col" class="figure">Target</th>
              <th role="columnheader" scope="col" class="figure">Source</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${rows.map((row) => this.row(row, row.run === best?.run ? best : undefined, fleet.phase.value === 'paused'))}
          </tbody>
          ${this.references(referenceLines(fleet.references.value))}
        </table>
        ${this.details(train)}
        ${best && !best.clear ? html`<p class="soft">Lowest: ${WITHIN_NOISE}</p>` : nothing}
        ${warnings.map((warning) => html`<p class="soft">${warning}</p>`)}
      </section>
    `;
  }

  /** Everything about the runs that have ended: the lab's own table, which is loaded when it is asked for. */
  private details({ state: { fleet, library, app } }: Train): unknown {
    const slots = new Map(fleet.rows.value.flatMap(({ id, slot }) => (id === null ? [] : [[id, slot]])));
    if (slots.size < 2) return nothing;
    const runs = library.runs.value.filter(({ id, origin }) => origin === 'own' && slots.has(id));
    const open = ({ currentTarget }: Event) => {
      if (!(currentTarget as HTMLDetailsElement).open || this.isOpen) return;
      void library.load();
      import('../../runs/table/panel.ts').then(
        ({ defineRunTable }) => {
          defineRunTable();
          this.isOpen = true;
        },
        () =>
          app.notify(
            'The table of runs could not be loaded; the lab’s server may have stopped. Fold it and open it again.',
          ),
      );
    };
    return html`
      <details @toggle=${open}>
        <summary>Compare all that was set and measured</summary>
        ${
          this.isOpen
            ? html`
                <lab-run-table
                  label="Runs of this fleet"
                  .runs=${runs}
                  .keeper=${library}
                  .isComparing=${true}
                  .colourOf=${(run: RunSummary) => `var(${colourName(slots.get(run.id) ?? 1)})`}
                ></lab-run-table>
              `
            : nothing
        }
      </details>
    `;
  }

  /** What the target losses above are held against. */
  private references(lines: readonly ReferenceLine[]): unknown {
    if (lines.length === 0) return nothing;
    return html`
      <tfoot role="rowgroup">
        ${lines.map(
          ({ name, bits, meaning }) => html`
            <tr role="row">
              <th role="rowheader" scope="row">${name}</th>
              <td role="cell" class="status" colspan="3">${meaning}</td>
              <td role="cell" class="figure" data-label="Target">${decimals(bits, BITS_DECIMALS)}</td>
              <td role="cell"></td>
            </tr>
          `,
        )}
      </tfoot>
    `;
  }

  private place({ clear }: Best): unknown {
    return clear ? html`, <strong>best</strong>` : html`, <span title=${WITHIN_NOISE}>lowest</span>`;
  }

  private row(row: RunRow, best: Best | undefined, paused: boolean): unknown {
    const figure = (label: string, text: string, strong = false) =>
      html`<td role="cell" class="figure ${strong ? 'strong' : ''}" data-label=${label}>${text}</td>`;
    return html`
      <tr role="row" data-run=${row.run}>
        <th role="rowheader" scope="row">${swatch(row.slot)} ${row.run}</th>
        <td role="cell" data-label="Status" class="status status-${row.status}">
          ${paused && row.status === 'training' ? 'paused' : STATUS_WORDS[row.status]}${best ? this.place(best) : nothing}
        </td>
        ${figure('Step', row.steps ? `${whole(row.step)} / ${whole(row.steps)}` : whole(row.step))}
        ${figure('Training', decimals(row.trainingBits, BITS_DECIMALS))}
        ${figure('Target', decimals(row.targetBits, BITS_DECIMALS), true)}
        ${figure('Source', decimals(row.sourceBits, BITS_DECIMALS))}
      </tr>
    `;
  }
}
