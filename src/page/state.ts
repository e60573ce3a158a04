/** What the page knows, as signals; panels draw from it, {@link actions} and worker events change it. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { TrainConfig } from '../formats/config.ts';
import type { References } from '../formats/record.ts';
import type {
  AdapterFacts,
  CorpusFacts,
  CorpusOrigin,
  CutFacts,
  Failure,
  Outcome,
  Phase,
  Reply,
  SavedFleet,
  Side,
  TokenizerFacts,
} from '../worker/api.ts';
import { beginningPicker, type CatalogueEntry, type Picker, type PickerField } from './corpora/picker.ts';
import { type Curve, mixedTokensPerByte } from './curves.ts';
import { beginning, type FieldId, type FormValues } from './form/fields.ts';
import { type Reading, readForm, type TokenWish, tokenWish } from './form/reading.ts';

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

export type RunStatus = 'waiting' | 'training' | 'done' | 'stopped' | 'diverged' | 'failed';

export type RunRow = {
  readonly run: string;
  readonly status: RunStatus;
  readonly step: number;
  readonly steps: number;
  /** Loss of the newest training batch, bits a byte. */
  readonly trainingBits: number | null;
  readonly targetBits: number | null;
  /** Standard error of the final target loss, bits a byte; null before the end. */
  readonly targetBitsError: number | null;
  readonly sourceBits: number | null;
  readonly warnings: readonly string[];
};

export type Progress = {
  readonly steps: number;
  readonly totalSteps: number;
  readonly tokensPerSecond: number;
  readonly flopsPerSecond: number;
  readonly elapsedSeconds: number;
  readonly remainingSeconds: number;
};

export type Refusal = { readonly at: FieldId | Side; readonly problem: string };

const EMPTY: CorpusState = { status: 'empty' };

export class LabState {
  /** Null until the worker has answered. */
  readonly adapter: Signal<Outcome<AdapterFacts> | null> = signal(null);
  /** Whether the worker could not even look for an adapter. */
  readonly unopened = signal(false);
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
  readonly values: Signal<FormValues> = signal(beginning(true));
  /** Whether the person has changed a field: then no default moves any more. */
  readonly touched = signal(false);
  readonly phase: Signal<Phase> = signal('idle');
  readonly runs: Signal<readonly RunRow[]> = signal([]);
  /** Curves grow in place; `curvesVersion` tells that they have. */
  readonly curves = new Map<string, Curve>();
  readonly curvesVersion = signal(0);
  /** The share of target tokens in each run of the shown fleet. */
  readonly ratios = new Map<string, number>();
  readonly progress: Signal<Progress | null> = signal(null);
  /** What the target losses of the shown fleet are held against. */
  readonly references: Signal<References | null> = signal(null);
  /** The tokenizer of the shown fleet. */
  readonly tokenizer: Signal<TokenizerFacts | null> = signal(null);
  /** While a tokenizer is trained: for the how-manieth time, and how much of it is done. */
  readonly tokenizing: Signal<{ readonly round: number; readonly share: number } | null> = signal(null);
  /** Configs of the fleet that is shown. */
  readonly lastConfigs: Signal<readonly TrainConfig[]> = signal([]);
  /** A fleet in storage that has not come to its end. */
  readonly interrupted: Signal<SavedFleet | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  /** What is worth knowing and needs no action, oldest first, until it is dismissed. */
  readonly notices: Signal<readonly string[]> = signal([]);
  /** Why the fleet is as large as it is, in a sentence. */
  readonly fleetChoice: Signal<string | null> = signal(null);
  /** While kernels are measured, how many classes of them have been by now; null while none are. */
  readonly tunedClasses: Signal<number | null> = signal(null);
  /** What the worker says against the fleet as the form stands, by the form's field or the text at fault. */
  readonly refusal: Signal<Refusal | null> = signal(null);

  readonly reading: ReadonlySignal<Reading> = computed(() =>
    readForm(this.values.value, { target: this.facts('target'), source: this.facts('source') }),
  );
  /** While a fleet is at work its recipe cannot change. */
  readonly busy: ReadonlySignal<boolean> = computed(
    () => !['idle', 'stopped', 'done'].includes(this.phase.value),
  );

  /** The same as text, so that it changes only where something does. */
  private readonly referenceKey = computed(() => {
    const target = this.facts('target');
    const wish = tokenWish(this.values.value);
    return target && wish
      ? JSON.stringify([wish, target.sha256, this.facts('source')?.sha256 ?? null])
      : null;
  });
  /** What a reference would be computed for; another object as soon as it would be for another text, D_T or tokenizer. */
  readonly referenceWish: ReadonlySignal<TokenWish | null> = computed(() => {
    const key = this.referenceKey.value;
    return key === null ? null : (JSON.parse(key) as [TokenWish])[0];
  });
  readonly isReading: ReadonlySignal<boolean> = computed(() =>
    (['target', 'source'] as const).some((side) => this.corpora[side].value.status === 'reading'),
  );

  /** Why a field, or a text, cannot be: first what the form itself sees, then what the worker says. */
  problemAt(at: FieldId | Side): string | undefined {
    const seen = at === 'target' || at === 'source' ? undefined : this.reading.value.problems.get(at);
    const refusal = this.refusal.value;
    return seen ?? (refusal?.at === at ? refusal.problem : undefined);
  }

  /** A text's facts once it has been read. */
  facts(side: Side): CorpusFacts | null {
    const corpus = this.corpora[side].value;
    return corpus.status === 'ready' ? corpus.facts : null;
  }

  /** Tokens a byte of the batches that a run reads, over the whole run: 1 as long as its tokenizer is not told. */
  tokensPerByte(run: string): number {
    const tokenizer = this.tokenizer.value;
    if (!tokenizer || tokenizer.kind === 'bytes') return 1;
    const { target, source } = tokenizer;
    const ratio = this.ratios.get(run) ?? 1;
    return mixedTokensPerByte(target.tokensPerByte, (source ?? target).tokensPerByte, ratio);
  }

  /** How the shown fleet's tokenizer cuts a text. */
  tokenizerOf(side: Side): CutFacts | null {
    return this.tokenizer.value?.[side] ?? null;
  }

  setPicker(side: Side, change: Partial<Picker>): void {
    this.pickers[side].value = { ...this.pickers[side].value, ...change };
  }

  typeInPicker(side: Side, field: PickerField, text: string): void {
    this.setPicker(side, { text: { ...this.pickers[side].value.text, [field]: text } });
  }

  setTokenizer(tokenizer: FormValues['tokenizer']): void {
    this.touched.value = true;
    this.values.value = { ...this.values.value, tokenizer };
  }

  setNearDuplicates(dropNearDuplicates: boolean): void {
    this.values.value = { ...this.values.value, dropNearDuplicates };
  }

  setField(field: FieldId, text: string): void {
    this.touched.value = true;
    const { value } = this.values;
    this.values.value = { ...value, text: { ...value.text, [field]: text } };
  }

  setFields(texts: Partial<Record<FieldId, string>>): void {
    this.touched.value = true;
    const { value } = this.values;
    this.values.value = { ...value, text: { ...value.text, ...texts } };
  }

  /** Adds to the notices what does not stand there already. */
  notify(message: string): void {
    if (!this.notices.value.includes(message)) this.notices.value = [...this.notices.value, message];
  }

  updateRun(run: string, change: Partial<RunRow>): void {
    this.runs.value = this.runs.value.map((row) => (row.run === run ? { ...row, ...change } : row));
  }

  /** Remembers what is shown of the last fleet; the function puts it back when a new start has come to nothing. */
  keepRuns(): () => void {
    const curves = new Map(this.curves);
    const [runs, progress, references, tokenizer, fleetChoice, interrupted, phase] = [
      this.runs.value,
      this.progress.value,
      this.references.value,
      this.tokenizer.value,
      this.fleetChoice.value,
      this.interrupted.value,
      this.phase.value,
    ];
    return () =>
      batch(() => {
        this.clearRuns();
        for (const [run, curve] of curves) this.curves.set(run, curve);
        this.runs.value = runs;
        this.progress.value = progress;
        this.references.value = references;
        this.tokenizer.value = tokenizer;
        this.fleetChoice.value = fleetChoice;
        this.interrupted.value = interrupted;
        this.phase.value = phase;
      });
  }

  clearRuns(): void {
    this.runs.value = [];
    this.curves.clear();
    this.curvesVersion.value++;
    this.progress.value = null;
    this.references.value = null;
    this.tokenizer.value = null;
    this.fleetChoice.value = null;
  }
}
