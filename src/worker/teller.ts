/** Gathers what trainers tell, so that a fast fleet does not drown the page in messages; losses go as arrays. */

import type { TrainEvent } from '../train/events.ts';
import type { Trains } from './api/fleet.ts';
import type { LabEvent, Listener } from './api/lab.ts';
import { MetricsGatherer } from './metrics.ts';

/** Often enough to look live, seldom enough to cost nothing. */
const GATHER_MS = 100;
/** Of progress only the newest counts, and people read no faster. */
const PROGRESS_MS = 250;

type ProgressEvent = Extract<TrainEvent, { event: 'progress' }>;
type Part =
  | { readonly kind: 'train'; readonly from: Trains; readonly events: TrainEvent[] }
  | { readonly kind: 'metrics'; readonly from: Trains; readonly metrics: MetricsGatherer };

export class Teller {
  #listener: Listener | undefined;
  /** What was told since the last message, in order: losses between two other events become one message. */
  #parts: Part[] = [];
  #progress: { readonly from: Trains; readonly event: ProgressEvent } | undefined;
  #progressTold = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** Tells at once; what was gathered goes first, so that the order stays. */
  tell(event: LabEvent): void {
    this.flush();
    this.#listener?.(event);
  }

  gather(event: TrainEvent, from: Trains): void {
    if (event.event === 'progress') this.#progress = { from, event };
    else if (event.event === 'loss' || event.event === 'eval') this.#metrics(from).add(event);
    else this.#events(from).push(event);
    this.#await();
  }

  flush(): void {
    this.#tellParts(true);
  }

  #await(): void {
    this.#timer ??= setTimeout(() => this.#tellParts(false), GATHER_MS);
  }

  #tellParts(isWhole: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) {
      const { from } = part;
      if (part.kind === 'train') this.#listener?.({ event: 'train', from, events: part.events });
      else this.#listener?.({ event: 'metrics', from, runs: part.metrics.take() });
    }
    this.#tellProgress(isWhole);
  }

  #tellProgress(isWhole: boolean): void {
    if (!this.#progress) return;
    const now = performance.now();
    if (!isWhole && now - this.#progressTold < PROGRESS_MS) {
      this.#await();
      return;
    }
    const { from, event } = this.#progress;
    this.#progress = undefined;
    this.#progressTold = now;
    this.#listener?.({ event: 'train', from, events: [event] });
  }

  #events(from: Trains): TrainEvent[] {
    const last = this.#parts.at(-1);
    if (last?.kind === 'train' && last.from === from) return last.events;
    const events: TrainEvent[] = [];
    this.#parts.push({ kind: 'train', from, events });
    return events;
  }

  #metrics(from: Trains): MetricsGatherer {
    const last = this.#parts.at(-1);
    if (last?.kind === 'metrics' && last.from === from) return last.metrics;
    const metrics = new MetricsGatherer();
    this.#parts.push({ kind: 'metrics', from, metrics });
    return metrics;
  }
}
