/** What the page knows, as signals; panels draw from it, {@link actions} and worker events change it. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { TrainConfig } from '../formats/config.ts';
import type { AdapterFacts, CorpusFacts, Failure, Outcome, Phase, SavedFleet, Side } from '../worker/api.ts';
import type { Curve } from './curves.ts';
import { beginning, type FieldId, type FormValues } from './form/fields.ts';
import { type Reading, readForm } from './form/reading.ts';

export type CorpusState =
  | { readonly status: 'empty' }
  | { readonly status: 'reading'; readonly name: string; readonly bytes: number; readonly totalBytes: number }
  | { readonly status: 'ready'; readonly facts: CorpusFacts }
  | { readonly status: 'refused'; readonly name: string; readonly failure: Failure };

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
  readonly values: Signal<FormValues> = signal(beginning(true));
  /** Whether the person has changed a field: then no default moves any more. */
  readonly touched = signal(false);
  readonly phase: Signal<Phase> = signal('idle');
  readonly runs: Signal<readonly RunRow[]> = signal([]);
  /** Curves grow in place; `curvesVersion` tells that they have. */
  readonly curves = new Map<string, Curve>();
  readonly curvesVersion = signal(0);
  readonly progress: Signal<Progress | null> = signal(null);
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
    const [runs, progress, fleetChoice, interrupted, phase] = [
      this.runs.value,
      this.progress.value,
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
    this.fleetChoice.value = null;
  }
}
