/** One number field with its label, its hint, and the reason when what stands in it cannot be. */

import { html, nothing } from 'lit';
import type { FieldId } from '../form/fields.ts';

export type FieldOptions = {
  readonly id: FieldId;
  readonly label: unknown;
  /** Stands at the label's end: the field's symbol in formulas, or its unit. */
  readonly mark?: unknown;
  readonly text: string;
  readonly placeholder?: string;
  readonly problem: string | undefined;
  readonly disabled: boolean;
  readonly whole: boolean;
  readonly onInput: (text: string) => void;
};

/** An id that CSS and ARIA lists can hold: a dot would need escaping. */
export function elementId(field: FieldId): string {
  return field.replace('.', '-');
}

/** The symbol of a quantity, with an index where it has one. */
export function symbol(letter: string, index?: string): unknown {
  return html`<span class="symbol" aria-hidden="true">${letter}${index ? html`<sub>${index}</sub>` : nothing}</span>`;
}

export function unit(word: string): unknown {
  return html`<span class="soft">${word}</span>`;
}

export function numberField(options: FieldOptions): unknown {
  const { label, text, problem, disabled, whole, onInput } = options;
  const id = elementId(options.id);
  return html`
    <div class="field">
      <label for=${id}><span>${label}</span>${options.mark ?? nothing}</label>
      <input
        id=${id}
        type="text"
        inputmode=${whole ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck="false"
        .value=${text}
        placeholder=${options.placeholder ?? nothing}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? `${id}-problem` : nothing}
        ?disabled=${disabled}
        @input=${(event: Event) => onInput((event.currentTarget as HTMLInputElement).value)}
      />
      <p class="problem" id="${id}-problem" aria-live="polite">${problem ?? nothing}</p>
    </div>
  `;
}
