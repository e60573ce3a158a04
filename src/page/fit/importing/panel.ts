/** `<fit-import>`: brings runs along: records go to the library, a table is shown first and its columns are chosen. */

import { html, nothing } from 'lit';
import type { TablePreview, TableProblem } from '../../../worker/api/fits.ts';
import type { LabDialog } from '../../parts/dialog/panel.ts';
import { bytes } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import type { FitStudy } from '../study.ts';
import { counted, listed } from '../words.ts';
import { type Choices, firstChoices, isRecords, missing, optionsOf, otherColumns, ROLES } from './choices.ts';
import { lossFields, previewTable, roleField } from './fields.ts';
import { styles } from './panel.styles.ts';
import { recordWords, sourcesOf } from './recordWords.ts';
import { readingTemplate, saidTemplate, tableTakenWords, unplaced } from './saying.ts';

type Stage =
  | { readonly at: 'picking' }
  | { readonly at: 'reading'; readonly name: string; readonly stop: AbortController | null }
  | {
      readonly at: 'choosing';
      readonly file: File;
      /** Names of tables that came with it, which are taken one by one. */
      readonly left: readonly string[];
      /** What became of records that came with it, in sentences. */
      readonly said: readonly string[];
      readonly preview: TablePreview;
      readonly choices: Choices;
      readonly problem: TableProblem | null;
      readonly isReading: boolean;
    }
  | { readonly at: 'done'; readonly words: readonly string[] }
  | {
      readonly at: 'refused';
      readonly name: string;
      readonly problem: TableProblem;
      readonly said: readonly string[];
    };

/** Property: `study`. Methods: `show()`, `take(files)`, which opens it with files that were dropped. */
export class FitImport extends FitElement {
  static override styles = [shared, fitStyles, styles];
  static override properties = { ...FitElement.properties, stage: { state: true } };

  declare private stage: Stage;
  /** The reading that was begun last: an earlier one that ends later has nothing to say. */
  #turn: object = {};

  constructor() {
    super();
    this.stage = { at: 'picking' };
  }

  show(): void {
    this.#turn = {};
    this.stage = { at: 'picking' };
    this.#dialog()?.show();
  }

  async take(files: readonly File[]): Promise<void> {
    this.#dialog()?.show();
    await this.#read(files);
  }

  protected override draw(study: FitStudy): unknown {
    return html`
      <lab-dialog heading="Bring runs along">
        ${this.#body(study)} ${this.#actions(study)}
      </lab-dialog>
    `;
  }

  #body(study: FitStudy): unknown {
    const { stage } = this;
    switch (stage.at) {
      case 'picking':
        return this.#picking();
      case 'reading':
        return html`<p role="status">Reading ${stage.name}…</p>
          ${readingTemplate(study.lab.library.importing.value, stage.stop)}`;
      case 'refused':
        return html`
          ${saidTemplate(stage.said)}
          <div class="note bad" role="alert">
            <p><strong>${stage.name}</strong>${placeWords(stage.problem)}</p>
            <p>${stage.problem.words}</p>
          </div>
          ${this.#picking()}
        `;
      case 'done':
        return saidTemplate(stage.words);
      case 'choosing':
        return this.#choosing(stage);
    }
  }

  #picking(): unknown {
    return html`
      <p>
        A table of runs (<code>.csv</code> or <code>.tsv</code>, with at least N, a loss, and D or D_T), or records that the lab wrote
        (<code>.jsonl</code>, <code>.json</code>). Nothing leaves this machine.
      </p>
      <label
        class="drop"
        @dragover=${(event: DragEvent) => event.preventDefault()}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          event.stopPropagation();
          void this.#read([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <span>Choose files, or drop them here</span>
        <input
          type="file"
          multiple
          accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson"
          @change=${(event: Event) => void this.#read([...((event.target as HTMLInputElement).files ?? [])])}
        />
      </label>
    `;
  }

  #choosing({ preview, choices, file, left, said, problem }: Extract<Stage, { at: 'choosing' }>): unknown {
    const { header, lines } = preview;
    const lacking = missing(choices, header);
    const others = otherColumns(choices, header);
    const choose = (change: Partial<Choices>) => this.#choose(change);
    return html`
      ${saidTemplate(said)}
      <p><strong>${file.name}</strong>: ${counted(lines, 'line')}, ${counted(header.length, 'column')}, ${bytes(file.size)}.</p>
      ${left.length > 0 ? html`<p class="note">Tables are taken one by one, since each has its own columns: bring ${listed(left)} along after it.</p>` : nothing}
      ${
        problem
          ? html`<div class="note bad" role="alert">
              <p><strong>${file.name}</strong>${placeWords(problem)}</p>
              <p>${problem.field === '' ? '' : `${problem.field}: `}${problem.words}</p>
            </div>`
          : nothing
      }
      ${lacking.length > 0 ? html`<ul class="plain note">${lacking.map((words) => html`<li>${words}</li>`)}</ul>` : nothing}
      <fieldset>
        <legend>Which column is what</legend>
        <div class="roles">${ROLES.map((role) => roleField(role, choices, header, choose))}</div>
      </fieldset>
      ${lossFields(choices, choose)}
      <fieldset>
        <legend>Numbers and runs</legend>
        <div class="row">
          <label>
            <span class="soft">Decimals stand behind</span>
            <select
              .value=${choices.decimal ?? ''}
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                this.#choose({ decimal: value === '.' || value === ',' ? value : null });
              }}
            >
              <option value="">a point, unless it is doubtful</option>
              <option value=".">a point</option>
              <option value=",">a comma</option>
            </select>
          </label>
          <label class="tick">
            <input
              type="checkbox"
              .checked=${choices.stopped}
              @change=${(event: Event) => this.#choose({ stopped: (event.target as HTMLInputElement).checked })}
            />
            <span>take runs that were stopped early</span>
          </label>
        </div>
      </fieldset>
      ${others.length > 0 ? html`<p class="soft">Kept as words to group by: ${others.join(', ')}.</p>` : nothing}
      ${previewTable(preview, choices)}
    `;
  }

  #actions(study: FitStudy): unknown {
    const { stage } = this;
    if (stage.at === 'choosing') {
      const isReady = missing(stage.choices, stage.preview.header).length === 0;
      return html`
        <button slot="actions" type="button" @click=${() => this.show()}>Another file</button>
        <button slot="actions" type="button" class="primary" ?disabled=${!isReady || stage.isReading} @click=${() => this.#import(study)}>
          ${stage.isReading ? 'Reading…' : 'Take these runs'}
        </button>
      `;
    }
    if (stage.at !== 'done') return nothing;
    return html`
      <button slot="actions" type="button" @click=${() => this.show()}>Another file</button>
      <button slot="actions" type="button" class="primary" @click=${() => this.#dialog()?.close()}>Close</button>
    `;
  }

  #choose(change: Partial<Choices>): void {
    if (this.stage.at !== 'choosing') return;
    this.stage = { ...this.stage, choices: { ...this.stage.choices, ...change }, problem: null };
  }

  /** Records first, then the first of the tables, whose columns are chosen. */
  async #read(files: readonly File[]): Promise<void> {
    const { study } = this;
    if (!study || files.length === 0) return;
    const turn = {};
    this.#turn = turn;
    const records = files.filter(({ name }) => isRecords(name));
    const tables = files.filter(({ name }) => !isRecords(name));
    const said = records.length > 0 ? await this.#readRecords(study, records, turn) : [];
    if (said === null || this.#turn !== turn) return;
    const [first, ...left] = tables;
    if (!first) this.stage = { at: 'done', words: said };
    else await this.#readTable(study, first, { left: left.map(({ name }) => name), said }, turn);
  }

  async #readTable(
    { lab }: FitStudy,
    file: File,
    beside: Pick<Extract<Stage, { at: 'choosing' }>, 'left' | 'said'>,
    turn: object,
  ): Promise<void> {
    const { name } = file;
    const refuse = (problem: TableProblem) => {
      this.stage = { at: 'refused', name, problem, said: beside.said };
    };
    this.stage = { at: 'reading', name, stop: null };
    const outcome = await lab.law.send({ command: 'readTable', file, name });
    if (this.#turn !== turn) return;
    if (!outcome.ok) refuse(unplaced(`${outcome.failure.message} ${outcome.failure.advice}`));
    else if (!outcome.value.ok) refuse(outcome.value.problem);
    else {
      const { preview } = outcome.value;
      const choices = firstChoices(preview);
      this.stage = { at: 'choosing', file, ...beside, preview, choices, problem: null, isReading: false };
    }
  }

  /** What became of them, in sentences; null where it was refused. */
  async #readRecords(
    { lab, fits }: FitStudy,
    records: readonly File[],
    turn: object,
  ): Promise<readonly string[] | null> {
    const name = listed(records.map((one) => one.name));
    const stop = new AbortController();
    this.stage = { at: 'reading', name, stop };
    try {
      const { files } = await lab.library.importFiles(records, { signal: stop.signal });
      const sources = sourcesOf(files);
      // Runs that are brought along are what a person wants to see fitted.
      if (sources.length > 0) fits.choose({ sources, pair: null, tokenizer: null });
      return recordWords(files);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (this.#turn === turn) this.stage = { at: 'refused', name, problem: unplaced(words), said: [] };
      return null;
    }
  }

  async #import({ fits, lab }: FitStudy): Promise<void> {
    const { stage } = this;
    if (stage.at !== 'choosing') return;
    const turn = {};
    this.#turn = turn;
    this.stage = { ...stage, isReading: true };
    const found = await fits.tables.add(stage.file.name, stage.file, optionsOf(stage.choices));
    if (!('table' in found)) {
      if (this.#turn !== turn) return;
      const problem =
        'problem' in found ? found.problem : unplaced(`${found.failure.message} ${found.failure.advice}`);
      this.stage = { ...stage, problem, isReading: false };
      return;
    }
    // A table that is brought along is what a person wants to see fitted.
    fits.choose({ sources: [found.table.key], pair: null, tokenizer: null });
    const words = tableTakenWords(found);
    if (this.#turn === turn) this.stage = { at: 'done', words };
    lab.app.say(words[0] ?? '');
  }

  #dialog(): LabDialog | null {
    return this.renderRoot.querySelector('lab-dialog');
  }
}

function placeWords({ place }: TableProblem): string {
  return place === null ? '' : `, line ${place.line}, character ${place.column}`;
}
