/** `<sweep-design>`: what is to be trained, by a preset, as fields, or as JSON. */

import { html, nothing } from 'lit';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { numberField } from '../../parts/field/numberField.ts';
import { shared } from '../../parts/shared.styles.ts';
import { symbol } from '../../parts/symbol.ts';
import { unfoldedFor } from '../../parts/unfold.ts';
import type { DesignProblem } from '../state.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { FIELD_FACTS, MAIN_FIELDS, MORE_FIELDS, TEXTS } from './fieldFacts.ts';
import type { FieldName } from './form.ts';
import { styles } from './panel.styles.ts';
import { PRESETS } from './presets.ts';

/** Property: `sweeping`. */
export class SweepDesignPanel extends SweepElement {
  static override styles = [shared, fieldStyles, sweepStyles, styles];

  protected override draw(sweeping: Sweeping): unknown {
    const { mode, form } = sweeping.state;
    const isJson = mode.value === 'json' || form.value === null;
    return html`
      <section class="sheet" aria-labelledby="title">
        <div class="head">
          <h2 id="title">Design</h2>
          <div class="row modes" role="group" aria-label="How the design is shown">
            ${this.modeButton(sweeping, 'fields', 'Fields', form.value === null)}
            ${this.modeButton(sweeping, 'json', 'JSON', false)}
          </div>
        </div>
        ${this.presets(sweeping)} ${isJson ? this.json(sweeping) : this.fields(sweeping)}
      </section>
    `;
  }

  private modeButton(
    { state }: Sweeping,
    mode: 'fields' | 'json',
    words: string,
    disabled: boolean,
  ): unknown {
    const isShown = (state.form.value === null ? 'json' : state.mode.value) === mode;
    return html`
      <button
        type="button"
        class="small"
        aria-pressed=${isShown}
        ?disabled=${disabled}
        title=${disabled ? 'This design says more than fields can show' : nothing}
        @click=${() => {
          state.mode.value = mode;
        }}
      >
        ${words}
      </button>
    `;
  }

  private presets({ state }: Sweeping): unknown {
    const chosen = PRESETS.find(({ id }) => id === state.preset.value);
    return html`
      <div class="field">
        <label for="preset">Begin with</label>
        <select
          id="preset"
          @change=${(event: Event) => state.take((event.currentTarget as HTMLSelectElement).value)}
        >
          ${chosen ? nothing : html`<option value="" .selected=${true}>A design of your own</option>`}
          ${PRESETS.map(({ id, title }) => html`<option value=${id} .selected=${chosen?.id === id}>${title}</option>`)}
        </select>
        <p class="soft">${chosen?.question ?? 'Choose a preset to begin anew.'}</p>
      </div>
    `;
  }

  private fields(sweeping: Sweeping): unknown {
    return html`
      <div class="grid">
        ${TEXTS.map((field) => this.textField(sweeping, field))} ${MAIN_FIELDS.map((field) => this.listField(sweeping, field))}
      </div>
      <details ${unfoldedFor(this.hasProblemIn(sweeping, MORE_FIELDS))}>
        <summary>More: stages, learning rate, rounds</summary>
        <div class="grid">${MORE_FIELDS.map((field) => this.listField(sweeping, field))}</div>
      </details>
      <p class="soft">
        Commas stand between values, and every combination is a run. k, M and G mean thousands, millions and billions. A field that is empty is left to
        the design, or to C.
      </p>
      <datalist id="texts">
        ${this.textsHere(sweeping).map((spec) => html`<option value=${spec}></option>`)}
      </datalist>
    `;
  }

  private textField({ state }: Sweeping, field: 'name' | 'target' | 'source'): unknown {
    const { label, hint } = FIELD_FACTS[field];
    const problem = state.reading.value?.problems.get(field);
    return html`
      <div class="field wide-field">
        <label for=${field}><span>${label}</span></label>
        <input
          id=${field}
          type="text"
          autocomplete="off"
          spellcheck="false"
          list=${field === 'name' ? nothing : 'texts'}
          .value=${state.form.value?.text[field] ?? ''}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby="${field}-hint ${field}-problem"
          @input=${(event: Event) => state.setField(field, (event.currentTarget as HTMLInputElement).value)}
        />
        <p class="soft" id="${field}-hint">${hint}</p>
        <p class="problem" id="${field}-problem" aria-live="polite">${problem ?? nothing}</p>
      </div>
    `;
  }

  private listField({ state }: Sweeping, field: FieldName): unknown {
    const { label, hint, mark, placeholder } = FIELD_FACTS[field];
    const reading = state.reading.value;
    const count = reading?.counts.get(field) ?? 0;
    return numberField({
      id: field,
      label,
      mark: html`<span class="marks">
        ${count > 1 ? html`<span class="mark" aria-label="${count} values">× ${count}</span>` : nothing}
        ${mark ? html`<span aria-hidden="true">${symbol(mark)}</span>` : nothing}
      </span>`,
      text: state.form.value?.text[field] ?? '',
      placeholder,
      hint,
      problem: reading?.problems.get(field),
      whole: false,
      onInput: (text) => state.setField(field, text),
    });
  }

  private json(sweeping: Sweeping): unknown {
    const { state } = sweeping;
    const problem = state.problem.value ?? deeperProblem(sweeping);
    return html`
      <div class="field">
        <label for="json"><span>Design as JSON</span></label>
        <textarea
          id="json"
          rows="22"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          .value=${state.text.value}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby="json-hint json-problem"
          @input=${(event: Event) => state.setText((event.currentTarget as HTMLTextAreaElement).value)}
        ></textarea>
        <div class="problem" id="json-problem" aria-live="polite">${problem ? this.jsonProblem(problem) : nothing}</div>
        <p class="soft" id="json-hint">
          A train config with lists in <code>grid</code>, <code>compute</code> and <code>seeds</code>; several designs under <code>designs</code>. The same file
          as for <code>m3lab sweep plan</code>.
        </p>
        <div class="row tools">
          <button type="button" class="small" ?disabled=${state.problem.value !== null} @click=${() => state.tidy()}>Set in lines</button>
          <label class="file">
            <span>Open a design</span>
            <input type="file" accept=".json,application/json" @change=${(event: Event) => this.openFile(event, sweeping)} />
          </label>
        </div>
      </div>
    `;
  }

  private jsonProblem({ field, problem, place }: DesignProblem): unknown {
    return html`
      ${field === '' ? nothing : html`<code>${field}</code>: `}${problem}
      ${place ? html`<button type="button" class="quiet" @click=${() => this.showPlace(place)}>Line ${place.line}</button>` : nothing}
    `;
  }

  private showPlace({ start, end }: { readonly start: number; readonly end: number }): void {
    const area = this.renderRoot.querySelector<HTMLTextAreaElement>('#json');
    if (!area) return;
    area.focus();
    area.setSelectionRange(start, end);
    const line = area.value.slice(0, start).split('\n').length - 1;
    const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight) || 18;
    area.scrollTop = Math.max(0, line * lineHeight - area.clientHeight / 3);
  }

  private async openFile(event: Event, { state }: Sweeping): Promise<void> {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    // So that the same file can be picked again.
    input.value = '';
    if (!file) return;
    state.fail('plan', null);
    try {
      state.setText(await file.text());
      state.mode.value = 'json';
    } catch {
      const message = `${file.name} cannot be read.`;
      state.fail('plan', { kind: 'file', message, advice: 'Has it been moved or changed? Open it again.' });
    }
  }

  private hasProblemIn({ state }: Sweeping, fields: readonly FieldName[]): boolean {
    const problems = state.reading.value?.problems;
    const text = state.form.value?.text;
    // Every preset has a learning rate: it is no reason to show the rest.
    return fields.some((field) => problems?.has(field) || (field !== 'learningRate' && text?.[field]));
  }

  /** Built-in languages, and the texts that were open in Train when the page was loaded. */
  private textsHere({ lab }: Sweeping): readonly string[] {
    const { target, source } = lab.app.opened.value?.corpora ?? {};
    const own = [target?.spec, source?.spec].flatMap((spec) => spec ?? []);
    return [...new Set([...BUILT_IN, ...own])];
  }
}

const BUILT_IN = ['world:id', 'world:sw', 'world:ja', 'world:en'];

/** What only the worker sees: a text that is not here, say. */
function deeperProblem({ state }: Sweeping): DesignProblem | null {
  const plan = state.plan.value;
  if (plan.status !== 'failed') return null;
  const { field = '', problem, message } = plan.failure;
  return { field, problem: problem ?? message, place: null };
}
