/** What a trainer knows of its fleet → the events that tell of the whole of it. */

import type { FleetFacts } from '../model/engine.ts';
import type { TrainEvent } from './events.ts';
import type { Slot } from './slot.ts';

/** Steps of the longest run: those taken, and those there are. */
export function stepsOf(slots: readonly Slot[]): { readonly taken: number; readonly total: number } {
  return {
    taken: Math.max(0, ...slots.map(({ run }) => run.step)),
    total: Math.max(0, ...slots.map(({ run }) => run.steps)),
  };
}

export function startEvent(slots: readonly Slot[], { table, ...numbers }: FleetFacts): TrainEvent {
  return {
    event: 'start',
    runs: slots.map(({ run }) => ({
      run: run.name,
      realised: run.planned.realised,
      warnings: run.planned.warnings,
      step: run.step,
    })),
    facts: { ...numbers, parameters: table.counts },
  };
}

/** `runStepsPerSecond` counts the steps of every run; `seconds` and `steps` are those of this sitting. */
export function progressEvent(
  slots: readonly Slot[],
  facts: FleetFacts,
  { runStepsPerSecond, seconds, steps }: { runStepsPerSecond: number; seconds: number; steps: number },
): TrainEvent {
  const { batch, context } = slots[0]?.run.planned.plan ?? { batch: 0, context: 0 };
  const live = slots.filter(({ run }) => !run.ended);
  const remaining = Math.max(0, ...live.map(({ run }) => run.steps - run.step));
  const { taken, total } = stepsOf(slots);
  return {
    event: 'progress',
    steps: taken,
    totalSteps: total,
    tokensPerSecond: runStepsPerSecond * batch * context,
    flopsPerSecond: runStepsPerSecond * facts.flopsPerStep,
    elapsedSeconds: seconds,
    // Validations and checkpoints so far are in the rate, so they are in the estimate too.
    remainingSeconds: (remaining * seconds) / steps,
  };
}
