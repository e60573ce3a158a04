/** What is known of one run while it trains: its curve, its validations, its status, and the record of it all. */

import type { CorpusHashes } from '../formats/config.ts';
import { recordConfig, runId } from '../formats/config.ts';
import type {
  CurvePoint,
  DeviceRecord,
  FinalLosses,
  References,
  RunRecord,
  RunStatusRecord,
} from '../formats/record.ts';
import type { FleetFacts, StepLoss } from '../model/engine.ts';
import { type Realised, realise } from '../recipe/accounting.ts';
import type { OnTrainEvent } from './events.ts';
import type { PlannedRun } from './fleet/plan.ts';

/** Points of a curve, validations aside: a longer run has several steps a point, and their mean loss. */
export const CURVE_POINTS = 1024;

/** Where and with what a run was trained, for its record. */
export type Environment = {
  readonly device: DeviceRecord;
  /** Name → version: the lab, the browser or Node, and so on. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Losses of one validation. */
export type Validation = Omit<FinalLosses['best'], 'step'>;

/** Losses on all final windows. */
export type FinalLoss = Omit<FinalLosses, 'best'>;

/** Training losses that no point of the curve has taken up yet. */
export type PendingLoss = { readonly sum: number; readonly count: number };

/** All that a run must remember between two sittings, beside the arenas. */
export type RunProgressRecord = {
  readonly record: RunRecord;
  readonly step: number;
  readonly pending: PendingLoss;
};

/** What a run needs to know of its fleet, whatever its size. */
export type RunFacts = Pick<FleetFacts, 'table' | 'tuning' | 'microBatch' | 'flopsPerStep'>;

export class TrainingRun {
  readonly planned: PlannedRun;
  readonly facts: RunFacts;
  step = 0;
  /** `stopped` while it trains too: that is what it is if nothing more is heard of it. */
  status: RunStatusRecord = 'stopped';
  /** Nothing more will happen: it is done, diverged or was stopped. */
  ended = false;
  seconds = 0;
  readonly #environment: Environment;
  readonly #hashes: CorpusHashes;
  readonly #emit: OnTrainEvent;
  readonly #references: References | null;
  readonly #stride: number;
  #curve: CurvePoint[] = [];
  #pending: PendingLoss = { sum: 0, count: 0 };
  /** Fresh weights know nothing, so nothing is measured of them; a model that a run begins from is measured before the first step. */
  #validatedStep: number | null;
  #last: FinalLoss | null = null;
  #best: FinalLosses['best'] | null = null;

  constructor(
    planned: PlannedRun,
    facts: RunFacts,
    environment: Environment,
    hashes: CorpusHashes,
    emit: OnTrainEvent,
    references: References | null = null,
  ) {
    this.planned = planned;
    this.facts = facts;
    this.#environment = environment;
    this.#hashes = hashes;
    this.#emit = emit;
    this.#references = references;
    this.#stride = Math.ceil(planned.plan.steps / CURVE_POINTS);
    this.#validatedStep = planned.config.start ? null : 0;
  }

  get name(): string {
    return this.planned.name;
  }

  get steps(): number {
    return this.planned.plan.steps;
  }

  /** Steps to the next step at which something is to be measured. */
  get stepsToMark(): number {
    const { every } = this.planned.config.evaluation;
    return Math.min(this.steps, (Math.floor(this.step / every) + 1) * every) - this.step;
  }

  /** Whether a run validates at a step; at its last one, where it is measured on every window, too. */
  measuresAt(step: number): boolean {
    return step === this.steps || step % this.planned.config.evaluation.every === 0;
  }

  /** Whether a validation is due at the step that was reached, and was not made yet. */
  get validationDue(): boolean {
    if (this.ended || this.step === this.#validatedStep) return false;
    return this.measuresAt(this.step);
  }

  /** Goes on from what an earlier sitting left. */
  restore({ record, step, pending }: RunProgressRecord): void {
    this.step = step;
    this.seconds = record.seconds;
    this.#curve = [...record.curve];
    this.#pending = pending;
    const last = record.curve.at(-1);
    if (last?.targetLoss !== undefined) this.#validatedStep = last.step;
    if (record.final) {
      const { best, ...last } = record.final;
      this.#last = last;
      this.#best = best;
    }
  }

  /** The same run before its first step; of what happens to it nobody hears. */
  twin(): TrainingRun {
    const { planned, facts } = this;
    return new TrainingRun(planned, facts, this.#environment, this.#hashes, () => {}, this.#references);
  }

  /** Takes up the losses of new steps, oldest first. */
  addLosses(losses: readonly Pick<StepLoss, 'step' | 'loss'>[]): void {
    for (const { step, loss } of losses) {
      this.step = step;
      // The step at which a run diverges has no loss that a record could hold.
      if (!Number.isFinite(loss)) continue;
      this.#pending = { sum: this.#pending.sum + loss, count: this.#pending.count + 1 };
      if (step % this.#stride === 0 || step === this.steps) this.#addPoint();
    }
  }

  /** Takes up a validation at the step that was reached. */
  addValidation(validation: Validation): void {
    this.#addPoint();
    const { targetLoss, targetBitsPerByte, sourceLoss, sourceBitsPerByte } = validation;
    const last = this.#curve.at(-1);
    // Before the first step there is no training loss that would have made one.
    const point = this.step === 0 ? { step: 0, tokens: 0 } : last;
    if (point?.step === this.step) {
      this.#curve[last?.step === this.step ? this.#curve.length - 1 : this.#curve.length] = {
        ...point,
        targetLoss,
        ...(sourceLoss !== null && { sourceLoss }),
      };
    }
    this.#last = validation;
    this.#validatedStep = this.step;
    if (!this.#best || targetLoss < this.#best.targetLoss) this.#best = { ...validation, step: this.step };
    this.#emit({
      event: 'eval',
      run: this.name,
      step: this.step,
      tokens: this.#tokens,
      targetLoss,
      targetBitsPerByte,
      ...(sourceLoss !== null && { sourceLoss }),
      ...(sourceBitsPerByte !== null && { sourceBitsPerByte }),
    });
  }

  /** Ends the run well, with its losses on all final windows; the validation of this step came before. */
  finish(final: FinalLoss): void {
    this.#last = final;
    this.status = 'done';
    this.ended = true;
  }

  /** Ends the run at a loss that is not finite. */
  diverge(step: number): void {
    this.step = step;
    this.status = 'diverged';
    this.ended = true;
    this.#emit({ event: 'diverged', run: this.name, step });
  }

  /** Ends the run where it is; it can be resumed. */
  stop(): void {
    this.status = 'stopped';
    this.ended = true;
  }

  /**
   * The record so far. Its `final` is measured on all final windows where the run is done; else it is the last validation, on
   * the periodic windows, or null if there was none. `best` is the lowest validation on the periodic windows always. A run that is
   * not done counts as `realised` what its steps so far have read.
   */
  record(): RunRecord {
    const { config, warnings } = this.planned;
    const recorded = recordConfig(config, this.#hashes);
    const { embedding, blocks, head } = this.facts.table.counts;
    const { vendor, architecture, device, description, software } = this.#environment.device;
    return {
      version: 1,
      id: runId(recorded),
      config: recorded,
      realised: { ...this.#realised, embedding, blocks, head, flops: this.facts.flopsPerStep * this.step },
      curve: [...this.#curve],
      final: this.#last && this.#best ? { ...this.#last, best: this.#best } : null,
      ...(this.#references && { references: this.#references }),
      status: this.status,
      tuning: { ...this.facts.tuning },
      device: { vendor, architecture, device, description, software },
      versions: { ...this.#environment.versions },
      seconds: this.seconds,
      warnings: [...warnings],
    };
  }

  /** The record with what a later sitting needs beside it. */
  progressRecord(): RunProgressRecord {
    return { record: this.record(), step: this.step, pending: this.#pending };
  }

  get #realised(): Realised {
    const { plan, realised, rewarms } = this.planned;
    if (this.step === plan.steps) return realised;
    return realise(plan, { N: realised.N, rewarms, steps: this.step });
  }

  get #tokens(): number {
    return this.step * this.planned.plan.batch * this.planned.plan.context;
  }

  #addPoint(): void {
    const { sum, count } = this.#pending;
    if (count === 0) return;
    this.#pending = { sum: 0, count: 0 };
    const loss = sum / count;
    this.#curve.push({ step: this.step, tokens: this.#tokens, loss });
    this.#emit({ event: 'loss', run: this.name, step: this.step, tokens: this.#tokens, loss });
  }
}
