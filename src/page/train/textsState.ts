/** The two texts: what is chosen, what was read, what reading would take. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Reply } from '../../worker/api/lab.ts';
import type { Failure } from '../../worker/api/outcome.ts';
import type { CorpusFacts, CorpusOrigin, Side } from '../../worker/api/texts.ts';
import { beginningPicker, type CatalogueEntry, type Picker, type PickerField } from './corpora/picker.ts';

export const SIDES = ['target', 'source'] as const satisfies readonly Side[];

export type CorpusState =
  | { readonly status: 'empty' }
  | { readonly status: 'reading'; readonly name: string; readonly bytes: number; readonly totalBytes: number }
  | { readonly status: 'ready'; readonly facts: CorpusFacts }
  | { readonly status: 'refused'; readonly origin: CorpusOrigin; readonly failure: Failure };

/** What fetching a corpus elsewhere takes. */
export type Offer = {
  /** What was asked about: an offer for another spec is none. */
  readonly spec: string;
  readonly state:
    | { readonly status: 'asking' }
    | { readonly status: 'known'; readonly description: Reply['describeCorpus'] }
    | { readonly status: 'failed'; readonly failure: Failure };
};

/** The n-gram reference of the target text, for as much of it as the form says. */
export type ReferenceState =
  | { readonly status: 'unknown' | 'computing' | 'failed' }
  | { readonly status: 'known'; readonly found: Reply['reference'] };

const EMPTY: CorpusState = { status: 'empty' };

export class TextsState {
  readonly corpora: Record<Side, Signal<CorpusState>> = { target: signal(EMPTY), source: signal(EMPTY) };
  /** What a text can be chosen from, as the worker tells it. */
  readonly catalogue: Signal<readonly CatalogueEntry[]> = signal([]);
  readonly endings: Signal<readonly string[]> = signal([]);
  readonly pickers: Record<Side, Signal<Picker>> = {
    target: signal(beginningPicker('target')),
    source: signal(beginningPicker('source')),
  };
  /** What fetching a corpus would take, once it has been asked. */
  readonly offers: Record<Side, Signal<Offer | null>> = { target: signal(null), source: signal(null) };
  readonly reference: Signal<ReferenceState> = signal({ status: 'unknown' });

  readonly isReading: ReadonlySignal<boolean> = computed(() =>
    SIDES.some((side) => this.corpora[side].value.status === 'reading'),
  );

  /** A text's facts once it has been read. */
  facts(side: Side): CorpusFacts | null {
    const corpus = this.corpora[side].value;
    return corpus.status === 'ready' ? corpus.facts : null;
  }

  setPicker(side: Side, change: Partial<Picker>): void {
    this.pickers[side].value = { ...this.pickers[side].value, ...change };
  }

  typeInPicker(side: Side, field: PickerField, text: string): void {
    this.setPicker(side, { text: { ...this.pickers[side].value.text, [field]: text } });
  }
}
