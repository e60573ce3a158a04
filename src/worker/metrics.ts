/** Losses of many runs as arrays that can be handed over. */

import type { TrainEvent } from '../train/events.ts';
import type { RunMetrics } from './api/fleet.ts';
import type { LabEvent } from './api/lab.ts';

export type MetricEvent = Extract<TrainEvent, { event: 'loss' | 'eval' }>;
type Loss = Extract<MetricEvent, { event: 'loss' }>;
type Evaluation = Extract<MetricEvent, { event: 'eval' }>;

/** Gathers losses until they are taken. */
export class MetricsGatherer {
  readonly #runs = new Map<string, { readonly losses: Loss[]; readonly evaluations: Evaluation[] }>();

  add(event: MetricEvent): void {
    let run = this.#runs.get(event.run);
    if (!run) {
      run = { losses: [], evaluations: [] };
      this.#runs.set(event.run, run);
    }
    if (event.event === 'loss') run.losses.push(event);
    else run.evaluations.push(event);
  }

  take(): RunMetrics[] {
    const taken = [...this.#runs].map(([run, { losses, evaluations }]) => ({
      run,
      losses: {
        steps: Uint32Array.from(losses, ({ step }) => step),
        tokens: Float64Array.from(losses, ({ tokens }) => tokens),
        nats: Float32Array.from(losses, ({ loss }) => loss),
      },
      evaluations: {
        steps: Uint32Array.from(evaluations, ({ step }) => step),
        tokens: Float64Array.from(evaluations, ({ tokens }) => tokens),
        targetBits: Float32Array.from(evaluations, ({ targetBitsPerByte }) => targetBitsPerByte),
        sourceBits: Float32Array.from(
          evaluations,
          ({ sourceBitsPerByte }) => sourceBitsPerByte ?? Number.NaN,
        ),
      },
    }));
    this.#runs.clear();
    return taken;
  }
}

/** The buffers of an event that are handed over to the page. */
export function transfersOf(event: LabEvent): Transferable[] {
  if (event.event !== 'metrics') return [];
  return event.runs.flatMap(({ losses, evaluations }) =>
    [...Object.values(losses), ...Object.values(evaluations)].map(({ buffer }) => buffer),
  );
}
