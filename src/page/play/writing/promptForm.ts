/** What a person types before models write: the prompt, and how the next token is drawn. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { MAX_SEED } from '../../../formats/configSchema.ts';
import type { Failure } from '../../../worker/api/outcome.ts';
import type { Writing } from '../../../worker/api/play.ts';
import { type NumberRule, readNumber } from '../../parts/field/readNumber.ts';

/** More than this nobody reads, four times over. */
const MOST_TOKENS = 1000;
/** Tokens are drawn as good as evenly long before. */
const MOST_TEMPERATURE = 100;

export const WRITING_RULES = {
  tokens: { whole: true, min: 1, max: MOST_TOKENS },
  seed: { whole: true, min: 0, max: MAX_SEED },
  temperature: { whole: false, min: 0, max: MOST_TEMPERATURE },
  topK: { whole: true, min: 0 },
  topP: { whole: false, min: 0, above: true, max: 1 },
} as const satisfies Record<string, NumberRule>;

export type WritingField = keyof typeof WRITING_RULES;
export const WRITING_FIELDS = Object.keys(WRITING_RULES) as readonly WritingField[];

/** As the samples are drawn that are written during training. */
const FIRST: Readonly<Record<WritingField, string>> = {
  tokens: '96',
  seed: '1',
  temperature: '0.8',
  topK: '0',
  topP: '1',
};

export class PromptForm {
  readonly prompt = signal('');
  readonly text: Signal<Readonly<Record<WritingField, string>>> = signal(FIRST);
  /** What the worker says against a field. */
  readonly #refused: Signal<{ readonly at: WritingField; readonly problem: string } | null> = signal(null);

  readonly #read = computed(() => {
    const problems = new Map<WritingField, string>();
    const numbers = {} as Record<WritingField, number>;
    for (const field of WRITING_FIELDS) {
      const typed = readNumber(this.text.value[field], WRITING_RULES[field]);
      if (typed.ok) numbers[field] = typed.value;
      else problems.set(field, typed.problem);
    }
    return { problems, numbers };
  });

  /** Null while a field is refused. */
  readonly writing: ReadonlySignal<Writing | null> = computed(() => {
    const { problems, numbers } = this.#read.value;
    return problems.size > 0 ? null : { prompt: this.prompt.value, ...numbers };
  });

  problemAt(field: WritingField): string | undefined {
    const refused = this.#refused.value;
    return this.#read.value.problems.get(field) ?? (refused?.at === field ? refused.problem : undefined);
  }

  setField(field: WritingField, text: string): void {
    this.#refused.value = null;
    this.text.value = { ...this.text.value, [field]: text };
  }

  /** Says at its field what the worker refused; false where it is no field's. */
  refuse({ field, problem, message }: Failure): boolean {
    const at = WRITING_FIELDS.find((one) => one === field);
    if (at === undefined) return false;
    this.#refused.value = { at, problem: problem ?? message };
    return true;
  }
}
