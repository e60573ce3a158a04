/** What the view Sweep knows, as signals; panels draw from it, actions and worker events change it. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import { parseSweepDesignsText } from '../../formats/sweepDesign.ts';
import type { ImportOutcome } from '../../worker/api/library.ts';
import type { Failure } from '../../worker/api/outcome.ts';
import type {
  CostFacts,
  PlanFacts,
  QueueFacts,
  SweepEvent,
  SweepFacts,
  SweepRun,
} from '../../worker/api/sweep.ts';
import { Curves } from './curves.ts';
import { designText } from './design/designText.ts';
import { type DesignForm, type FieldName, type FormReading, formOf, readDesignForm } from './design/form.ts';
import { indexAt, placeOfField, type TextPlace } from './design/place.ts';
import { PRESETS } from './design/presets.ts';

/** What is wrong with a design as it is written: in words, and where where that is known. */
export type DesignProblem = {
  readonly field: string;
  readonly problem: string;
  readonly place: TextPlace | null;
};

export type Asked<T> =
  | { readonly status: 'none' }
  /** `before`: the answer of the question before, which the new one is likely to resemble. */
  | { readonly status: 'asking'; readonly before: T | null }
  | { readonly status: 'known'; readonly facts: T }
  | { readonly status: 'failed'; readonly failure: Failure };

/** What is asked anew: an answer stays in sight until the next one is there. */
export function askedAnew<T>(now: Asked<T>): Asked<T> {
  if (now.status === 'asking') return now;
  return { status: 'asking', before: now.status === 'known' ? now.facts : null };
}

export type PlanningProgress = Extract<SweepEvent, { event: 'planning' }>;

const FIRST = PRESETS[0]?.design ?? {};

export class SweepState {
  /** The design, as JSON. */
  readonly text: Signal<string> = signal(designText(FIRST));
  /** The same as fields; null where it says more than fields show. */
  readonly form: Signal<DesignForm | null> = signal(formOf(FIRST));
  readonly mode: Signal<'fields' | 'json'> = signal('fields');
  /** Of which preset the design is, unchanged. */
  readonly preset: Signal<string | null> = signal(PRESETS[0]?.id ?? null);
  readonly plan: Signal<Asked<PlanFacts>> = signal({ status: 'none' });
  readonly cost: Signal<Asked<CostFacts>> = signal({ status: 'none' });
  readonly planning: Signal<PlanningProgress | null> = signal(null);
  /** Whether a design is on its way into the queue. */
  readonly isPutting = signal(false);
  /** Null until the worker has told it. */
  readonly queue: Signal<QueueFacts | null> = signal(null);
  /** Id of the sweep that is looked at. */
  readonly chosen: Signal<string | null> = signal(null);
  /** Its runs, in the order of the manifest. */
  readonly runs: Signal<readonly SweepRun[]> = signal([]);
  readonly curves = new Curves();
  /** Curves grow in place; this tells that they have. */
  readonly curvesVersion = signal(0);
  readonly brought: Signal<ImportOutcome | null> = signal(null);
  /** What a person's last wish came to where it could not be met, by the panel that it was uttered in. */
  readonly failures: Signal<Readonly<Partial<Record<'plan' | 'queue' | 'sweep' | 'bring', Failure>>>> =
    signal({});

  /** What the fields say, and what is wrong with them. */
  readonly reading: ReadonlySignal<FormReading | null> = computed(() => {
    const form = this.form.value;
    return form && readDesignForm(form);
  });

  /** What is wrong with the design, as far as it is seen without its texts. */
  readonly problem: ReadonlySignal<DesignProblem | null> = computed(() => problemOf(this.text.value));

  readonly sweep: ReadonlySignal<SweepFacts | null> = computed(
    () => this.queue.value?.sweeps.find(({ id }) => id === this.chosen.value) ?? null,
  );

  /** Whether the design can be planned: every field says something that it can. */
  readonly isSound: ReadonlySignal<boolean> = computed(() => {
    const isFormSound = this.mode.value === 'json' || (this.reading.value?.problems.size ?? 0) === 0;
    return isFormSound && this.problem.value === null;
  });

  setField(field: FieldName, value: string): void {
    const form = this.form.value;
    if (!form) return;
    const changed = { ...form, text: { ...form.text, [field]: value } };
    this.form.value = changed;
    this.preset.value = null;
    const { design } = readDesignForm(changed);
    if (design) this.text.value = designText(design);
  }

  /** Where the text is a design that fields can show, they show it. */
  setText(text: string): void {
    this.text.value = text;
    this.preset.value = PRESETS.find(({ design }) => designText(design) === text)?.id ?? null;
    const design = jsonOf(text);
    this.form.value = design && formOf(design);
  }

  /** Writes the design anew, a field a line; it says the same. */
  tidy(): void {
    const design = jsonOf(this.text.value);
    if (design) this.text.value = designText(design);
  }

  take(preset: string): void {
    const found = PRESETS.find(({ id }) => id === preset);
    if (!found) return;
    this.setText(designText(found.design));
    if (!this.form.value) this.mode.value = 'json';
  }

  fail(panel: keyof SweepState['failures']['value'], failure: Failure | null): void {
    const { [panel]: _, ...others } = this.failures.value;
    this.failures.value = failure ? { ...others, [panel]: failure } : others;
  }
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function problemOf(text: string): DesignProblem | null {
  try {
    parseSweepDesignsText(text, 'design');
    return null;
  } catch (error) {
    if (error instanceof ConfigError)
      return { field: error.field, problem: error.problem, place: placeOfField(text, error.field) };
    if (error instanceof JsonError) return jsonProblem(error, text);
    throw error;
  }
}

function jsonProblem({ line, column, problem }: JsonError, text: string): DesignProblem {
  const start = indexAt(text, line, column);
  return { field: '', problem, place: { start, end: Math.min(text.length, start + 1), line } };
}
