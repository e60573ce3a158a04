/**
 * What a run measured from its first step on, kept as long as others wait to go on from it: the raw loss of every step, and every
 * validation that one of them would have made. Played to a run that took none of these steps, it makes that run's curve, best
 * validation and pending losses to the bit, whatever stride its curve has and however often it validates.
 */

import type { HistoryFacts } from '../formats/resumeFacts.ts';
import type { StepLoss } from '../model/engine.ts';
import type { TrainingRun, Validation } from './run.ts';

export class RunHistory {
  readonly #losses: number[];
  readonly #validations: Map<number, Validation>;

  constructor(facts: HistoryFacts = { losses: [], validations: [] }) {
    this.#losses = [...facts.losses];
    this.#validations = new Map(facts.validations.map(({ step, ...validation }) => [step, validation]));
  }

  /** Steps that it covers, from the first on. */
  get steps(): number {
    return this.#losses.length;
  }

  /** Takes up the losses of new steps, oldest first. */
  addLosses(losses: readonly StepLoss[]): void {
    for (const { step, loss } of losses) {
      // A run ends where its loss is not finite, so nothing goes on from behind that step.
      if (step === this.steps + 1 && Number.isFinite(loss)) this.#losses.push(loss);
    }
  }

  addValidation(step: number, validation: Validation): void {
    this.#validations.set(step, validation);
  }

  hasValidation(step: number): boolean {
    return this.#validations.has(step);
  }

  /**
   * Whether `run` can be told of its first `steps` steps. Its last step is its own to measure, since that is done on every window.
   */
  covers(run: TrainingRun, steps: number): boolean {
    if (steps > this.steps) return false;
    const { every } = run.planned.config.evaluation;
    for (let step = every; step <= Math.min(steps, run.steps - 1); step += every) {
      if (!this.hasValidation(step)) return false;
    }
    return true;
  }

  /** Tells `run`, which has taken no step, of its first `steps` steps. */
  playTo(run: TrainingRun, steps: number): void {
    for (const [index, loss] of this.#losses.slice(0, steps).entries()) {
      const step = index + 1;
      run.addLosses([{ step, loss }]);
      const validation = this.#validations.get(step);
      if (validation && step < run.steps && run.measuresAt(step)) run.addValidation(validation);
    }
  }

  /** The first `steps` steps, to be kept beside a checkpoint. */
  facts(steps: number): HistoryFacts {
    return {
      losses: this.#losses.slice(0, steps),
      validations: [...this.#validations]
        .filter(([step]) => step <= steps)
        .map(([step, validation]) => ({ ...validation, step })),
    };
  }
}
