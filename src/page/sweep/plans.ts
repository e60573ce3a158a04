/** Keeps what is known of the design to the design: its plan, soon after it was changed, and its cost, when it is asked for. */

import { batch, effect } from '@preact/signals-core';
import type { LabClient } from '../lab.ts';
import { askedAnew, type SweepState } from './state.ts';

/** From the last key that was pressed to a plan: whoever types wants no plan of half a number. */
const PLAN_AFTER_MS = 350;

export class Plans {
  readonly #state: SweepState;
  readonly #client: LabClient;
  #planning: AbortController | null = null;
  #measuring: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: SweepState, client: LabClient) {
    this.#state = state;
    this.#client = client;
  }

  /** Plans whatever the design is from now on. */
  begin(): void {
    effect(() => {
      void this.#state.text.value;
      void this.#state.isSound.value;
      this.#soon();
    });
  }

  /** What the design comes to, now. */
  async #plan(): Promise<void> {
    clearTimeout(this.#timer);
    this.#planning?.abort();
    const { text, plan, planning } = this.#state;
    const mine = new AbortController();
    this.#planning = mine;
    plan.value = askedAnew(plan.peek());
    const outcome = await this.#client.send(
      { command: 'planSweep', design: text.peek() },
      { signal: mine.signal },
    );
    if (this.#planning !== mine) return;
    batch(() => {
      planning.value = null;
      if (outcome.ok) plan.value = { status: 'known', facts: outcome.value };
      else plan.value = { status: 'failed', failure: outcome.failure };
    });
  }

  async measure(): Promise<void> {
    const { text, cost, planning } = this.#state;
    const mine = new AbortController();
    this.#measuring = mine;
    const design = text.peek();
    cost.value = { status: 'asking', before: null };
    const outcome = await this.#client.send({ command: 'estimateSweep', design }, { signal: mine.signal });
    if (this.#measuring !== mine) return;
    this.#measuring = null;
    batch(() => {
      planning.value = null;
      if (outcome.ok) cost.value = { status: 'known', facts: outcome.value };
      else if (outcome.failure.kind === 'cancelled') cost.value = { status: 'none' };
      else cost.value = { status: 'failed', failure: outcome.failure };
    });
  }

  stopMeasuring(): void {
    this.#measuring?.abort();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#planning?.abort();
    this.#planning = null;
    this.#measuring?.abort();
    this.#measuring = null;
    const { plan, cost, planning, isSound } = this.#state;
    batch(() => {
      planning.value = null;
      cost.value = { status: 'none' };
      plan.value = isSound.peek() ? askedAnew(plan.peek()) : { status: 'none' };
    });
    if (isSound.peek()) this.#timer = setTimeout(() => void this.#plan(), PLAN_AFTER_MS);
  }
}
