/** One number field with its label, its mark, and the reason when what stands in it cannot be. Styled by `fieldStyles`. */

import { html, nothing } from 'lit';

export type NumberFieldOptions = {
  /** Unique in its shadow root; CSS and ARIA lists must be able to hold it, so no dots. */
  readonly id: string;
  readonly label: unknown;
  /** Stands at the label's end: the field's symbol in formulas, or its unit. */
  readonly mark?: unknown;
  readonly text: string;
  readonly placeholder?: string | undefined;
  /** What a person should know before typing; read out with the field. */
  readonly hint?: unknown;
  readonly problem: string | undefined;
  readonly disabled?: boolean | undefined;
  /** Whether only whole numbers are meant: a phone shows the keyboard without a point. */
  readonly whole: boolean;
  readonly onInput: (text: string) => void;
};

/** The symbol of a quantity, with an index where it has one; a screen reader has the label and is spared it. */
export function symbol(letter: string, index?: string): unknown {
  return html`<span class="symbol" aria-hidden="true">${letter}${index ? html`<sub>${index}</sub>` : nothing}</span>`;
}

export function unit(word: string): unknown {
  return html`<span class="soft">${word}</span>`;
}

export function numberField(options: NumberFieldOptions): unknown {
  const { id, label, text, hint, problem, disabled = false, whole, onInput } = options;
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
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
        aria-describedby=${described || nothing}
        ?disabled=${disabled}
        @input=${(event: Event) => onInput((event.currentTarget as HTMLInputElement).value)}
      />
      ${hint ? html`<p class="soft" id="${id}-hint">${hint}</p>` : nothing}
      <p class="problem" id="${id}-problem" aria-live="polite">${problem ?? nothing}</p>
    </div>
  `;
}
