/** `<sweep-detail>`: the sweep that is looked at: its curves, rounds, open runs, results, and how to take it elsewhere. */

import { html, nothing } from 'lit';
import type { RunSummary } from '../../../formats/runSummary.ts';
import type { LiveRun, SweepFacts, SweepRun } from '../../../worker/api/sweep.ts';
import { whole } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { symbol } from '../../parts/symbol.ts';
import { fitHref } from '../../runs/fitHref.ts';
import { kindWords } from '../../runs/kinds.ts';
import type { LabelOf } from '../../runs/table/label.ts';
import { defineRunTable, type LabRunTable } from '../../runs/table/panel.ts';
import { failureNote } from '../failureNote.ts';
import { colourOfRun } from '../multiples/looks.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { commandLines } from '../take/commandLines.ts';
import { commandsOf } from '../take/commands.ts';
import { counted, progressWords, type Quantity, quantityWords, runStatusWords } from '../words.ts';
import { labelsOf } from './labels.ts';
import { styles } from './panel.styles.ts';

/** Open runs that are listed; of more the first are enough to know what is going on. */
const SHOWN = 100;
const COLUMNS: readonly Quantity[] = ['N', 'D_T', 'k', 'r', 'r_f'];

/** Property: `sweeping`. */
export class SweepDetailPanel extends SweepElement {
  static override styles = [shared, sweepStyles, styles];

  /** The runs of the library that are this sweep's, as they were found last: the table tells by the list whether they have changed. */
  private found: {
    readonly of: readonly SweepRun[];
    readonly in: readonly RunSummary[];
    readonly runs: readonly RunSummary[];
  } | null = null;

  /** What they are called, likewise. */
  private labels: { readonly of: readonly SweepRun[]; readonly labelOf: LabelOf } | null = null;

  constructor() {
    super();
    defineRunTable();
  }

  /** Gives whether there is anything to filter. */
  focusFilter(): boolean {
    return this.renderRoot.querySelector<LabRunTable>('lab-run-table')?.focusFilter() ?? false;
  }

  protected override draw(sweeping: Sweeping): unknown {
    const { sweep, failures } = sweeping.state;
    const facts = sweep.value;
    if (!facts) return nothing;
    return html`
      <section class="sheet" aria-labelledby="title">
        <div class="head">
          <h2 id="title">${facts.name}</h2>
          <p class="soft number">${progressWords(facts)}</p>
        </div>
        ${failureNote(facts.failure)} ${failureNote(failures.value.sweep)} ${this.refused(facts)}
        <sweep-rounds .sweeping=${sweeping}></sweep-rounds>
        <sweep-multiples .sweeping=${sweeping}></sweep-multiples>
        ${this.openRuns(facts, sweeping)} ${this.results(facts, sweeping)} ${this.take(facts, sweeping)}
      </section>
    `;
  }

  private refused({ refused }: SweepFacts): unknown {
    if (refused.length === 0) return nothing;
    return html`<div class="note">
      <p>${counted(refused.length, 'run')} cannot be:</p>
      <ul>
        ${refused.slice(0, 5).map(({ run, field, problem }) => html`<li><code>${run}</code>: ${field}: ${problem}</li>`)}
      </ul>
    </div>`;
  }

  private openRuns({ id, name, stopped }: SweepFacts, sweeping: Sweeping): unknown {
    const { runs, queue } = sweeping.state;
    const open = runs.value.filter(({ status }) => status !== 'done');
    if (open.length === 0) return nothing;
    const current = queue.value?.current;
    const live = new Map((current?.sweep === id ? current.runs : []).map((run) => [run.run, run] as const));
    // What trains stands first.
    const order = (run: SweepRun) =>
      live.get(run.id)?.status === 'training' ? 0 : run.status === 'begun' ? 1 : 2;
    const shown = [...open].sort((a, b) => order(a) - order(b)).slice(0, SHOWN);
    return html`
      <details class="open-runs">
        <summary>${counted(open.length, 'run')} not finished</summary>
        <div class="wide tall" tabindex="0" role="region" aria-label="Open runs of ${name}">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>${COLUMNS.map((of) => html`<th scope="col">${symbol(of)}</th>`)}<th scope="col">Seed</th><th scope="col">Step</th>
                <th scope="col">State</th><th scope="col"><span class="unseen">What can be done</span></th>
              </tr>
            </thead>
            <tbody>${shown.map((run) => this.openRun(run, live.get(run.id), id, stopped.includes(run.id), sweeping))}</tbody>
          </table>
        </div>
        ${open.length > shown.length ? html`<p class="soft">and ${whole(open.length - shown.length)} more</p>` : nothing}
      </details>
    `;
  }

  private openRun(
    run: SweepRun,
    live: LiveRun | undefined,
    sweep: string,
    isStopped: boolean,
    { actions }: Sweeping,
  ): unknown {
    const state =
      live && !isStopped
        ? { waiting: 'waiting for a slot', training: 'training', done: 'finished', diverged: 'diverged' }[
            live.status
          ]
        : runStatusWords(run.status);
    return html`<tr>
      <th scope="row">${kindWords(run.kind)}</th>
      ${COLUMNS.map((of) => html`<td>${quantityWords(of, run[of])}</td>`)}<td>${run.seed}</td>
      <td>${live ? `${whole(live.step)} of ${whole(run.steps)}` : whole(run.steps)}</td>
      <td>${state}</td>
      <td>
        ${
          run.status === 'refused'
            ? nothing
            : html`<button
              type="button"
              class="small"
              aria-label="${isStopped ? 'Go on with' : 'Stop'} run ${run.id}"
              @click=${() => void actions.stopRun(sweep, run.id, !isStopped)}
            >
              ${isStopped ? 'Go on' : 'Stop'}
            </button>`
        }
      </td>
    </tr>`;
  }

  private results(facts: SweepFacts, sweeping: Sweeping): unknown {
    const { lab, state, actions } = sweeping;
    const runs = this.resultsOf(state.runs.value, lab.library.runs.value);
    const ids = runs.map(({ id }) => id);
    const save = (format: 'jsonl' | 'csv' | 'json') => () => void actions.saveRuns(ids, format, facts.name);
    // The table stays when its last run is deleted: what puts runs back stands in it.
    return html`
      <h3>Results</h3>
      <lab-run-table
        .runs=${runs}
        .keeper=${lab.library}
        .colourOf=${colourOfRun}
        .labelOf=${this.labelsOf(state.runs.value)}
        label="Runs of ${facts.name}"
      >
        <p slot="empty" class="soft">The first runs stand here as soon as they are finished; from then on Fit can follow them.</p>
      </lab-run-table>
      ${
        runs.length === 0
          ? nothing
          : html`
            <div class="row" role="group" aria-label="Save the results">
              <button type="button" class="small" @click=${save('jsonl')}>Records, JSONL</button>
              <button type="button" class="small" @click=${save('csv')}>Table, CSV</button>
              <button type="button" class="small" @click=${save('json')}>Records, JSON</button>
              <a href=${fitHref(runs)}>See what the law makes of them</a>
            </div>
          `
      }
    `;
  }

  private resultsOf(of: readonly SweepRun[], all: readonly RunSummary[]): readonly RunSummary[] {
    if (this.found?.of === of && this.found.in === all) return this.found.runs;
    const ids = new Set(of.map(({ id }) => id));
    const runs = all.filter(({ id }) => ids.has(id));
    this.found = { of, in: all, runs };
    return runs;
  }

  private labelsOf(of: readonly SweepRun[]): LabelOf {
    if (this.labels?.of !== of) this.labels = { of, labelOf: labelsOf(of) };
    return this.labels.labelOf;
  }

  private take({ id, name }: SweepFacts, { actions }: Sweeping): unknown {
    return html`
      <details>
        <summary>Take it to another machine, or change its design</summary>
        <div class="row">
          <button type="button" class="small" @click=${() => void actions.saveManifest({ sweep: id }, name, 'sweep')}>Save the manifest</button>
          <button type="button" class="small" @click=${() => void actions.takeDesign(id)}>Change its design above</button>
        </div>
        ${commandLines(commandsOf(name))}
      </details>
    `;
  }
}
