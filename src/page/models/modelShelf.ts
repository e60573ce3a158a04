/** The models at hand, for every view that uses them: those of the last fleet, and those that are kept or were brought along. */

import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { Client } from '../../worker/api/door.ts';
import type { Command, LabEvent, Reply } from '../../worker/api/lab.ts';
import type { ModelFacts } from '../../worker/api/models.ts';
import type { Failure } from '../../worker/api/outcome.ts';
import type { AppState } from '../appState.ts';

/** A model that trainings start from; null for new weights, `gone` where it is no longer here. */
export type StartChosen = ModelFacts | null | 'gone';

export class ModelShelf {
  readonly #client: Pick<Client<Command, Reply>, 'send'>;
  readonly #all: Signal<readonly ModelFacts[] | null> = signal(null);
  /** Why they could not be listed; null where nobody asked, or they were. */
  readonly failure: Signal<Failure | null> = signal(null);
  /** The model that Train's form starts from, by its id; null for new weights. Play chooses it too. */
  readonly startId: Signal<string | null> = signal(null);
  /** The same with its facts. */
  readonly start: ReadonlySignal<StartChosen> = computed(() => {
    const id = this.startId.value;
    return id === null ? null : (this.#all.value?.find((model) => model.id === id) ?? 'gone');
  });
  /** Whether Train is to show where it is chosen, as soon as the view is seen. */
  readonly isToShow: Signal<boolean> = signal(false);
  #loading: Promise<void> | undefined;

  constructor(client: Pick<Client<Command, Reply>, 'send'>) {
    this.#client = client;
  }

  /** Null until they have been listed. */
  get all(): ReadonlySignal<readonly ModelFacts[] | null> {
    return this.#all;
  }

  /** Lists them once the lab has opened, or found that it cannot. Gives a stop. */
  loadOnceOpen({ opened, unopened }: Pick<AppState, 'opened' | 'unopened'>): () => void {
    return effect(() => {
      if (opened.value !== null || unopened.value) void this.load();
    });
  }

  /** Lists them, once; where that failed, again. Never rejects. */
  load(): Promise<void> {
    this.#loading ??= this.#list();
    return this.#loading;
  }

  /** Takes what the worker tells. */
  take(event: LabEvent): void {
    if (event.event === 'models') this.#all.value = event.models;
  }

  async #list(): Promise<void> {
    const outcome = await this.#client.send({ command: 'listModels' });
    if (!outcome.ok) this.#loading = undefined;
    // What was told meanwhile is newer.
    else if (this.#all.value === null) this.#all.value = outcome.value;
    this.failure.value = outcome.ok ? null : outcome.failure;
  }
}
