/** `<map-case>`: "I have this much text and this much compute: which recipe?" */

import { html, nothing } from 'lit';
import type { Advised } from '../../../worker/api/advice.ts';
import { define } from '../../parts/define.ts';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { numberField, symbol, unit } from '../../parts/field/numberField.ts';
import { shared } from '../../parts/shared.styles.ts';
import { DEVICES } from '../devices.ts';
import { mapStyles } from '../map.styles.ts';
import { MapElement } from '../mapElement.ts';
import { figure, scale } from '../numbers.ts';
import type { MapState } from '../state.ts';
import { type CaseField, type CaseForm, switchedSpending, switchedText, withDevice } from './caseForm.ts';
import { styles } from './panel.styles.ts';
import './answer.ts';

/** Properties: `state`; `whole`, which asks for all that the command line writes. */
export class MapCasePanel extends MapElement {
  static override styles = [shared, fieldStyles, mapStyles, styles];
  static override properties = { ...MapElement.properties, whole: { attribute: false } };

  declare whole: ((signal: AbortSignal) => Promise<Advised | null>) | undefined;

  protected override draw(state: MapState): unknown {
    return html`
      <section class="sheet" aria-labelledby="case-heading">
        <h2 id="case-heading">My case</h2>
        ${state.isExample.value ? html`<p class="soft">An example, until you say yours: ten times the compute of the dearest run.</p>` : nothing}
        ${state.addressProblems.value.map((problem) => html`<p class="note">${problem}</p>`)}
        ${this.text(state)} ${this.spending(state)} ${this.limits(state)}
        <map-answer .state=${state} .whole=${this.whole}></map-answer>
      </section>
    `;
  }

  private text(state: MapState): unknown {
    const form = state.form.value;
    const { targetTokens } = state.case.value;
    const isBytes = form.textIn === 'bytes';
    return html`
      <div class="group">
        <fieldset class="choice">
          <legend>My text in the target language</legend>
          ${this.radio('text-in', 'tokens', 'in tokens', !isBytes, () => this.put(state, switchedText(form, 'tokens')))}
          ${this.radio('text-in', 'bytes', 'in bytes, or as a file', isBytes, () => this.put(state, switchedText(form, 'bytes')))}
        </fieldset>
        ${
          isBytes
            ? html`
                <div class="two">
                  ${this.field(state, 'bytes', 'Bytes of text', unit('bytes'))}
                  ${this.field(state, 'bytesPerToken', 'Bytes a token', unit('bytes'))}
                </div>
                <div class="field">
                  <label for="file">Or count a file of yours</label>
                  <input id="file" type="file" multiple @change=${(event: Event) => this.countFiles(state, event)} />
                </div>
                <p class="soft">
                  ${targetTokens === null ? 'The file is counted here and goes nowhere.' : html`${scale(targetTokens)} tokens. A file is counted here and goes nowhere; one that is packed counts as packed.`}
                </p>
              `
            : this.field(state, 'tokens', 'Unique target tokens', symbol('D', 'T'))
        }
      </div>
    `;
  }

  private spending(state: MapState): unknown {
    const form = state.form.value;
    const { compute } = state.case.value;
    const isHours = form.spendIn === 'hours';
    return html`
      <div class="group">
        <fieldset class="choice">
          <legend>My compute</legend>
          ${this.radio('spend-in', 'flops', 'in FLOPs', !isHours, () => this.put(state, switchedSpending(form, 'flops')))}
          ${this.radio('spend-in', 'hours', 'in hours of a device', isHours, () => this.put(state, switchedSpending(form, 'hours')))}
        </fieldset>
        ${
          isHours
            ? html`
                <div class="two">
                  ${this.field(state, 'hours', 'Hours of the device', unit('hours'))}
                  <div class="field">
                    <label for="device">Device</label>
                    <select id="device" @change=${(event: Event) => this.put(state, withDevice(form, (event.target as HTMLSelectElement).value))}>
                      ${DEVICES.map(({ name, precision }) => html`<option value=${name} .selected=${name === form.device}>${name} (${precision})</option>`)}
                      <option value="" .selected=${form.device === ''}>another</option>
                    </select>
                  </div>
                  ${this.field(state, 'peak', 'What it can do at most', unit('TFLOP/s'))}
                  ${this.field(state, 'utilisation', 'What training reaches of it', unit('%'))}
                </div>
                <p class="soft">${compute === null ? nothing : html`${symbol('C')} = ${figure(compute, 3)} FLOPs.`} Several devices: the hours of all of them together.</p>
              `
            : this.field(state, 'flops', 'Floating-point operations', symbol('C'))
        }
      </div>
    `;
  }

  private limits(state: MapState): unknown {
    const form = state.form.value;
    return html`
      <details>
        <summary>Limits, and how much of a lead counts</summary>
        <div class="two">
          ${this.field(state, 'maxN', 'Parameters at most', symbol('N'), 'none')}
          ${this.field(state, 'maxEpochs', 'Passes at most', symbol('k'), 'none')}
          ${this.field(state, 'maxSourceTokens', 'Source tokens at most', symbol('S'), 'none')}
          ${this.field(state, 'margin', 'Lead that counts', unit('nats'))}
        </div>
        <label class="tick">
          <input
            type="checkbox"
            .checked=${form.withinRuns}
            @change=${(event: Event) => state.change({ withinRuns: (event.target as HTMLInputElement).checked })}
          />
          Only models, passes and shares that some run of the fit has
        </label>
      </details>
    `;
  }

  private field(
    state: MapState,
    field: CaseField,
    label: string,
    mark: unknown,
    placeholder?: string,
  ): unknown {
    return numberField({
      id: field,
      label,
      mark,
      placeholder,
      whole: false,
      text: state.form.value[field],
      problem: state.case.value.problems[field],
      onInput: (text) =>
        state.change({
          [field]: text,
          ...((field === 'peak' || field === 'utilisation') && { device: '' }),
        }),
    });
  }

  private radio(name: string, value: string, words: string, checked: boolean, choose: () => void): unknown {
    return html`
      <label class="tick">
        <input type="radio" name=${name} value=${value} .checked=${checked} @change=${choose} />${words}
      </label>
    `;
  }

  private put(state: MapState, form: CaseForm): void {
    state.change(form);
  }

  private countFiles(state: MapState, event: Event): void {
    const files = [...((event.target as HTMLInputElement).files ?? [])];
    const total = files.reduce((sum, { size }) => sum + size, 0);
    if (total === 0) return;
    state.change({ bytes: String(total) });
  }
}

define('map-case', MapCasePanel);
