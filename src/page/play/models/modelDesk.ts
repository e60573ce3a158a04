/** What a person does with the models at hand: keeps one, forgets one, brings one along. */

import { batch, type Signal, signal } from '@preact/signals-core';
import type { ModelFacts } from '../../../worker/api/models.ts';
import type { Failure } from '../../../worker/api/outcome.ts';
import type { LabClient } from '../../lab.ts';
import type { Choice } from '../choice.ts';
import type { Brought } from './brought.ts';

export type ModelDeskOptions = {
  readonly client: Pick<LabClient, 'send'>;
  readonly choice: Pick<Choice, 'add'>;
  readonly say: (words: string) => void;
};

export class ModelDesk {
  readonly failure: Signal<Failure | null> = signal(null);
  /** The name of what is being read; null while nothing is. */
  readonly bringing: Signal<string | null> = signal(null);
  /** The model that is being kept or forgotten. */
  readonly busy: Signal<string | null> = signal(null);
  /** The model that is asked about: is it to be forgotten? */
  readonly asked: Signal<string | null> = signal(null);
  /** What was done last, in words, and what had to be done to read a model. */
  readonly done: Signal<readonly string[]> = signal([]);
  readonly #options: ModelDeskOptions;
  #stopping: AbortController | null = null;

  constructor(options: ModelDeskOptions) {
    this.#options = options;
  }

  /** Reads a model that lies in files; it is chosen at once. Never rejects. */
  async bring(brought: Brought | null): Promise<void> {
    if (!brought || this.bringing.peek() !== null) return;
    const { client, choice } = this.#options;
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#begin(() => {
      this.bringing.value = brought.name;
    });
    const outcome = await client.send({ command: 'bringModel', ...brought }, { signal: stopping.signal });
    batch(() => {
      this.bringing.value = null;
      if (outcome.ok) {
        const { id, name, said, wasHere } = outcome.value;
        const gone = choice.add(id);
        const what = wasHere ? 'is here already, with the same weights' : 'was brought along';
        const where = gone ? `; it stands in the place of ${gone.name}` : '';
        this.#tell(`${name} ${what}${where}.`, wasHere ? [] : said);
      } else this.#fail(outcome.failure);
    });
  }

  /** Puts what could not be done last away. */
  closeFailure(): void {
    this.failure.value = null;
  }

  stopBringing(): void {
    this.#stopping?.abort();
  }

  /** Copies a model of the last fleet, so that it stays. */
  async keep({ id, name }: ModelFacts): Promise<void> {
    await this.#do(id, async () => {
      const outcome = await this.#options.client.send({ command: 'keepModel', model: id, name });
      if (outcome.ok) this.#tell(`${name} is kept: it stays when another fleet is trained.`);
      else this.#fail(outcome.failure);
    });
  }

  async forget({ id, name }: ModelFacts): Promise<void> {
    await this.#do(id, async () => {
      const outcome = await this.#options.client.send({ command: 'forgetModel', model: id });
      this.asked.value = null;
      if (outcome.ok) this.#tell(`${name} is forgotten.`);
      else this.#fail(outcome.failure);
    });
  }

  async #do(id: string, what: () => Promise<void>): Promise<void> {
    if (this.busy.peek() !== null) return;
    this.#begin(() => {
      this.busy.value = id;
    });
    await what();
    this.busy.value = null;
  }

  #begin(change: () => void): void {
    batch(() => {
      this.failure.value = null;
      this.done.value = [];
      change();
    });
  }

  #tell(words: string, more: readonly string[] = []): void {
    this.done.value = [words, ...more];
    this.#options.say(words);
  }

  #fail(failure: Failure): void {
    if (failure.kind !== 'cancelled') this.failure.value = failure;
  }
}
