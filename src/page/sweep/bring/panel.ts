/** `<sweep-bring>`: result files of other machines, brought along; what was taken of them, and what was not. */

import { html, nothing } from 'lit';
import type { ImportedFile } from '../../../worker/api/library.ts';
import { bytes, whole } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { importedWords } from '../../runs/importedWords.ts';
import { failureNote } from '../failureNote.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { styles } from './panel.styles.ts';

/** Property: `sweeping`. */
export class SweepBringPanel extends SweepElement {
  static override styles = [shared, sweepStyles, styles];
  static override properties = { ...SweepElement.properties, isOver: { state: true } };

  declare private isOver: boolean;

  constructor() {
    super();
    this.isOver = false;
  }

  protected override draw(sweeping: Sweeping): unknown {
    const { lab, state } = sweeping;
    const reading = lab.library.importing.value;
    return html`
      <section class="sheet" aria-labelledby="title">
        <div class="head"><h2 id="title">Results from elsewhere</h2></div>
        <div
          class="drop ${this.isOver ? 'over' : ''}"
          @dragover=${(event: DragEvent) => this.over(event)}
          @dragleave=${() => {
            this.isOver = false;
          }}
          @drop=${(event: DragEvent) => this.drop(event, sweeping)}
        >
          <label for="files">Bring result files</label>
          <input
            id="files"
            type="file"
            multiple
            accept=".jsonl,.ndjson,.json"
            ?disabled=${reading !== null}
            @change=${(event: Event) => this.pick(event, sweeping)}
          />
          <p class="soft">
            What <code>m3lab sweep collect</code> wrote, run records, or a checkpoint’s <code>run.json</code>. Files may be dropped here. Tables (CSV) are brought
            along in <a href="#/fit">Fit</a>.
          </p>
        </div>
        ${
          reading
            ? html`<progress max=${reading.totalBytes || 1} .value=${reading.bytes} aria-label="Reading files"></progress>
              <p class="soft">${bytes(reading.bytes)} of ${bytes(reading.totalBytes)} read …</p>`
            : nothing
        }
        ${failureNote(state.failures.value.bring)}
        <div role="status">${state.brought.value?.files.map((file) => this.outcome(file)) ?? nothing}</div>
      </section>
    `;
  }

  private outcome(file: ImportedFile): unknown {
    const { name, taken, known, refused, refusedCount } = file;
    return html`
      <div class="note ${refusedCount > 0 && taken + known === 0 ? 'bad' : refusedCount > 0 ? '' : 'calm'}">
        <p><strong>${name}</strong>: ${importedWords(file)}</p>
        ${
          refusedCount > 0
            ? html`<ul>
              ${refused.map(({ place, reason }) => html`<li><code>${place}</code>: ${reason}</li>`)}
              ${refusedCount > refused.length ? html`<li>and ${whole(refusedCount - refused.length)} more</li>` : nothing}
            </ul>`
            : nothing
        }
      </div>
    `;
  }

  private pick(event: Event, { actions }: Sweeping): void {
    const input = event.currentTarget as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    void actions.bring(files);
  }

  private over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  }

  private drop(event: DragEvent, { actions }: Sweeping): void {
    this.isOver = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void actions.bring(files);
  }
}
