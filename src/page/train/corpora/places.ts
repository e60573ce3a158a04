/** The fields of each place that a text can come from. */

import { html, nothing } from 'lit';
import { WORLD_LANGUAGES } from '../../../formats/corpusSpec.ts';
import type { Side } from '../../../worker/api/texts.ts';
import { bytes, whole } from '../../parts/format.ts';
import { unfoldedFor } from '../../parts/unfold.ts';
import type { Train } from '../trainElement.ts';
import { offerOf } from './offer.ts';
import { type Choice, entryOf, isWorldLanguage, type PickerField, specOfPicker } from './picker.ts';
import { LANGUAGE_WORDS } from './words.ts';

export type Taking = {
  readonly train: Train;
  readonly side: Side;
  /** Whether nothing may be chosen now. */
  readonly disabled: boolean;
  readonly takeFiles: (files: FileList | null | undefined) => void;
};

export function placeFields(taking: Taking): unknown {
  const { train, side } = taking;
  const picker = train.state.texts.pickers[side].value;
  const choice = specOfPicker(picker, train.state.texts.catalogue.value);
  switch (picker.place) {
    case 'world':
      return worldFields(taking, choice);
    case 'file':
      return fileFields(taking, choice);
    case 'catalogue':
      return catalogueFields(taking, choice);
    case 'address':
      return addressFields(taking, choice);
  }
}

function worldFields(taking: Taking, choice: Choice): unknown {
  const { train, side, disabled } = taking;
  const { language } = train.state.texts.pickers[side].value;
  const { spec } = choice;
  const choose = ({ currentTarget }: Event) => {
    const { value } = currentTarget as HTMLSelectElement;
    if (isWorldLanguage(value)) train.state.texts.setPicker(side, { language: value });
  };
  return html`
    <div class="line">
      <div class="field">
        <label for="${side}-language">Language</label>
        <select id="${side}-language" ?disabled=${disabled} @change=${choose}>
          ${WORLD_LANGUAGES.map(
            (code) =>
              html`<option value=${code} .selected=${code === language}>${LANGUAGE_WORDS[code]}</option>`,
          )}
        </select>
      </div>
      <button
        type="button"
        ?disabled=${disabled || spec === null}
        @click=${() => spec && train.actions.texts.readCorpus(side, { kind: 'spec', spec })}
      >
        Read
      </button>
    </div>
    <details ${unfoldedFor(choice.problems.size > 0)}>
      <summary>Distance, noise, seed, size</summary>
      <div class="fields">
        ${typed(taking, choice, 'distance', 'Distance', '0 to 1')}
        ${typed(taking, choice, 'noise', 'Noise', '0 to 1')}
        ${typed(taking, choice, 'seed', 'Seed')}
        ${typed(taking, choice, 'worldBytes', 'Size', 'bytes')}
      </div>
      <p class="soft">
        At a distance the stories are told in a constructed language, further from the real one in words, word order
        and spelling. Noise is the share of documents that are damaged, as found text is.
      </p>
    </details>
  `;
}

function fileFields(taking: Taking, choice: Choice): unknown {
  const { train, side, disabled, takeFiles } = taking;
  const { documents } = train.state.texts.pickers[side].value;
  const option = (value: typeof documents, words: string) =>
    html`<option value=${value} .selected=${value === documents}>${words}</option>`;
  return html`
    <input
      id="${side}-file"
      type="file"
      accept=${[...train.state.texts.endings.value, 'text/*'].join()}
      aria-label="File"
      aria-describedby="${side}-file-hint"
      ?disabled=${disabled}
      @change=${({ currentTarget }: Event) => {
        const input = currentTarget as HTMLInputElement;
        takeFiles(input.files);
        // So that the same file, mended, can be chosen again.
        input.value = '';
      }}
    />
    <p class="soft" id="${side}-file-hint">
      Or drop it here: text, JSON lines, CSV, TSV or Parquet, also as .gz, .zst or .zip. It stays on this machine.
    </p>
    <details>
      <summary>Column, documents</summary>
      <div class="fields">
        ${typed(taking, choice, 'column', 'Text column')}
        <div class="field">
          <label for="${side}-documents">Documents</label>
          <select
            id="${side}-documents"
            ?disabled=${disabled}
            @change=${({ currentTarget }: Event) => {
              const { value } = currentTarget as HTMLSelectElement;
              train.state.texts.setPicker(side, { documents: value as typeof documents });
            }}
          >
            ${option('auto', 'As found')} ${option('line', 'One a line')} ${option('block', 'Blank lines between')}
          </select>
        </div>
      </div>
    </details>
  `;
}

function catalogueFields(taking: Taking, choice: Choice): unknown {
  const { train, side, disabled } = taking;
  const { state } = train;
  const catalogue = state.texts.catalogue.value;
  const entry = entryOf(state.texts.pickers[side].value, catalogue);
  if (!entry) return html`<p class="soft">The catalogue appears once the lab has started.</p>`;
  const row = (label: string, text: unknown) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  return html`
    <div class="field">
      <label for="${side}-entry">Wikipedia in</label>
      <select
        id="${side}-entry"
        ?disabled=${disabled}
        @change=${({ currentTarget }: Event) =>
          state.texts.setPicker(side, { entry: (currentTarget as HTMLSelectElement).value })}
      >
        ${catalogue.map(
          ({ spec, language, ownName }) => html`
            <option value=${spec} .selected=${spec === entry.spec}>
              ${language}${ownName === language ? nothing : ` (${ownName})`}
            </option>
          `,
        )}
      </select>
    </div>
    <dl class="number">
      ${row('Script', entry.script)}
      ${row('Licence', entry.licence)}
      ${entry.articles === null ? nothing : row('Articles', whole(entry.articles))}
      ${entry.bytesOnServer === null ? nothing : row('On the server', bytes(entry.bytesOnServer))}
    </dl>
    ${typed(taking, choice, 'fetchBytes', 'Text to take', 'bytes')}
    ${offerOf(train, side, choice.spec)}
  `;
}

function addressFields(taking: Taking, choice: Choice): unknown {
  const { train, side } = taking;
  return html`
    ${typed(taking, choice, 'address', 'Address')}
    <p class="soft">
      A file by https://…, or a dataset of the Hugging Face hub by hf:owner/name/config#column. Add #bytes=1000000 to
      take so much text.
    </p>
    ${offerOf(train, side, choice.spec)}
  `;
}

/** A field that is typed, with the reason when what stands in it cannot be. */
function typed(
  { train, side, disabled }: Taking,
  { problems }: Choice,
  field: PickerField,
  label: string,
  unit?: string,
): unknown {
  const id = `${side}-${field}`;
  const problem = problems.get(field);
  return html`
    <div class="field">
      <label for=${id}><span>${label}</span>${unit ? html`<span class="soft">${unit}</span>` : nothing}</label>
      <input
        id=${id}
        type="text"
        inputmode=${field === 'address' ? 'url' : field === 'column' ? 'text' : 'decimal'}
        autocomplete="off"
        spellcheck="false"
        .value=${train.state.texts.pickers[side].value.text[field]}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? `${id}-problem` : nothing}
        ?disabled=${disabled}
        @input=${({ currentTarget }: Event) =>
          train.state.texts.typeInPicker(side, field, (currentTarget as HTMLInputElement).value)}
      />
      <p class="problem" id="${id}-problem" aria-live="polite">${problem ?? nothing}</p>
    </div>
  `;
}
