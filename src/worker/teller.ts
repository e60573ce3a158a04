/** Gathers what the trainer tells, so that a fast fleet does not drown the page in messages. */

import type { TrainEvent } from '../train/events.ts';
import type { LabEvent, Listener } from './api.ts';

/** Often enough to look live, seldom enough to cost nothing. */
const GATHER_MS = 100;

export class Teller {
  #listener: Listener | undefined;
  #gathered: TrainEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** Tells at once; what was gathered goes first, so that the order stays. */
  tell(event: LabEvent): void {
    this.flush();
    this.#listener?.(event);
  }

  gather(event: TrainEvent): void {
    this.#gathered.push(event);
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gathered.length === 0) return;
    const events = this.#gathered;
    this.#gathered = [];
    this.#listener?.({ event: 'train', events });
  }
}
