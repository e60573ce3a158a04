/** The fleet that is shown: its runs, their curves, what they write, how far and how fast they are. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { TrainConfig } from '../../formats/config.ts';
import type { References } from '../../formats/record.ts';
import type { Slot } from '../../formats/share/settings.ts';
import type { Phase, SavedFleet } from '../../worker/api/fleet.ts';
import type { CutFacts, Side, TokenizerFacts } from '../../worker/api/texts.ts';
import { type Curve, mixedTokensPerByte } from './curves.ts';
import type { Writings } from './samples/writings.ts';

export type RunStatus = 'waiting' | 'training' | 'done' | 'stopped' | 'diverged' | 'failed';

export type RunRow = {
  readonly run: string;
  readonly slot: Slot;
  /** In the library; null before the end. */
  readonly id: string | null;
  readonly status: RunStatus;
  readonly step: number;
  readonly steps: number;
  /** N, and the share of target tokens; null before they are known. */
  readonly scale: number | null;
  readonly ratio: number | null;
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

/** GPU memory of the runs that train side by side. */
export type FleetMemory = { readonly bytes: number; readonly runs: number };

export class FleetState {
  readonly phase: Signal<Phase> = signal('idle');
  readonly rows: Signal<readonly RunRow[]> = signal([]);
  /** Curves grow in place; `curvesVersion` tells that they have. */
  readonly curves = new Map<string, Curve>();
  readonly curvesVersion = signal(0);
  readonly progress: Signal<Progress | null> = signal(null);
  /** Seconds of training before this sitting. */
  readonly secondsBefore = signal(0);
  readonly memory: Signal<FleetMemory | null> = signal(null);
  /** What the target losses are held against. */
  readonly references: Signal<References | null> = signal(null);
  readonly tokenizer: Signal<TokenizerFacts | null> = signal(null);
  /** While a tokenizer is trained: for the how-manieth time, and how much of it is done. */
  readonly tokenizing: Signal<{ readonly round: number; readonly share: number } | null> = signal(null);
  readonly configs: Signal<readonly TrainConfig[]> = signal([]);
  /** A fleet in storage that has not come to its end. */
  readonly interrupted: Signal<SavedFleet | null> = signal(null);
  /** Why the fleet is as large as it is, in a sentence. */
  readonly choice: Signal<string | null> = signal(null);
  /** While kernels are measured, how many classes of them have been by now; null while none are. */
  readonly tunedClasses: Signal<number | null> = signal(null);
  /** While kernels are compiled: how many there are to be, and how many are there. */
  readonly compiling: Signal<{ readonly compiled: number; readonly asked: number } | null> = signal(null);
  /** What each run has written so far, by name. */
  readonly writings: Signal<Writings> = signal({ prompt: '', runs: new Map() });

  /** While a fleet is at work its recipes cannot change. */
  readonly busy: ReadonlySignal<boolean> = computed(
    () => !['idle', 'stopped', 'done'].includes(this.phase.value),
  );
  /** Whether the fleet trains or will do so at the press of a button. */
  readonly isUnderWay: ReadonlySignal<boolean> = computed(() =>
    ['training', 'pausing', 'paused'].includes(this.phase.value),
  );

  row(run: string): RunRow | undefined {
    return this.rows.value.find((row) => row.run === run);
  }

  slotOf(run: string): Slot {
    return this.row(run)?.slot ?? 1;
  }

  update(run: string, change: Partial<RunRow>): void {
    this.rows.value = this.rows.value.map((row) => (row.run === run ? { ...row, ...change } : row));
  }

  /** Tokens a byte of the batches that a run reads, over the whole run: 1 as long as its tokenizer is not told. */
  tokensPerByte(run: string): number {
    const tokenizer = this.tokenizer.value;
    if (!tokenizer || tokenizer.kind === 'bytes') return 1;
    const { target, source } = tokenizer;
    const ratio = this.row(run)?.ratio ?? 1;
    return mixedTokensPerByte(target.tokensPerByte, (source ?? target).tokensPerByte, ratio);
  }

  /** How the fleet's tokenizer cuts a text. */
  tokenizerOf(side: Side): CutFacts | null {
    return this.tokenizer.value?.[side] ?? null;
  }

  /** Remembers what is shown; the function puts it back when a new start has come to nothing. */
  keep(): () => void {
    const curves = new Map(this.curves);
    const puts = [
      keeper(this.rows),
      keeper(this.progress),
      keeper(this.secondsBefore),
      keeper(this.memory),
      keeper(this.references),
      keeper(this.tokenizer),
      keeper(this.configs),
      keeper(this.choice),
      keeper(this.interrupted),
      keeper(this.phase),
      keeper(this.writings),
    ];
    return () =>
      batch(() => {
        this.clear();
        for (const [run, curve] of curves) this.curves.set(run, curve);
        for (const put of puts) put();
      });
  }

  /** Nothing is kept that could go on; curves of a fleet that was seen to its end, or was stopped here, stay to be looked at. */
  forget(): void {
    if (this.interrupted.value !== null) {
      this.interrupted.value = null;
      this.clear();
      this.configs.value = [];
      this.phase.value = 'idle';
    } else if (this.phase.value === 'stopped') this.phase.value = 'done';
  }

  clear(): void {
    this.rows.value = [];
    this.curves.clear();
    this.curvesVersion.value++;
    this.progress.value = null;
    this.secondsBefore.value = 0;
    this.memory.value = null;
    this.references.value = null;
    this.tokenizer.value = null;
    this.choice.value = null;
    this.writings.value = { prompt: '', runs: new Map() };
  }
}

/** Puts back what a signal holds now. */
function keeper<T>(one: Signal<T>): () => void {
  const { value } = one;
  return () => {
    one.value = value;
  };
}
